//! Finds a text among many in constant time: a small open-addressing table.
//!
//! The standard maps would cost more bytes than the rest of the matcher, and `core` has no others.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

/// Texts, numbered in the order they came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    texts: Vec<String>,
    /// Number of a text plus one; 0 is vacant. The length is a power of two, and at least half of it is vacant.
    slots: Vec<u32>,
}

impl Index {
    /// The number of a text.
    pub(crate) fn get(&self, text: &str) -> Option<usize> {
        self.probe(text).ok()
    }

    /// The text of a number; empty where there is none.
    pub(crate) fn text(&self, number: usize) -> &str {
        self.texts.get(number).map_or("", String::as_str)
    }

    /// Adds a text, unless it is there; its number, and whether it is new.
    pub(crate) fn insert(&mut self, text: &str) -> (usize, bool) {
        if self.texts.len() * 2 >= self.slots.len() {
            self.grow();
        }
        match self.probe(text) {
            Ok(number) => (number, false),
            Err(slot) => {
                self.texts.push(text.to_owned());
                self.occupy(slot, self.texts.len());
                (self.texts.len() - 1, true)
            }
        }
    }

    fn grow(&mut self) {
        let len = (self.slots.len() * 2).max(16);
        self.slots.clear();
        self.slots.resize(len, 0);
        for number in 0..self.texts.len() {
            let Some(Err(slot)) = self.texts.get(number).map(|text| self.probe(text)) else { continue };
            self.occupy(slot, number + 1);
        }
    }

    fn occupy(&mut self, slot: usize, mark: usize) {
        if let Some(place) = self.slots.get_mut(slot) {
            *place = mark as u32; // a page holds fewer than 2³² texts
        }
    }

    /// The number of a text, or the vacant slot where it belongs.
    fn probe(&self, text: &str) -> Result<usize, usize> {
        let mut at = hash(text) as usize;
        loop {
            at &= self.slots.len().wrapping_sub(1);
            let number = match self.slots.get(at) {
                None | Some(0) => return Err(at),
                Some(mark) => *mark as usize - 1,
            };
            if self.texts.get(number).is_some_and(|known| known == text) {
                return Ok(number);
            }
            at += 1;
        }
    }
}

/// FNV-1a, whose upper bits are folded in, since only the lower ones choose the slot.
fn hash(text: &str) -> u32 {
    let hash = text.bytes().fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash ^ (hash >> 15)
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::Index;

    #[test]
    fn numbers_texts_in_the_order_they_came_and_finds_each_again() {
        let mut index = Index::default();
        assert_eq!(index.get("a"), None);
        for number in 0..5_000_usize {
            assert_eq!(index.insert(&number.to_string()), (number, true));
        }
        for number in 0..5_000_usize {
            assert_eq!(index.insert(&number.to_string()), (number, false));
            assert_eq!(index.get(&number.to_string()), Some(number));
        }
        assert_eq!(index.get("5000"), None);
    }
}
