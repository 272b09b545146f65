//! From answers to choices: what is in force now, and what must be asked.

use alloc::{string::String, vec::Vec};

use super::{
    Engine, Slot,
    declared::{covers, name_category, name_purposes},
};
use crate::{
    age::Stage,
    decision::{Choice, Reason},
    effect::Effect,
    jurisdiction::Regime,
    record::{Action, Answered, ConsentRecord, Entry, State},
    time::Timestamp,
    uses::Uses,
};

/// Days without a question after an opt-out in the United States: California Civil Code §1798.135(c)(4).
const STATES_PAUSE: u32 = 365;

/// What weighing brought.
pub(super) struct Weighed {
    /// Whether any choice differs from before.
    pub(super) differs: bool,
    /// Whether there is a question that was not open before.
    pub(super) asks_more: bool,
}

impl Engine {
    /// Weighs every answer anew.
    pub(super) fn weigh(&mut self) -> Weighed {
        let mut weighed = Weighed { differs: false, asks_more: false };
        self.asking.clear();
        // Of what each optional thing does: what some of it may not do, and all that there is.
        let (mut shut, mut every) = (Uses::NONE, Uses::NONE);
        let latest = self.record.as_ref().and_then(ConsentRecord::latest).map(Entry::time);
        self.ahead = latest.is_some_and(|latest| self.is_early(latest));
        self.stage = self.jurisdiction.ages.stage(self.band());
        self.bars = if self.stage == Stage::Teen { self.jurisdiction.ages.bars } else { Uses::NONE };
        // Categories come first: a service finds its category already weighed.
        for position in 0..self.slots.len() {
            let (choice, asked, by_itself) = self.weigh_one(position);
            weighed.differs |= self.decision.put(position, choice);
            if let Some(slot) = self.slots.get(position).filter(|slot| !slot.necessary) {
                every = every.and(slot.uses);
                shut = if choice.allowed { shut } else { shut.and(slot.uses) };
            }
            if asked {
                self.asking.push(self.decision.id(position).into());
            }
            if let Some(slot) = self.slots.get_mut(position) {
                weighed.asks_more |= asked && !slot.asked;
                slot.asked = asked;
                slot.by_itself = by_itself;
            }
        }
        // An opt-out holds until everything that it is about is granted all the same. Where no default may count, none does
        // for what nobody declares either.
        let is_off = self.jurisdiction.regime < Regime::OptIn && !self.has_default();
        let out = if is_off { Uses::ALL } else { self.signal.and(self.out) };
        self.opted_out = out.without(every.without(shut)).without(Uses::ANY);
        weighed
    }

    /// The first reason that applies, in the order that the contract lays down.
    fn weigh_one(&self, position: usize) -> (Choice, bool, bool) {
        let Some(slot) = self.slots.get(position) else { return (Choice::new(Reason::Unknown, None), false, false) };
        let is_service = slot.category != position;
        let follows = is_service && slot.answer.is_none();
        let answer = self.answer_of(slot);
        let denied = slot.uses.meet(self.denied(answer));
        // Of minors, and of whoever may be one, nothing is on without a yes.
        let (is_out, default) = (self.jurisdiction.regime < Regime::OptIn, self.has_default());
        let lenient = is_out && self.stage == Stage::Adult;
        let objects = self.may_object(slot);
        let by_law = lenient && self.needs_no_yes(position, slot);
        let mut since = answer.map(|answer| answer.at);
        let reason = match (answer, slot.barred) {
            _ if slot.necessary => {
                since = None;
                Reason::Necessary
            }
            (_, Some(Reason::Forbidden)) => Reason::Forbidden,
            (Some(Answered { state: State::Refused, .. }), _) => Reason::Refused,
            (Some(Answered { state: State::Withdrawn, .. }), _) => Reason::Withdrawn,
            (_, Some(reason)) => reason,
            _ if slot.opened => Reason::Educational,
            _ if self.is_too_young(slot, answer) => {
                since = answer.filter(|answer| self.awaits(*answer)).map(|answer| answer.at);
                Reason::Age
            }
            (Some(_), None) if denied => {
                since = None;
                self.denial(slot)
            }
            (Some(answer), None) => self.reason(position, slot, answer),
            // Where nothing is on by itself, there is nothing yet that a signal could turn off.
            (None, None) if denied && is_out => self.denial(slot),
            (None, None) if objects && default && self.signal.and(self.out) == Uses::NONE => Reason::Objection,
            (None, None) if by_law && default => Reason::Default,
            (None, None) => Reason::Unanswered,
        };
        // What follows a category is asked with it, and a service's own refusal only matters where its category is on.
        let with_category = follows && self.slots.get(slot.category).is_some_and(|category| category.asked);
        let asked = !with_category
            && slot.barred.is_none()
            && !slot.each
            && self.stage != Stage::Child
            && match reason {
                Reason::Unanswered => !(follows || lenient && default),
                // Who has opted out is not asked, whatever their age (§1798.135(c)(4)).
                Reason::Signal => !is_out,
                Reason::Expired | Reason::Changed => true,
                Reason::Age => self.stage == Stage::Unknown,
                Reason::Refused | Reason::Withdrawn => {
                    let matters = !is_service || !follows && self.decision.allows(slot.category);
                    let is_over = since.is_some_and(|at| self.is_past(at, self.pause()));
                    let is_answered = !is_out || since.is_some();
                    !lenient && is_answered && (matters && is_over || self.has_unanswered_purpose(position, slot))
                }
                Reason::Necessary
                | Reason::Granted
                | Reason::Forbidden
                | Reason::Locked
                | Reason::Educational
                | Reason::Objection
                | Reason::Default
                | Reason::Unknown => false,
            };
        (Choice::new(reason, since), asked, objects || by_law)
    }

