//! The one walk that compares a value with the table.

use alloc::string::String;

use super::{
    report::{Place, Report},
    table::{Key, LATER, Object, Shape, Words},
};
use crate::{issue::Severity, value::Value};

static NOTHING: Value = Value::Map(alloc::vec::Vec::new());

/// Compares a value with its shape and says all that differs. `severity` is that of a mistake here.
pub(super) fn value(value: &Value, shape: &Shape, place: &Place<'_>, severity: Severity, report: &mut Report) {
    match (shape, value) {
        (Shape::Text(form) | Shape::Or(form, _), Value::Text(text)) => {
            if !form.fits(text) {
                report.wrong(severity, place, &[form.name()], value);
            }
        }
        (Shape::Or(_, inner), Value::List(_) | Value::Map(_)) => self::value(value, inner, place, severity, report),
        (Shape::Flag, Value::Bool(_)) => {}
        (Shape::Days(days), Value::Number(number)) if is_days(*number, days.min, days.max) => {}
        (Shape::Word(words), Value::Text(text)) => word(value, text, words, place, severity, report),
        (Shape::List(shape), Value::List(items)) => {
            for (index, item) in items.iter().enumerate() {
                self::value(item, shape, &Place::Item(place, index), severity, report);
            }
        }
        (Shape::Object(object), Value::Map(_)) => {
            keys(value, object, place, severity, report);
            missing(value, object.keys, place, severity, report);
        }
        (Shape::Dictionary(form, shape), Value::Map(entries)) => {
            for (name, item) in entries.iter().filter(|(name, _)| !is_free(name)) {
                let place = Place::Key(place, name);
                if !form.fits(name) {
                    // A text in no language that exists is never shown; it costs nothing else.
                    report.wrong(Severity::Warning, &place, &[form.name()], &Value::Text(name.clone()));
                }
                self::value(item, shape, &place, severity, report);
            }
        }
        _ => report.wrong(severity, place, &name(shape), value),
    }
}

/// What a shape is called in "must be …".
fn name(shape: &Shape) -> [&'static str; 3] {
    match shape {
        Shape::Text(form) => [form.name(), "", ""],
        Shape::Flag => ["true or false", "", ""],
        Shape::Days(days) => [days.rule, "", ""],
        Shape::Word(_) => ["a string", "", ""],
        Shape::List(_) => ["a list", "", ""],
        Shape::Object(_) | Shape::Dictionary(..) => ["an object", "", ""],
        Shape::Or(form, _) => [form.name(), " or ", "an object"],
    }
}

fn is_days(number: f64, min: u32, max: u32) -> bool {
    let days = number as u32;
    f64::from(days) == number && (min..=max).contains(&days)
}

fn word(value: &Value, text: &str, words: &Words, place: &Place<'_>, severity: Severity, report: &mut Report) {
    if words.refused.contains(&text) {
        report.say(severity, place, [text, ": ", words.why].concat());
    } else if !words.known.contains(&text) {
        let mut expected = String::new();
        for (index, known) in words.known.iter().enumerate() {
            expected.push_str(if index == 0 { "\"" } else { "\" or \"" });
            expected.push_str(known);
        }
        report.wrong(severity, place, &[&expected, "\""], value);
    }
}

/// The keys that are there.
pub(super) fn keys(value: &Value, object: &Object, place: &Place<'_>, severity: Severity, report: &mut Report) {
    for (name, item) in value.entries().iter().filter(|(name, _)| !is_free(name)) {
        let place = Place::Key(place, name);
        match object.keys.iter().find(|key| key.name == name) {
            Some(key) => self::value(item, &key.shape, &place, key.severity.unwrap_or(severity), report),
            None if object.later.contains(&name.as_str()) => report.say(severity, &place, LATER.into()),
            None => report.unknown(severity, &place, "unknown key", name, &mut object.keys.iter().map(|key| key.name)),
        }
    }
}

/// The keys that should be there.
pub(super) fn missing(value: &Value, keys: &[Key], place: &Place<'_>, severity: Severity, report: &mut Report) {
    for key in keys.iter().filter(|key| key.required && value.get(key.name).is_none()) {
        let place = Place::Key(place, key.name);
        if let Shape::Object(object) = &key.shape {
            // What such an object would need is said at once, not one attempt later.
            missing(&NOTHING, object.keys, &place, severity, report);
        } else {
            report.say(severity, &place, "is required".into());
        }
    }
}

/// What tools and site owners may write anywhere.
fn is_free(name: &str) -> bool {
    name == "$schema" || name.starts_with("x-")
}
