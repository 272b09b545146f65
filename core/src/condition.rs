//! Conditions over categories and services: `"analytics"`, `"!analytics"`, `{ all: […] }`, `{ any: […] }`, `{ not: … }`.

use crate::{
    decision::{Decision, Reason},
    value::Value,
};

/// How deep conditions may nest; deeper is malformed.
const DEPTH: u32 = 16;

/// What a condition comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// An explicit refusal or withdrawal stands against it.
    No,
    /// Undecided, expired or changed: it waits for an answer.
    Wait,
    /// Met.
    Yes,
    /// Names something unknown, or is malformed: it poisons the whole, negated too.
    Unknown,
}

/// Judges a condition against the present decision.
#[must_use]
pub fn judge(condition: &Value, decision: &Decision) -> Verdict {
    weigh(condition, decision, DEPTH)
}

fn weigh(condition: &Value, decision: &Decision, depth: u32) -> Verdict {
    let Some(depth) = depth.checked_sub(1) else { return Verdict::Unknown };
    match condition {
        Value::Text(text) => match text.strip_prefix('!') {
            Some(id) => not(of_id(id, decision)),
            None => of_id(text, decision),
        },
        Value::Map(entries) => match entries.as_slice() {
            [(key, inner)] if key == "not" => not(weigh(inner, decision, depth)),
            [(key, Value::List(parts))] if key == "all" => join(parts, true, decision, depth),
            [(key, Value::List(parts))] if key == "any" => join(parts, false, decision, depth),
            _ => Verdict::Unknown,
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Other => Verdict::Unknown,
    }
}

/// The least of all parts, or the greatest; an empty list asks nothing, so whoever wrote it meant something else.
fn join(parts: &[Value], all: bool, decision: &Decision, depth: u32) -> Verdict {
    let mut whole = None;
    for part in parts {
        let verdict = weigh(part, decision, depth);
        if verdict == Verdict::Unknown {
            return verdict;
        }
        whole = Some(match whole {
            Some(other) if (verdict < other) != all => other,
            _ => verdict,
        });
    }
    whole.unwrap_or(Verdict::Unknown)
}

const fn not(verdict: Verdict) -> Verdict {
    match verdict {
        Verdict::No => Verdict::Yes,
        Verdict::Yes => Verdict::No,
        Verdict::Wait | Verdict::Unknown => verdict,
    }
}

fn of_id(id: &str, decision: &Decision) -> Verdict {
    match decision.choice(id).reason {
        Reason::Necessary | Reason::Granted | Reason::Educational | Reason::Objection | Reason::Default => Verdict::Yes,
        Reason::Refused | Reason::Withdrawn | Reason::Forbidden | Reason::Locked | Reason::Signal => Verdict::No,
        Reason::Expired | Reason::Changed | Reason::Unanswered | Reason::Age => Verdict::Wait,
        Reason::Unknown => Verdict::Unknown,
    }
}
