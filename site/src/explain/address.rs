//! Of one URL: whose it is, and which line of the config says so.

use consentry_core::{matching::HostPattern, value::Value};
use url::Url;

use crate::{
    config::Config,
    owner::{Owner, Site},
};

/// The explanation, and whether the config knows the URL.
pub(super) fn explain(config: &Config, site: &Site, url: &str) -> (String, bool) {
    let Some(whole) = site.resolve(url, None) else {
        return (format!("{url}\n  is no URL: nothing that can be asked for\n"), true);
    };
    let shown = if site.address().is_none() && whole.host_str() == Some("own.invalid") { url } else { whole.as_str() };
    let (text, is_known) = match site.owner(&whole) {
        Owner::Nobody => ("  makes no request to anybody: never held\n".to_owned(), true),
        Owner::Own => (own(config, site, &whole), true),
        Owner::Forbidden => (forbidden(config, site, &whole), true),
        Owner::Services(services) => {
            (services.iter().map(|index| service(config, site, *index, &whole)).collect(), true)
        }
        Owner::Unknown(entry) => (unknown(site, entry.as_deref(), &whole), false),
    };
    (format!("{shown}\n{text}"), is_known)
}

fn own(config: &Config, site: &Site, url: &Url) -> String {
    let hosts = config.value.at("site").at("hosts").items();
    let line = deciding(hosts, site, url).map_or_else(
        || "the same site as the page".to_owned(),
        |(index, pattern)| format!("site.hosts[{index}] = \"{pattern}\""),
    );
    format!("  your own: {line}\n  never held\n")
}

fn forbidden(config: &Config, site: &Site, url: &Url) -> String {
    let list = config.value.at("policy").at("forbidden").items();
    let line = deciding(list, site, url)
        .map_or_else(String::new, |(index, pattern)| format!("  policy.forbidden[{index}] = \"{pattern}\"\n"));
    format!("  nobody's: the policy rules it out\n{line}  never allowed: no click opens it\n")
}

fn service(config: &Config, site: &Site, index: usize, url: &Url) -> String {
    let declared = config.value.at("services").items().get(index).unwrap_or(&Value::Null);
    let (entry, place) = match declared.text() {
        Some(id) => (config.catalog.at(id), format!("services[{index}] = \"{id}\", whose entry in the catalog has ")),
        None => (declared, format!("services[{index}].")),
    };
    let Some(service) = site.policy.services.get(index) else { return String::new() };
    let Some(category) = site.policy.categories.get(service.category) else { return String::new() };
    let vendor = if service.vendor.is_empty() { String::new() } else { format!(" of {}", service.vendor) };
    let line = deciding(entry.at("hosts").items(), site, url)
        .map_or_else(String::new, |(at, pattern)| format!("{place}hosts[{at}] = \"{pattern}\""));
    let (id, category_id) = (&service.id, &category.id);
    let fate = if category.necessary {
        format!("never held: the category \"{category_id}\" is necessary")
    } else {
        format!("held until the visitor allows \"{id}\", alone or with the category \"{category_id}\"")
    };
    format!("  service \"{id}\"{vendor}, category \"{category_id}\"\n  by {line}\n  {fate}\n")
}

fn unknown(site: &Site, entry: Option<&str>, url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let cure = match entry {
        Some(id) => format!("the catalog knows it: add \"{id}\" to services"),
        None => {
            format!("to have it asked for, add \"{host}\" to the hosts of a service; if it is your own, to site.hosts")
        }
    };
    let doubt = if site.address().is_some() { "" } else { "\n  or name your site: --site https://www.example.com" };
    format!(
        "  a third party that no service declares\n  held for good where unknown third parties are held\n  {cure}{doubt}\n"
    )
}

/// The pattern that decides, and its place in the list: a host before a wildcard, the longer before the shorter.
fn deciding<'a>(hosts: &'a [Value], site: &Site, url: &Url) -> Option<(usize, &'a str)> {
    let port = url.port().map(|port| port.to_string()).unwrap_or_default();
    let is_origin = site.page("/").is_some_and(|page| page.origin() == url.origin());
    let host = url.host_str().unwrap_or_default();
    let fitting = hosts.iter().enumerate().filter_map(|(index, text)| {
        let text = text.text()?;
        HostPattern::parse(text).ok()?.matches(host, &port, url.path(), is_origin).then_some((index, text))
    });
    fitting.max_by_key(|(index, text)| (text.starts_with('/'), !text.starts_with('*'), text.len(), usize::MAX - index))
}
