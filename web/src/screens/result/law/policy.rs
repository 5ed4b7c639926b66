//! The choice of a policy pack, what the packs say, and the facts of the compound.

use fentan_core::plan::Chapter;
use fentan_core::policy::Pack;
use fentan_core::{Change, Value};
use fentan_words::{Language, check, in_words, listed, severity};
use yew::{Component, Context, Html, Properties, html};

use super::Saying;
use super::clauses::draw_quoted;
use crate::parts::editing::Editing;
use crate::parts::elements::{all, button, element, folded, panel, tag};
use crate::parts::field::{Label, choice_of_json, dot, field, pick, ticks};
use crate::typed::Reading;

/// The pack that a plan without one is checked against.
const NATIONAL: &str = "china";

/// Facts that are so or not, as the checks ask for them.
const FACTS: [&str; 5] =
    ["structure_safe", "residents_willing", "in_clearance_plan", "self_built", "urban_village"];
/// Facts of two amounts.
const AMOUNTS: [(&str, [&str; 2]); 2] =
    [("public_revenue", ["gross", "cost"]), ("deposits", ["owners", "seller"])];

/// The panel of law and policy on the screen of the works.
pub fn draw(editing: &Editing) -> Html {
    let language = editing.language;
    let own = editing.form.document.value("own_policy");
    let saying = Saying::of(language, own);
    let path = "policy";
    let clear = Change::Clear { path: path.to_owned() };
    let mut choices = vec![(String::new(), editing.say("law.policy.none"), vec![clear])];
    for pack in saying.packs.iter() {
        let write = Change::Write { path: path.to_owned(), text: pack.id().to_owned() };
        choices.push((pack.id().to_owned(), saying.option(pack), vec![write]));
    }
    let chosen = editing.text(path).to_owned();
    let parts = vec![
        pick(editing, path, editing.say("law.policy.pack"), false, &chosen, choices),
        saying.offers(editing),
        html! { <Contents {language} {chosen} own={own.cloned()} /> },
        compound(editing),
    ];
    panel(language, "policy", "law.policy.heading", "law.policy.note", parts)
}

/// The pack whose contents are shown, with those it lies within.
#[derive(Debug, Clone, PartialEq, Eq, Properties)]
struct OfPack {
    language: Language,
    /// Its id; empty for national law.
    chosen: String,
    /// The pack that the plan brings with it.
    own: Option<Value<'static>>,
}

/// What the packs say that hold for a plan. All of it is long: it is drawn when another is chosen.
struct Contents;

impl Component for Contents {
    type Message = ();
    type Properties = OfPack;

    fn create(_: &Context<Self>) -> Self {
        Contents
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let OfPack { language, chosen, own } = context.props();
        contents(*language, chosen, own.as_ref())
    }
}

pub(super) fn contents(language: Language, chosen: &str, own: Option<&Value<'_>>) -> Html {
    let saying = Saying::of(language, own);
    let chosen = if chosen.is_empty() { NATIONAL } else { chosen };
    let packs = saying.chain(chosen).into_iter().map(|pack| saying.pack(pack));
    element("div", "packs", all(packs.collect()))
}

impl Saying {
    /// A pack and those it lies within, the nearest first.
    pub(super) fn chain(&self, id: &str) -> Vec<&Pack> {
        let mut chain = Vec::new();
        let mut next = self.packs.find(id);
        while let Some(pack) = next {
            chain.push(pack);
            next = pack.within().and_then(|wider| self.packs.find(wider));
        }
        chain
    }

    /// A pack among those to choose from: where it is in force, what it is called, since when.
    fn option(&self, pack: &Pack) -> String {
        let (place, name) = (in_words(self.language, &pack.place), &*self.name_of(pack));
        let own = pack.provisions.first().and_then(|clause| clause.from);
        let own = own.map(|from| from.to_string());
        let values =
            [("place", place), ("name", name), ("from", own.as_deref().unwrap_or_default())];
        let key = if own.is_some() { "law.policy.option-from" } else { "law.policy.option" };
        self.say_with(key, &values)
    }

    /// The packs of the place where the compound is, to choose from where the plan has another.
    fn offers(&self, editing: &Editing) -> Html {
        let place = editing.text("compound.place").trim();
        let locality = self.packs.at(place);
        let chosen = editing.text("policy");
        if place.is_empty()
            || !locality.is_known
            || locality.packs.iter().any(|pack| pack.id() == chosen)
        {
            return Html::default();
        }
        let nearest = locality.packs.first().map(|pack| &pack.place);
        let of_place = locality.packs.iter().filter(|pack| Some(&pack.place) == nearest);
        let offers = of_place.map(|pack| {
            let write = Change::Write { path: "policy".to_owned(), text: pack.id().to_owned() };
            button("", self.option(pack), Some(editing.change(vec![write])))
        });
        let said = self.say_with("law.policy.offer", &[("place", place)]);
        let parts = vec![element("p", "", said), element("div", "tools", all(offers.collect()))];
        tag("div", &["id", "class"], &["policy-offer", "message"], all(parts))
    }

