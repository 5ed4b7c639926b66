//! The choice of a policy pack, what the packs say, and the facts of the compound.

use fentan_core::plan::Chapter;
use fentan_core::policy::Pack;
use fentan_pieces::{Piece, element, folded, panel};
use fentan_words::{check, in_words, listed, severity};

use super::{Saying, quoted};

/// The pack that a plan without one is checked against.
const NATIONAL: &str = "china";

/// Facts that are so or not, as the checks ask for them.
const FACTS: [&str; 5] =
    ["structure_safe", "residents_willing", "in_clearance_plan", "self_built", "urban_village"];
/// Facts of two amounts.
const AMOUNTS: [(&str, [&str; 2]); 2] =
    [("public_revenue", ["gross", "cost"]), ("deposits", ["owners", "seller"])];

pub(super) fn pieces(saying: &Saying<'_>) -> Vec<Piece> {
    let mut options = vec![(String::new(), saying.say("law.policy.none"))];
    for pack in saying.packs.iter() {
        options.push((quoted(pack.id()), saying.option(pack)));
    }
    let choice = Piece::Choice {
        path: "policy".to_owned(),
        name: saying.say("law.policy.pack"),
        values: options,
    };
    let mut packs = Vec::new();
    let chosen = saying.document.text("policy").unwrap_or(NATIONAL);
    let mut next = saying.packs.find(chosen);
    while let Some(pack) = next {
        packs.push(saying.pack(pack));
        next = pack.within().and_then(|wider| saying.packs.find(wider));
    }
    // However many packs there are, the compound keeps its place, unfolded or not.
    let parts = vec![choice, element("div", "packs", packs), saying.compound()];
    vec![panel("policy", saying.say("law.policy.heading"), saying.say("law.policy.note"), parts)]
}

impl Saying<'_> {
    /// A pack among those to choose from: where it is in force, what it is called, since when.
    fn option(&self, pack: &Pack) -> String {
        let (place, name) =
            (in_words(self.language, &pack.place), in_words(self.language, &pack.name));
        let own = pack.provisions.first().and_then(|clause| clause.from);
        let own = own.map(|from| from.to_string());
        let from = own.as_deref().unwrap_or_default();
        let values = [("place", place), ("name", name), ("from", from)];
        let key = if own.is_some() { "law.policy.option-from" } else { "law.policy.option" };
        self.say_with(key, &values)
    }

    /// All that is in a pack.
    fn pack(&self, pack: &Pack) -> Piece {
        let defaults = pack.defaults();
        let mut parts = vec![
            element("h3", "", self.say("law.policy.clauses")),
            self.quotations(pack.provisions.iter()),
        ];
        let mut list = |heading: &str, lines: Vec<String>| {
            if !lines.is_empty() {
                parts.push(element("h3", "", self.say(heading)));
                let lines =
                    lines.into_iter().map(|line| element("li", "", line)).collect::<Vec<_>>();
                parts.push(element("ul", "", lines));
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
            let words = format!("{words} · {}", severity(self.language, rule.severity));
            let from = self.cited(&rule.clauses);
            self.say_with("law.policy.with", &[("words", &words), ("from", &from)])
        });
        list("law.policy.checks", lines.collect());
        let [clauses, checks, values] = [pack.provisions.len(), pack.rules.len(), defaults.len()]
            .map(|count| count.to_string());
        let name = in_words(self.language, &pack.name);
        let counts = [("name", name), ("clauses", &clauses), ("checks", &checks)];
        let mut summary = self.say_with("law.policy.contents", &counts);
        if !defaults.is_empty() {
            let counts = [("contents", summary.as_str()), ("defaults", &values)];
            summary = self.say_with("law.policy.contents-values", &counts);
        }
        folded("more", summary, vec![element("div", "fields contents", parts)])
    }

    /// What a value that a pack fills in is called, where it has a name; else its path.
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

    /// What the plan says of its compound.
    fn compound(&self) -> Piece {
        let stated = self.document.value("compound").map_or(0, |compound| compound.fields().len());
        let all = 2 + FACTS.len() + AMOUNTS.len();
        let values = [("stated", stated.to_string()), ("all", all.to_string())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let summary = self.say_with("law.compound.summary", &values);
        let name = |field: &str| self.say(&format!("compound.{field}"));

        let mut scope = vec![Piece::Field {
            path: "compound.year_built".to_owned(),
            name: name("year_built"),
            is_money: false,
        }];
        for field in FACTS {
            let say = |key: &str| self.say(&format!("law.compound.{key}"));
            let values = [("", say("unstated")), ("true", say("yes")), ("false", say("no"))];
            scope.push(Piece::Choice {
                path: format!("compound.{field}"),
                name: name(field),
                values: values.map(|(value, name)| (value.to_owned(), name)).into(),
            });
        }
        let chapters = Chapter::ALL.iter().map(|one| one.as_str());
        let chapters = chapters.map(|one| (one.to_owned(), self.say(&format!("chapter.{one}"))));
        let chapters = Piece::Ticks {
            path: "compound.chapters".to_owned(),
            name: name("chapters"),
            values: chapters.collect(),
        };
        let mut groups = vec![("scope", scope), ("chapters", vec![chapters])];
        for (table, fields) in AMOUNTS {
            let fields = fields.map(|field| Piece::Field {
                path: format!("compound.{table}.{field}"),
                name: self.say(&format!("law.compound.{field}")),
                is_money: true,
            });
            groups.push((table, fields.into()));
        }
        let groups = groups.into_iter().map(|(group, mut fields)| {
            fields.insert(0, element("p", "note", self.say(&format!("law.compound.{group}"))));
            element("div", "wide", fields)
        });
        folded("more", summary, vec![element("div", "fields", groups.collect::<Vec<_>>())])
    }
}
