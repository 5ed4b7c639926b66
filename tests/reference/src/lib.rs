//! The split once more, written from docs/spec.md §1, §3 and §4 alone: slow, in exact rationals,
//! straight on the JSON, without a line of the engine's.
//!
//! It takes plans that are valid in all that can be seen before the arithmetic; of the errors it
//! knows the two that come out of it, `no-weight` and `relief-unborne`.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use serde_json::{Map, Value, json};

/// An amount in fen (then whole), an area, a rate, or a weight.
type Exact = BigRational;

/// Amounts by line or source, then by household or line.
type Grid = Vec<Vec<Exact>>;

/// Codes with the paths they point at.
pub type Problems = Vec<(&'static str, String)>;

/// The split of a plan as JSON, or why there is none.
///
/// # Errors
/// The `no-weight` or `relief-unborne` of spec §5, with its path.
///
/// # Panics
/// On a plan that is not valid otherwise, which it does not look for.
pub fn split(plan: &Value) -> Result<Value, Problems> {
    let mut split = Split::new(plan);
    split.sources();
    split.shares()?;
    split.relief()?;
    split.minimum();
    let mut accounts = split.due();
    let pool_left = split.channels(&mut accounts);
    Ok(split.result(&accounts, pool_left))
}

// §1, numbers.

/// A decimal, a percentage or a fraction, exactly as written.
fn number(value: &Value) -> Exact {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if let Some(percent) = text.strip_suffix('%') {
        return decimal(percent) / whole(100);
    }
    match text.split_once('/') {
        Some((part, of)) => decimal(part) / decimal(of),
        None => decimal(&text),
    }
}

fn decimal(text: &str) -> Exact {
    let (before, after) = text.split_once('.').unwrap_or((text, ""));
    let digits: BigInt = format!("{before}{after}").parse().expect("digits");
    let places = u32::try_from(after.len()).expect("a few places");
    Exact::new(digits, BigInt::from(10).pow(places))
}

fn whole(number: usize) -> Exact {
    Exact::from(BigInt::from(number))
}

fn zero() -> Exact {
    whole(0)
}

/// Money in fen.
fn money(yuan: &Value) -> Exact {
    number(yuan) * whole(100)
}

/// Fen as yuan with exactly two decimals.
fn written(fen: &Exact) -> Value {
    assert!(fen.is_integer() && *fen >= zero(), "whole fen, none of them negative: {fen}");
    let digits = format!("{:0>3}", fen.to_integer().to_string());
    let (yuan, fen) = digits.split_at(digits.len() - 2);
    json!(format!("{yuan}.{fen}"))
}

/// To the nearest fen, halves away from zero; what is rounded here is never below zero.
fn round(fen: &Exact) -> Exact {
    (fen + Exact::new(1.into(), 2.into())).floor()
}

fn sum<'a>(amounts: impl IntoIterator<Item = &'a Exact>) -> Exact {
    amounts.into_iter().sum()
}

fn least(one: &Exact, other: &Exact) -> Exact {
    one.min(other).clone()
}

/// What one amount has above another, or zero.
fn above(one: &Exact, other: &Exact) -> Exact {
    (one - other).max(zero())
}

/// `allocate(T, w)`; none where the weights sum to zero with something to split.
fn allocate(total: &Exact, weights: &[Exact]) -> Option<Vec<Exact>> {
    if *total == zero() {
        return Some(vec![zero(); weights.len()]);
    }
    let all = sum(weights);
    if all == zero() {
        return None;
    }
    let quotas: Vec<Exact> = weights.iter().map(|weight| total * weight / &all).collect();
    let mut parts: Vec<Exact> = quotas.iter().map(Exact::floor).collect();
    let mut by_fraction: Vec<usize> = (0..weights.len()).collect();
    // The sort is stable: equal fractions stay in the order of their indices.
    by_fraction.sort_by_cached_key(|&index| -quotas[index].fract());
    let mut left = total - sum(&parts);
    for index in by_fraction {
        if left > zero() {
            parts[index] += whole(1);
            left -= whole(1);
        }
    }
    assert_eq!(sum(&parts), *total, "the parts sum to the total");
    Some(parts)
}

