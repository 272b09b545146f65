//! From JSON to the core's tree of values, as a browser reads it: of a key that is given twice the last counts.

use std::fmt;

use consentry_core::value::Value;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// Why a text is not JSON, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotJson {
    /// Line, from 1.
    pub line: usize,
    /// Column in bytes, from 1.
    pub column: usize,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for NotJson {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "is not JSON: {} at line {}, column {}", self.message, self.line, self.column)
    }
}

/// A document, and the paths of keys that it gives more than once.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What it says.
    pub value: Value,
    /// Where it says it twice: `services[0].hosts`.
    pub repeated: Vec<String>,
}

/// Reads a document.
///
/// # Errors
/// [`NotJson`] with the first place that is wrong.
pub fn read(text: &str) -> Result<Document, NotJson> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Tree(mut value) = serde_json::from_str(text).map_err(|error| {
        let said = error.to_string();
        let message = said.split(" at line ").next().unwrap_or_default().to_owned();
        NotJson { line: error.line(), column: error.column(), message }
    })?;
    let mut repeated = Vec::new();
    settle(&mut value, &mut String::new(), &mut repeated);
    Ok(Document { value, repeated })
}

/// Leaves the last of equal keys, at the first one's place, as JavaScript's objects do.
fn settle(value: &mut Value, path: &mut String, repeated: &mut Vec<String>) {
    let base = path.len();
    if let Value::Map(entries) = value {
        let mut kept: Vec<(String, Value)> = Vec::with_capacity(entries.len());
        for (key, mut item) in std::mem::take(entries) {
            if base > 0 {
                path.push('.');
            }
            path.push_str(&key);
            settle(&mut item, path, repeated);
            match kept.iter_mut().find(|(known, _)| *known == key) {
                Some((_, earlier)) => {
                    *earlier = item;
                    repeated.push(path.clone());
                }
                None => kept.push((key, item)),
            }
            path.truncate(base);
        }
        *entries = kept;
    } else if let Value::List(items) = value {
        for (index, item) in items.iter_mut().enumerate() {
            path.push_str(&format!("[{index}]"));
            settle(item, path, repeated);
            path.truncate(base);
        }
    }
}

/// A value on its way from serde.
struct Tree(Value);

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Tree(item)) = list.next_element()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, Tree(item))) = object.next_entry::<String, Tree>()? {
            entries.push((key, item));
        }
        Ok(Value::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn reads_every_kind_of_value_in_order() {
        let document = read(" \n{\"b\": [null, true, -1.5, 7], \"a\": \"\\u00e9\"}").map(|document| document.value);
        let list = Value::List(vec![Value::Null, Value::Bool(true), Value::Number(-1.5), Value::Number(7.0)]);
        assert_eq!(document, Ok(Value::Map(vec![("b".into(), list), ("a".into(), text("é"))])));
    }

    #[test]
    fn takes_the_last_of_equal_keys_and_says_so() {
        let document = read("{\"a\": 1, \"b\": [{\"c\": 1, \"c\": 2}], \"a\": \"last\"}");
        let inner = Value::Map(vec![("c".into(), Value::Number(2.0))]);
        let value = Value::Map(vec![("a".into(), text("last")), ("b".into(), Value::List(vec![inner]))]);
        assert_eq!(document, Ok(Document { value, repeated: vec!["b[0].c".into(), "a".into()] }));
    }

    #[test]
    fn says_where_it_is_no_json() {
        let error = read("{\n  \"a\": 1,\n}").map_err(|error| (error.line, error.column, error.message));
        assert_eq!(error, Err((3, 1, "trailing comma".into())));
    }
}
