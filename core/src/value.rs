//! The raw config as a tree of own properties, before anything in it is believed.

use alloc::{string::String, vec::Vec};

use crate::record::text::{Parts, number, parts};

/// One value of a JSON document, or something that JSON cannot hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Any number; the reader decides whether it must be whole.
    Number(f64),
    /// A text.
    Text(String),
    /// A list, in order.
    List(Vec<Value>),
    /// An object's own properties, in order.
    Map(Vec<(String, Value)>),
    /// A function, a symbol, a cycle: never valid anywhere.
    Other,
}

impl Value {
    /// Reads what `src/boot/tell.js` writes: signs with a NUL behind each. `s` is a text, what follows it; `n` a number in
    /// digits, anything else is none; `btrue` and `bfalse`; `o` is `null`; `[` the items up to `]`; `{` keys as texts, each
    /// with its value, up to `]`.
    #[must_use]
    pub fn told(text: &str) -> Self {
        Self::next(&mut parts(text, 0)).unwrap_or(Self::Null)
    }

    /// The next value; `None` at the end of a list or object, or of all.
    fn next(signs: &mut Parts<'_>) -> Option<Self> {
        let sign = signs.next()?;
        let text = sign.get(1..)?;
        Some(match sign.as_bytes().first()? {
            b's' => Self::Text(text.into()),
            b'n' => Self::Number(number(text).map_or(f64::NAN, f64::from)),
            b'b' => Self::Bool(text == "true"),
            b'o' => Self::Null,
            b'[' => {
                let mut items = Vec::new();
                while let Some(item) = Self::next(signs) {
                    items.push(item);
                }
                Self::List(items)
            }
            b'{' => {
                let mut entries = Vec::new();
                while let Some(Self::Text(key)) = Self::next(signs) {
                    entries.push((key, Self::next(signs).unwrap_or(Self::Null)));
                }
                Self::Map(entries)
            }
            b']' => return None,
            _ => Self::Other,
        })
    }

    /// The value of an object's own property; `None` for anything else.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The same, with [`Value::Null`] for a property that is not there, so that paths can be read in one go.
    #[must_use]
    pub fn at(&self, key: &str) -> &Self {
        static NULL: Value = Value::Null;
        self.get(key).unwrap_or(&NULL)
    }

    /// The properties of an object; nothing for anything else.
    #[must_use]
    pub fn entries(&self) -> &[(String, Self)] {
        if let Self::Map(entries) = self { entries } else { &[] }
    }

    /// Whether the value is `true`.
    #[must_use]
    pub const fn is_true(&self) -> bool {
        matches!(self, Self::Bool(true))
    }

    /// The text, where the value is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The items of a list; nothing for anything else.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }
}

#[cfg(test)]
mod tests {
    use alloc::{string::String, vec};

    use proptest::prelude::*;

    use super::Value;

    #[test]
    fn reads_every_kind_of_value() {
        let inner = Value::Map(vec![(String::new(), Value::List(vec![])), ("b]".into(), Value::Null)]);
        let list = vec![
            Value::Text("a".into()),
            Value::Text(String::new()),
            Value::Number(365.0),
            Value::Bool(true),
            Value::Bool(false),
            inner,
            Value::Other,
        ];
        let told = "[\0sa\0s\0n365\0btrue\0bfalse\0{\0s\0[\0]\0sb]\0onull\0]\0uundefined\0]\0";
        assert_eq!(Value::told(told), Value::List(list));
    }

    #[test]
    fn takes_only_whole_numbers_for_numbers() {
        for told in ["n-1\0", "n1.5\0", "n1e+21\0", "nNaN\0", "n4294967296\0"] {
            assert!(matches!(Value::told(told), Value::Number(number) if number.is_nan()), "{told}");
        }
    }

    proptest! {
        #[test]
        fn reads_any_text_without_a_panic(signs in "([\\[\\]{snbo]{0,2}\0?){0,12}", text: String) {
            _ = Value::told(&signs);
            _ = Value::told(&text);
        }
    }
}
