//! The gate matches hosts in JavaScript, tools match them in Rust: for every pattern and URL both must say the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test stops at what it does not expect

use std::{path::Path, process::Command};

use consentry_core::{
    matching::{HostPattern, Matcher},
    policy::{Category, Policy, Service},
};

const PATTERNS: &[&str] = &[
    "example.com",
    "www.example.com",
    "*.example.com",
    "*.ads.example.com",
    "example.com/ads",
    "example.com/ads/",
    "example.com/ads/pixel",
    "example.com:8080",
    "*.example.com:443/t",
    "/collect",
    "/collect/more",
    "127.0.0.1",
    "[::1]",
    "[::1]:81/x",
    "localhost",
    "*.localhost",
    "xn--bcher-kva.example",
];

const HOSTS: &[&str] = &[
    "example.com",
    "example.com.",
    "www.example.com",
    "a.b.example.com",
    "x.ads.example.com",
    "notexample.com",
    "com",
    "127.0.0.1",
    "[::1]",
    "localhost",
    "a.localhost",
    "xn--bcher-kva.example",
];
const PORTS: &[&str] = &["", "8080", "81", "443"];
const PATHS: &[&str] = &[
    "/",
    "/ads",
    "/ads/",
    "/adsense",
    "/ads/pixel.gif",
    "/ads/pixel/1",
    "/collect",
    "/collected",
    "/collect/more/1",
    "/t",
    "/x",
];

/// Asks src/gate/hosts.js about each line `host port path own`; answers the ids, a line each.
const SCRIPT: &str = "
import { createHosts } from './src/gate/hosts.js';
const [patterns, ...cases] = (await new Response(process.stdin).text()).trimEnd().split('\\n');
const find = createHosts(patterns.split(' ').map((host, index) => ({ id: String(index), hosts: [host] })));
console.log(cases.map((line) => {
  const [hostname, port, pathname, own] = line.split(' ');
  return find({ hostname, port, pathname }, own == 'own').join(' ');
}).join('\\n'));
";

fn policy() -> Policy {
    let service = |(index, pattern): (usize, &&str)| Service {
        id: index.to_string(),
        hosts: vec![HostPattern::parse(pattern).unwrap_or_else(|_| panic!("{pattern} is no pattern"))],
        ..Service::default()
    };
    Policy {
        categories: vec![Category { id: "marketing".into(), ..Category::default() }],
        services: PATTERNS.iter().enumerate().map(service).collect(),
        ..Policy::default()
    }
}

#[test]
fn javascript_and_rust_find_the_same_services() {
    let matcher = Matcher::new(&policy());
    let (mut input, mut expected, mut found) = (PATTERNS.join(" "), Vec::new(), 0);
    for host in HOSTS {
        for port in PORTS {
            for path in PATHS {
                for own in ["own", "other"] {
                    let case = format!("{host} {port} {path} {own}");
                    input.push('\n');
                    input.push_str(&case);
                    let ids = matcher.services_of(host, port, path, own == "own");
                    found += ids.len();
                    let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
                    expected.push((case, ids.join(" ")));
                }
            }
        }
    }
    assert!(found > 200, "the cases say little: {found} matches");
    let answers = ask_node(&input);
    assert_eq!(answers.len(), expected.len());
    for ((case, expected), answer) in expected.iter().zip(answers) {
        assert_eq!(&answer, expected, "{case}");
    }
}

fn ask_node(input: &str) -> Vec<String> {
    let file = std::env::temp_dir().join(format!("consentry-hosts-{}.txt", std::process::id()));
    std::fs::write(&file, input).expect("the cases can be written");
    let output = Command::new("node")
        .args(["--no-warnings", "--input-type=module", "--eval", SCRIPT])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .stdin(std::fs::File::open(&file).expect("the cases can be read"))
        .output()
        .expect("Node runs");
    _ = std::fs::remove_file(&file);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("Node answers in UTF-8");
    text.trim_end_matches('\n').split('\n').map(String::from).collect()
}
