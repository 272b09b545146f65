//! The one walk that compares the config with the table and says all that is wrong.

use alloc::{string::String, vec::Vec};

use super::{
    declare::{CATEGORIES, OBJECTION},
    form::Form,
    place::{Place, nearest, write_number},
    table::{DAYS, Keys, NOTICE, YEARS, cut},
};
use crate::{
    index::Index,
    issue::{Issue, Severity},
    pattern,
    record::text::parts,
    value::Value,
};

static NOTHING: Value = Value::Map(Vec::new());

const LATER: &str = "this version of Consentry does not have it yet";

const NO_GROUND: &str = "objection: legitimate interest is no ground for storing or reading under opt-in (ePrivacy \
                         Directive Art. 5(3)), and the floor here is opt-in";

/// How a key begins that would style one answer alone.
const ANSWERS: [&str; 3] = ["accept", "reject", "customize"];

const APART: &str =
    "must not set one answer apart: all must look alike (EDPB cookie banner report 2023, 17; CNIL 2020-092, 34)";

/// Bytes of a text that a line of a console bears.
const LONGEST: usize = 40;

pub(super) struct Check<'a> {
    pub(super) config: &'a Value,
    pub(super) catalog: &'a Value,
    /// The keys of the texts, with a space between them; with a dot at its end, how a key may begin. Empty where nobody
    /// told them.
    pub(super) words: &'a str,
    pub(super) issues: Vec<Issue>,
    /// How bad a mistake is where the walk is.
    pub(super) severity: Severity,
    /// Ids that are used; those of purposes with the number of the list that must not have them twice.
    pub(super) taken: Index,
    /// How many lists there were.
    pub(super) lists: usize,
    /// The id of the catalog's entry that is read.
    pub(super) entry: Option<&'a str>,
}

impl<'a> Check<'a> {
    /// Compares a value with the shape that the table starts with.
    pub(super) fn value(&mut self, value: &'a Value, shape: &'static str, place: &Place<'_>) {
        let sign = shape.bytes().next().unwrap_or_default();
        let inner = shape.get(1..).unwrap_or_default();
        let form = Form::of(sign);
        match value {
            _ if sign == b'~' => return self.say(place, &[LATER]),
            _ if sign == b'S' => return self.service(value, place),
            Value::Text(text) => match sign {
                b'/' => return,
                b'(' => return self.word(text, inner, place),
                _ if form.fits(text) => return self.text(text, sign, place),
                _ => return self.wrong(place, "", form.name, text),
            },
            _ if sign == b'/' => return self.value(value, inner, place),
            Value::Map(entries) if sign == b'<' => return self.dictionary(entries, inner, place),
            Value::Map(entries) => {
                if let Some(keys) = Keys::of(sign) {
                    return self.object(value, entries, keys, sign, place);
                }
            }
            Value::List(items) if sign == b'[' => {
                self.lists += 1;
                for (index, item) in items.iter().enumerate() {
                    self.value(item, inner, &Place::Item(place, index));
                }
                return;
            }
            Value::Bool(_) if sign == b'b' => return,
            Value::Number(days) if sign == b'r' && is_within(*days, DAYS) => return,
            Value::Number(days) if sign == b'm' && is_within(*days, NOTICE) => return,
            Value::Number(years) if sign == b'j' && is_within(*years, YEARS) => return,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Other => {}
        }
        self.say(place, &["must be ", form.name]);
    }

    fn dictionary(&mut self, entries: &'a [(String, Value)], shape: &'static str, place: &Place<'_>) {
        let form = Form::of(shape.bytes().next().unwrap_or_default());
        for (name, item) in entries {
            let place = Place::Key(place, name);
            if !is_free(name) {
                if form.fits(name) {
                    self.text(name, form.letter, &place);
                } else {
                    self.say(&place, &["must be ", form.name]);
                }
                self.value(item, shape.get(1..).unwrap_or_default(), &place);
            }
        }
    }

    fn word(&mut self, text: &'a str, words: &'static str, place: &Place<'_>) {
        let (known, later) = cut(words, b'~');
        if parts(known, b'|').any(|one| one == text) {
            if text == OBJECTION && self.config.at("floor").text() != Some("law") {
                self.say(place, &[NO_GROUND]);
            }
        } else if !later.is_empty() && pattern::fits(later, text) {
            self.say(place, &[text, ": ", LATER]);
        } else {
            self.wrong(place, "one of ", known, text);
        }
    }

