//! The record's place in the browser: localStorage through gloo-storage, behind a probe.
//!
//! An edge never throws, it answers: `gloo_storage::LocalStorage::raw()` panics where storage is denied, so it is only
//! called after the browser has handed the storage over once.

use consentry_core::{event::Stored, time::push_number};
use gloo_storage::{LocalStorage, Storage as _};

/// The key of the consent record; `record.scope` follows it, after a dot.
const KEY: &str = "consentry.record";

/// Bytes that are tried where it matters that a record can be kept.
const TRIED: usize = 4_000;

/// Where the record of one scope is kept.
pub(crate) struct Store {
    key: String,
}

impl Store {
    /// The place for a scope; the empty scope has no suffix.
    pub(crate) fn new(scope: &str) -> Self {
        let mut key = String::from(KEY);
        if !scope.is_empty() {
            key.push('.');
            key.push_str(scope);
        }
        Self { key }
    }

    /// What is stored now. A sandboxed frame or a browser setting can deny even the look.
    pub(crate) fn read(&self) -> Stored {
        let Some(storage) = local() else { return Stored::Denied };
        match storage.get_item(&self.key) {
            Ok(Some(text)) => Stored::Text(text),
            Ok(None) => Stored::Empty,
            Err(_) => Stored::Denied,
        }
    }

    /// Writes the record; false where the browser refuses (denied, full). Then an older record goes too: it may hold
    /// grants that were withdrawn just now.
    pub(crate) fn write(&self, text: &str) -> bool {
        let Some(storage) = local() else { return false };
        let kept = storage.set_item(&self.key, text).is_ok();
        if !kept {
            _ = storage.remove_item(&self.key);
        }
        kept
    }

    /// Whether a record could be written now, tried where there is none.
    pub(crate) fn has_room(&self) -> bool {
        let Some(storage) = local() else { return false };
        // As long as a first record is.
        let tried = storage.set_item(&self.key, &" ".repeat(TRIED)).is_ok();
        storage.remove_item(&self.key).is_ok() && tried
    }

    /// Keeps a record of a newer format beside ours, under `<key>:v<major>`; false where the browser refuses.
    pub(crate) fn set_aside(&self, major: u32, text: &str) -> bool {
        let mut key = self.key.clone();
        key.push_str(":v");
        push_number(&mut key, major);
        local().is_some_and(|storage| storage.set_item(&key, text).is_ok())
    }
}

fn local() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()??;
    Some(LocalStorage::raw())
}
