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
