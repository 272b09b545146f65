//! The pages of `www/`: what they declare is a config without mistakes, and what they load is marked.

mod client;

use client::get;
use consentry_core::config::read;
use consentry_core::value::Value;
use html5gum::{StartTag, Token, Tokenizer};
use loopback::{Loopback, Options};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::io;

const WWW: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../www");
const CATALOG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../catalog");
const PAGES: [&str; 6] = ["/", "/gallery.html", "/privacy.html", "/minimal.html", "/strict-csp.html", "/no-wasm.html"];

async fn start() -> io::Result<Loopback> {
    Loopback::start(Options::new(WWW, "no such folder")).await
}

async fn page(loopback: &Loopback, path: &str) -> io::Result<String> {
    let answer = get(&loopback.site(), path).await?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
    assert!(head.starts_with("HTTP/1.1 200"), "{path}: {head}");
    assert!(!body.contains("{{"), "{path}: a placeholder stayed");
    Ok(body.to_owned())
}

fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Bool(*flag),
        Json::Number(number) => number.as_f64().map_or(Value::Other, Value::Number),
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(items) => Value::List(items.iter().map(value).collect()),
        Json::Object(entries) => Value::Map(entries.iter().map(|(key, item)| (key.clone(), value(item))).collect()),
    }
}

fn catalog() -> io::Result<Value> {
    let mut entries = Vec::new();
    for file in std::fs::read_dir(CATALOG)? {
        let path = file?.path();
        let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        entries.push((id, value(&serde_json::from_str(&std::fs::read_to_string(&path)?)?)));
    }
    Ok(Value::Map(entries))
}

/// The paths of everything that is wrong with a config.
fn mistakes(config: &Json) -> io::Result<Vec<String>> {
    let issues = read(&value(config), &catalog()?).issues;
    Ok(issues.into_iter().map(|issue| format!("{}: {}", issue.path, issue.message)).collect())
}

fn tags(html: &str) -> impl Iterator<Item = StartTag<()>> {
    Tokenizer::new(html).flatten().filter_map(|token| if let Token::StartTag(tag) = token { Some(tag) } else { None })
}

fn attribute(tag: &StartTag<()>, name: &str) -> String {
    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned()).unwrap_or_default()
}

fn config_of(html: &str) -> io::Result<Json> {
    let (_, rest) = html.split_once("id=\"consentry-config\">").unwrap_or_default();
    Ok(serde_json::from_str(rest.split_once("</script>").unwrap_or_default().0)?)
}

#[tokio::test]
async fn every_page_declares_a_config_without_mistakes() -> io::Result<()> {
    let loopback = start().await?;
    for path in PAGES {
        let config = config_of(&page(&loopback, path).await?)?;
        assert_eq!(mistakes(&config)?, [""; 0], "{path}");
    }
    Ok(())
}

#[tokio::test]
async fn no_page_loads_anything_of_a_third_party_that_is_not_marked() -> io::Result<()> {
    let loopback = start().await?;
    for path in PAGES {
        let html = page(&loopback, path).await?;
        for tag in tags(&html).filter(|tag| attribute(tag, "type") != "text/plain") {
            for name in ["src", "srcset", "href", "poster", "data"] {
                let address = attribute(&tag, name);
                assert!(!address.contains(".localhost:"), "{path}: {name}={address}");
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn without_consentry_the_home_page_asks_every_declared_third_party() -> io::Result<()> {
    let loopback = start().await?;
    let html = page(&loopback, "/without/").await?;
    assert!(!html.contains("consentry-config") && !html.contains("/consentry.js"));
    let mut asked = BTreeSet::new();
    for tag in tags(&html).filter(|tag| attribute(tag, "type") != "text/plain") {
        for address in [attribute(&tag, "src"), attribute(&tag, "href")] {
            asked.extend(
                address
                    .strip_prefix("http://")
                    .and_then(|rest| rest.split_once(".localhost:"))
                    .map(|(name, _)| name.to_owned()),
            );
        }
    }
    let all = ["facebook", "fonts", "google-analytics", "maps", "pixel", "twitter", "youtube"];
    assert!(asked.iter().eq(all), "{asked:?}");
    Ok(())
}

#[test]
fn every_json_example_of_the_config_page_is_right() -> io::Result<()> {
    let text = std::fs::read_to_string(format!("{WWW}/docs/config.md"))?;
    let examples: Vec<_> = text.split("```json\n").skip(1).filter_map(|rest| rest.split_once("```")).collect();
    assert!(examples.len() > 6, "only {} examples", examples.len());
    for (example, _) in examples {
        let mut config: Json = serde_json::from_str(example)?;
        if let Some(keys) = config.as_object_mut() {
            keys.entry("policy").or_insert_with(|| serde_json::json!({ "version": "1" }));
        }
        assert_eq!(mistakes(&config)?, [""; 0], "{example}");
    }
    Ok(())
}

#[test]
fn the_example_of_five_mistakes_has_these_five() -> io::Result<()> {
    let text = std::fs::read_to_string(format!("{WWW}/docs/faults.md"))?;
    let example = text.split("```json\n").nth(1).and_then(|rest| rest.split_once("```")).unwrap_or_default().0;
    let found = mistakes(&serde_json::from_str(example)?)?;
    let paths: Vec<_> = found.iter().filter_map(|line| line.split_once(": ")).map(|(path, _)| path).collect();
    assert_eq!(paths.len(), 5, "{found:?}");
    for path in paths {
        assert!(text.contains(&format!("`{path}`")), "{path} is not named");
    }
    Ok(())
}

#[tokio::test]
async fn the_statement_on_gpc_is_served_as_json() -> io::Result<()> {
    let loopback = start().await?;
    let answer = get(&loopback.site(), "/.well-known/gpc.json").await?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
    assert!(
        head.starts_with("HTTP/1.1 200") && head.to_lowercase().contains("content-type: application/json"),
        "{head}"
    );
    let said: Json = serde_json::from_str(body)?;
    let config = config_of(&page(&loopback, "/").await?)?;
    let updated = config.pointer("/policy/updated");
    assert_eq!(
        (said.get("gpc"), said.get("lastUpdate")),
        (Some(&Json::Bool(true)), updated),
        "made by `consentry gpc`"
    );
    Ok(())
}
