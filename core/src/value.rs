//! The raw config as a tree of own properties, before anything in it is believed.

use alloc::{string::String, vec::Vec};

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
    /// The value of an object's own property; `None` for anything else.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) | Self::List(_) | Self::Other => None,
        }
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
