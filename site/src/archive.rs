//! `consentry archive`: what the record's hashes stand for, to be kept with each version of a config as proof of what visitors
//! were told: the texts of each language, and all that the site declares.

use consentry_core::{engine::Engine, policy::Policy, record::name, value::Value};
use serde_json::{Map, Value as Json, json};

use crate::{
    command::{Call, Code, Command, Stop},
    config::{Config, TEXTS},
    json,
};

/// `consentry archive`
pub static COMMAND: Command = Command {
    name: "archive",
    summary: "proof of what visitors were told: texts and declared set under the hashes that records carry",
    usage: "consentry archive [--lang dist/lang] [--out consentry-archive]\n\n\
            Writes <hash>.json for the texts of English and of each language in --lang (the record's `u`), <hash>.json for all\n\
            that the config declares (the record's `s`), and index.json, which says which is which. Run it with every version\n\
            of the config, and keep the files: nothing in them is about a visitor.",
    options: &["lang", "out"],
    flags: &[],
    run,
};

fn run(call: &mut Call<'_>) -> Result<Code, Stop> {
    call.no_more(0)?;
    let config = call.valid_config()?;
    let Some(policy) = &config.policy else { return Ok(Code::Issues) };
    let out = call.option("out").unwrap_or("consentry-archive").to_owned();
    let mut languages = Vec::new();
    if let Some(folder) = call.option("lang").map(ToOwned::to_owned) {
        let files = call.desk().list(&folder).map_err(Stop::File)?;
        for file in files.ok_or_else(|| Stop::File(format!("{folder}: is no folder")))? {
            if let Some(tag) = file.strip_suffix(".json") {
                languages.push((tag.to_owned(), call.text(&format!("{folder}/{file}"))?));
            }
        }
    }
    for (name, content) in archive(&config, policy, &languages) {
        let path = format!("{out}/{name}.json");
        let text = format!("{content:#}\n");
        call.desk().write(&path, text.as_bytes()).map_err(|why| Stop::File(format!("{path}: {why}")))?;
    }
    call.say(&format!("{} languages and the declared set are in {out}\n", languages.len() + 1));
    Ok(Code::Well)
}

/// The archive's files: the hash that names each, and what is in it. English is always there; `languages` are the texts of
/// others, with their tags.
#[must_use]
pub fn archive(config: &Config, policy: &Policy, languages: &[(String, String)]) -> Vec<(String, Json)> {
    let all = TEXTS.map(words);
    let [first, ..] = &all;
    let english = ("en".to_owned(), all.concat());
    let others = languages.iter().map(|(tag, text)| (tag.clone(), words(text)));
    let mut files = Vec::new();
    let mut index = Map::new();
    for (tag, words) in std::iter::once(english).chain(others) {
        let told = told(config, &tag, first, &words);
        index.insert(tag.clone(), name(&told).into());
        let texts = object(&overridden(config, &tag, &words));
        files.push((name(&told), json!({ "language": tag, "hashed": told, "texts": texts })));
    }
    let set = Engine::new(policy.clone(), "").declared_set();
    files.push((name(&set), declared(config, policy, &set)));
    let index =
        json!({ "code": env!("CARGO_PKG_VERSION"), "policy": policy.version, "declared": name(&set), "texts": index });
    files.push(("index".to_owned(), index));
    files
}

/// Texts by their keys.
type Words = Vec<(String, String)>;

fn words(file: &str) -> Words {
    let tree = json::read(file).map_or(Value::Null, |document| document.value);
    tree.entries().iter().filter_map(|(key, text)| Some((key.clone(), text.text()?.to_owned()))).collect()
}

/// A language's texts with what the config says in their place.
fn overridden(config: &Config, tag: &str, words: &Words) -> Words {
    let base = tag.split('-').next().unwrap_or_default();
    let mut all = words.clone();
    for own in [base, tag] {
        for (key, text) in config.value.at("texts").at(own).entries() {
            let Some(text) = text.text() else { continue };
            all.retain(|(known, _)| known != key);
            all.push((key.clone(), text.to_owned()));
        }
    }
    all.sort();
    all
}

/// The text whose hash a record carries, as `src/boot/texts.js` puts it together: the first layer's texts and all of the
/// config's own.
fn told(config: &Config, tag: &str, first: &Words, words: &Words) -> String {
    let own = overridden(config, tag, &Vec::new());
    let mut lines = Vec::new();
    for (key, text) in overridden(config, tag, words) {
        if [first, &own].iter().any(|words| words.iter().any(|(known, _)| *known == key)) {
            lines.push(format!("{key}={text}"));
        }
    }
    let (categories, services) = (config.value.at("categories"), config.value.at("services"));
    for one in categories.items().iter().chain(services.items()) {
        lines.push(match one.text() {
            Some(id) => id.to_owned(),
            None => {
                let (id, shown) = (one.at("id").text().unwrap_or_default(), one.at("placeholder"));
                let said = [one.at("label"), one.at("description"), shown.at("title"), shown.at("text")];
                format!("{id}: {}", said.map(|text| local(text, tag)).join(" "))
            }
        });
    }
    lines.join("\n")
}

/// A label or description in a language.
fn local<'a>(label: &'a Value, tag: &str) -> &'a str {
    let base = tag.split('-').next().unwrap_or_default();
    let one = label
        .text()
        .or_else(|| [tag, base, "en"].iter().find_map(|tag| label.at(tag).text().filter(|text| !text.is_empty())));
    one.or_else(|| label.entries().first()?.1.text()).unwrap_or_default()
}

fn object(words: &Words) -> Json {
    words.iter().map(|(key, text)| (key.clone(), Json::from(text.as_str()))).collect::<Map<_, _>>().into()
}

/// All that the config declares, with the catalog's part, and the rows whose hash the record carries.
fn declared(config: &Config, policy: &Policy, set: &str) -> Json {
    let services = config.value.at("services").items().iter();
    let services: Vec<Json> = services
        .map(|one| match one.text() {
            Some(id) => json!({ "id": id, "catalog": plain(config.catalog.at(id)) }),
            None => plain(one),
        })
        .collect();
    let section = |key| plain(config.value.at(key));
    json!({
        "hashed": set, "version": policy.version, "controller": policy.controller, "site": section("site"),
        "policy": section("policy"), "categories": section("categories"), "services": services,
    })
}

fn plain(value: &Value) -> Json {
    match value {
        Value::Null | Value::Other => Json::Null,
        Value::Bool(flag) => (*flag).into(),
        Value::Number(number) => (*number).into(),
        Value::Text(text) => text.as_str().into(),
        Value::List(items) => items.iter().map(plain).collect(),
        Value::Map(entries) => {
            entries.iter().map(|(key, item)| (key.clone(), plain(item))).collect::<Map<_, _>>().into()
        }
    }
}