    /// All that is in a pack.
    fn pack(&self, pack: &Pack) -> Html {
        let defaults = pack.defaults();
        let mut parts = vec![
            element("h3", "", self.say("law.policy.clauses")),
            draw_quoted(&self.quoted(pack.provisions.iter())),
        ];
        let mut list = |heading: &str, lines: Vec<String>| {
            if !lines.is_empty() {
                parts.push(element("h3", "", self.say(heading)));
                let lines = lines.into_iter().map(|line| element("li", "", line));
                parts.push(element("ul", "", all(lines.collect())));
            }
        };
        let mut lines: Vec<(&str, String, String)> = Vec::new();
        for (path, value, clauses) in &defaults {
            let (table, key) = path.rsplit_once('.').unwrap_or_default();
            // A table is one value.
            match lines.last_mut().filter(|(last, ..)| *last == table) {
                Some((_, words, _)) if table.starts_with("tables.") => {
                    *words = listed(self.language, &[words.clone(), format!("{key} = {value}")]);
                }
                _ => {
                    let words = format!("{} = {value}", self.default_name(path));
                    lines.push((table, words, self.cited(clauses)));
                }
            }
        }
        let lines = lines.iter().map(|(_, words, from)| {
            self.say_with("law.policy.with", &[("words", words), ("from", from)])
        });
        list("law.policy.defaults", lines.collect());
        let lines = pack.rules.iter().map(|rule| {
            let words = check(self.language, rule.check);
            let severity = severity(self.language, rule.severity);
            let values = [("words", words.as_str()), ("severity", &severity)];
            let words = self.say_with("law.policy.if-not", &values);
            let from = self.cited(&rule.clauses);
            self.say_with("law.policy.with", &[("words", &words), ("from", &from)])
        });
        list("law.policy.checks", lines.collect());
        let [clauses, checks, values] = [pack.provisions.len(), pack.rules.len(), defaults.len()]
            .map(|count| count.to_string());
        let name = self.name_of(pack);
        let counts = [("name", name.as_str()), ("clauses", &clauses), ("checks", &checks)];
        let mut summary = self.say_with("law.policy.contents", &counts);
        if !defaults.is_empty() {
            let counts = [("contents", summary.as_str()), ("defaults", &values)];
            summary = self.say_with("law.policy.contents-values", &counts);
        }
        folded("more", summary, vec![element("div", "fields contents", all(parts))])
    }

    /// What a value that a pack fills in is called; its path if it has no name.
    fn default_name(&self, path: &str) -> String {
        let (table, name) = path.rsplit_once('.').unwrap_or_default();
        let (key, of) = match table {
            "residents_at_least" => {
                ("given.at-least".to_owned(), self.say(&format!("tier.{name}")))
            }
            "relief.rates" => ("given.relief-rate".to_owned(), name.to_owned()),
            _ => (format!("given.{path}"), String::new()),
        };
        let words = self.say_with(&key, &[("of", &of)]);
        if words == key { path.to_owned() } else { words }
    }
}

/// What the plan says of its compound.
fn compound(editing: &Editing) -> Html {
    let document = &editing.form.document;
    let stated = document.value("compound").map_or(0, |compound| compound.fields().len());
    let all_facts = 5 + FACTS.len() + AMOUNTS.len();
    let values = [("stated", stated.to_string()), ("all", all_facts.to_string())];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let summary = fentan_words::say_with(editing.language, "law.compound.summary", &values);
    let name = |field: &str| editing.say(&dot("compound", field));
    let said = |key: &str| editing.say(&dot("law.compound", key));
    let blank = |field_of: &str, name: String, reading: Reading| {
        let label = Label { name, reading, ..Label::default() };
        field(editing, &dot("compound", field_of), label)
    };

    let mut scope = vec![
        blank("place", name("place"), Reading::PLAIN),
        blank("works_on", name("works_on"), Reading::PLAIN),
        blank("vote_on", name("vote_on"), Reading::PLAIN),
        blank("year_built", name("year_built"), Reading::PLAIN),
    ];
    let values = [("", said("unstated")), ("true", said("yes")), ("false", said("no"))];
    for fact in FACTS {
        scope.push(choice_of_json(editing, &dot("compound", fact), name(fact), &values));
    }
    let chapters = Chapter::ALL.iter().map(|one| one.as_str());
    let chapters = chapters.map(|one| (one.to_owned(), editing.say(&dot("chapter", one))));
    let chapters = ticks(editing, "compound.chapters", name("chapters"), chapters.collect());
    let mut groups = vec![("scope", scope), ("chapters", vec![chapters])];
    for (table, fields) in AMOUNTS {
        let fields = fields.map(|one| blank(&dot(table, one), said(one), Reading::MONEY));
        groups.push((table, fields.into()));
    }
    let groups = groups.into_iter().map(|(group, fields)| {
        element("div", "wide", all(vec![element("p", "note", said(group)), all(fields)]))
    });
    folded("more", summary, vec![element("div", "fields", all(groups.collect()))])
}
