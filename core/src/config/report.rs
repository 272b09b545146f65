//! Where a mistake is and how it is said: messages are put together from few pieces, since every piece is bytes.

use alloc::{string::String, vec::Vec};

use super::suggestion::nearest;
use crate::{
    issue::{Issue, Severity},
    value::Value,
};

/// A place in the config, as the chain of steps that led there.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place<'a> {
    /// The config itself.
    Root,
    /// A key of an object.
    Key(&'a Self, &'a str),
    /// An item of a list.
    Item(&'a Self, usize),
}

impl Place<'_> {
    fn write(&self, out: &mut String) {
        match self {
            Self::Root => {}
            Self::Key(parent, key) => {
                parent.write(out);
                write_key(key, out);
            }
            Self::Item(parent, index) => {
                parent.write(out);
                out.push('[');
                write_number(*index, out);
                out.push(']');
            }
        }
    }
}

/// `.key`, or `["key"]` where dots and brackets in it could be taken for steps.
fn write_key(key: &str, out: &mut String) {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'-');
    if !key.is_empty() && key.bytes().all(plain) {
        if !out.is_empty() {
            out.push('.');
        }
        out.push_str(key);
        return;
    }
    out.push_str("[\"");
    for letter in key.chars() {
        if matches!(letter, '"' | '\\') {
            out.push('\\');
        }
        out.push(letter);
    }
    out.push_str("\"]");
}

fn write_number(number: usize, out: &mut String) {
    if number > 9 {
        write_number(number / 10, out);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// Collects the issues.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) issues: Vec<Issue>,
}

impl Report {
    /// Says something about a place.
    pub(super) fn say(&mut self, severity: Severity, place: &Place<'_>, message: String) {
        let mut path = String::new();
        place.write(&mut path);
        self.issues.push(Issue { path, message, severity });
    }

    /// `must be a host name, got "http:/x"`
    pub(super) fn wrong(&mut self, severity: Severity, place: &Place<'_>, expected: &[&str], value: &Value) {
        let mut message = String::from("must be ");
        for piece in expected {
            message.push_str(piece);
        }
        message.push_str(", got ");
        describe(value, &mut message);
        self.say(severity, place, message);
    }

    /// `unknown key; did you mean "cookies"?`
    pub(super) fn unknown(
        &mut self,
        severity: Severity,
        place: &Place<'_>,
        what: &str,
        word: &str,
        known: &mut dyn Iterator<Item = &str>,
    ) {
        let mut message = String::from(what);
        if let Some(meant) = nearest(word, known) {
            message.push_str("; did you mean \"");
            message.push_str(meant);
            message.push_str("\"?");
        }
        self.say(severity, place, message);
    }
}

/// What a value is, cut short.
fn describe(value: &Value, out: &mut String) {
    out.push_str(match value {
        Value::Text(text) => return quote(text, out),
        Value::Number(number) if *number >= 0.0 && *number <= 1e9 && f64::from(*number as u32) == *number => {
            return write_number(*number as usize, out);
        }
        Value::Number(_) => "a number",
        Value::Null => "null",
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        Value::List(_) => "a list",
        Value::Map(_) => "an object",
        Value::Other => "what JSON cannot hold",
    });
}

/// The text in quotes, no longer than a line of a console bears.
pub(super) fn quote(text: &str, out: &mut String) {
    const LONGEST: usize = 40;
    out.push('"');
    out.extend(text.chars().take(LONGEST));
    out.push_str(if text.chars().nth(LONGEST).is_some() { "…\"" } else { "\"" });
}