// What stands in the plan.

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn contains(values: &Value, value: &Value) -> bool {
    list(values).contains(value)
}

fn is_shared(line: &Value) -> bool {
    line["kind"] != "individual"
}

/// A line's amount; an individual one's is the sum of its charges.
fn amount(line: &Value) -> Exact {
    match line["charges"].as_object() {
        Some(charges) => charges.values().map(money).sum(),
        None => money(&line["amount"]),
    }
}

/// Whether a source with these `covers` covers a line: it matches every list given, and is shared
/// where no kinds are given.
fn is_covered(line: &Value, covers: &Value) -> bool {
    let matches =
        |key: &str, value: &Value| covers.get(key).is_none_or(|values| contains(values, value));
    matches("tiers", &line["tier"])
        && matches("categories", &line["category"])
        && matches("pipelines", &line["pipeline"])
        && matches("lines", &line["id"])
        && match covers.get("kinds") {
            Some(kinds) if is_shared(line) => contains(kinds, &json!("shared")),
            Some(kinds) => contains(kinds, &json!("individual")),
            None => is_shared(line),
        }
}

/// Whether a household is in a line's scope, a union; without one every household is.
fn is_in_scope(household: &Value, line: &Value) -> bool {
    let Some(scope) = line.get("scope") else {
        return true;
    };
    let unit = match (household["building"].as_str(), household["unit"].as_str()) {
        (Some(building), Some(unit)) => json!(format!("{building}/{unit}")),
        _ => Value::Null,
    };
    contains(&scope["buildings"], &household["building"])
        || contains(&scope["units"], &unit)
        || contains(&scope["households"], &household["id"])
}

/// One that a line is split over. A line that is split in one stage is as one whose beneficiaries
/// all live on one floor, with the coefficient 1.
struct Beneficiary {
    household: usize,
    floor: Option<i64>,
    coefficient: Exact,
    weight: Exact,
}

/// Step 2: whether a household benefits of a line, and with which weight.
fn beneficiary(plan: &Value, line: &Value, index: usize) -> Option<Beneficiary> {
    let household = &plan["households"][index];
    let area = || number(&household["area"]);
    let in_one_stage =
        |weight| Some(Beneficiary { household: index, floor: None, coefficient: whole(1), weight });
    if let Some(charges) = line["charges"].as_object() {
        return in_one_stage(money(charges.get(household["id"].as_str().expect("an id"))?));
    }
    if !is_in_scope(household, line) {
        return None;
    }
    let share_by = &line["share_by"];
    if let Some(column) = share_by["column"].as_str() {
        return in_one_stage(number(&household["weights"][column]));
    }
    let Some(table) = share_by["table"].as_str() else {
        return in_one_stage(if *share_by == "household" { whole(1) } else { area() });
    };
    let floor = household["floor"].as_i64().expect("a floor");
    let coefficient = number(&plan["tables"][table][floor.to_string()]);
    let weight = match (share_by["times"].as_str(), share_by["within"].as_str()) {
        (None, None) => return in_one_stage(coefficient),
        (Some(_area), _) => return in_one_stage(coefficient * area()),
        (_, Some("household")) => whole(1),
        (_, Some(_area)) => area(),
    };
    Some(Beneficiary { household: index, floor: Some(floor), coefficient, weight })
}

/// What a household has still to pay after step 5, and what its payers pay in step 6.
struct Account {
    shared: Exact,
    individual: Exact,
    paid: BTreeMap<&'static str, Exact>,
}

impl Account {
    /// Pays of the shared part what is unpaid of it, but at most an amount. Answers what it pays.
    fn pay_shared(&mut self, payer: &'static str, most: &Exact) -> Exact {
        let pays = least(&self.shared, most);
        self.shared -= &pays;
        *self.paid.entry(payer).or_insert_with(zero) += &pays;
        pays
    }

