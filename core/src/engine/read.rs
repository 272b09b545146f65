//! What the engine learns from storage.

use alloc::{string::String, vec::Vec};
use core::mem;

use super::{Engine, declared::tokens, place::PAGES, slot};
use crate::{
    age::Band,
    effect::{Effect, Warning},
    event::{Stored, View},
    record::{
        Action, Answered, ConsentRecord, Entry, Fault, KEEPS_DEFAULT, State,
        text::{parts, push, unescape},
    },
    time::{Timestamp, push_number},
    uses::Uses,
};

impl Engine {
    /// Takes what storage held as the truth, unless it is known to have missed the visitor's last answers.
    pub(super) fn read(&mut self, stored: Stored, at: Timestamp, effects: &mut Vec<Effect>) {
        self.now = at;
        self.succeed();
        // A default of on needs a record that could be read and was empty from the first look on.
        self.fresh = matches!(stored, Stored::Empty) && self.record.is_none() && (self.fresh || !self.started);
        let mut cause = Action::Expire;
        match stored {
            Stored::Denied => {
                self.unkept = true;
                self.warn(Warning::NotKept, effects);
            }
            // Storage missed the last answers and still shows what was there before: another try.
            Stored::Empty if self.unkept => self.persist(effects),
            Stored::Text(text) if self.unkept && text == self.seen => self.persist(effects),
            Stored::Empty => {
                self.seen.clear();
                self.forget();
                self.mirror(effects);
            }
            Stored::Text(text) => {
                let is_new = text != self.seen;
                self.adopt(text, effects);
                if !self.started && self.record.is_some() {
                    self.mirror(effects);
                }
                let latest = self.record.as_ref().and_then(ConsentRecord::latest);
                cause = latest.and_then(|latest| Action::of(latest.action())).filter(|_| is_new).unwrap_or(cause);
            }
        }
        self.share();
        self.look(cause, effects);
    }

    /// What was announced rules from its day on.
    fn succeed(&mut self) {
        if let Some(next) = self.policy.rules.upcoming.take_if(|next| next.effective <= self.now) {
            self.policy.version = next.version;
            self.policy.controller = next.controller;
            self.policy.material = true;
        }
    }

    pub(super) fn look(&mut self, cause: Action, effects: &mut Vec<Effect>) {
        self.heed(effects);
        let had_questions = !self.asking.is_empty();
        let is_first = !self.started;
        self.started = true;
        let weighed = self.weigh();
        self.end(effects);
        if self.ahead {
            self.warn(Warning::ClockAhead, effects);
        }
        if weighed.differs || is_first {
            effects.push(Effect::Decide);
        }
        if weighed.differs && !is_first {
            effects.push(Effect::Announce(cause));
        }
        let insists = weighed.asks_more || is_first && !self.asking.is_empty();
        if self.view.is_none() && insists && self.facts.unanswered() < PAGES {
            self.view = Some(View::Notice);
            effects.push(Effect::Show(View::Notice));
        } else if self.view == Some(View::Notice) && had_questions && self.asking.is_empty() {
            self.view = None;
            effects.push(Effect::Hide);
        }
    }

    fn adopt(&mut self, text: String, effects: &mut Vec<Effect>) {
        let before: Vec<Option<Answered>> = self.slots.iter().map(|slot| self.answer_of(slot)).collect();
        let (mine, out, age) = (self.record.take().unwrap_or_default(), self.out, self.told.or(self.age));
        self.forget();
        self.seen = text.clone();
        match ConsentRecord::decode(text) {
            Ok(record) => self.believe(record),
            Err(Fault::Damaged) => self.warn(Warning::DamagedRecord, effects),
            Err(Fault::Newer(major)) => {
                self.warn(Warning::NewerRecord, effects);
                self.aside = major;
            }
        }
        // Another tab wrote without having seen all that was written here. What it says counts, what was said here stays in
        // the history, and a refusal that it does not know is said again.
        let theirs = self.record.as_ref().filter(|theirs| theirs.latest().is_some());
        let unseen = theirs.map(|theirs| mine.unseen_by(theirs)).unwrap_or_default();
        let is_forked = !unseen.is_empty();
        let last = mine.latest().filter(|last| theirs.is_some_and(|theirs| is_forked || !theirs.has(*last)));
        if self.unkept || last.is_some() {
            self.out = self.out.and(out);
            let upheld = self.uphold(&before);
            let missed = if is_forked { self.learn_again(&unseen, age) } else { None };
            self.unkept = self.unkept && upheld;
            if is_forked {
                self.record = self.record.take().map(|theirs| theirs.beside(&unseen, self.now));
            }
            let denied = last.filter(|_| upheld).map(|last| Action::of(last.action()).unwrap_or(Action::Withdraw));
            if let Some(action) = denied.or(missed) {
                self.note(action, effects);
            } else if is_forked {
                self.persist(effects);
            }
        }
    }

    pub(super) fn forget(&mut self) {
        self.record = None;
        self.age = None;
        for text in [&mut self.said, &mut self.kept, &mut self.kept_declared] {
            text.clear();
        }
        self.heard = Timestamp(0);
        self.aside = 0;
        self.out = Uses::NONE;
        for slot in &mut self.slots {
            slot.answer = None;
            slot.declared.clear();
        }
    }

