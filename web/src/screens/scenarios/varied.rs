//! The numbers of a plan that scenarios can change, in words.

use fentan_core::internal::quoted;
use fentan_core::scenario::{Base, Range, Unit};
use fentan_core::{Fen, Value};
use fentan_words::{Language, channel, money, say, say_with, tier};

use serde::{Deserialize, Serialize};

use super::opened::{Opened, title};
use crate::typed::Reading;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Money.
    Money,
    /// Money for each household.
    PerHousehold,
    /// Money for each square metre.
    PerArea,
    /// A rate from 0 to 1, in millionths.
    Rate,
    /// A coefficient, or a rate that may be greater, in millionths.
    Number,
}

/// The group that a number is listed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Group {
    /// Of sources.
    Sources,
    /// Of lines.
    Lines,
    /// Of agreements.
    Agreements,
    /// Of tables.
    Tables,
}

impl Group {
    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Group::Sources => "scenarios.group.sources",
            Group::Lines => "scenarios.group.lines",
            Group::Agreements => "scenarios.group.agreements",
            Group::Tables => "scenarios.group.tables",
        }
    }
}

/// A number of the plan that can be varied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Varied {
    /// Its path, as scenarios write it.
    pub path: String,
    /// The group that it is listed in.
    pub group: Group,
    /// What it is called.
    pub name: String,
    /// What it counts.
    pub kind: Kind,
    /// What the plan writes there.
    pub text: String,
    /// That, in its smallest steps.
    pub now: u128,
    /// From where on nothing more changes.
    most: u128,
}

impl Kind {
    /// What it counts, in words.
    pub fn unit(self, language: Language) -> String {
        let key = match self {
            Kind::Money => "scenarios.unit.money",
            Kind::PerHousehold => "scenarios.unit.per_household",
            Kind::PerArea => "scenarios.unit.per_area",
            Kind::Rate | Kind::Number => return String::new(),
        };
        say(language, key)
    }

    /// A value that is written, in its smallest steps; of a fraction, which a rate may be, the step below it. `None`
    /// where it is no such value.
    pub fn units(self, written: &str) -> Option<u128> {
        if let Some((part, whole)) = written.split_once('/') {
            let part: u128 = part.trim().parse().ok()?;
            return part.checked_mul(1_000_000)?.checked_div(whole.trim().parse().ok()?);
        }
        let unit = match self {
            Kind::Rate => Unit::Rate,
            Kind::Number => Unit::Millionth,
            _ => Unit::Fen,
        };
        unit.read(written).ok()
    }

    /// A value in words, from its smallest steps.
    pub fn shown(self, units: u128) -> String {
        match self {
            Kind::Rate | Kind::Number => self.written(units),
            _ => money(Fen(units)),
        }
    }

    /// A value as a plan writes it.
    pub fn written(self, units: u128) -> String {
        match self {
            Kind::Rate => format!("{}%", decimal(units, 10_000)),
            Kind::Number => decimal(units, 1_000_000),
            _ => Fen(units).to_string(),
        }
    }

    /// How what is typed is read.
    pub fn reading(self) -> Reading {
        match self {
            Kind::Rate => Reading::RATE,
            Kind::Number => Reading::NUMBER,
            _ => Reading::MONEY,
        }
    }
}

/// Units over a power of ten, without trailing zeros.
fn decimal(units: u128, one: u128) -> String {
    let places = one.ilog10() as usize;
    let written = format!("{}.{:0places$}", units / one, units % one);
    written.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The steps of a slider, and the value of each.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    /// From one step to the next.
    pub step: u128,
    /// How many steps there are.
    pub count: u128,
}

impl Varied {
    /// How many steps a slider has at most.
    const STEPS: u128 = 200;

    /// What the plan writes, in words; a fraction as it is.
    pub fn shown_now(&self) -> String {
        if self.text.contains('/') { self.text.clone() } else { self.kind.shown(self.now) }
    }

    /// A scale from zero to well beyond the plan's own value.
    pub fn scale(&self) -> Scale {
        let end = match self.kind {
            Kind::Rate => self.most,
            _ if self.now == 0 => self.most / 10,
            _ => (2 * self.now).min(self.most),
        };
        let step = round_up(end.div_ceil(Self::STEPS));
        Scale { step, count: (self.most / step).min(end.div_ceil(step)).max(1) }
    }

