//! The split once more, written from docs/spec.md §1, §3 and §4 alone: slow, in exact rationals,
//! straight on the JSON, without a line of the engine's.
//!
//! It takes plans that are valid in all that can be seen before the arithmetic (§2, §5); of the
//! errors it knows the two that come out of it, `no-weight` and `relief-unborne`.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use serde_json::{Map, Value, json};

/// An amount in fen (then whole), an area, a rate, or a weight.
type Exact = BigRational;

/// Codes with the paths they point at.
type Problems = Vec<(&'static str, String)>;

/// Amounts by line, then by household (shares) or by source, then by line (payments).
type Grid = Vec<Vec<Exact>>;

/// One that a line is split over.
struct Beneficiary {
    household: usize,
    /// Whether it has no relief, and so may bear that of others.
    is_unrelieved: bool,
    /// Its w; with `within`, its floor's coefficient.
    weight: Exact,
    /// With `within`, its floor and its weight among those on it.
    on_floor: Option<(i64, Exact)>,
}

/// The split of a plan (§4), or why there is none.
pub(crate) fn split(plan: &Value) -> Result<Value, Problems> {
    let beneficiaries: Vec<_> =
        list(&plan["lines"]).iter().map(|line| beneficiaries(plan, line)).collect();
    let sources = sources(plan);
    let shares = shares(plan, &beneficiaries, &sources.uncovered)?;
    let relief = relief(plan, &beneficiaries, &shares)?;
    let minimum = minimum(plan, &beneficiaries, &sources.paid, &shares, &relief);
    let due = due(plan, &shares, &relief, &minimum);
    let channels = channels(plan, &due);
    let funds = maintenance_fund(plan, &channels);
    Ok(result(plan, &sources, &relief, &minimum, &due, &channels, &funds))
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

/// Output money always has exactly two decimals.
fn written(fen: &Exact) -> Value {
    assert!(fen.is_integer() && *fen >= zero(), "whole fen, and none owed the other way: {fen}");
    let digits = format!("{:0>3}", fen.to_integer().to_string());
    let (yuan, fen) = digits.split_at(digits.len() - 2);
    json!(format!("{yuan}.{fen}"))
}

/// To the nearest fen, halves away from zero; nothing that is rounded here is below zero.
fn round(fen: Exact) -> Exact {
    (fen + Exact::new(1.into(), 2.into())).floor()
}

fn sum<'a>(amounts: impl IntoIterator<Item = &'a Exact>) -> Exact {
    amounts.into_iter().sum()
}

fn least(one: &Exact, other: &Exact) -> Exact {
    one.min(other).clone()
}

/// What one amount has above another, or nothing.
fn above(one: &Exact, other: &Exact) -> Exact {
    (one - other).max(zero())
}

/// `allocate(T, w)`: the largest remainder method. None where nobody has a weight, and there is
/// something to split.
fn allocate(total: &Exact, weights: &[Exact]) -> Option<Vec<Exact>> {
    let all = sum(weights);
    if *total == zero() {
        return Some(vec![zero(); weights.len()]);
    }
    if all == zero() {
        return None;
    }
    let quotas: Vec<Exact> = weights.iter().map(|weight| total * weight / &all).collect();
    let mut parts: Vec<Exact> = quotas.iter().map(Exact::floor).collect();
    // The sort is stable: equal fractions stay in the order of their indices.
    let mut by_fraction: Vec<usize> = (0..weights.len()).collect();
    by_fraction.sort_by_key(|&index| -quotas[index].fract());
    for index in by_fraction {
        if sum(&parts) == *total {
            break;
        }
        parts[index] += whole(1);
    }
    assert_eq!(sum(&parts), *total, "the parts sum to the total");
    Some(parts)
}

// What stands in the plan (§2).

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
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

/// A household's rate of relief ρ.
fn relief_rate(plan: &Value, household: &Value) -> Exact {
    match household["hardship"].as_str() {
        Some(code) => number(&plan["relief"]["rates"][code]),
        None => zero(),
    }
}

fn areas(plan: &Value) -> Vec<Exact> {
    list(&plan["households"]).iter().map(|household| number(&household["area"])).collect()
}

/// Whether a source covers a line: it matches every list given, and is shared where no kinds are.
fn covers(covers: &Value, line: &Value) -> bool {
    let matches =
        |list: &str, value: &Value| covers.get(list).is_none_or(|values| contains(values, value));
    let kind = if is_shared(line) { "shared" } else { "individual" };
    matches("tiers", &line["tier"])
        && matches("categories", &line["category"])
        && matches("pipelines", &line["pipeline"])
        && matches("lines", &line["id"])
        && matches("kinds", &json!(kind))
        && (covers.get("kinds").is_some() || is_shared(line))
}

/// Whether a line's scope, a union, has a household in it.
fn is_in_scope(line: &Value, household: &Value) -> bool {
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

/// Whom a line is split over and by which weights, in roster order.
fn beneficiaries(plan: &Value, line: &Value) -> Vec<Beneficiary> {
    let households = list(&plan["households"]).iter().enumerate();
    let weighed = households.filter_map(|(index, household)| {
        let (weight, on_floor) = match line["charges"].as_object() {
            Some(charges) => (money(charges.get(text(&household["id"]))?), None),
            None if !is_in_scope(line, household) => return None,
            None => weight(plan, &line["share_by"], household),
        };
        let is_unrelieved = relief_rate(plan, household) == zero();
        Some(Beneficiary { household: index, is_unrelieved, weight, on_floor })
    });
    weighed.collect()
}

/// A household's weight by a `share_by`; with `within`, its floor's coefficient, and the floor
/// with the household's weight on it.
fn weight(plan: &Value, share_by: &Value, household: &Value) -> (Exact, Option<(i64, Exact)>) {
    let area_or_one = |key: &Value| match key.as_str() {
        Some("household") => whole(1),
        _ => number(&household["area"]),
    };
    if let Some(column) = share_by["column"].as_str() {
        return (number(&household["weights"][column]), None);
    }
    let Some(table) = share_by["table"].as_str() else {
        return (area_or_one(share_by), None);
    };
    let floor = household["floor"].as_i64().expect("a floor");
    let coefficient = number(&plan["tables"][table][floor.to_string()]);
    if let Some(within) = share_by.get("within") {
        return (coefficient, Some((floor, area_or_one(within))));
    }
    match share_by.get("times") {
        Some(_) => (coefficient * number(&household["area"]), None),
        None => (coefficient, None),
    }
}

/// Splits an amount over some of a line's beneficiaries, the way the line is split (step 2): in
/// one stage, or over their floors, lowest first, then over those on each.
fn split_over(total: &Exact, among: &[&Beneficiary]) -> Option<Vec<Exact>> {
    let by_floor = |one: &Beneficiary| Some((one.on_floor.as_ref()?.0, one.weight.clone()));
    let floors: BTreeMap<i64, Exact> = among.iter().filter_map(|one| by_floor(one)).collect();
    if floors.is_empty() {
        let weights: Vec<_> = among.iter().map(|one| one.weight.clone()).collect();
        return allocate(total, &weights);
    }
    let coefficients: Vec<_> = floors.values().cloned().collect();
    let parts_of_floors = allocate(total, &coefficients)?;
    let mut parts = vec![zero(); among.len()];
    for (floor, part_of_floor) in floors.keys().zip(&parts_of_floors) {
        let there = among.iter().enumerate().filter_map(|(index, one)| {
            let (on, weight) = one.on_floor.as_ref()?;
            (on == floor).then_some((index, weight.clone()))
        });
        let (indices, weights): (Vec<_>, Vec<_>) = there.unzip();
        for (index, part) in indices.into_iter().zip(allocate(part_of_floor, &weights)?) {
            parts[index] = part;
        }
    }
    Some(parts)
}

// §3, the steps.

/// What step 1 gives.
struct Sources {
    offers: Vec<Option<Exact>>,
    /// By source and line.
    paid: Grid,
    /// By line: R, what was set aside for the residents included.
    uncovered: Vec<Exact>,
}

/// Step 1, sources.
fn sources(plan: &Value) -> Sources {
    let lines = list(&plan["lines"]);
    let at_least = |line: &Value| {
        let rate = plan["residents_at_least"].get(line["tier"].as_str()?)?;
        is_shared(line).then(|| round(number(rate) * amount(line)))
    };
    let set_aside: Vec<_> = lines.iter().map(|line| at_least(line).unwrap_or(zero())).collect();
    let mut open: Vec<_> =
        lines.iter().zip(&set_aside).map(|(line, aside)| amount(line) - aside).collect();
    let mut offers = Vec::new();
    let mut paid = Vec::new();
    for source in list(&plan["sources"]) {
        let limits: Vec<_> = lines
            .iter()
            .zip(&open)
            .map(|(line, open)| match (covers(&source["covers"], line), source.get("rate")) {
                (false, _) => zero(),
                (true, None) => open.clone(),
                (true, Some(rate)) => least(open, &round(number(rate) * amount(line))),
            })
            .collect();
        let wanted = sum(&limits);
        let offer = offer(plan, source);
        let total = offer.as_ref().map_or(wanted.clone(), |offer| least(offer, &wanted));
        let payments = match total == wanted {
            true => limits,
            false => allocate(&total, &limits).expect("a limit, for the offer is below their sum"),
        };
        for (open, payment) in open.iter_mut().zip(&payments) {
            *open -= payment;
        }
        offers.push(offer);
        paid.push(payments);
    }
    let uncovered = open.iter().zip(&set_aside).map(|(open, aside)| open + aside).collect();
    Sources { offers, paid, uncovered }
}

/// Step 1: a source's offer B; none is unlimited.
fn offer(plan: &Value, source: &Value) -> Option<Exact> {
    let households = whole(list(&plan["households"]).len());
    let limits = [
        source.get("amount").map(money),
        source.get("per_household").map(|each| round(money(each) * households)),
        source.get("per_area").map(|each| round(money(each) * sum(&areas(plan)))),
    ];
    limits.into_iter().flatten().min()
}

/// Step 2, shares, by line and household.
fn shares(
    plan: &Value,
    beneficiaries: &[Vec<Beneficiary>],
    uncovered: &[Exact],
) -> Result<Grid, Problems> {
    let mut shares = nothing(plan);
    let mut problems = Problems::new();
    for (line, beneficiaries) in beneficiaries.iter().enumerate() {
        let among: Vec<_> = beneficiaries.iter().collect();
        match split_over(&uncovered[line], &among) {
            Some(parts) => put(&mut shares[line], &among, parts),
            None => problems.push(("no-weight", format!("lines[{line}]"))),
        }
    }
    if problems.is_empty() { Ok(shares) } else { Err(problems) }
}

/// A zero for every line and household.
fn nothing(plan: &Value) -> Grid {
    let households = vec![zero(); list(&plan["households"]).len()];
    vec![households; list(&plan["lines"]).len()]
}

fn put(row: &mut [Exact], among: &[&Beneficiary], parts: Vec<Exact>) {
    for (one, part) in among.iter().zip(parts) {
        row[one.household] = part;
    }
}

/// What step 3 gives.
struct Relief {
    /// By line and household.
    relief: Grid,
    /// By line: c, what the pot carries.
    pot: Vec<Exact>,
    /// By line and household.
    borne: Grid,
}

/// Step 3, relief.
fn relief(
    plan: &Value,
    beneficiaries: &[Vec<Beneficiary>],
    shares: &Grid,
) -> Result<Relief, Problems> {
    let households = list(&plan["households"]);
    let rates: Vec<_> = households.iter().map(|one| relief_rate(plan, one)).collect();
    let mut relief = nothing(plan);
    for (line, value) in list(&plan["lines"]).iter().enumerate().filter(|(_, one)| is_shared(one)) {
        assert!(value["charges"].is_null(), "a shared line has no charges");
        for (household, rate) in rates.iter().enumerate() {
            relief[line][household] = round(rate * &shares[line][household]);
        }
    }
    let by_line: Vec<_> = relief.iter().map(sum).collect();
    let pot = plan["relief"]["pot"].get("amount").map_or(zero(), money);
    let carried = least(&pot, &sum(&by_line));
    let pot = allocate(&carried, &by_line).expect("relief, for the pot carries some");

    let mut borne = nothing(plan);
    let mut problems = Problems::new();
    for (line, beneficiaries) in beneficiaries.iter().enumerate() {
        let bearers: Vec<_> =
            beneficiaries.iter().filter(|one| one.is_unrelieved && one.weight > zero()).collect();
        match split_over(&(&by_line[line] - &pot[line]), &bearers) {
            Some(parts) => put(&mut borne[line], &bearers, parts),
            None => problems.push(("relief-unborne", format!("lines[{line}]"))),
        }
    }
    if problems.is_empty() { Ok(Relief { relief, pot, borne }) } else { Err(problems) }
}

/// What step 4 gives.
struct Minimum {
    /// By household.
    top_ups: Vec<Exact>,
    /// By source and line.
    given_back: Grid,
}

/// Step 4, minimum.
fn minimum(
    plan: &Value,
    beneficiaries: &[Vec<Beneficiary>],
    paid: &Grid,
    shares: &Grid,
    relief: &Relief,
) -> Minimum {
    let lines = list(&plan["lines"]);
    let households = list(&plan["households"]);
    let shared: Vec<usize> = (0..lines.len()).filter(|&line| is_shared(&lines[line])).collect();
    let mut given_back = vec![vec![zero(); lines.len()]; list(&plan["sources"]).len()];
    let Some(minimum) = plan.get("minimum") else {
        return Minimum { top_ups: vec![zero(); households.len()], given_back };
    };

    let lacking = |(index, household): (usize, &Value)| {
        let benefits =
            shared.iter().any(|&line| beneficiaries[line].iter().any(|one| one.household == index));
        if !benefits || relief_rate(plan, household) > zero() {
            return zero();
        }
        let floors = [
            minimum.get("per_household").map(money),
            minimum.get("per_area").map(|each| round(money(each) * number(&household["area"]))),
        ];
        let floor = floors.into_iter().flatten().max().expect("a minimum");
        let of_line = |&line: &usize| {
            &shares[line][index] - &relief.relief[line][index] + &relief.borne[line][index]
        };
        above(&floor, &shared.iter().map(of_line).sum())
    };
    let lacking: Vec<_> = households.iter().enumerate().map(lacking).collect();

    let position = |id: &Value| {
        list(&plan["sources"]).iter().position(|one| one["id"] == *id).expect("a source")
    };
    let reduces: Vec<usize> = list(&minimum["reduces"]).iter().map(position).collect();
    let on_shared = |source: usize| -> Vec<_> {
        shared.iter().map(|&line| paid[source][line].clone()).collect()
    };
    let payable: Exact = reduces.iter().map(|&source| sum(&on_shared(source))).sum();
    let total = least(&sum(&lacking), &payable);
    let top_ups = allocate(&total, &lacking).expect("someone lacks");

    let mut left = total;
    for source in reduces {
        let payments = on_shared(source);
        let gives = least(&left, &sum(&payments));
        left -= &gives;
        let parts = allocate(&gives, &payments).expect("a payment to give back of");
        for (&line, part) in shared.iter().zip(parts) {
            given_back[source][line] = part;
        }
    }
    Minimum { top_ups, given_back }
}

/// What step 5 gives for a household.
struct Due {
    share: Exact,
    relief: Exact,
    borne: Exact,
    top_up: Exact,
    /// share − relief + borne + `top_up`.
    shared: Exact,
    individual: Exact,
}

/// Step 5, due.
fn due(plan: &Value, shares: &Grid, relief: &Relief, minimum: &Minimum) -> Vec<Due> {
    let lines = list(&plan["lines"]);
    let of_household = |household: usize| {
        let on_lines = |grid: &Grid, are_shared: bool| -> Exact {
            let rows = lines.iter().zip(grid).filter(|(line, _)| is_shared(line) == are_shared);
            rows.map(|(_, row)| &row[household]).sum()
        };
        let share = on_lines(shares, true);
        let let_off = on_lines(&relief.relief, true);
        let borne = on_lines(&relief.borne, true);
        let top_up = minimum.top_ups[household].clone();
        let shared = &share - &let_off + &borne + &top_up;
        let individual = on_lines(shares, false);
        Due { share, relief: let_off, borne, top_up, shared, individual }
    };
    (0..minimum.top_ups.len()).map(of_household).collect()
}

/// What is still unpaid of a household's two parts, and what paid the rest.
struct Account {
    shared: Exact,
    individual: Exact,
    paid: BTreeMap<&'static str, Exact>,
}

impl Account {
    /// Pays at most an amount of the shared part; answers how much.
    fn pay_shared(&mut self, payer: &'static str, most: &Exact) -> Exact {
        let pays = least(&self.shared, most);
        self.shared -= &pays;
        *self.paid.entry(payer).or_insert_with(zero) += &pays;
        pays
    }

    /// Pays at most an amount, the shared part first, then the individual one.
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

/// What step 6 gives.
struct Channels {
    accounts: Vec<Account>,
    pool_left: Option<Exact>,
}

/// Step 6, channels.
fn channels(plan: &Value, due: &[Due]) -> Channels {
    let households = list(&plan["households"]);
    let mut pool_left = None;
    let open = |due: &Due| Account {
        shared: due.shared.clone(),
        individual: due.individual.clone(),
        paid: BTreeMap::new(),
    };
    let mut accounts: Vec<_> = due.iter().map(open).collect();
    for (account, household) in accounts.iter_mut().zip(households) {
        if household.get("payer").is_some() {
            let rate = household.get("payer_share").map_or(whole(1), number);
            let pays = round(rate * &account.shared);
            account.pay_shared("owner_unit", &pays);
        }
    }
    for channel in list(&plan["channels"]) {
        if channel["kind"] == "public_revenue" {
            pool_left = Some(public_revenue(plan, channel, &mut accounts));
            continue;
        }
        for (account, household) in accounts.iter_mut().zip(households) {
            let given = |key: &str| household.get(key).map_or(zero(), money);
            match text(&channel["kind"]) {
                "in_kind" => account.pay_both("in_kind", &given("in_kind")),
                "provident_fund" => account.pay_both("provident_fund", &given("provident")),
                "maintenance_fund" => {
                    let keep = channel.get("keep").map_or(zero(), number);
                    let kept = first(plan, household).map_or(zero(), |first| round(keep * first));
                    let most = above(&given("fund_balance"), &kept);
                    account.pay_shared("maintenance_fund", &most);
                }
                other => panic!("no channel: {other}"),
            }
        }
    }
    for account in &mut accounts {
        let left = &account.shared + &account.individual;
        account.pay_both("cash", &left);
    }
    Channels { accounts, pool_left }
}

/// Step 6, `public_revenue`; answers what is left of the pool.
fn public_revenue(plan: &Value, channel: &Value, accounts: &mut [Account]) -> Exact {
    let areas = areas(plan);
    let mut pool = money(&channel["amount"]);
    if channel["over"] != "owing" {
        // Without any household nobody takes a part.
        let parts = allocate(&pool, &areas).unwrap_or_default();
        for (account, part) in accounts.iter_mut().zip(parts) {
            pool -= account.pay_shared("public_revenue", &part);
        }
        return pool;
    }
    loop {
        let owing: Vec<usize> =
            (0..accounts.len()).filter(|&index| accounts[index].shared > zero()).collect();
        if pool == zero() || owing.is_empty() {
            return pool;
        }
        let weights: Vec<_> = owing.iter().map(|&index| areas[index].clone()).collect();
        let parts = allocate(&pool, &weights).expect("areas, which are above zero");
        for (index, part) in owing.into_iter().zip(parts) {
            pool -= accounts[index].pay_shared("public_revenue", &part);
        }
    }
}

/// Step 6: a household's first instalment, given or by area, or unknown.
fn first(plan: &Value, household: &Value) -> Option<Exact> {
    let by_area = |each| round(money(each) * number(&household["area"]));
    let given = household.get("fund_first").map(money);
    given.or_else(|| plan["maintenance"].get("first_per_area").map(by_area))
}

/// What step 7 gives for a household.
struct Fund {
    after: Option<Exact>,
    replenish: Option<Exact>,
}

/// Step 7, maintenance fund.
fn maintenance_fund(plan: &Value, channels: &Channels) -> Vec<Fund> {
    let rate = |key: &str, default: &str| {
        plan["maintenance"].get(key).map_or_else(|| decimal(default), number)
    };
    let of_household = |(household, account): (&Value, &Account)| {
        let balance = household.get("fund_balance").map(money);
        let after = balance.map(|balance| balance - account.paid("maintenance_fund"));
        let replenish =
            after.as_ref().zip(first(plan, household)).map(|(after, first)| {
                match *after < round(rate("threshold", "0.3") * &first) {
                    true => above(&round(rate("target", "1") * &first), after),
                    false => zero(),
                }
            });
        Fund { after, replenish }
    };
    list(&plan["households"]).iter().zip(&channels.accounts).map(of_household).collect()
}

// §4, the result.

fn result(
    plan: &Value,
    sources: &Sources,
    relief: &Relief,
    minimum: &Minimum,
    due: &[Due],
    channels: &Channels,
    funds: &[Fund],
) -> Value {
    let lines = list(&plan["lines"]);
    let optional = |amount: &Option<Exact>| amount.as_ref().map_or(Value::Null, written);
    // After the give-back.
    let paid = |source: usize, line: usize| {
        &sources.paid[source][line] - &minimum.given_back[source][line]
    };

    let mut of_sources: Vec<_> = list(&plan["sources"])
        .iter()
        .enumerate()
        .map(|(source, value)| {
            let paid: Exact = (0..lines.len()).map(|line| paid(source, line)).sum();
            let offer = optional(&sources.offers[source]);
            json!({ "id": value["id"], "offer": offer, "paid": written(&paid) })
        })
        .collect();
    if let Some(pot) = plan["relief"].get("pot") {
        let offer = written(&money(&pot["amount"]));
        let paid = written(&sum(&relief.pot));
        of_sources.push(json!({ "id": pot["id"], "offer": offer, "paid": paid }));
    }

    let of_lines = lines.iter().enumerate().map(|(line, value)| {
        let payments = list(&plan["sources"]).iter().enumerate().filter_map(|(source, value)| {
            let paid = paid(source, line);
            (paid > zero()).then(|| (text(&value["id"]).to_owned(), written(&paid)))
        });
        json!({
            "id": value["id"],
            "amount": written(&amount(value)),
            "paid": payments.collect::<Map<_, _>>(),
            "relief_pot": written(&relief.pot[line]),
            "top_up": written(&minimum.given_back.iter().map(|row| &row[line]).sum()),
            "residents": written(&(&sources.uncovered[line] - &relief.pot[line])),
        })
    });

    let of_households = list(&plan["households"]).iter().enumerate().map(|(index, household)| {
        let (due, account, fund) = (&due[index], &channels.accounts[index], &funds[index]);
        let paid = |payer: &str| written(&account.paid(payer));
        json!({
            "id": household["id"],
            "share": written(&due.share),
            "relief": written(&due.relief),
            "borne": written(&due.borne),
            "top_up": written(&due.top_up),
            "individual": written(&due.individual),
            "due": written(&(&due.shared + &due.individual)),
            "paid": {
                "in_kind": paid("in_kind"),
                "public_revenue": paid("public_revenue"),
                "maintenance_fund": paid("maintenance_fund"),
                "provident_fund": paid("provident_fund"),
                "owner_unit": paid("owner_unit"),
                "cash": paid("cash"),
            },
            "fund_after": optional(&fund.after),
            "replenish": optional(&fund.replenish),
        })
    });

    let residents: Exact = due.iter().map(|due| &due.shared + &due.individual).sum();
    json!({
        "fentan": 1,
        "budget": written(&lines.iter().map(amount).sum()),
        "residents": written(&residents),
        "pool_left": optional(&channels.pool_left),
        "sources": of_sources,
        "lines": of_lines.collect::<Vec<_>>(),
        "households": of_households.collect::<Vec<_>>(),
    })
}
