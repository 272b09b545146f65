//! Whether the colors of a theme can be read and seen: contrasts as WCAG 2.2 counts them. It would be 0.7 KB in every
//! visitor's browser, and the config is the same for all of them: so it is looked at where configs are checked.

use consentry_core::{
    config::form::Form,
    issue::{Issue, Severity},
    value::Value,
};

/// Red, green and blue, each from 0 to 1.
type Color = [f64; 3];

/// The grounds of the browser's own colors, and the text on each: white, and the lightest dark one of three engines.
const SYSTEM: [(&str, Color, Color); 2] = [("dark", [1.0; 3], [0.0; 3]), ("light", [0.12; 3], [1.0; 3])];

const UNREADABLE: &str = "text and background must have a contrast of 4.5, also at 80 percent, in light and in dark \
                          (WCAG 2.2, 1.4.3); set both";
const UNSEEN: &str = "must have a contrast of 3 to the background (WCAG 2.2, 1.4.11)";

/// What is wrong with the colors of a config's theme.
pub(crate) fn faults(config: &Value) -> Option<Issue> {
    let (key, message) = fault(config.at("ui").at("theme"))?;
    Some(Issue { path: format!("ui.theme.{key}"), message: message.to_owned(), severity: Severity::Error })
}

/// The key of a theme that makes text unreadable or switches unseen, and what it must be. A color that the theme leaves
/// out is the browser's, in light and in dark unless the theme has but one of them.
fn fault(theme: &Value) -> Option<(&'static str, &'static str)> {
    let of = |key| theme.at(key).text().filter(|text| Form::of(b'x').fits(text)).map(color);
    let (ground, ink, accent) = (of("background"), of("text"), of("accent"));
    let scheme = theme.at("scheme").text();
    let mut is_seen = accent.is_none();
    for (other, system_ground, system_ink) in SYSTEM {
        if scheme != Some(other) {
            let ground = ground.unwrap_or(system_ground);
            if contrast(over(ink.unwrap_or(system_ink), ground), ground) < 4.5 {
                return Some((if ink.is_some() { "text" } else { "background" }, UNREADABLE));
            }
            is_seen |= accent.is_some_and(|accent| contrast(accent, ground) >= 3.0);
        }
    }
    (!is_seen).then_some(("accent", UNSEEN))
}

/// `#abc` or `#aabbcc`; the form has been looked at.
fn color(text: &str) -> Color {
    let width = text.len() / 3;
    [0, 1, 2].map(|part| {
        let digits = text.get(1 + part * width..=part * width + width).unwrap_or_default();
        let value = f64::from(u8::from_str_radix(digits, 16).unwrap_or_default());
        value / if width == 1 { 15.0 } else { 255.0 }
    })
}

/// What a text at 80 percent looks like.
fn over(ink: Color, ground: Color) -> Color {
    let [[r, g, b], [x, y, z]] = [ink, ground];
    [(r, x), (g, y), (b, z)].map(|(ink, ground)| ink * 0.8 + ground * 0.2)
}

fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The relative luminance.
fn light(color: Color) -> f64 {
    let [r, g, b] = color.map(|part| if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
    r * 0.2126 + g * 0.7152 + b * 0.0722
}

#[cfg(test)]
mod tests {
    use super::{UNREADABLE, UNSEEN};
    use crate::config::Config;

    /// What is said of a theme.
    fn said(theme: &str) -> Vec<String> {
        let text = format!(r#"{{ "policy": {{ "version": "1" }}, "ui": {{ "theme": {theme} }} }}"#);
        let config = Config::read("it", &text, &[]);
        assert_eq!(config.is_broken(), !config.issues.is_empty(), "{theme}");
        config.issues.iter().map(|issue| format!("{}: {}", issue.path, issue.message)).collect()
    }

    #[test]
    fn refuses_what_cannot_be_read() {
        for (theme, key) in [
            (r##"{ "text": "#000", "background": "#000000" }"##, "text"),
            (r##"{ "text": "#777", "background": "#fff" }"##, "text"),
            (r##"{ "text": "#555", "background": "#fff" }"##, "text"),
            // The browser's own ground is dark for some, its own text light.
            (r##"{ "text": "#000000" }"##, "text"),
            (r##"{ "background": "#fff7ee" }"##, "background"),
            (r##"{ "text": "#000", "scheme": "dark" }"##, "text"),
            (r##"{ "text": "#eee", "scheme": "light" }"##, "text"),
        ] {
            assert_eq!(said(theme), [format!("ui.theme.{key}: {UNREADABLE}")], "{theme}");
        }
    }

    #[test]
    fn refuses_what_cannot_be_seen() {
        for theme in [
            r##"{ "text": "#000", "background": "#fff", "accent": "#aaa" }"##,
            r##"{ "accent": "#ccc", "scheme": "light" }"##,
        ] {
            assert_eq!(said(theme), [format!("ui.theme.accent: {UNSEEN}")], "{theme}");
        }
    }

    #[test]
    fn lets_the_rest_be() {
        for theme in [
            r##"{ "text": "#000", "scheme": "light" }"##,
            r##"{ "background": "#fff7ee", "scheme": "light" }"##,
            r##"{ "accent": "#b4235a" }"##,
            r##"{ "text": "#535353", "background": "#fff", "accent": "#949494" }"##,
            r##"{ "accent": "#b4235a", "background": "#fff7ee", "text": "#2b1a10", "radius": "4px" }"##,
        ] {
            assert_eq!(said(theme), [""; 0], "{theme}");
        }
    }
}
