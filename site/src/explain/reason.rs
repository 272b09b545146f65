//! Each decision with the rule behind it.

use consentry_core::{
    age::Stage,
    decision::{Choice, Reason},
    jurisdiction::Regime,
    policy::{Category, Policy, Service},
    uses::Uses,
    value::Value,
};

use super::{
    steps::path,
    visit::{Visit, day},
};
use crate::config::Config;

/// In which order reasons count.
const ORDER: &str = "the first that applies counts: necessary, forbidden, a no newer than the yes, a lock, a school, age, a signal, \
                     the yes, an objection, the regime's default\n";

/// A line for each category and service, and what is asked.
pub(super) fn table(config: &Config, policy: &Policy, visit: &Visit) -> String {
    let mut text = ORDER.to_owned();
    for (at, category) in policy.categories.iter().enumerate() {
        text.push_str(&line("", &category.id, &Subject { config, policy, visit, category, service: None }));
        for service in policy.services.iter().filter(|service| service.category == at) {
            text.push_str(&line(
                "  ",
                &service.id,
                &Subject { config, policy, visit, category, service: Some(service) },
            ));
        }
    }
    let asking = visit.engine.asking();
    let asked = if asking.is_empty() { "nothing".to_owned() } else { asking.join(", ") };
    let shown = if visit.asks { "the notice comes up by itself" } else { "no notice comes up by itself" };
    text.push_str(&format!("open questions: {asked}; {shown}\n"));
    text
}

fn line(indent: &str, id: &str, subject: &Subject<'_>) -> String {
    let choice = subject.visit.engine.decision().choice(id);
    let sign = if choice.allowed { '+' } else { '-' };
    format!("{sign} {indent}{id}: {}: {}\n", choice.reason.as_str(), subject.why(id, choice))
}

/// A category or service with all that its decision depends on.
struct Subject<'a> {
    config: &'a Config,
    policy: &'a Policy,
    visit: &'a Visit,
    category: &'a Category,
    service: Option<&'a Service>,
}

impl Subject<'_> {
    /// The rule that decides.
    fn why(&self, id: &str, choice: Choice) -> String {
        let since = choice.since.map_or_else(|| "an earlier visit".to_owned(), day);
        let days = self.policy.record.granted_days;
        match choice.reason {
            Reason::Necessary => format!("the category \"{}\" is strictly necessary", self.category.id),
            Reason::Forbidden => format!("{} rules it out, whatever anyone clicks", self.forbidden(id)),
            Reason::Refused if choice.since.is_none() => format!("an opt-out from before stands: {}", self.uses()),
            Reason::Refused => format!("the no of {since}, which never lapses into a yes"),
            Reason::Withdrawn => format!("the yes was taken back on {since}"),
            Reason::Locked => format!("{} keeps it shut", self.locked(id, false)),
            Reason::Educational => format!("{} opened it for lessons alone", self.locked(id, true)),
            Reason::Age => self.too_young(&choice),
            Reason::Signal => format!("the browser's signal denies what it does: {}", self.uses()),
            Reason::Granted => format!(
                "the yes of {since}{} is not older than {days} days (record.expiresDays.granted) and covers what is declared now",
                if self.visit.engine.stage() == Some(Stage::Child) { ", a parent's," } else { "" }
            ),
            Reason::Expired => format!(
                "the yes of {since} ended after {days} days (record.expiresDays.granted), or by a clock that is wrong"
            ),
            Reason::Changed => format!(
                "the yes of {since} does not cover what is declared now: a new controller, vendor, purpose, use, host or category, or a material version"
            ),
            Reason::Objection => "its basis is \"objection\", British law allows that, and nobody objected".to_owned(),
            Reason::Default => format!(
                "{} lets it run until the visitor or a signal opts out of what it does",
                self.visit.engine.jurisdiction().regime.as_str()
            ),
            Reason::Unanswered => self.unanswered(),
            Reason::Unknown | _ => "no category or service has this id".to_owned(),
        }
    }

    /// Why nothing is on that nobody answered.
    fn unanswered(&self) -> String {
        let each = self.category.each || self.service.map_or_else(|| self.has_each_alone(), |service| service.each);
        let uses = self.service.map_or(self.category.uses, |service| service.uses);
        let why = if self.visit.engine.jurisdiction().regime == Regime::OptIn {
            "under opt-in nothing optional is on without a yes"
        } else if self.visit.engine.stage().is_some_and(|stage| stage != Stage::Adult) {
            "of minors, and of whoever may be one, nothing is on without a yes"
        } else if each {
            "it opens by a yes of its own alone (ask: \"each\")"
        } else if uses.meet(Uses::SENSITIVE) {
            "sensitive data need a yes everywhere"
        } else {
            "a default of on counts only where the record could be read and was empty, and a no can be kept"
        };
        format!("nobody answered; {why}")
    }

    /// Whether nothing is left of the category beside services that ask for themselves.
    fn has_each_alone(&self) -> bool {
        let own = || {
            self.policy
                .services
                .iter()
                .filter(|service| self.policy.categories.get(service.category) == Some(self.category))
        };
        self.category.id != "functional" && own().next().is_some() && own().all(|service| service.each)
    }

    fn too_young(&self, choice: &Choice) -> String {
        match (self.visit.engine.stage(), choice.since) {
            (Some(Stage::Child), Some(since)) => format!(
                "a parent's yes of {} waits until your server says on the page that it still stands (age.parentalConsent)",
                day(since)
            ),
            (Some(Stage::Child), None) => "below the first threshold only a parent grants".to_owned(),
            (Some(Stage::Teen), _) => format!("the law bars it at this age, whoever agrees: {}", self.uses()),
            _ => "nobody knows whether the visitor is old enough".to_owned(),
        }
    }

    /// What it does with data, in words.
    fn uses(&self) -> String {
        let Some(service) = self.service else { return "what the category's services do".to_owned() };
        let entry = |one: &Value| match one.text() {
            Some(id) => id == service.id && self.config.catalog.at(id).get("uses").is_some(),
            None => one.at("id").text() == Some(&service.id) && one.get("uses").is_some(),
        };
        let declared = self.config.value.at("services").items().iter().any(entry);
        let words = service.uses.words();
        let how = if declared { "declared" } else { "a third party that declares none counts so" };
        if words.is_empty() { "anything optional".to_owned() } else { format!("{words} ({how})") }
    }

    fn forbidden(&self, id: &str) -> String {
        let list = self.config.value.at("policy").at("forbidden");
        let own =
            path(list, "policy.forbidden", |one| one.text().is_some_and(|one| one == id || one == self.category.id));
        own.unwrap_or_else(|| "a host in policy.forbidden".to_owned())
    }

    fn locked(&self, id: &str, opens: bool) -> String {
        let list = self.config.value.at("locked");
        let fits = |one: &Value| {
            one.at("opens").is_true() == opens
                && one.at("id").text().is_some_and(|one| one == id || one == self.category.id)
        };
        let place = path(list, "locked", fits).unwrap_or_else(|| "locked".to_owned());
        let by = list.items().iter().find(|one| fits(one)).and_then(|one| one.at("by").text());
        by.map_or_else(|| place.clone(), |by| format!("{place}, by {by},"))
    }
}
