//! The one walk that compares the config with the table and says all that is wrong.

use alloc::{string::String, vec::Vec};

use super::{
    declare::{CATEGORIES, is_necessary, rests_on},
    form::{Form, is_day},
    place::{Place, nearest, write_number},
    table::{GRANTED, Keys, REFUSED, SERVICE},
};
use crate::{
    index::Index,
    issue::{Issue, Severity},
    pattern,
    value::Value,
};

static NOTHING: Value = Value::Map(Vec::new());

const LATER: &str = "this version of Consentry does not have it yet";

const OBJECTION: &str = "legitimate interest is no ground for storing or reading under opt-in, and this version of \
                         Consentry has opt-in alone";

/// Bytes of a text that a line of a console bears.
const LONGEST: usize = 40;

pub(super) struct Check<'a> {
    pub(super) config: &'a Value,
    pub(super) catalog: &'a Value,
    pub(super) issues: Vec<Issue>,
    /// How bad a mistake is where the walk is.
    pub(super) severity: Severity,
    /// Ids that are used, each behind the path of the list that must not have it twice.
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
        match (sign, value) {
            (b'/', Value::Text(_)) | (b'b', Value::Bool(_)) => {}
            (b'~', _) => self.say(place, &[LATER]),
            (b'/', _) => self.value(value, inner, place),
            (b'S', _) => {
                // Categories come before services in the table; those that every site has are taken, too.
                for id in CATEGORIES {
                    self.taken.insert(id);
                }
                if let Value::Text(id) = value { self.look_up(id, place) } else { self.value(value, SERVICE, place) }
            }
            (b'B', _) => {
                if is_necessary(value) && rests_on(value, "consent") {
                    let place = Place::Key(place, "purposes");
                    self.say(&place, &["must not need consent in part: a visitor answers a category as a whole"]);
                }
                self.value(value, inner, place);
            }
            (b'{', Value::Map(entries)) => self.object(value, entries, shape, place),
            (b'[', Value::List(items)) => {
                self.lists += 1;
                for (index, item) in items.iter().enumerate() {
                    self.value(item, inner, &Place::Item(place, index));
                }
            }
            (b'<', Value::Map(entries)) => {
                for (name, item) in entries {
                    let place = Place::Key(place, name);
                    if !is_free(name) {
                        let form = Form::of(inner.bytes().next().unwrap_or_default());
                        if !form.fits(name) {
                            self.say(&place, &["must be ", form.name]);
                        }
                        self.value(item, inner.get(1..).unwrap_or_default(), &place);
                    }
                }
            }
            (b'(', Value::Text(text)) if pattern::fits(inner, text) => {}
            (b'(', Value::Text(text)) if pattern::fits(inner, &["~", text].concat()) => {
                self.say(place, &[text, ": ", if text == "objection" { OBJECTION } else { LATER }]);
            }
            (b'g', Value::Number(days)) if is_within(*days, GRANTED) => {}
            (b'r', Value::Number(days)) if is_within(*days, REFUSED) => {}
            (_, Value::Text(text)) if Form::of(sign).fits(text) => self.text(text, sign, place),
            _ => self.wrong(place, shape, value),
        }
    }

    /// What a form cannot say about a text.
    fn text(&mut self, text: &'a str, sign: u8, place: &Place<'_>) {
        match (sign, self.entry) {
            (b'I', Some(entry)) if text != entry => self.say(place, &["must be its key, ", entry]),
            (b'I', None) | (b'q', _) => self.take(text, sign, place),
            (b'd', _) if !is_day(text) => self.say(place, &["is no day of the calendar"]),
            (b'C', _) => {
                let mut known = CATEGORIES.to_vec();
                for category in self.config.at("categories").items() {
                    known.push(category.at("id").text().unwrap_or_default());
                }
                if !known.contains(&text) {
                    self.unknown(place, "unknown category", text, &known);
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

    fn look_up(&mut self, id: &'a str, place: &Place<'_>) {
        self.take(id, b'I', place);
        if let Some(entry) = self.catalog.get(id) {
            self.entry = Some(id);
            self.value(entry, SERVICE, &Place::Key(&Place::Key(&Place::Root, "catalog"), id));
            self.entry = None;
        } else {
            let known: Vec<&str> = self.catalog.entries().iter().map(|(id, _)| id.as_str()).collect();
            self.unknown(place, "not in the catalog", id, &known);
        }
    }

    fn object(&mut self, value: &'a Value, entries: &'a [(String, Value)], shape: &'static str, place: &Place<'_>) {
        let mut known = Vec::new();
        for key in Keys::of(shape) {
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
                if key.shape.starts_with('{') {
                    // What such an object would need is said at once, not one attempt later.
                    self.value(&NOTHING, key.shape, &place);
                } else if self.entry.is_none() || key.name != "id" {
                    self.say(&place, &["is required"]);
                }
            }
        }
        for (name, _) in entries {
            if !is_free(name) && !known.contains(&name.as_str()) {
                self.unknown(&Place::Key(place, name), "unknown key", name, &known);
            }
        }
    }

    /// `must be a host name, got "http:/x"`
    fn wrong(&mut self, place: &Place<'_>, shape: &'static str, value: &Value) {
        let sign = shape.bytes().next().unwrap_or_default();
        let words = if sign == b'(' { words(shape) } else { "" };
        let [before, got, after] = value.text().map_or([""; 3], |text| [", got \"", cut(text), "\""]);
        self.say(place, &["must be ", Form::of(sign).name, words, before, got, after]);
    }

    /// `unknown key; did you mean "cookies"?`
    fn unknown(&mut self, place: &Place<'_>, what: &str, word: &str, known: &[&str]) {
        match nearest(word, known) {
            Some(meant) => self.say(place, &[what, "; did you mean \"", meant, "\"?"]),
            None => self.say(place, &[what]),
        }
    }

    fn say(&mut self, place: &Place<'_>, message: &[&str]) {
        let mut path = String::new();
        place.write(&mut path);
        self.issues.push(Issue { path, message: message.concat(), severity: self.severity });
    }
}

fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default()
}

/// The known words of a choice, as the table has them: `bar|box`.
fn words(shape: &'static str) -> &'static str {
    let end = shape.bytes().position(|byte| matches!(byte, b')' | b'~')).unwrap_or_default();
    let words = shape.get(1..end).unwrap_or_default();
    words.strip_suffix('|').unwrap_or(words)
}

fn is_within(count: f64, (min, max): (u32, u32)) -> bool {
    let whole = count as u32;
    f64::from(whole) == count && whole >= min && whole <= max
}

/// What tools and site owners may write anywhere.
fn is_free(name: &str) -> bool {
    name == "$schema" || name.starts_with("x-")
}