    /// What a form cannot say about a text.
    fn text(&mut self, text: &'a str, sign: u8, place: &Place<'_>) {
        match (sign, self.entry) {
            (b'i', Some(entry)) if text != entry => self.say(place, &["must be its key, ", entry]),
            (b'i', None) | (b'q', _) => self.take(text, sign, place),
            (b't' | b'e' | b'f', _) => {
                let mut known = CATEGORIES.to_vec();
                let services = if sign == b't' { &[] } else { self.config.at("services").items() };
                for item in self.config.at("categories").items().iter().chain(services) {
                    known.push(item.text().or(item.at("id").text()).unwrap_or_default());
                }
                // A host that is forbidden has a dot, or a slash where it is the site's own.
                if !(known.contains(&text) || sign == b'f' && text.contains(['.', '/'])) {
                    self.unknown(place, "unknown id", text, &known);
                }
            }
            (b'z', _) => {
                let is_known = |word: &str| text == word || word.ends_with('.') && text.starts_with(word);
                if !self.words.is_empty() && !parts(self.words, b' ').any(is_known) {
                    let known: Vec<&str> = parts(self.words, b' ').collect();
                    self.unknown(place, "unknown text", text, &known);
                }
            }
            _ => {}
        }
    }

    /// Ids of purposes must differ within their list, all others everywhere.
    fn take(&mut self, id: &str, sign: u8, place: &Place<'_>) {
        let mut scoped = String::from(id);
        if sign == b'q' {
            scoped.push(' ');
            write_number(self.lists, &mut scoped);
        }
        if !self.taken.insert(&scoped).1 {
            self.say(place, &["the id \"", id, "\" is taken already"]);
        }
    }

    fn service(&mut self, value: &'a Value, place: &Place<'_>) {
        // Categories come before services in the table; those that every site has are taken, too.
        for id in CATEGORIES {
            self.taken.insert(id);
        }
        if let Value::Text(id) = value { self.look_up(id, place) } else { self.value(value, "E", place) }
    }

    fn look_up(&mut self, id: &'a str, place: &Place<'_>) {
        self.take(id, b'i', place);
        if let Some(entry) = self.catalog.get(id) {
            self.entry = Some(id);
            self.value(entry, "E", &Place::Key(&Place::Key(&Place::Root, "catalog"), id));
            self.entry = None;
        } else {
            let known: Vec<&str> = self.catalog.entries().iter().map(|(id, _)| id.as_str()).collect();
            self.unknown(place, "not in the catalog, so describe it with id, category and hosts", id, &known);
        }
    }

    fn object(&mut self, value: &'a Value, entries: &'a [(String, Value)], keys: Keys, sign: u8, place: &Place<'_>) {
        self.law(value, sign, place);
        let mut known = Vec::new();
        for key in keys {
            known.push(key.name);
            let place = Place::Key(place, key.name);
            if let Some(item) = value.get(key.name) {
                let severity = self.severity;
                if key.mark == b'?' {
                    self.severity = Severity::Warning;
                }
                self.value(item, key.shape, &place);
                self.severity = severity;
            } else if key.mark == b'!' {
                if Keys::of(key.shape.bytes().next().unwrap_or_default()).is_some() {
                    // What such an object would need is said at once, not one attempt later.
                    self.value(&NOTHING, key.shape, &place);
                } else if self.entry.is_none() || key.name != "id" {
                    self.say(&place, &["is required"]);
                }
            }
        }
        for (name, _) in entries {
            let place = &Place::Key(place, name);
            if sign == b'Y' && ANSWERS.iter().any(|answer| name.starts_with(answer)) {
                self.severity = Severity::Error;
                self.say(place, &[APART]);
            } else if !is_free(name) && !known.contains(&name.as_str()) {
                self.unknown(place, "unknown key", name, &known);
            }
        }
    }

    /// `must be a host name, got "http:/x"`
    fn wrong(&mut self, place: &Place<'_>, which: &str, expected: &str, got: &str) {
        self.say(place, &["must be ", which, expected, ", got \"", short(got), "\""]);
    }

    /// `unknown key; did you mean "cookies"?`
    fn unknown(&mut self, place: &Place<'_>, what: &str, word: &str, known: &[&str]) {
        match nearest(word, known) {
            Some(meant) => self.say(place, &[what, "; did you mean \"", meant, "\"?"]),
            None => self.say(place, &[what]),
        }
    }

    pub(super) fn say(&mut self, place: &Place<'_>, message: &[&str]) {
        let mut path = String::new();
        place.write(&mut path);
        self.issues.push(Issue { path, message: message.concat(), severity: self.severity });
    }
}

fn short(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default()
}

fn is_within(count: f64, (min, max): (u32, u32)) -> bool {
    let whole = count as u32;
    f64::from(whole) == count && whole >= min && whole <= max
}

/// What tools and site owners may write anywhere.
fn is_free(name: &str) -> bool {
    name == "$schema" || name.starts_with("x-")
}