    /// The uses that stand denied, whatever this answer grants.
    fn denied(&self, answer: Option<Answered>) -> Uses {
        self.signal.and(self.out).without(answer.map_or(Uses::NONE, |answer| answer.despite))
    }

    /// Why something is denied: by a signal that is there now, or by a no from before.
    const fn denial(&self, slot: &Slot) -> Reason {
        if slot.uses.meet(self.signal) { Reason::Signal } else { Reason::Refused }
    }

    /// Whether time has ended a grant, or its time cannot be.
    fn has_lapsed(&self, answer: Answered) -> bool {
        answer.state == State::Lapsed
            || self.ahead
            || self.is_early(answer.at)
            || self.is_past(self.said_at(answer), self.policy.record.granted_days)
    }

    fn reason(&self, position: usize, slot: &Slot, answer: Answered) -> Reason {
        if self.has_lapsed(answer) {
            Reason::Expired
        } else if answer.parent == (self.stage == Stage::Child)
            && answer.at >= self.policy.rules.last_material
            && covers(&self.policy, position, &slot.declared)
        {
            Reason::Granted
        } else {
            Reason::Changed
        }
    }

    /// Writes down which grants time has ended: no clock that is set back or forward brings them to life again.
    pub(super) fn end(&mut self, effects: &mut Vec<Effect>) {
        let mut ends = false;
        for position in 0..self.slots.len() {
            let answer = self.slots.get(position).and_then(|slot| slot.answer);
            // Whether a parent's yes stands is for the site's server to say.
            if let Some(answer) = answer.filter(|answer| answer.state == State::Granted && !answer.parent)
                && self.has_lapsed(answer)
                && let Some(slot) = self.slots.get_mut(position)
            {
                slot.answer = Some(Answered { state: State::Lapsed, despite: Uses::NONE, ..answer });
                ends = true;
            }
        }
        if ends && !self.unkept {
            self.note(Action::Expire, effects);
        }
    }

    /// A slot's own answer, otherwise its category's: whole, or, of a service that is asked about on its own, a no.
    pub(super) fn answer_of(&self, slot: &Slot) -> Option<Answered> {
        let around = || self.slots.get(slot.category)?.answer;
        slot.answer.or_else(|| around().filter(|answer| !slot.each || answer.is_no()))
    }

    /// Whether there is a no to all that a click could open.
    pub(super) fn is_all_refused(&self) -> bool {
        let is_no = |slot: &Slot| self.answer_of(slot).is_some_and(Answered::is_no);
        self.slots.iter().all(|slot| slot.necessary || slot.barred.is_some() || is_no(slot))
    }

    /// Whether the default of a regime where that is on may count: a no could be kept, and there was none.
    pub(super) const fn has_default(&self) -> bool {
        self.fresh && !self.unkept
    }

    /// Whether a default of on can be one for it. What was asked about in another category has none: what was said there
    /// is not undone by moving it.
    fn needs_no_yes(&self, position: usize, slot: &Slot) -> bool {
        let is_here = slot.declared.is_empty() || name_category(&self.policy, position, &slot.declared);
        is_here && !slot.each && !slot.uses.meet(Uses::SENSITIVE)
    }

    /// What the choice at a position rests on here and now: consent only where somebody is asked for it, or was.
    #[must_use]
    pub fn basis(&self, position: usize) -> &'static str {
        let by_itself = self.slots.get(position).is_some_and(|slot| slot.by_itself);
        let reason = self.decision.reason(position);
        // A no to what would run without an answer is an objection, too.
        let no = matches!(reason, Reason::Refused | Reason::Withdrawn | Reason::Signal);
        if reason == Reason::Necessary {
            reason.as_str()
        } else if by_itself && (no || matches!(reason, Reason::Objection | Reason::Default)) {
            Reason::Objection.as_str()
        } else {
            "consent"
        }
    }

    /// Whether the law of the place lets it run until somebody objects.
    fn may_object(&self, slot: &Slot) -> bool {
        self.is_britain()
            && self.stage == Stage::Adult
            // What goes beyond the site's own use, or asks for itself, is none of these purposes.
            && slot.uses == Uses::ANY
            && !slot.each
            && self.policy.categories.get(slot.category).is_some_and(|category| category.objection)
    }

    /// Whether British law decides, which lets some purposes rest on an objection; under a floor of opt-in it never does.
    pub(super) fn is_britain(&self) -> bool {
        self.jurisdiction.britain && self.policy.rules.floor < Regime::OptIn
    }

    /// Days during which a no is not asked about again.
    pub(super) fn pause(&self) -> u32 {
        let law = if self.jurisdiction.states { STATES_PAUSE } else { 0 };
        self.policy.record.refused_days.max(law)
    }

    /// Whether so many days have gone by.
    pub(super) fn is_past(&self, at: Timestamp, days: u32) -> bool {
        self.now >= at.plus_days(days)
    }

    /// Whether a time is more than a day ahead of the clock.
    pub(super) fn is_early(&self, at: Timestamp) -> bool {
        at > self.now.plus_days(1)
    }

    fn has_unanswered_purpose(&self, position: usize, slot: &Slot) -> bool {
        let is_known = |tokens: &str| name_purposes(&self.policy, position, tokens);
        !is_known(&slot.declared) && {
            let mut every = String::new();
            for other in &self.slots {
                every.push_str(&other.declared);
            }
            !is_known(&every)
        }
    }
}
