//! `consentry gpc`: the site's statement that it honors Global Privacy Control, for `/.well-known/gpc.json`.
//!
//! W3C's draft asks for a JSON object with `gpc` and `lastUpdate`, served as `application/json`.

use consentry_core::{
    config::form::Form,
    issue::{Issue, Severity},
    value::Value,
};

use crate::{
    command::{Call, Code, Command, Stop},
    json,
};

/// `consentry gpc`
pub static COMMAND: Command = Command {
    name: "gpc",
    summary: "the statement for /.well-known/gpc.json that the site honors Global Privacy Control",
    usage: "consentry gpc [--date 2026-11-01]\n\n\
            Prints the JSON. Consentry honors the signal everywhere; serve the file as application/json. The date is that of\n\
            the policy's last change: policy.updated, else policy.effective, else --date.",
    options: &["date"],
    flags: &[],
    run,
};

fn run(call: &mut Call<'_>) -> Result<Code, Stop> {
    call.no_more(0)?;
    let config = call.valid_config()?;
    let policy = config.value.at("policy");
    let declared = policy.at("updated").text().or(policy.at("effective").text());
    let date = call.option("date").or(declared).map(ToOwned::to_owned);
    let date = date.ok_or_else(|| Stop::Usage("the config has no policy.updated: say --date".into()))?;
    if !Form::of(b'd').fits(&date) {
        return Err(Stop::Usage(format!("--date must be a day like 2026-11-01, got \"{date}\"")));
    }
    call.say(&format!("{{ \"gpc\": true, \"lastUpdate\": \"{date}\" }}\n"));
    Ok(Code::Well)
}

/// Everything that is wrong with a statement that a site has: `date` is the day of the policy's last change, where it is known.
#[must_use]
pub fn faults(text: &str, date: Option<&str>) -> Vec<Issue> {
    let issue = |path: &str, message: String, severity| Issue { path: path.into(), message, severity };
    let document = match json::read(text) {
        Ok(document) => document.value,
        Err(not_json) => return vec![issue("", not_json.to_string(), Severity::Error)],
    };
    let Value::Map(_) = document else {
        return vec![issue("", "must be an object".into(), Severity::Error)];
    };
    let mut issues = Vec::new();
    let gpc = document.at("gpc");
    if *gpc == Value::Bool(false) {
        let message = "says that the site does not honor the signal, but with Consentry it does";
        issues.push(issue("gpc", message.into(), Severity::Warning));
    } else if !gpc.is_true() {
        issues.push(issue("gpc", "must be true or false: anything else says nothing".into(), Severity::Error));
    }
    match document.at("lastUpdate").text() {
        Some(day) if is_moment(day) => {
            if let Some(date) = date.filter(|date| day.get(..10).is_some_and(|day| day < *date)) {
                let message = format!("is before the policy's last change, {date}");
                issues.push(issue("lastUpdate", message, Severity::Warning));
            }
        }
        _ => issues.push(issue(
            "lastUpdate",
            "must be a day or a time of RFC 3339, like 2026-11-01 or 2026-11-01T08:00:00Z".into(),
            Severity::Error,
        )),
    }
    issues
}

/// Whether a text is a full-date or a date-time of RFC 3339.
fn is_moment(text: &str) -> bool {
    let Some((day, time)) = text.split_at_checked(10) else { return false };
    if !Form::of(b'd').fits(day) {
        return false;
    }
    let Some(time) = time.strip_prefix(['T', 't']) else { return time.is_empty() };
    let below = |text: &str, most: u32| {
        text.len() == 2
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && text.parse().is_ok_and(|number: u32| number <= most)
    };
    let clock = |text: &str| match text.split_once(':') {
        Some((hour, minute)) => below(hour, 23) && below(minute, 59),
        None => false,
    };
    let Some((minutes, rest)) = time.split_at_checked(5) else { return false };
    let Some((second, zone)) = rest.strip_prefix(':').and_then(|rest| rest.split_at_checked(2)) else { return false };
    let zone = match zone.strip_prefix('.') {
        Some(fraction) => {
            let rest = fraction.trim_start_matches(|digit: char| digit.is_ascii_digit());
            if rest.len() == fraction.len() {
                return false;
            }
            rest
        }
        None => zone,
    };
    // A leap second is the sixty-first.
    clock(minutes)
        && below(second, 60)
        && (matches!(zone, "Z" | "z") || zone.strip_prefix(['+', '-']).is_some_and(clock))
}

#[cfg(test)]
mod tests {
    use super::is_moment;

    #[test]
    fn knows_the_moments_of_rfc_3339() {
        for good in [
            "2026-11-01",
            "1985-04-12T23:20:50.52Z",
            "1996-12-19T16:39:57-08:00",
            "1990-12-31T23:59:60Z",
            "1937-01-01t12:00:27.87+00:20",
        ] {
            assert!(is_moment(good), "{good}");
        }
        for bad in [
            "",
            "2026",
            "2026-11",
            "2026-02-30",
            "01.11.2026",
            "2026-11-01T",
            "2026-11-01 08:00:00Z",
            "2026-11-01T08:00Z",
            "2026-11-01T08:00:00",
            "2026-11-01T24:00:00Z",
            "2026-11-01T08:60:00Z",
            "2026-11-01T08:00:00.Z",
            "2026-11-01T08:00:00+1",
            "2026-11-01T+8:00:00Z",
            "2026-11-01Z",
        ] {
            assert!(!is_moment(bad), "{bad}");
        }
    }
}
