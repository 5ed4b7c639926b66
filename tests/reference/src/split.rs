//! §3, the split step by step, and §4, its result.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::Problems;
use crate::number::{
    Exact, above, allocate, decimal, least, money, number, one_each, quotas, round, sum, whole,
    whole_fen, written, zero,
};
use crate::plan::{
    Sharer, Use, amount, benefits, counted, is_covered, is_shared, list, piece_limit, relief_rate,
    sharer,
};

/// Amounts by line or source, then by household or line.
pub(crate) type Grid = Vec<Vec<Exact>>;

/// Splits a plan without problems; `no-weight` and `relief-unborne` come out of the arithmetic.
pub(crate) fn split(plan: &Value) -> Result<Value, Problems> {
    let mut split = Split::new(plan);
    split.sources();
    split.shares()?;
    split.relief()?;
    split.minimum();
    let mut accounts = split.due();
    let pool_left = split.channels(&mut accounts);
    Ok(split.result(&accounts, pool_left))
}

/// By line and household, share − relief + borne.
pub(crate) fn parts_of_lines(plan: &Value) -> Result<Grid, Problems> {
    let mut split = Split::new(plan);
    split.sources();
    split.shares()?;
    split.relief()?;
    let parts = |line: usize| {
        let parts = split.shares[line].iter().zip(&split.relief[line]).zip(&split.borne[line]);
        parts.map(|((share, relief), borne)| share - relief + borne).collect()
    };
    Ok((0..split.lines.len()).map(parts).collect())
}

/// What a household has still to pay after step 5, and what its payers pay in step 6.
struct Account {
    shared: Exact,
    individual: Exact,
    paid: BTreeMap<&'static str, Exact>,
}

impl Account {
    /// Pays of the shared part what is unpaid of it, but at most an amount. Returns what it pays.
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
    /// What each line costs.
    amounts: Vec<Exact>,
    /// By line, in roster order.
    sharers: Vec<Vec<Sharer>>,
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
    /// Step 4: by household, by line what is given back, and what is still short of the minimum.
    top_ups: Vec<Exact>,
    given_back: Vec<Exact>,
    minimum_short: Option<Exact>,
}

impl<'p> Split<'p> {
    fn new(plan: &'p Value) -> Self {
        let (households, lines) = (list(&plan["households"]), list(&plan["lines"]));
        let amounts: Vec<Exact> = lines.iter().map(|line| amount(plan, line)).collect();
        let sharers =
            |line| (0..households.len()).filter_map(|one| sharer(plan, line, one)).collect();
        Self {
            plan,
            households,
            lines,
            areas: households.iter().map(|household| number(&household["area"])).collect(),
            relief_rates: households.iter().map(|one| relief_rate(plan, one)).collect(),
            sharers: lines.iter().map(sharers).collect(),
            offers: Vec::new(),
            paid: Vec::new(),
            uncovered: amounts.clone(),
            amounts,
            shares: Vec::new(),
            relief: Vec::new(),
            borne: Vec::new(),
            relief_pot: Vec::new(),
            top_ups: vec![zero(); households.len()],
            given_back: vec![zero(); lines.len()],
            minimum_short: None,
        }
    }

