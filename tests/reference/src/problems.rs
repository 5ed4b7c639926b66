//! §5, what can be wrong: of what §2 says of the odd fen, who shares, uses, hardships, what an
//! offer counts, lines that are a part of others, and the fund's interest.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::Problems;
use crate::collection;
use crate::number::{Exact, decimal, decimal_problem, money, number, whole, zero};
use crate::plan::{
    amount, asks_for_storeys, benefits, coefficient, is_covered, is_shared, list, weight_within,
};

/// The most that an amount may be, in yuan.
const MOST_YUAN: &str = "10000000000000";

/// Finds what is wrong with a plan that is valid in all that this crate does not look at.
pub(crate) fn find(plan: &Value) -> Problems {
    let mut finder = Finder { plan, problems: Problems::new() };
    finder.odd_fen();
    finder.uses();
    finder.relief();
    finder.households();
    finder.lines();
    finder.sources();
    finder.channels();
    finder.maintenance();
    finder.problems.extend(collection::find(plan));
    finder.problems
}

struct Finder<'p> {
    plan: &'p Value,
    problems: Problems,
}

impl<'p> Finder<'p> {
    fn add(&mut self, code: &'static str, path: impl Into<String>) {
        self.problems.push((code, path.into()));
    }

    fn add_if_any(&mut self, code: Option<&'static str>, path: String) {
        self.problems.extend(code.map(|code| (code, path)));
    }