    /// The same of both parts, the shared one first.
    fn pay_both(&mut self, payer: &'static str, most: &Exact) {
        let rest = most - self.pay_shared(payer, most);
        let pays = least(&self.individual, &rest);
        self.individual -= &pays;
        *self.paid.entry(payer).or_insert_with(zero) += &pays;
    }

    fn paid(&self, payer: &str) -> Exact {
        self.paid.get(payer).cloned().unwrap_or_else(zero)
    }
}

/// The plan, and what the steps so far have given.
struct Split<'p> {
    plan: &'p Value,
    households: &'p [Value],
    lines: &'p [Value],
    areas: Vec<Exact>,
    relief_rates: Vec<Exact>,
    /// By line, in roster order.
    beneficiaries: Vec<Vec<Beneficiary>>,
    /// Step 1: by source, and by source and line; step 4 takes the give-back off `paid`.
    offers: Vec<Option<Exact>>,
    paid: Grid,
    /// Step 1: by line, with what is set aside for the residents.
    uncovered: Vec<Exact>,
    /// Steps 2 and 3: by line and household.
    shares: Grid,
    relief: Grid,
    borne: Grid,
    /// Step 3: by line, what the pot carries.
    relief_pot: Vec<Exact>,
    /// Step 4: by household, and by line what is given back.
    top_ups: Vec<Exact>,
    given_back: Vec<Exact>,
}

impl<'p> Split<'p> {
    fn new(plan: &'p Value) -> Self {
        let (households, lines) = (list(&plan["households"]), list(&plan["lines"]));
        let relief_rate = |household: &Value| {
            let code = household["hardship"].as_str();
            code.map_or_else(zero, |code| number(&plan["relief"]["rates"][code]))
        };
        let beneficiaries =
            |line| (0..households.len()).filter_map(|one| beneficiary(plan, line, one)).collect();
        Self {
            plan,
            households,
            lines,
            areas: households.iter().map(|household| number(&household["area"])).collect(),
            relief_rates: households.iter().map(relief_rate).collect(),
            beneficiaries: lines.iter().map(beneficiaries).collect(),
            offers: Vec::new(),
            paid: Vec::new(),
            uncovered: lines.iter().map(amount).collect(),
            shares: Vec::new(),
            relief: Vec::new(),
            borne: Vec::new(),
            relief_pot: Vec::new(),
            top_ups: vec![zero(); households.len()],
            given_back: vec![zero(); lines.len()],
        }
    }

    /// Step 1, sources.
    fn sources(&mut self) {
        let set_aside = |line: &Value| {
            let rate = self.plan["residents_at_least"].get(line["tier"].as_str()?)?;
            is_shared(line).then(|| round(&(number(rate) * amount(line))))
        };
        let set_aside: Vec<Exact> =
            self.lines.iter().map(|line| set_aside(line).unwrap_or_else(zero)).collect();
        for source in list(&self.plan["sources"]) {
            let limit = |(index, line): (usize, &Value)| {
                let uncovered = &self.uncovered[index] - &set_aside[index];
                match source.get("rate") {
                    _ if !is_covered(line, &source["covers"]) => zero(),
                    Some(rate) => least(&uncovered, &round(&(number(rate) * amount(line)))),
                    None => uncovered,
                }
            };
            let limits: Vec<Exact> = self.lines.iter().enumerate().map(limit).collect();
            let wanted = sum(&limits);
            let offer = self.offer(source);
            let payments = match &offer {
                Some(offer) if *offer < wanted => allocate(offer, &limits).expect("limits"),
                _ => limits,
            };
            for (uncovered, payment) in self.uncovered.iter_mut().zip(&payments) {
                *uncovered -= payment;
            }
            self.offers.push(offer);
            self.paid.push(payments);
        }
    }

    /// Step 1: a source's offer; none is unlimited.
    fn offer(&self, source: &Value) -> Option<Exact> {
        let times = |key: &str, count: Exact| Some(round(&(money(source.get(key)?) * count)));
        let limits = [
            source.get("amount").map(money),
            times("per_household", whole(self.households.len())),
            times("per_area", sum(&self.areas)),
        ];
        limits.into_iter().flatten().min()
    }

