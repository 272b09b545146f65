//! Rows of tables about asking again: what was answered, what changed since, and what the next page finds.

use consentry_core::{
    decision::Reason,
    effect::Effect,
    event::{Answer, View},
    policy::Policy,
};

use super::{Device, Page, policy};

/// One row: what was answered, what changed since, when the next page opens, and what it finds.
pub(crate) struct Row {
    name: &'static str,
    answers: Vec<(Answer, u32)>,
    change: fn(&mut Policy),
    at: u32,
    asking: &'static [&'static str],
    reasons: &'static [(&'static str, Reason)],
}

pub(crate) fn check(rows: Vec<Row>) {
    for Row { name, answers, change, at, asking, reasons } in rows {
        let mut device = Device::default();
        for (answer, at) in answers {
            let (mut page, _) = Page::open(&policy(), &mut device, at);
            page.answer(&mut device, answer, at);
        }
        let mut changed = policy();
        change(&mut changed);
        let (mut page, effects) = Page::open(&changed, &mut device, at);
        assert_eq!(page.engine.asking(), asking, "{name}");
        for (id, reason) in reasons {
            assert_eq!(page.reason(id), *reason, "{name}: {id}");
        }
        assert_eq!(effects.contains(&Effect::Show(View::Notice)), !asking.is_empty(), "{name}: notice");
        // Whatever is asked, one answer settles it, and a denial opens nothing.
        let before = page.allowed_ids();
        page.answer(&mut device, Answer::Dismiss, at);
        assert_eq!(page.engine.asking(), [""; 0], "{name}: still asking after dismissal");
        assert!(page.allowed_ids().iter().all(|id| before.contains(id)), "{name}: dismissal opened something");
        let (next, mut effects) = Page::open(&changed, &mut device, at);
        effects.retain(|effect| !matches!(effect, Effect::Warn(_)));
        assert_eq!((next.allowed_ids(), effects), (page.allowed_ids(), vec![Effect::Decide]), "{name}: next page");
    }
}

pub(crate) fn row(
    name: &'static str,
    answers: Vec<(Answer, u32)>,
    change: fn(&mut Policy),
    at: u32,
    asking: &'static [&'static str],
    reasons: &'static [(&'static str, Reason)],
) -> Row {
    Row { name, answers, change, at, asking, reasons }
}
