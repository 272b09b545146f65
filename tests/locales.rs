//! Every language says everything, in its own words and letters, and its answers are plain.
#![allow(clippy::panic, clippy::expect_used, reason = "a test reports by panicking")]

#[path = "locales/languages.rs"]
mod languages;

use languages::{COGNATES, LANGUAGES, Language};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

type Texts = BTreeMap<String, String>;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("locales")
}

/// The texts of a file: one a line, as all of them are written.
fn texts(name: &str) -> Texts {
    let path = folder().join(name);
    let content = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines: Vec<&str> = content.lines().collect();
    assert_eq!((lines.first(), lines.last()), (Some(&"{"), Some(&"}")), "{name}");
    let text = |line: &str| -> Option<(String, String)> {
        let (key, value) = line.trim().trim_end_matches(',').split_once(": ")?;
        Some((key.trim_matches('"').to_owned(), value.strip_prefix('"')?.strip_suffix('"')?.to_owned()))
    };
    let inside = lines.get(1..lines.len() - 1).unwrap_or_default();
    let found: Texts = inside.iter().filter_map(|line| text(line)).collect();
    assert_eq!(found.len(), inside.len(), "{name}: a line that is no text, or a key twice");
    found
}

fn english() -> Texts {
    let mut all = texts("en.json");
    all.extend(texts("en.preferences.json"));
    all.extend(texts("en.aside.json"));
    all.extend(texts("en.failed.json"));
    all
}

/// Every language but English, with its texts.
fn translations() -> Vec<(&'static Language, Texts)> {
    LANGUAGES.iter().map(|language| (language, texts(&format!("{}.json", language.tag)))).collect()
}

#[track_caller]
fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n  {}", found.join("\n  "));
}

/// Looks at every text of every translation beside the English one.
fn look(what: &str, wrong: impl Fn(&Language, &str, &str, &str) -> bool) {
    let english = english();
    let mut found = Vec::new();
    for (language, texts) in translations() {
        for (key, text) in &texts {
            let source = english.get(key).or_else(|| english.get("services.other")).map_or("", String::as_str);
            if wrong(language, key, text, source) {
                found.push(format!("{}: {key}: {text}", language.tag));
            }
        }
    }
    assert_none(what, &found);
}

/// Whether a text is the English word in this language, too.
fn is_cognate(language: &Language, key: &str) -> bool {
    COGNATES.iter().any(|(name, tags)| *name == key && tags.split(' ').any(|tag| tag == language.tag))
}

/// What stands in braces, sorted.
fn marks(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(mark, _)| mark)).collect()
}

#[test]
fn there_are_forty_languages_and_all_of_the_union() {
    let mut files: BTreeSet<String> = fs::read_dir(folder())
        .expect("the folder is there")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert!(files.remove("en.json") && files.remove("en.preferences.json"));
    assert!(files.remove("en.aside.json") && files.remove("en.failed.json"));
    let known: BTreeSet<String> = LANGUAGES.iter().map(|language| format!("{}.json", language.tag)).collect();
    assert_eq!(files, known, "left: locales/, right: tests/locales/languages.rs");
    assert!(known.len() >= 40, "{} languages", known.len());
    let union = "bg hr cs da nl et fi fr de el hu ga it lv lt mt pl pt ro sk sl es sv";
    let missing: Vec<String> =
        union.split(' ').filter(|tag| !known.contains(&format!("{tag}.json"))).map(str::to_owned).collect();
    assert_none("official languages of the European Union that are missing", &missing);
}

#[test]
fn every_language_has_every_text() {
    let english: BTreeSet<String> =
        english().into_keys().filter(|key| key != "services.one" && key != "services.other").collect();
    let mut wrong = Vec::new();
    for (language, texts) in translations() {
        let mut wanted = english.clone();
        wanted.extend(language.plurals.split(' ').map(|form| format!("services.{form}")));
        let own: BTreeSet<String> = texts.into_keys().collect();
        wrong.extend(wanted.symmetric_difference(&own).map(|key| format!("{}: {key}", language.tag)));
    }
    assert_none("texts that one language has and another lacks", &wrong);
}

