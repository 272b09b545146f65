//! The record's place in the browser, by gloo-storage's interface: localStorage, or sessionStorage where the site wants no
//! more than a session of it.
//!
//! An edge never throws, it answers. gloo's own places panic where storage is denied; these hand over what the browser
//! threw in its stead, which is no storage, so that each use of it fails and says so.

use consentry_core::{event::Stored, policy::RecordRules, record::name, time::push_number};
use gloo_storage::Storage;
use wasm_bindgen::JsCast;

use crate::page::Page;

struct Local;

impl Storage for Local {
    fn raw() -> web_sys::Storage {
        Page::local_storage().unwrap_or_else(JsCast::unchecked_into)
    }
}

struct Session;

impl Storage for Session {
    fn raw() -> web_sys::Storage {
        Page::session_storage().unwrap_or_else(JsCast::unchecked_into)
    }
}

/// The key of the consent record; `record.scope` follows it, after a dot.
const KEY: &str = "consentry.record";

/// What stands before a subject.
const SUBJECT: &str = "@";

/// Where it is tried whether a record can be kept: other tabs look at what is written to the record's own place, would take
/// it for a damaged record, and try it in turn.
const ROOM: &str = "consentry.room";

/// Bytes that are tried.
const TRIED: usize = 4_000;

/// Where the record of one scope is kept, of all who share the device.
pub(crate) struct Store {
    /// The key without a subject.
    base: String,
    key: String,
    session: bool,
}

impl Store {
    /// The place for a scope; the empty scope has no suffix.
    pub(crate) fn new(rules: &RecordRules) -> Self {
        let mut key = String::from(KEY);
        if !rules.scope.is_empty() {
            key.push('.');
            key.push_str(&rules.scope);
        }
        Self { base: key.clone(), key, session: rules.session }
    }

    /// Goes to the place of whoever the site calls by this; the empty subject has no suffix. What stands there cannot be
    /// told from the key.
    pub(crate) fn turn_to(&mut self, subject: &str) {
        self.key.clone_from(&self.base);
        if !subject.is_empty() {
            self.key.push_str(SUBJECT);
            self.key.push_str(&name(subject));
        }
    }

    /// The key where the record is.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// Hands over the records of the others who share the device.
    pub(crate) fn beside(&self, mut hear: impl FnMut(String)) {
        let storage = self.area();
        let mut at = 0;
        while let Ok(Some(key)) = storage.key(at) {
            at += 1;
            let rest = key.strip_prefix(self.base.as_str()).filter(|_| key != self.key);
            if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(SUBJECT))
                && let Ok(Some(text)) = storage.get_item(&key)
            {
                hear(text);
            }
        }
    }

    /// What is stored now. A sandboxed frame or a browser setting can deny even the look.
    pub(crate) fn read(&self) -> Stored {
        match self.area().get_item(&self.key) {
            Ok(Some(text)) => Stored::Text(text),
            Ok(None) => Stored::Empty,
            Err(_) => Stored::Denied,
        }
    }

    /// Writes the record; false where the browser refuses (denied, full). Then an older record goes too: it may hold
    /// grants that were withdrawn just now.
    pub(crate) fn write(&self, text: &str) -> bool {
        let storage = self.area();
        let kept = storage.set_item(&self.key, text).is_ok();
        if !kept {
            _ = storage.remove_item(&self.key);
        }
        kept
    }

    /// Whether a record could be written now, tried where there is none.
    pub(crate) fn has_room(&self) -> bool {
        let storage = self.area();
        // As long as a first record is.
        let tried = storage.set_item(ROOM, &" ".repeat(TRIED)).is_ok();
        storage.remove_item(ROOM).is_ok() && tried
    }

    /// Keeps a record of a newer format beside ours, under `<key>:v<major>`; false where the browser refuses.
    pub(crate) fn set_aside(&self, major: u32, text: &str) -> bool {
        let mut key = self.key.clone();
        key.push_str(":v");
        push_number(&mut key, major);
        self.area().set_item(&key, text).is_ok()
    }

    fn area(&self) -> web_sys::Storage {
        if self.session { Session::raw() } else { Local::raw() }
    }
}
