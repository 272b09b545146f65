//! The record's text, both ways.

use alloc::string::String;

use super::{ConsentRecord, chain};

/// What the first token names, before the major version.
const FORMAT: &str = "consentry/";

/// The major version that this code reads and writes.
const MAJOR: u32 = 1;

/// What comes before the seal.
const SEAL: &str = ";h=";

/// Length of a hash in six-bit characters.
const HASH: usize = 43;

/// Why a text is no record of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Cut, changed, or not a record at all.
    Damaged,
    /// Of this newer major version.
    Newer(u32),
}

impl ConsentRecord {
    /// Reads a text that storage held; believes nothing that the seal does not cover.
    pub(crate) fn decode(text: &str) -> Result<Self, Fault> {
        if let Some(major) = major(text).filter(|major| *major > MAJOR) {
            return Err(Fault::Newer(major));
        }
        Self::read(text).ok_or(Fault::Damaged)
    }

    fn read(text: &str) -> Option<Self> {
        let (body, seal) = text.rsplit_once(SEAL)?;
        if major(text)? != MAJOR || chain::seal(body) != seal {
            return None;
        }
        let mut record = Self::default();
        let mut sections = body.split(';');
        for field in sections.next()?.split(' ').skip(1) {
            if let Some(start) = field.strip_prefix("p=") {
                record.start = String::from(start);
            } else {
                record.head.push(' ');
                record.head.push_str(field);
            }
        }
        for section in sections {
            if section.starts_with("e=") {
                record.entries.push(String::from(section));
            } else if let Some(rows) = section.strip_prefix("d=") {
                record.declared = String::from(rows);
            } else {
                record.rest.push(';');
                record.rest.push_str(section);
            }
        }
        record.latest()?.has_time().then_some(record)
    }

    /// The text for storage.
    pub(crate) fn encode(&self) -> String {
        let mut text = String::from(FORMAT);
        text.push_str("1 p=");
        text.push_str(&self.start);
        text.push_str(&self.head);
        for entry in &self.entries {
            text.push(';');
            text.push_str(entry);
        }
        text.push_str(";d=");
        text.push_str(&self.declared);
        text.push_str(&self.rest);
        let seal = chain::seal(&text);
        text.push_str(SEAL);
        text.push_str(&seal);
        text
    }

    /// At most so many bytes will the text have.
    pub(super) fn size(&self) -> usize {
        let entries: usize = self.entries.iter().map(|entry| entry.len() + 1).sum();
        let known = FORMAT.len() + "1 p=".len() + HASH + ";d=".len() + SEAL.len() + HASH;
        known + self.head.len() + entries + self.declared.len() + self.rest.len()
    }
}

/// The major version that the first token names.
fn major(text: &str) -> Option<u32> {
    let version = text.strip_prefix(FORMAT)?;
    let digits = version.bytes().take_while(u8::is_ascii_digit).count();
    version.get(..digits)?.parse().ok()
}