    /// A range over which it is worth looking at, with about so many values: from, to, step.
    pub fn range(&self, values: u128) -> [String; 3] {
        let scale = self.scale();
        let step = round_up((scale.step * scale.count).div_ceil(values));
        let to = (scale.step * scale.count / step).max(1) * step;
        [0, to.min(self.most), step].map(|units| self.kind.written(units))
    }
}

/// The next of 1, 2, 5, 10, 20, 50 …
fn round_up(least: u128) -> u128 {
    let mut power = 1;
    loop {
        for digit in [1, 2, 5] {
            if digit * power >= least {
                return digit * power;
            }
        }
        power *= 10;
    }
}

/// The numbers of a plan that can be varied, in its own order.
pub fn varied(language: Language, opened: &Opened, base: &Base) -> Vec<Varied> {
    let mut found = Finder { base, language, found: Vec::new() };
    found.sources(opened);
    found.lines(opened);
    found.agreements(opened);
    found.tables(opened);
    found.found
}

struct Finder<'f> {
    base: &'f Base,
    language: Language,
    found: Vec<Varied>,
}

/// The limits of a source.
const LIMITS: [(&str, Kind); 4] = [
    ("amount", Kind::Money),
    ("per_household", Kind::PerHousehold),
    ("per_area", Kind::PerArea),
    ("rate", Kind::Rate),
];