    /// Steps 2 and 3: an amount by household, split over some of a line's beneficiaries: over the
    /// floors they live on, lowest first, then each floor's part over those who live there.
    fn split_over(&self, total: &Exact, among: &[&Beneficiary]) -> Option<Vec<Exact>> {
        let mut row = vec![zero(); self.households.len()];
        let floors: BTreeMap<_, _> =
            among.iter().map(|one| (one.floor, one.coefficient.clone())).collect();
        let coefficients: Vec<_> = floors.values().cloned().collect();
        for (floor, part) in floors.keys().zip(allocate(total, &coefficients)?) {
            let there: Vec<_> = among.iter().filter(|one| one.floor == *floor).collect();
            let weights: Vec<_> = there.iter().map(|one| one.weight.clone()).collect();
            for (one, part) in there.iter().zip(allocate(&part, &weights)?) {
                row[one.household] = part;
            }
        }
        Some(row)
    }

    /// Step 2, shares.
    fn shares(&mut self) -> Result<(), Problems> {
        let mut problems = Problems::new();
        for (line, beneficiaries) in self.beneficiaries.iter().enumerate() {
            let among: Vec<_> = beneficiaries.iter().collect();
            match self.split_over(&self.uncovered[line], &among) {
                Some(shares) => self.shares.push(shares),
                None => problems.push(("no-weight", format!("lines[{line}]"))),
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    /// Step 3, relief.
    fn relief(&mut self) -> Result<(), Problems> {
        for (line, shares) in self.lines.iter().zip(&self.shares) {
            let let_off = |(rate, share)| match is_shared(line) {
                true => round(&(rate * share)),
                false => zero(),
            };
            self.relief.push(self.relief_rates.iter().zip(shares).map(let_off).collect());
        }
        let by_line: Vec<Exact> = self.relief.iter().map(sum).collect();
        let pot = self.plan["relief"].get("pot").map_or_else(zero, |pot| money(&pot["amount"]));
        self.relief_pot = allocate(&least(&pot, &sum(&by_line)), &by_line).expect("some relief");

        let mut problems = Problems::new();
        for (line, beneficiaries) in self.beneficiaries.iter().enumerate() {
            let bears = |one: &&Beneficiary| {
                self.relief_rates[one.household] == zero()
                    && one.weight > zero()
                    && one.coefficient > zero()
            };
            let bearers: Vec<_> = beneficiaries.iter().filter(bears).collect();
            match self.split_over(&(&by_line[line] - &self.relief_pot[line]), &bearers) {
                Some(borne) => self.borne.push(borne),
                None => problems.push(("relief-unborne", format!("lines[{line}]"))),
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    /// Step 4, minimum.
    fn minimum(&mut self) {
        let Some(minimum) = self.plan.get("minimum") else {
            return;
        };
        let shared: Vec<usize> =
            (0..self.lines.len()).filter(|&line| is_shared(&self.lines[line])).collect();
        let lacking = |household: usize| {
            let is_beneficiary = |&line: &usize| {
                self.beneficiaries[line].iter().any(|one| one.household == household)
            };
            if self.relief_rates[household] > zero() || !shared.iter().any(is_beneficiary) {
                return zero();
            }
            let by_area = |rate| round(&(money(rate) * &self.areas[household]));
            let floor = minimum.get("per_household").map(money);
            let floor = floor.max(minimum.get("per_area").map(by_area)).expect("a minimum");
            above(&floor, &self.shared_due(household))
        };
        let lacking: Vec<Exact> = (0..self.households.len()).map(lacking).collect();

        let sources = list(&self.plan["sources"]);
        let position =
            |id: &Value| sources.iter().position(|one| one["id"] == *id).expect("a source");
        let reduces: Vec<usize> = list(&minimum["reduces"]).iter().map(position).collect();
        let pays = |paid: &Grid, source: usize| -> Vec<Exact> {
            shared.iter().map(|&line| paid[source][line].clone()).collect()
        };
        let payable: Exact = reduces.iter().map(|&source| sum(&pays(&self.paid, source))).sum();
        let mut left = least(&sum(&lacking), &payable);
        self.top_ups = allocate(&left, &lacking).expect("someone who lacks");
        for source in reduces {
            let payments = pays(&self.paid, source);
            let gives = least(&left, &sum(&payments));
            left -= &gives;
            let parts = allocate(&gives, &payments).expect("payments");
            for (&line, part) in shared.iter().zip(&parts) {
                self.paid[source][line] -= part;
                self.given_back[line] += part;
            }
        }
    }

    /// A household's sum over the lines of a kind.
    fn on_lines(&self, grid: &Grid, are_shared: bool, household: usize) -> Exact {
        let lines = self.lines.iter().zip(grid).filter(|(line, _)| is_shared(line) == are_shared);
        lines.map(|(_, row)| &row[household]).sum()
    }

    /// Step 5: share − relief + borne + `top_up`; in step 4 still without the last.
    fn shared_due(&self, household: usize) -> Exact {
        let on_shared = |grid: &Grid| self.on_lines(grid, true, household);
        on_shared(&self.shares) - on_shared(&self.relief)
            + on_shared(&self.borne)
            + &self.top_ups[household]
    }

    /// Step 5, due.
    fn due(&self) -> Vec<Account> {
        let account = |household| Account {
            shared: self.shared_due(household),
            individual: self.on_lines(&self.shares, false, household),
            paid: BTreeMap::new(),
        };
        (0..self.households.len()).map(account).collect()
    }

    /// Step 6, channels. Answers what is left of the pool.
    fn channels(&self, accounts: &mut [Account]) -> Option<Exact> {
        for (account, household) in accounts.iter_mut().zip(self.households) {
            if household.get("payer").is_some() {
                let rate = household.get("payer_share").map_or_else(|| whole(1), number);
                let pays = round(&(rate * &account.shared));
                account.pay_shared("owner_unit", &pays);
            }
        }
        let mut pool_left = None;
        for channel in list(&self.plan["channels"]) {
            if channel["kind"] == "public_revenue" {
                pool_left = Some(self.public_revenue(channel, accounts));
                continue;
            }
            for (index, account) in accounts.iter_mut().enumerate() {
                let given = |key| self.households[index].get(key).map_or_else(zero, money);
                match channel["kind"].as_str().expect("a kind") {
                    "in_kind" => account.pay_both("in_kind", &given("in_kind")),
                    "provident_fund" => account.pay_both("provident_fund", &given("provident")),
                    _maintenance_fund => {
                        let keep = channel.get("keep").map_or_else(zero, number);
                        let kept = self.first(index).map_or_else(zero, |one| round(&(keep * one)));
                        let most = above(&given("fund_balance"), &kept);
                        account.pay_shared("maintenance_fund", &most);
                    }
                }
            }
        }
        for account in accounts {
            let left = &account.shared + &account.individual;
            account.pay_both("cash", &left);
        }
        pool_left
    }

    /// Step 6, `public_revenue`. Answers what is left of the pool.
    fn public_revenue(&self, channel: &Value, accounts: &mut [Account]) -> Exact {
        let mut left = money(&channel["amount"]);
        loop {
            let is_among =
                |&index: &usize| channel["over"] != "owing" || accounts[index].shared > zero();
            let among: Vec<usize> = (0..accounts.len()).filter(is_among).collect();
            let areas: Vec<_> = among.iter().map(|&index| self.areas[index].clone()).collect();
            // Nobody there, nothing taken.
            let parts = allocate(&left, &areas).unwrap_or_default();
            for (&index, part) in among.iter().zip(&parts) {
                left -= accounts[index].pay_shared("public_revenue", part);
            }
            if channel["over"] != "owing" || among.is_empty() || left == zero() {
                return left;
            }
        }
    }

    /// Step 6: a household's first instalment, or none where it is unknown.
    fn first(&self, household: usize) -> Option<Exact> {
        let by_area = |rate| round(&(money(rate) * &self.areas[household]));
        let given = self.households[household].get("fund_first").map(money);
        given.or_else(|| self.plan["maintenance"].get("first_per_area").map(by_area))
    }

    /// Step 7, maintenance fund: a household's `fund_after` and `replenish`.
    fn fund(&self, household: usize, drawn: &Exact) -> (Option<Exact>, Option<Exact>) {
        let part = |key, default, first: &Exact| {
            let rate = self.plan["maintenance"].get(key).map_or_else(|| decimal(default), number);
            round(&(rate * first))
        };
        let after = self.households[household].get("fund_balance").map(|one| money(one) - drawn);
        let known = after.as_ref().zip(self.first(household));
        let replenish = known.map(|(after, first)| match part("threshold", "0.3", &first) {
            threshold if *after < threshold => above(&part("target", "1", &first), after),
            _ => zero(),
        });
        (after, replenish)
    }

    /// §4, the result.
    fn result(&self, accounts: &[Account], pool_left: Option<Exact>) -> Value {
        let optional = |amount: Option<Exact>| amount.as_ref().map_or(Value::Null, written);
        let sources = list(&self.plan["sources"]);
        let source = |index: usize| {
            let offer = optional(self.offers[index].clone());
            let paid = written(&sum(&self.paid[index]));
            json!({ "id": sources[index]["id"], "offer": offer, "paid": paid })
        };
        let pot = self.plan["relief"].get("pot").map(|pot| {
            let offer = written(&money(&pot["amount"]));
            json!({ "id": pot["id"], "offer": offer, "paid": written(&sum(&self.relief_pot)) })
        });
        let line = |index: usize| {
            let paid = sources.iter().zip(&self.paid).filter(|(_, paid)| paid[index] > zero());
            let paid = paid.map(|(source, paid)| {
                (source["id"].as_str().expect("an id").to_owned(), written(&paid[index]))
            });
            json!({
                "id": self.lines[index]["id"],
                "amount": written(&amount(&self.lines[index])),
                "paid": paid.collect::<Map<_, _>>(),
                "relief_pot": written(&self.relief_pot[index]),
                "top_up": written(&self.given_back[index]),
                "residents": written(&(&self.uncovered[index] - &self.relief_pot[index])),
            })
        };
        let due =
            |household| self.shared_due(household) + self.on_lines(&self.shares, false, household);
        let household = |index: usize| {
            let paid = |payer| written(&accounts[index].paid(payer));
            let (after, replenish) = self.fund(index, &accounts[index].paid("maintenance_fund"));
            json!({
                "id": self.households[index]["id"],
                "share": written(&self.on_lines(&self.shares, true, index)),
                "relief": written(&self.on_lines(&self.relief, true, index)),
                "borne": written(&self.on_lines(&self.borne, true, index)),
                "top_up": written(&self.top_ups[index]),
                "individual": written(&self.on_lines(&self.shares, false, index)),
                "due": written(&due(index)),
                "paid": {
                    "in_kind": paid("in_kind"),
                    "public_revenue": paid("public_revenue"),
                    "maintenance_fund": paid("maintenance_fund"),
                    "provident_fund": paid("provident_fund"),
                    "owner_unit": paid("owner_unit"),
                    "cash": paid("cash"),
                },
                "fund_after": optional(after),
                "replenish": optional(replenish),
            })
        };
        json!({
            "fentan": 1,
            "budget": written(&self.lines.iter().map(amount).sum()),
            "residents": written(&(0..self.households.len()).map(due).sum()),
            "pool_left": optional(pool_left),
            "sources": (0..sources.len()).map(source).chain(pot).collect::<Vec<_>>(),
            "lines": (0..self.lines.len()).map(line).collect::<Vec<_>>(),
            "households": (0..self.households.len()).map(household).collect::<Vec<_>>(),
        })
    }
}