    fn believe(&mut self, record: ConsentRecord) {
        let latest = record.latest().unwrap_or_default();
        self.out = Uses(latest.standing()).without(Uses(!Uses::ALL.0));
        self.fresh = latest.standing() & KEEPS_DEFAULT != 0;
        self.age = latest.age();
        self.heard = record.heard();
        for (is_answer, rows) in [(true, latest.answers()), (false, record.declared())] {
            for row in rows {
                let mut cells = parts(row, b':');
                let id = cells.next().unwrap_or_default();
                let position = self.decision.position(&unescape(id));
                let slot = position.and_then(|position| self.slots.get_mut(position)).filter(|slot| !slot.necessary);
                let answer = if is_answer { latest.answer(cells.clone()) } else { None };
                let second = cells.next().unwrap_or_default();
                if let Some(slot) = slot {
                    if is_answer {
                        slot.answer = answer;
                    } else {
                        slot.declared = second.into();
                    }
                } else if let Some(no) = answer.filter(|answer| answer.is_no()) {
                    for piece in [",", id, ":", second, ":"] {
                        self.kept.push_str(piece);
                    }
                    push_number(&mut self.kept, no.at.0);
                } else if !is_answer && parts(&self.kept, b',').any(|kept| parts(kept, b':').next() == Some(id)) {
                    push(&mut self.kept_declared, b',');
                    self.kept_declared.push_str(row);
                }
            }
        }
        let said = latest.said();
        self.record = Some(record);
        self.locate(said, false);
    }

    /// Nothing of one subject's is another's: whoever is new begins as if nobody had been here.
    pub(super) fn change(&mut self, locked: Vec<(String, bool)>) {
        self.policy.rules.locked.truncate(self.locks);
        for (id, _) in locked {
            self.policy.rules.locked.push(id);
        }
        self.forget();
        // Where somebody else said they are is nobody's place now.
        let started = mem::take(&mut self.started);
        self.locate(String::new(), false);
        self.started = started;
        self.seen.clear();
        self.slots = slot::all(&self.policy);
        (self.told, self.unkept, self.fresh, self.vouched) = (None, false, true, false);
        (self.view, self.beneath) = (None, false);
    }

    /// A refusal of anybody at this device holds for all, until they say yes themselves later.
    fn share(&mut self) {
        for text in mem::take(&mut self.others) {
            let record = ConsentRecord::decode(text).unwrap_or_default();
            // What it says no to nobody can read any more, so nothing may count as on by default.
            self.fresh &= record.latest().is_some();
            let latest = record.latest().unwrap_or_default();
            self.out = self.out.and(Uses(latest.standing()).without(Uses(!Uses::ALL.0)));
            for row in latest.answers() {
                let mut row = parts(row, b':');
                let position = self.decision.position(&unescape(row.next().unwrap_or_default()));
                let (Some(position), Some(no)) = (position, latest.answer(row)) else { continue };
                if !no.is_no() {
                    continue;
                }
                for number in 0..self.slots.len() {
                    let Some(slot) = self.slots.get(number) else { continue };
                    // A later yes to the whole category is one to its services, too.
                    let around = || self.answer_of(slot).filter(|around| number == position && !around.is_no());
                    let own = slot.answer.or_else(around);
                    let stands = own.is_some_and(|own| own.is_no() || own.at > no.at);
                    if !stands && (number == position || slot.category == position && slot.answer.is_some()) {
                        let answer = (number == position).then_some(no);
                        self.slots.get_mut(number).into_iter().for_each(|slot| slot.answer = answer);
                    }
                }
            }
        }
    }

    /// Of a denial that storage never kept and a grant from elsewhere the newer wins, of two equals the denial; where there is
    /// no answer, a no stands, and an exception that one of two has ended is ended. Says whether a denial won.
    fn uphold(&mut self, before: &[Option<Answered>]) -> bool {
        let mut upheld = false;
        for (position, mine) in before.iter().enumerate() {
            let theirs = self.slots.get(position).and_then(|slot| self.answer_of(slot));
            let (Some(mine), Some(slot)) = (*mine, self.slots.get_mut(position)) else { continue };
            let answer = match theirs {
                None if mine.is_no() => mine,
                Some(grant) if grant.state == State::Granted && mine.state != State::Granted && mine.at >= grant.at => {
                    mine
                }
                Some(grant) if grant.state == State::Lapsed && mine.is_no() && mine.at >= grant.at => mine,
                Some(grant)
                    if grant.state == State::Granted && mine.at == grant.at && grant.despite != mine.despite =>
                {
                    Answered { despite: grant.despite.without(grant.despite.without(mine.despite)), ..grant }
                }
                _ => continue,
            };
            if slot.declared.is_empty() {
                slot.declared = tokens(&self.policy, position);
            }
            slot.answer = Some(answer);
            upheld = true;
        }
        upheld
    }

    /// Of what two tabs heard of the visitor's age and place the later counts. Says what the other had missed.
    fn learn_again(&mut self, unseen: &[&str], age: Option<Band>) -> Option<Action> {
        let theirs = self.age;
        self.age = age.into_iter().chain(theirs).max_by_key(|band| band.at.0);
        let missed = (self.age != theirs).then_some(Action::Age);
        let is_place = |entry: &Entry<'_>| Action::of(entry.action()) == Some(Action::Place);
        let known = self.record.as_ref().and_then(|record| record.entries().filter(is_place).last()).map(Entry::time);
        let mine = unseen.iter().map(|text| Entry::new(text)).rfind(is_place);
        let Some(place) = mine.filter(|place| known.is_none_or(|known| place.time() > known)) else { return missed };
        self.locate(place.said(), false);
        Some(Action::Place)
    }

    /// Warns once a page.
    pub(super) fn warn(&mut self, warning: Warning, effects: &mut Vec<Effect>) {
        let bit = 1 << warning as u8;
        if self.warned & bit == 0 {
            self.warned |= bit;
            effects.push(Effect::Warn(warning));
        }
    }
}
