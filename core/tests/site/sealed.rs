//! The record's text as its description says, written apart from the core: base64, seal, sections.

use consentry_core::{effect::Effect, event::Answer};
use sha2::{Digest, Sha256};

use super::{Device, Page, day, policy};

/// Base64url without padding, written apart from the core's.
pub(crate) fn base64(bytes: &[u8]) -> String {
    let digits: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['-', '_']).collect();
    let bits: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
    bits.chunks(6).map(|six| digits[(0..6).fold(0, |n, bit| n << 1 | usize::from(six.get(bit) == Some(&1)))]).collect()
}

pub(crate) fn hash(text: &str) -> String {
    base64(&Sha256::digest(text))
}

/// Seals a body as the format's description says.
pub(crate) fn sealed(body: &str) -> String {
    let (head, sections) = body.split_once(';').unwrap_or((body, ""));
    let start = head.split(' ').find_map(|field| field.strip_prefix("p=")).unwrap_or_default();
    let chain = sections.split(';').fold(String::from(start), |chain, section| hash(&format!("{chain};{section}")));
    format!("{body};h={}", hash(&format!("{chain};{head}")))
}

pub(crate) fn body(text: &str) -> &str {
    text.rsplit_once(";h=").expect("a seal").0
}

pub(crate) fn sections(text: &str) -> Vec<&str> {
    text.split(';').collect()
}

/// A device whose record came about by these answers, a day apart.
pub(crate) fn after(answers: &[Answer]) -> Device {
    let mut device = Device::default();
    for (days, answer) in (0..).zip(answers) {
        let (mut page, _) = Page::open(&policy(), &mut device, day(days));
        page.answer(&mut device, answer.clone(), day(days));
    }
    device
}

pub(crate) fn text(device: &Device) -> String {
    device.record.clone().expect("a record")
}

pub(crate) fn open(text: &str, at: u32) -> (Page, Vec<Effect>) {
    Page::open(&policy(), &mut Device { record: Some(text.into()), ..Device::default() }, at)
}