    /// Step 1, sources.
    fn sources(&mut self) {
        let set_aside = |(line, amount): (&Value, &Exact)| {
            let rate = self.plan["residents_at_least"].get(line["tier"].as_str()?)?;
            is_shared(line).then(|| round(&(number(rate) * amount)))
        };
        let lines = self.lines.iter().zip(&self.amounts);
        let set_aside: Vec<Exact> =
            lines.map(|line| set_aside(line).unwrap_or_else(zero)).collect();
        for source in list(&self.plan["sources"]) {
            let limit = |(index, line): (usize, &Value)| {
                if !is_covered(line, &source["covers"]) {
                    return zero();
                }
                let by_rate = |rate| round(&(number(rate) * &self.amounts[index]));
                let limits = [
                    Some(&self.uncovered[index] - &set_aside[index]),
                    source.get("rate").map(by_rate),
                    piece_limit(source, line),
                ];
                limits.into_iter().flatten().min().expect("the uncovered part")
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
        let (households, area) = counted(self.plan, source);
        let times = |key: &str, count: Exact| Some(round(&(money(source.get(key)?) * count)));
        let limits = [
            source.get("amount").map(money),
            times("per_household", households),
            times("per_area", area),
        ];
        limits.into_iter().flatten().min()
    }

    /// Steps 2 and 3: `allocate` over households, with the spare fen of the rounding as the plan
    /// says in `odd_fen`.
    fn allocate_to_homes(
        &self,
        line: usize,
        total: &Exact,
        among: &[&Sharer],
    ) -> Option<Vec<Exact>> {
        let weights: Vec<Exact> = among.iter().map(|one| one.weight.clone()).collect();
        let mut weighty = (0..weights.len()).filter(|&index| weights[index] > zero());
        match &self.plan["odd_fen"] {
            Value::String(word) if word == "first" => {
                Some(one_each(&quotas(total, &weights)?, weighty))
            }
            Value::String(word) if word == "last" => {
                let (mut parts, spare) = whole_fen(&quotas(total, &weights)?);
                if let Some(last) = weighty.next_back() {
                    parts[last] += spare;
                }
                Some(parts)
            }
            Value::Object(odd_fen) => {
                let quotas = quotas(total, &weights)?;
                let lot = |index: usize| self.lot(&odd_fen["lots"], line, among[index].household);
                let mut order: Vec<usize> = (0..quotas.len()).collect();
                order.sort_by_cached_key(|&index| (-quotas[index].fract(), lot(index)));
                Some(one_each(&quotas, order))
            }
            _largest_remainder => allocate(total, &weights),
        }
    }

    /// A household's lot on a line.
    fn lot(&self, seed: &Value, line: usize, household: usize) -> [u8; 32] {
        let ids = [seed, &self.lines[line]["id"], &self.households[household]["id"]];
        let text = ids.map(|id| id.as_str().expect("a text")).join("\n");
        Sha256::digest(text).into()
    }

    /// Steps 2 and 3: an amount by household, split over some of a line's sharers: over the
    /// floors they live on, lowest first, then each floor's part over those who live there.
    fn split_over(&self, line: usize, total: &Exact, among: &[&Sharer]) -> Option<Vec<Exact>> {
        let mut row = vec![zero(); self.households.len()];
        let floors: BTreeMap<_, _> =
            among.iter().map(|one| (one.floor, one.coefficient.clone())).collect();
        let coefficients: Vec<_> = floors.values().cloned().collect();
        for (floor, part) in floors.keys().zip(allocate(total, &coefficients)?) {
            let there: Vec<&Sharer> =
                among.iter().filter(|one| one.floor == *floor).copied().collect();
            for (one, part) in there.iter().zip(self.allocate_to_homes(line, &part, &there)?) {
                row[one.household] = part;
            }
        }
        Some(row)
    }

    /// Step 2, shares.
    fn shares(&mut self) -> Result<(), Problems> {
        let mut problems = Problems::new();
        for (line, sharers) in self.sharers.iter().enumerate() {
            let among: Vec<_> = sharers.iter().collect();
            match self.split_over(line, &self.uncovered[line], &among) {
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
        self.cap_relief();
        let by_line: Vec<Exact> = self.relief.iter().map(sum).collect();
        let pot = self.plan["relief"].get("pot").map_or_else(zero, |pot| money(&pot["amount"]));
        self.relief_pot = allocate(&least(&pot, &sum(&by_line)), &by_line).expect("some relief");

        let mut problems = Problems::new();
        for (line, sharers) in self.sharers.iter().enumerate() {
            let bears = |one: &&Sharer| {
                self.relief_rates[one.household] == zero()
                    && one.weight > zero()
                    && one.coefficient > zero()
            };
            let bearers: Vec<_> = sharers.iter().filter(bears).collect();
            match self.split_over(line, &(&by_line[line] - &self.relief_pot[line]), &bearers) {
                Some(borne) => self.borne.push(borne),
                None => problems.push(("relief-unborne", format!("lines[{line}]"))),
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    /// Step 3: cuts a household's relief over all lines to the most that the plan allows one.
    fn cap_relief(&mut self) {
        let Some(most) = self.plan["relief"].get("most").map(money) else {
            return;
        };
        for household in 0..self.households.len() {
            let by_line: Vec<Exact> =
                self.relief.iter().map(|row| row[household].clone()).collect();
            if sum(&by_line) > most {
                let cut = allocate(&most, &by_line).expect("some relief");
                for (row, relief) in self.relief.iter_mut().zip(cut) {
                    row[household] = relief;
                }
            }
        }
    }

    /// Step 4, minimum.
    fn minimum(&mut self) {
        let Some(minimum) = self.plan.get("minimum") else {
            return;
        };
        let shared: Vec<usize> =
            (0..self.lines.len()).filter(|&line| is_shared(&self.lines[line])).collect();
        let lacking = |household: usize| {
            let home = &self.households[household];
            let is_beneficiary = |&line: &usize| benefits(home, &self.lines[line]);
            let has_floor = Use::of(self.plan, home).is_household
                && self.relief_rates[household] == zero()
                && shared.iter().any(is_beneficiary);
            if !has_floor {
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
        self.minimum_short = Some(sum(&lacking) - &left);
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

    /// Step 6, channels. Returns what is left of the pool.
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

    /// Step 6, `public_revenue`. Returns what is left of the pool.
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

    /// Step 6: a household's first instalment, or `None` where it is unknown.
    fn first(&self, household: usize) -> Option<Exact> {
        let by_area = |rate| round(&(money(rate) * &self.areas[household]));
        let given = self.households[household].get("fund_first").map(money);
        given.or_else(|| self.plan["maintenance"].get("first_per_area").map(by_area))
    }

    /// Step 7, maintenance fund: a household's `fund_after` and `replenish`.
    fn fund(&self, household: usize, drawn: &Exact) -> (Option<Exact>, Option<Exact>) {
        let rules = &self.plan["maintenance"];
        let rate = |key, default| rules.get(key).map_or_else(|| decimal(default), number);
        let target = |first: &Exact| match rules.get("target_per_area") {
            Some(each) => round(&(money(each) * &self.areas[household])),
            None => round(&(rate("target", "1") * first)),
        };
        let after = self.households[household].get("fund_balance").map(|one| money(one) - drawn);
        let known = after.as_ref().zip(self.first(household));
        let replenish = known.map(|(after, first)| {
            let is_low = *after < round(&(rate("threshold", "0.3") * &first));
            if is_low { above(&target(&first), after) } else { zero() }
        });
        (after, replenish)
    }

    /// Step 6: how much of what is drawn from a household's account is principal and how much
    /// interest, where the plan says which part of the balance is interest.
    fn drawn(&self, household: usize, drawn: &Exact) -> Option<Value> {
        let account = &self.households[household];
        let interest = money(account.get("fund_interest")?);
        let principal = money(&account["fund_balance"]) - &interest;
        let interest_first = list(&self.plan["channels"])
            .iter()
            .any(|one| one["kind"] == "maintenance_fund" && one["first"] == "interest");
        let of_interest = match interest_first {
            true => least(drawn, &interest),
            false => above(drawn, &principal),
        };
        let of_principal = written(&(drawn - &of_interest));
        Some(json!({ "principal": of_principal, "interest": written(&of_interest) }))
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
                "amount": written(&self.amounts[index]),
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
            let drawn = accounts[index].paid("maintenance_fund");
            let (after, replenish) = self.fund(index, &drawn);
            let mut household = json!({
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
            });
            if let Some(drawn) = self.drawn(index, &drawn) {
                household["fund_drawn"] = drawn;
            }
            household
        };
        let mut result = json!({
            "fentan": 1,
            "budget": written(&sum(&self.amounts)),
            "residents": written(&(0..self.households.len()).map(due).sum()),
            "pool_left": optional(pool_left),
            "sources": (0..sources.len()).map(source).chain(pot).collect::<Vec<_>>(),
            "lines": (0..self.lines.len()).map(line).collect::<Vec<_>>(),
            "households": (0..self.households.len()).map(household).collect::<Vec<_>>(),
        });
        if let Some(short) = &self.minimum_short {
            result["minimum_short"] = written(short);
        }
        result
    }
}
