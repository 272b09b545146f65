//! What site owners run, as a library without files or a terminal: checks a config, says whose a URL is, marks the
//! third parties of a page.
//!
//! The decisions are `consentry-core`'s, the same that fall in a browser. The command line is here too ([`command`]),
//! over a [`desk`] that reads and writes for it: a native one in the program `consentry`, one in JavaScript in the npm
//! package.
//!
//! ```
//! use consentry_site::{config::Config, owner::{Owner, Site}};
//!
//! let config = Config::read("consentry.json", r#"{ "policy": { "version": "1" }, "services": [
//!   { "id": "video", "category": "marketing", "hosts": ["video.example"] } ] }"#, &[]);
//! assert!(config.issues.is_empty());
//! let site = Site::new(&config, None).expect("there are no errors");
//! assert_eq!(site.owner_of("https://video.example/embed/1", None), Owner::Services(vec![0]));
//! assert_eq!(site.owner_of("/about", None), Owner::Own);
//! assert_eq!(site.owner_of("https://elsewhere.example/", None), Owner::Unknown(None));
//! ```
#![cfg_attr(not(target_arch = "wasm32"), forbid(unsafe_code))]

pub mod archive;
pub mod check;
pub mod command;
pub mod config;
mod contrast;
pub mod decisions;
pub mod desk;
mod doubt;
pub mod explain;
pub mod gpc;
pub mod header;
pub mod json;
#[cfg(target_arch = "wasm32")]
pub mod node;
pub mod owner;
pub mod page;
pub mod rewrite;
pub mod snippet;