#[test]
fn every_text_has_its_marks() {
    // "One service" and "two services" may be words of their own, where the form means just that number.
    look("texts whose marks in braces differ from the English ones", |language, key, text, source| {
        let spoken = key.starts_with("services.") && language.plurals.contains("two") && !key.ends_with("other");
        marks(text) != marks(source) && !(spoken && marks(text).is_empty())
    });
}

#[test]
fn no_english_is_left_over() {
    look("texts that are still English", |language, key, text, source| text == source && !is_cognate(language, key));
    let words = ["the", "your", "you", "will", "with", "this", "that", "from", "has", "not", "been", "which", "its"];
    // Browsers have a setting of this name, in every language.
    look("texts with English words", |_, _, text, _| {
        text.replace("Do Not Track", "")
            .split(|letter: char| !letter.is_alphanumeric())
            .any(|word| words.contains(&word.to_lowercase().as_str()))
    });
    let english = english();
    let stale: Vec<String> = COGNATES
        .iter()
        .flat_map(|(key, tags)| tags.split(' ').map(move |tag| (tag, *key)))
        .filter(|(tag, key)| texts(&format!("{tag}.json")).get(*key) != english.get(*key))
        .map(|(tag, key)| format!("{tag}: {key}"))
        .collect();
    assert_none("words listed as the same in English that are not", &stale);
}

#[test]
fn every_language_is_written_in_its_own_letters() {
    look("texts without a letter of their script", |language, key, text, _| {
        let bare =
            text.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest)).collect::<String>();
        !is_cognate(language, key) && !bare.chars().any(|letter| language.script.contains(&letter))
    });
}

#[test]
fn answers_are_plain_and_differ() {
    let mut wrong = Vec::new();
    for (language, texts) in translations() {
        let text = |key: &str| texts.get(key).map(|text| text.to_lowercase()).unwrap_or_default();
        let has = |key: &str, word: &str| text(key).contains(word);
        let (accept, reject) = (language.accept, language.reject);
        if !has("notice.accept", accept)
            || !has("notice.reject", reject)
            || has("notice.accept", reject)
            || has("notice.reject", accept)
        {
            wrong.push(format!("{}: {:?} and {:?}", language.tag, text("notice.accept"), text("notice.reject")));
        }
        if text("action.accept_all") == text("action.reject_all") {
            wrong.push(format!("{}: {:?} twice", language.tag, text("action.accept_all")));
        }
        let answers =
            ["notice.accept", "notice.reject", "notice.customize", "notice.close", "center.save", "center.close"];
        if answers.map(text).iter().collect::<BTreeSet<_>>().len() < answers.len() {
            wrong.push(format!("{}: two answers in the same words", language.tag));
        }
        // When the settings do not load, both words are said again.
        if !has("status.unavailable", accept) || !has("status.unavailable", reject) {
            wrong.push(format!("{}: {:?} names other answers", language.tag, text("status.unavailable")));
        }
    }
    assert_none("answers that a visitor, or a tool that answers for them, may not recognize", &wrong);
}

#[test]
fn texts_end_as_they_should_and_stay_short() {
    let stops = ['.', '。', '।', '۔', '։'];
    look("texts that end otherwise than the English ones", |language, _, text, source| {
        // Thai has no full stop.
        source.ends_with('.') != text.ends_with(stops) && language.tag != "th"
    });
    look("texts with spaces or quotes as no typesetter would leave them", |_, _, text, _| {
        text.trim() != text || text.contains("  ") || text.contains("\\\"") || text.contains('\'')
    });
    look("texts that are much longer than the English ones", |_, key, text, source| {
        let room =
            if key.starts_with("notice.") && source.len() < 12 { 24 } else { 16 + source.chars().count() * 17 / 10 };
        text.chars().count() > room
    });
}

#[test]
fn no_language_is_a_copy_of_another() {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut same = Vec::new();
    for (language, texts) in translations() {
        for key in ["notice.text", "center.about", "status.memory"] {
            let text = texts.get(key).cloned().unwrap_or_default();
            if let Some(other) = seen.insert(text, language.tag) {
                same.push(format!("{} and {other}: {key}", language.tag));
            }
        }
    }
    assert_none("languages with the same texts", &same);
}
