//! Ends a program with everything that it started.
//!
//! The tests start drivers, drivers start browsers. They stay in the terminal's process group, so that an interrupt
//! reaches them all; what hangs is therefore found by its parents.

use std::fs;
use std::process::{Command, Stdio};

/// Ends a process and all its descendants.
pub(super) fn end(root: u32) {
    let mut doomed = vec![root];
    let family = family();
    let mut at = 0;
    while let Some(parent) = doomed.get(at).copied() {
        doomed.extend(family.iter().filter(|(_, of)| *of == parent).map(|(child, _)| *child));
        at += 1;
    }
    let ids: Vec<String> = doomed.iter().rev().map(u32::to_string).collect();
    // A process that ended meanwhile is no trouble.
    let _ = Command::new("kill").arg("-KILL").args(ids).stderr(Stdio::null()).status();
}

/// Every process with its parent.
fn family() -> Vec<(u32, u32)> {
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    let ids = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    ids.filter_map(|id: u32| Some((id, parent(&fs::read_to_string(format!("/proc/{id}/stat")).ok()?)?))).collect()
}

/// The fourth field of `/proc/<id>/stat`; the second is a name in parentheses that may hold anything.
fn parent(stat: &str) -> Option<u32> {
    let (_, fields) = stat.rsplit_once(") ")?;
    fields.split(' ').nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_parent_behind_any_name() {
        assert_eq!(parent("12 (a) b (c)) S 7 12 12"), Some(7));
        assert_eq!(parent("broken"), None);
    }
}