    fn lists(&self, name: &str) -> impl Iterator<Item = (usize, &'p Value)> + use<'p> {
        list(&self.plan[name]).iter().enumerate()
    }

    /// Fields that a table doesn't have.
    fn unknown_fields(&mut self, value: &Value, known: &[&str], path: &str) {
        for key in value.as_object().into_iter().flat_map(|fields| fields.keys()) {
            if !known.contains(&key.as_str()) {
                self.add("unknown-field", format!("{path}.{key}"));
            }
        }
    }

    /// `odd_fen`.
    fn odd_fen(&mut self) {
        let Some(odd_fen) = self.plan.get("odd_fen") else {
            return;
        };
        match odd_fen {
            Value::String(word) => {
                if !["largest_remainder", "first", "last"].contains(&word.as_str()) {
                    self.add("unknown-id", "odd_fen");
                }
            }
            Value::Object(fields) => {
                self.unknown_fields(odd_fen, &["lots"], "odd_fen");
                match fields.get("lots") {
                    Some(Value::String(seed)) if !seed.trim().is_empty() => {}
                    Some(Value::String(_)) | None => self.add("missing-field", "odd_fen.lots"),
                    Some(_) => self.add("bad-type", "odd_fen.lots"),
                }
            }
            _ => self.add("bad-type", "odd_fen"),
        }
    }

    /// `uses`.
    fn uses(&mut self) {
        for (name, home) in self.plan["uses"].as_object().into_iter().flatten() {
            let path = format!("uses.{name}");
            self.unknown_fields(home, &["household", "factor", "votes"], &path);
            if let Some(factor) = home.get("factor") {
                self.add_if_any(decimal_problem(factor, 6, "100"), format!("{path}.factor"));
            }
            for key in ["household", "votes"] {
                if home.get(key).is_some_and(|value| !value.is_boolean()) {
                    self.add("bad-type", format!("{path}.{key}"));
                }
            }
        }
    }

    /// `relief`.
    fn relief(&mut self) {
        let relief = &self.plan["relief"];
        if let Some(most) = relief.get("most") {
            self.add_if_any(money_problem(most), "relief.most".to_owned());
        }
        for code in relief["rates"].as_object().into_iter().flat_map(|rates| rates.keys()) {
            if code.contains('+') {
                self.add("unknown-id", format!("relief.rates.{code}"));
            }
        }
    }

    /// What the households name, and their accounts.
    fn households(&mut self) {
        for (index, household) in self.lists("households") {
            let path = format!("households[{index}]");
            let named = household["use"].as_str();
            if named.is_some_and(|name| self.plan["uses"].get(name).is_none()) {
                self.add("unknown-id", format!("{path}.use"));
            }
            match household.get("hardship") {
                None => {}
                Some(Value::Array(codes)) => {
                    for (place, code) in codes.iter().enumerate() {
                        self.hardship(code, format!("{path}.hardship[{place}]"));
                    }
                }
                Some(code) => self.hardship(code, format!("{path}.hardship")),
            }
            self.joins(household, &path);
            self.interest(household, &path);
        }
    }

    fn hardship(&mut self, code: &Value, path: String) {
        match code.as_str() {
            None => self.add("bad-type", path),
            Some(code) if self.plan["relief"]["rates"].get(code).is_none() => {
                self.add("unknown-id", path);
            }
            Some(_) => {}
        }
    }

    fn joins(&mut self, household: &Value, path: &str) {
        for (id, joins) in household["joins"].as_object().into_iter().flatten() {
            let path = format!("{path}.joins.{id}");
            let is_line = |line: &Value| line["id"] == json!(id) && is_shared(line);
            if !list(&self.plan["lines"]).iter().any(is_line) {
                self.add("unknown-id", path.clone());
            }
            if !joins.is_boolean() {
                self.add("bad-type", path);
            }
        }
    }

    fn interest(&mut self, household: &Value, path: &str) {
        let Some(interest) = household.get("fund_interest") else {
            return;
        };
        let problem = money_problem(interest);
        match household.get("fund_balance") {
            None => self.add("missing-field", format!("{path}.fund_balance")),
            Some(balance) if problem.is_none() && money(interest) > money(balance) => {
                self.add("too-large", format!("{path}.fund_interest"));
            }
            Some(_) => {}
        }
        self.add_if_any(problem, format!("{path}.fund_interest"));
    }

    /// Who shares each line, its pieces, and what it is a part of.
    fn lines(&mut self) {
        for (index, line) in self.lists("lines") {
            let path = format!("lines[{index}]");
            if !is_shared(line) {
                for key in ["pieces", "storeys", "rate_of"] {
                    if line.get(key).is_some() {
                        self.add("unknown-field", format!("{path}.{key}"));
                    }
                }
                continue;
            }
            for (key, most) in [("pieces", 10_000), ("storeys", 200)] {
                if let Some(count) = line.get(key) {
                    self.add_if_any(count_problem(count, most), format!("{path}.{key}"));
                }
            }
            self.scope(line, &path);
            self.rate_of(line, &path);
        }
    }

    /// Who is left of a line's households, and whether all of them whom it asks have a
    /// coefficient.
    fn scope(&mut self, line: &Value, path: &str) {
        let households = list(&self.plan["households"]);
        for (place, id) in list(&line["scope"]["except"]).iter().enumerate() {
            if !households.iter().any(|household| household["id"] == *id) {
                self.add("unknown-id", format!("{path}.scope.except[{place}]"));
            }
        }
        let beneficiaries: Vec<&Value> =
            households.iter().filter(|household| benefits(household, line)).collect();
        if beneficiaries.is_empty() {
            let place = if line.get("scope").is_some() { ".scope" } else { "" };
            self.add("empty-scope", format!("{path}{place}"));
        }
        let share_by = &line["share_by"];
        let Some(table) = share_by["table"].as_str() else {
            return;
        };
        let is_asked = |household: &&Value| match share_by["within"].as_str() {
            Some(within) => weight_within(self.plan, within, household) > zero(),
            None => true,
        };
        let mut asked = beneficiaries.into_iter().filter(is_asked);
        if asked.any(|household| coefficient(self.plan, table, household).is_none()) {
            self.add("no-coefficient", format!("{path}.share_by.table"));
        }
    }

    fn rate_of(&mut self, line: &Value, path: &str) {
        let Some(rate_of) = line.get("rate_of") else {
            return;
        };
        if line.get("amount").is_some() {
            self.add("unknown-field", format!("{path}.amount"));
        }
        let path = format!("{path}.rate_of");
        let before = self.problems.len();
        self.unknown_fields(rate_of, &["rate", "lines"], &path);
        match rate_of.get("rate") {
            None => self.add("missing-field", format!("{path}.rate")),
            Some(rate) => self.add_if_any(rate_problem(rate), format!("{path}.rate")),
        }
        let mut met = BTreeSet::new();
        for (place, id) in list(&rate_of["lines"]).iter().enumerate() {
            let is_line = |line: &Value| line["id"] == *id && line.get("rate_of").is_none();
            if !list(&self.plan["lines"]).iter().any(is_line) {
                self.add("unknown-id", format!("{path}.lines[{place}]"));
            } else if !met.insert(id.to_string()) {
                self.add("duplicate-id", format!("{path}.lines[{place}]"));
            }
        }
        let is_sound = self.problems.len() == before;
        if is_sound && amount(self.plan, line) > decimal(MOST_YUAN) * whole(100) {
            self.add("too-large", path);
        }
    }

    /// What offers count, and limits per piece.
    fn sources(&mut self) {
        for (index, source) in self.lists("sources") {
            let path = format!("sources[{index}]");
            match source.get("over") {
                None => {}
                Some(Value::String(word)) if ["plan", "served"].contains(&word.as_str()) => {}
                Some(Value::String(_)) => self.add("unknown-id", format!("{path}.over")),
                Some(_) => self.add("bad-type", format!("{path}.over")),
            }
            let limits = ["rate", "amount", "per_household", "per_area", "per_piece"];
            if !limits.iter().any(|limit| source.get(limit).is_some()) {
                self.add("no-limit", path.clone());
            }
            let path = format!("{path}.per_piece");
            match source.get("per_piece") {
                None => {}
                Some(Value::Array(entries)) => self.by_storeys(entries, &path),
                Some(amount) => self.add_if_any(money_problem(amount), path),
            }
        }
        for (index, line) in self.lists("lines") {
            let asks =
                |source: &Value| asks_for_storeys(source) && is_covered(line, &source["covers"]);
            let lacks = is_shared(line) && line.get("storeys").is_none();
            if lacks && list(&self.plan["sources"]).iter().any(asks) {
                self.add("missing-field", format!("lines[{index}].storeys"));
            }
        }
    }

    /// A list by storeys: ascending, open at its end at most.
    fn by_storeys(&mut self, entries: &[Value], path: &str) {
        for (place, entry) in entries.iter().enumerate() {
            let path = format!("{path}[{place}]");
            self.unknown_fields(entry, &["storeys_to", "amount"], &path);
            match entry.get("amount") {
                None => self.add("missing-field", format!("{path}.amount")),
                Some(amount) => self.add_if_any(money_problem(amount), format!("{path}.amount")),
            }
            if let Some(storeys) = entry.get("storeys_to") {
                self.add_if_any(count_problem(storeys, 200), format!("{path}.storeys_to"));
            }
        }
        let storeys = |entry: &Value| entry.get("storeys_to").map(Value::as_u64);
        let is_ascending =
            entries.windows(2).all(|pair| match (storeys(&pair[0]), storeys(&pair[1])) {
                (Some(lower), Some(upper)) => lower < upper,
                (lower, _) => lower.is_some(),
            });
        if entries.is_empty() || !is_ascending {
            self.add("bad-table", path);
        }
    }

    /// Which part of an account is drawn first.
    fn channels(&mut self) {
        for (index, channel) in self.lists("channels") {
            let path = format!("channels[{index}].first");
            match channel.get("first") {
                None => {}
                Some(_) if channel["kind"] != "maintenance_fund" => {
                    self.add("unknown-field", path);
                }
                Some(Value::String(word)) if ["principal", "interest"].contains(&word.as_str()) => {
                }
                Some(Value::String(_)) => self.add("unknown-id", path),
                Some(_) => self.add("bad-type", path),
            }
        }
    }

    /// `maintenance`.
    fn maintenance(&mut self) {
        let rules = &self.plan["maintenance"];
        let path = "maintenance.target_per_area".to_owned();
        match rules.get("target_per_area") {
            None => {}
            Some(_) if rules.get("target").is_some() => self.add("unknown-field", path),
            Some(amount) => self.add_if_any(money_problem(amount), path),
        }
    }
}

fn money_problem(value: &Value) -> Option<&'static str> {
    decimal_problem(value, 2, MOST_YUAN)
}

