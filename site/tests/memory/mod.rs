//! A desk of paper: files in memory, and all that was said.

use std::collections::BTreeMap;

use consentry_core::time::Timestamp;
use consentry_site::{
    command::{self, Code},
    desk::Desk,
};

/// What the clock shows, 2026-11-23.
const NOW: Timestamp = Timestamp(1_795_392_000);

const CATALOG: &str = r#"{ "video": { "category": "marketing", "vendor": "Video Inc.", "hosts": ["video.example", "*.video-cdn.example"] },
                           "counter": { "category": "analytics", "hosts": ["counter.example/count"] } }"#;

#[derive(Default)]
pub(crate) struct Paper {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) said: String,
    pub(crate) complained: String,
}

impl Paper {
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
        Self { files, ..Self::default() }
    }

    /// Runs a command line of words without spaces.
    pub(crate) fn run(&mut self, line: &str) -> Code {
        self.said.clear();
        self.complained.clear();
        let arguments: Vec<String> = line.split_whitespace().map(ToOwned::to_owned).collect();
        command::run(&arguments, self)
    }

    #[allow(dead_code)] // not every file of tests looks into files
    pub(crate) fn text(&self, path: &str) -> &str {
        self.files.get(path).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

impl Desk for Paper {
    fn read(&mut self, path: &str) -> Result<Vec<u8>, String> {
        self.files.get(path).cloned().ok_or_else(|| "there is no such file".to_owned())
    }

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), String> {
        self.files.insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn list(&mut self, path: &str) -> Result<Option<Vec<String>>, String> {
        let folder = format!("{path}/");
        let files: Vec<String> =
            self.files.keys().filter_map(|file| file.strip_prefix(&folder).map(ToOwned::to_owned)).collect();
        Ok(if files.is_empty() { None } else { Some(files) })
    }

    fn catalog(&mut self) -> Result<String, String> {
        Ok(CATALOG.to_owned())
    }

    fn now(&self) -> Timestamp {
        NOW
    }

    fn say(&mut self, text: &str) {
        self.said.push_str(text);
    }

    fn complain(&mut self, text: &str) {
        self.complained.push_str(text);
    }
}