impl Finder<'_> {
    fn say(&self, field: &str) -> String {
        say(self.language, &format!("scenarios.field.{field}"))
    }

    /// Adds a number, where the plan writes one there that can be varied.
    fn add(&mut self, group: Group, path: String, text: Option<&str>, name: String, kind: Kind) {
        let Some(text) = text else { return };
        let all = Range::read(self.base, &path).ok();
        let Some((now, all)) = kind.units(text).zip(all) else { return };
        let text = text.to_owned();
        self.found.push(Varied { path, group, name, kind, text, now, most: all.to });
    }

    fn sources(&mut self, opened: &Opened) {
        for source in opened.list("sources") {
            let Some(id) = source.get("id").and_then(|id| id.text()) else { continue };
            for (field, kind) in LIMITS {
                let path = format!("sources.{}.{field}", quoted(id));
                let text = source.get(field).and_then(|value| value.text());
                let name = format!("{} · {}", title(source), self.say(field));
                self.add(Group::Sources, path, text, name, kind);
            }
        }
        let (path, pot) = ("relief.pot.amount", opened.document.value("relief.pot"));
        let name = format!("{} · {}", pot.map_or("", title), self.say("amount"));
        self.add(Group::Sources, path.to_owned(), opened.document.text(path), name, Kind::Money);
    }

    fn lines(&mut self, opened: &Opened) {
        for line in opened.list("lines") {
            let Some(id) = line.get("id").and_then(|id| id.text()) else { continue };
            let path = format!("lines.{}.amount", quoted(id));
            let text = line.get("amount").and_then(|value| value.text());
            let name = format!("{} · {}", title(line), self.say("amount"));
            self.add(Group::Lines, path, text, name, Kind::Money);
        }
    }

    fn agreements(&mut self, opened: &Opened) {
        let per = [LIMITS[1], LIMITS[2]];
        for (field, kind) in per {
            let path = format!("minimum.{field}");
            let name = format!("{} · {}", self.say("minimum"), self.say(field));
            self.add(Group::Agreements, path.clone(), opened.document.text(&path), name, kind);
        }
        for code in opened.names("relief.rates") {
            let path = format!("relief.rates.{}", quoted(code));
            let key = format!("hardship.{code}");
            let known = say(self.language, &key);
            let called = if known == key { code } else { &known };
            let name = format!("{} · {called}", self.say("relief"));
            self.add(
                Group::Agreements,
                path.clone(),
                opened.document.text(&path),
                name,
                Kind::Rate,
            );
        }
        for one in [
            fentan_core::plan::Tier::Basic,
            fentan_core::plan::Tier::Improved,
            fentan_core::plan::Tier::Upgraded,
        ] {
            let path = format!("residents_at_least.{}", one.as_str());
            let name = format!("{} · {}", self.say("at-least"), tier(self.language, one));
            self.add(
                Group::Agreements,
                path.clone(),
                opened.document.text(&path),
                name,
                Kind::Rate,
            );
        }
        for (kind, field, unit) in
            [("public_revenue", "amount", Kind::Money), ("maintenance_fund", "keep", Kind::Rate)]
        {
            let of = opened.list("channels").iter().find(|one| title(one) == kind);
            let text = of.and_then(|one| one.get(field)).and_then(|value| value.text());
            let name = match field {
                "keep" => self.say("keep"),
                _ => format!("{} · {}", channel(self.language, kind), self.say(field)),
            };
            self.add(Group::Agreements, format!("channels.{kind}.{field}"), text, name, unit);
        }
        for (field, kind) in
            [("threshold", Kind::Rate), ("target", Kind::Number), ("first_per_area", Kind::PerArea)]
        {
            let path = format!("maintenance.{field}");
            let name = self.say(field);
            self.add(Group::Agreements, path.clone(), opened.document.text(&path), name, kind);
        }
    }

    fn tables(&mut self, opened: &Opened) {
        for table in opened.names("tables") {
            let of = format!("tables.{}", quoted(table));
            // People know it by the first line that is shared by it.
            let shares = |line: &&Value<'_>| {
                let table_of = line.get("share_by").and_then(|share| share.get("table"));
                table_of.and_then(Value::text) == Some(table)
            };
            let line = opened.list("lines").iter().find(shares);
            let called_by = line.map_or(table, title);
            for floor in opened.names(&of) {
                let path = format!("{of}.{}", quoted(floor));
                let called = say_with(self.language, "scenarios.field.floor", &[("floor", floor)]);
                let name = format!("{called_by} · {called}");
                self.add(
                    Group::Tables,
                    path.clone(),
                    opened.document.text(&path),
                    name,
                    Kind::Number,
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use fentan_core::{Document, Packs, Plan};

    use super::*;

    fn found() -> Vec<Varied> {
        let plan = r#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "1000", "tier": "basic" }],
                "sources": [{ "id": "a.b", "name": "A", "amount": "300", "rate": "10/40" }],
                "relief": { "rates": { "dibao": "1" } }, "residents_at_least": { "basic": "10%" },
                "tables": { "lift": { "1": "0.5" } },
                "households": [{ "id": "1", "area": "60" }] }"#;
        let document = Document::from_json(plan.as_bytes()).expect("JSON").into_owned();
        let plan = Plan::read(&document, None).expect("a plan");
        let base = Base::new(plan, &document, Packs::default());
        varied(Language::English, &Opened::of(document), &base)
    }

    #[test]
    fn the_numbers_of_a_plan_are_found_with_what_they_are() {
        let found = found();
        let found: Vec<_> = found.iter().map(|one| (one.path.as_str(), one.shown_now())).collect();
        let shown = |path, text: &str| (path, text.to_owned());
        assert_eq!(
            found,
            [
                shown(r#"sources."a.b".amount"#, "¥300.00"),
                shown(r#"sources."a.b".rate"#, "10/40"),
                shown("lines.gate.amount", "¥1,000.00"),
                shown("relief.rates.dibao", "100%"),
                shown("residents_at_least.basic", "10%"),
                shown("tables.lift.1", "0.5"),
            ]
        );
    }

    #[test]
    fn a_slider_goes_from_zero_in_round_steps() {
        let found = found();
        let scale = found[0].scale();
        assert_eq!((scale.step, scale.count), (500, 120));
        assert_eq!(found[0].range(20), ["0.00", "600.00", "50.00"]);
        assert_eq!(found[1].range(20), ["0%", "100%", "5%"]);
    }

    #[test]
    fn what_is_typed_is_read_as_people_write_it() {
        assert_eq!(Kind::Money.reading().exact("", " 1.2万元 "), "12000");
        assert_eq!(Kind::Rate.reading().exact("", "35%"), "35%");
        assert_eq!(Kind::Money.reading().exact("", "many"), "many");
    }
}