/// What is wrong with a whole number from one to the most.
pub(crate) fn count_problem(value: &Value, most: u64) -> Option<&'static str> {
    let Value::Number(written) = value else {
        return Some("bad-type");
    };
    let written = written.to_string();
    if written.contains(['.', 'e', 'E']) {
        return Some("float");
    }
    match decimal(&written) {
        count if count < whole(1) => Some("bad-number"),
        count if count > Exact::from_integer(most.into()) => Some("too-large"),
        _ => None,
    }
}

/// What is wrong with a rate from 0 to 1: a decimal, a percentage, or a fraction.
pub(crate) fn rate_problem(value: &Value) -> Option<&'static str> {
    let text = value.as_str().unwrap_or_default();
    let problem = if text.contains('/') {
        text.split('/').find_map(|part| decimal_problem(&json!(part), 0, "1000000"))
    } else {
        let problem = match text.strip_suffix('%') {
            Some(percent) => decimal_problem(&json!(percent), 6, "100"),
            None => decimal_problem(value, 6, "1"),
        };
        problem.map(|code| if code == "too-large" { "bad-rate" } else { code })
    };
    match problem {
        Some("negative") => Some("bad-rate"),
        None if number(value) > whole(1) => Some("bad-rate"),
        problem => problem,
    }
}
