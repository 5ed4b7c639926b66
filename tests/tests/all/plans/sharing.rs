//! What plans say besides of who shares and who counts, added to a plan that says none of it:
//! the odd fen, exceptions, uses, hardships, what offers count, pieces, lines that are a part of
//! others, the fund's interest.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use super::{Picks, any_money, any_rate, decimal, money, object, picked};

/// Uses by name; homes of the last have no weight but in a column.
pub(crate) const USES: [&str; 3] = ["garage", "shop", "store"];
const HARDSHIPS: [&str; 3] = ["dibao", "low_income", "none"];

/// What is added to a plan; indices pick among its households, its shared lines or its sources.
#[derive(Clone, Debug)]
pub(super) struct Additions {
    odd_fen: Option<Value>,
    uses: Option<Value>,
    users: Vec<(Index, &'static str)>,
    exceptions: Vec<(Index, Picks)>,
    joins: Vec<(Index, Index, bool)>,
    hardships: Vec<(Index, Vec<&'static str>)>,
    most_relief: Option<String>,
    served: Picks,
    per_piece: Vec<(Index, Value, bool)>,
    pieces: Vec<(Index, u64)>,
    storeys: Vec<(Index, u64)>,
    parts_of_others: Vec<(Index, String, Option<Picks>)>,
    target_per_area: Option<String>,
    interest: Vec<(Index, u64)>,
    first: Option<&'static str>,
}

pub(super) fn additions() -> impl Strategy<Value = Additions> {
    let pick = any::<Index>;
    let homes = (
        prop::option::weighted(0.7, odd_fen()),
        prop::option::weighted(0.7, uses()),
        vec((pick(), select(&USES)), 0..12),
        vec((pick(), vec(pick(), 0..6)), 0..3),
        vec((pick(), pick(), any::<bool>()), 0..12),
        vec((pick(), vec(select(&HARDSHIPS), 0..4)), 0..6),
        prop::option::of(any_money(100_000)),
    );
    let offers = (
        vec(pick(), 0..4),
        vec((pick(), per_piece(), any::<bool>()), 0..3),
        vec((pick(), prop_oneof![3 => 1..5u64, 1 => 1..=10_000u64]), 0..4),
        vec((pick(), prop_oneof![3 => 1..30u64, 1 => 1..=200u64]), 0..4),
        vec((pick(), any_rate(), prop::option::of(vec(pick(), 0..4))), 0..3),
    );
    let fund = (
        prop::option::weighted(0.4, any_money(20_000)),
        vec((pick(), 0..=100u64), 0..10),
        prop::option::of(select(&["principal", "interest"])),
    );
    (homes, offers, fund).prop_map(|(homes, offers, fund)| {
        let (odd_fen, uses, users, exceptions, joins, hardships, most_relief) = homes;
        let (served, per_piece, pieces, storeys, parts_of_others) = offers;
        let (target_per_area, interest, first) = fund;
        Additions {
            odd_fen,
            uses,
            users,
            exceptions,
            joins,
            hardships,
            most_relief,
            served,
            per_piece,
            pieces,
            storeys,
            parts_of_others,
            target_per_area,
            interest,
            first,
        }
    })
}

fn odd_fen() -> impl Strategy<Value = Value> {
    let words = select(&["largest_remainder", "first", "last"]).prop_map(Value::from);
    let seed = prop_oneof![
        1 => select(&["2026-05-01 18:00 摇号 271828", " 1 ", "a\nb"]).prop_map(str::to_owned),
        1 => "[a-z0-9]{1,8}",
    ];
    prop_oneof![2 => words, 2 => seed.prop_map(|seed| json!({ "lots": seed }))]
}

fn uses() -> impl Strategy<Value = Value> {
    let factor = prop_oneof![
        select(&["0", "0.5", "1.5", "2", "100", "0.000001"]).prop_map(str::to_owned),
        (0..=100_000_000u64).prop_map(decimal),
    ];
    let home = (
        prop::option::of(factor),
        prop::option::of(any::<bool>()),
        prop::option::of(any::<bool>()),
    );
    vec(home, USES.len()).prop_map(|homes| {
        let homes = USES.into_iter().zip(homes);
        object(homes.map(|(name, (factor, household, votes))| {
            let factor = if name == "store" { Some("0".to_owned()) } else { factor };
            let home = object([
                ("factor", factor.map(Value::from)),
                ("household", household.map(Value::from)),
                ("votes", votes.map(Value::from)),
            ]);
            (name, Some(home))
        }))
    })
}

/// An amount, or amounts by storeys, with or without an end.
fn per_piece() -> impl Strategy<Value = Value> {
    let entries = (
        prop::collection::btree_set(1..=200u64, 0..4),
        vec(any_money(3_000_000), 4),
        any::<bool>(),
    );
    let by_storeys = entries.prop_map(|(storeys, amounts, is_open)| {
        let is_open = is_open || storeys.is_empty();
        let storeys = storeys.into_iter().map(Some).chain(is_open.then_some(None));
        let entries = storeys.zip(amounts).map(|(storeys, amount)| {
            object([("storeys_to", storeys.map(Value::from)), ("amount", Some(json!(amount)))])
        });
        Value::Array(entries.collect())
    });
    prop_oneof![1 => any_money(3_000_000).prop_map(Value::from), 2 => by_storeys]
}

impl Additions {
    /// Adds all of it to a plan.
    pub(super) fn add_to(&self, plan: &mut Value) {
        if let Some(odd_fen) = &self.odd_fen {
            plan["odd_fen"] = odd_fen.clone();
        }
        self.add_to_households(plan);
        self.add_to_lines(plan);
        self.add_to_sources(plan);
        self.keep_somebody(plan);
        if let Some(most) = &self.most_relief {
            plan["relief"]["most"] = json!(most);
        }
        self.add_to_fund(plan);
    }

    fn add_to_households(&self, plan: &mut Value) {
        let households = plan["households"].as_array_mut().expect("households");
        for (pick, codes) in &self.hardships {
            pick.get_mut(households)["hardship"] = json!(codes);
        }
        let Some(uses) = &self.uses else {
            return;
        };
        for (pick, name) in &self.users {
            pick.get_mut(households)["use"] = json!(name);
        }
        plan["uses"] = uses.clone();
        // Nobody asks for the floor of one without weight, if all coefficients are of floors.
        let lines = plan["lines"].as_array().expect("lines").clone();
        let asks = |line: &Value| {
            line["share_by"].get("table").is_some() && line["share_by"].get("within").is_none()
        };
        if !lines.iter().any(asks) {
            let households = plan["households"].as_array_mut().expect("households");
            for household in households.iter_mut().filter(|one| one["use"] == "store") {
                household.as_object_mut().expect("a household").remove("floor");
            }
        }
    }

    fn add_to_lines(&self, plan: &mut Value) {
        let households = plan["households"].as_array().expect("households").clone();
        let lines = plan["lines"].as_array_mut().expect("lines");
        let mut shared: Vec<&mut Value> =
            lines.iter_mut().filter(|line| line.get("charges").is_none()).collect();
        if shared.is_empty() {
            return;
        }
        let count = shared.len();
        for (pick, pieces) in &self.pieces {
            shared[pick.index(count)]["pieces"] = json!(pieces);
        }
        for (pick, storeys) in &self.storeys {
            shared[pick.index(count)]["storeys"] = json!(storeys);
        }
        for (pick, picks) in &self.exceptions {
            let ids = picked(picks, &households, |one| one.get("id").cloned());
            shared[pick.index(count)]["scope"]["except"] = ids.into();
        }
        let mut joins = Vec::new();
        for (household, line, joins_it) in &self.joins {
            joins.push((*household, shared[line.index(count)]["id"].clone(), *joins_it));
        }
        for (pick, rate, _) in &self.parts_of_others {
            let line = &mut shared[pick.index(count)];
            line.as_object_mut().expect("a line").remove("amount");
            line["rate_of"] = json!({ "rate": rate });
        }
        let counted: Vec<Value> = plan["lines"].as_array().expect("lines").clone();
        let counted: Vec<Value> =
            counted.into_iter().filter(|line| line.get("rate_of").is_none()).collect();
        let lines = plan["lines"].as_array_mut().expect("lines");
        let parts = lines.iter_mut().filter(|line| line.get("rate_of").is_some());
        for (line, (_, _, picks)) in parts.zip(&self.parts_of_others) {
            if let Some(picks) = picks.as_ref().filter(|_| !counted.is_empty()) {
                let ids = picked(picks, &counted, |one| one.get("id").cloned());
                line["rate_of"]["lines"] = ids.into();
            }
        }
        let households = plan["households"].as_array_mut().expect("households");
        for (household, line, joins_it) in joins {
            let household = household.get_mut(households);
            household["joins"][line.as_str().expect("an id")] = json!(joins_it);
        }
    }

    fn add_to_sources(&self, plan: &mut Value) {
        let sources = plan["sources"].as_array_mut().expect("sources");
        let count = sources.len();
        for pick in &self.served {
            sources[pick.index(count)]["over"] = json!("served");
        }
        let mut ask_for_storeys = false;
        for (pick, per_piece, is_alone) in &self.per_piece {
            let source = &mut sources[pick.index(count)];
            if *is_alone {
                for limit in ["rate", "amount", "per_household", "per_area"] {
                    source.as_object_mut().expect("a source").remove(limit);
                }
            }
            source["per_piece"] = per_piece.clone();
            let entries = per_piece.as_array().into_iter().flatten();
            ask_for_storeys |= entries.into_iter().any(|one| one.get("storeys_to").is_some());
        }
        let lines = plan["lines"].as_array_mut().expect("lines");
        for line in lines.iter_mut().filter(|line| ask_for_storeys && is_storeyless(line)) {
            line["storeys"] = json!(7);
        }
    }

    /// Leaves one of those whom a line's scope takes in to the line.
    fn keep_somebody(&self, plan: &mut Value) {
        let mut households = plan["households"].as_array().expect("households").clone();
        let lines = plan["lines"].as_array_mut().expect("lines");
        for line in lines.iter_mut().filter(|line| line.get("charges").is_none()) {
            let id = line["id"].as_str().expect("an id").to_owned();
            let kept = households.iter_mut().find(|one| is_taken_in(one, &line["scope"]));
            let Some(kept) = kept else {
                continue;
            };
            if let Some(except) = line.get_mut("scope").and_then(|scope| scope.get_mut("except")) {
                except.as_array_mut().expect("ids").retain(|id| *id != kept["id"]);
            }
            if kept["joins"].get(&id).is_some() {
                kept["joins"][&id] = json!(true);
            }
        }
        plan["households"] = households.into();
    }

    fn add_to_fund(&self, plan: &mut Value) {
        if let (Some(target), Some(rules)) = (&self.target_per_area, plan.get_mut("maintenance")) {
            rules.as_object_mut().expect("rules").remove("target");
            rules["target_per_area"] = json!(target);
        }
        let households = plan["households"].as_array_mut().expect("households");
        for (pick, percent) in &self.interest {
            let household = pick.get_mut(households);
            if let Some(balance) = household["fund_balance"].as_str() {
                let balance: u64 = balance.replace('.', "").parse().expect("an amount");
                household["fund_interest"] = json!(money(balance / 100 * percent));
            }
        }
        let channels = plan["channels"].as_array_mut().expect("channels");
        for channel in channels.iter_mut().filter(|one| one["kind"] == "maintenance_fund") {
            if let Some(first) = self.first {
                channel["first"] = json!(first);
            }
        }
    }
}

fn is_storeyless(line: &Value) -> bool {
    line.get("charges").is_none() && line.get("storeys").is_none()
}

/// Whether a scope names a household, or nobody.
fn is_taken_in(household: &Value, scope: &Value) -> bool {
    let lists = ["buildings", "units", "households"].map(|name| scope[name].as_array());
    let unit = match (household["building"].as_str(), household["unit"].as_str()) {
        (Some(building), Some(unit)) => json!(format!("{building}/{unit}")),
        _ => Value::Null,
    };
    let names = [&household["building"], &unit, &household["id"]];
    let mut named = lists.iter().zip(names);
    lists.iter().all(Option::is_none)
        || named.any(|(list, name)| list.is_some_and(|list| list.contains(name)))
}
