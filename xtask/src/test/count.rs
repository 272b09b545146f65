//! Reads what a test program says of itself.

/// How many checks passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Count {
    /// Checks that held.
    pub(super) passed: u32,
    /// Checks that did not.
    pub(super) failed: u32,
}

impl Count {
    /// One check of our own.
    pub(super) fn one(held: bool) -> Count {
        if held { Count { passed: 1, failed: 0 } } else { Count { passed: 0, failed: 1 } }
    }

    /// Adds another count.
    pub(super) fn add(&mut self, other: Count) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Reads `test result: ok. 12 passed; 0 failed; …`.
    pub(super) fn of_line(line: &str) -> Option<Count> {
        let (_, result) = line.split_once("test result: ")?;
        let number = |word: &str| {
            let (before, _) = result.split_once(word)?;
            before.split_whitespace().next_back()?.parse().ok()
        };
        Some(Count { passed: number(" passed")?, failed: number(" failed")? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_results() {
        let line = "test result: FAILED. 12 passed; 3 failed; 0 ignored; finished in 1.0s";
        assert_eq!(Count::of_line(line), Some(Count { passed: 12, failed: 3 }));
        assert_eq!(Count::of_line("12 passed; 3 failed"), None);
        assert_eq!(Count::of_line("test result: unknown"), None);
    }
}
