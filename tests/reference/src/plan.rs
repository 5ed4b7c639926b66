//! §2, what stands in a plan: who benefits from a line and with which weight, what a line costs,
//! what a source covers.

use serde_json::{Value, json};

use crate::number::{Exact, decimal_problem, money, number, round, sum, whole, zero};

pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

pub(crate) fn contains(values: &Value, value: &Value) -> bool {
    list(values).contains(value)
}

pub(crate) fn is_shared(line: &Value) -> bool {
    line["kind"] != "individual"
}

/// What a line costs: its amount, the sum of its charges, or its part of other lines.
pub(crate) fn amount(plan: &Value, line: &Value) -> Exact {
    if let Some(charges) = line["charges"].as_object() {
        return charges.values().map(money).sum();
    }
    let Some(rate_of) = line.get("rate_of") else {
        return money(&line["amount"]);
    };
    let is_counted = |other: &&Value| match rate_of.get("lines") {
        Some(ids) => contains(ids, &other["id"]),
        None => other.get("rate_of").is_none(),
    };
    let others = list(&plan["lines"]).iter().filter(is_counted);
    let of: Exact = others.map(|other| amount(plan, other)).sum();
    round(&(number(&rate_of["rate"]) * of))
}

/// Whether a source with these `covers` covers a line: it matches every list given, and is shared
/// where no kinds are given.
pub(crate) fn is_covered(line: &Value, covers: &Value) -> bool {
    let matches =
        |key: &str, value: &Value| covers.get(key).is_none_or(|values| contains(values, value));
    matches("tiers", &line["tier"])
        && matches("categories", &line["category"])
        && matches("pipelines", &line["pipeline"])
        && matches("subjects", &line["subject"])
        && matches("lines", &line["id"])
        && match covers.get("kinds") {
            Some(kinds) if is_shared(line) => contains(kinds, &json!("shared")),
            Some(kinds) => contains(kinds, &json!("individual")),
            None => is_shared(line),
        }
}

/// Whether a household is in a line's scope: in the union of what it names, or anywhere where it
/// names nothing but exceptions, and none of its exceptions.
fn is_in_scope(household: &Value, line: &Value) -> bool {
    let Some(scope) = line.get("scope") else {
        return true;
    };
    let unit = match (household["building"].as_str(), household["unit"].as_str()) {
        (Some(building), Some(unit)) => json!(format!("{building}/{unit}")),
        _ => Value::Null,
    };
    let named =
        [("buildings", &household["building"]), ("units", &unit), ("households", &household["id"])];
    let is_taken_in = match named.iter().any(|(key, _)| scope.get(key).is_some()) {
        true => named.iter().any(|(key, id)| contains(&scope[key], id)),
        false => scope.get("except").is_some(),
    };
    is_taken_in && !contains(&scope["except"], &household["id"])
}

/// Whether a household benefits from a line: of an individual one, whether it is charged for it.
pub(crate) fn benefits(household: &Value, line: &Value) -> bool {
    let key = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    match line.get("charges") {
        Some(charges) => charges.get(key(&household["id"])).is_some(),
        None => {
            is_in_scope(household, line) && household["joins"][key(&line["id"])] != json!(false)
        }
    }
}

/// What a home is used for; without a use it counts in full.
pub(crate) struct Use {
    pub(crate) factor: Exact,
    pub(crate) is_household: bool,
}

impl Use {
    pub(crate) fn of(plan: &Value, household: &Value) -> Use {
        let named = household["use"].as_str().and_then(|name| plan["uses"].get(name));
        let given = |key: &str| named.and_then(|one| one.get(key));
        // One that can't be read says nothing of other problems.
        let is_sound = |factor: &&Value| decimal_problem(factor, 6, "100").is_none();
        Use {
            factor: given("factor").filter(is_sound).map_or_else(|| whole(1), number),
            is_household: given("household") != Some(&json!(false)),
        }
    }

    /// The weight of one home where all count the same.
    fn as_household(&self) -> Exact {
        if self.is_household { self.factor.clone() } else { zero() }
    }
}

/// One that a line is split over. A line that is split in one stage is as one whose sharers all
/// live on one floor, with the coefficient 1.
pub(crate) struct Sharer {
    pub(crate) household: usize,
    pub(crate) floor: Option<i64>,
    pub(crate) coefficient: Exact,
    pub(crate) weight: Exact,
}

/// The coefficient of a household's floor, where it has a floor and the table has that.
pub(crate) fn coefficient(plan: &Value, table: &str, household: &Value) -> Option<Exact> {
    let floor = household["floor"].as_i64()?;
    plan["tables"][table].get(floor.to_string()).map(number)
}

/// A household's weight within its floor, on a line whose part of a floor is split that way.
pub(crate) fn weight_within(plan: &Value, within: &str, household: &Value) -> Exact {
    let home = Use::of(plan, household);
    match within {
        "household" => home.as_household(),
        _area => home.factor * number(&household["area"]),
    }
}

/// Step 2: with which weight a beneficiary shares a line. One without weight within its floor
/// shares nothing.
pub(crate) fn sharer(plan: &Value, line: &Value, index: usize) -> Option<Sharer> {
    let household = &plan["households"][index];
    if !benefits(household, line) {
        return None;
    }
    let home = Use::of(plan, household);
    let in_one_stage =
        |weight| Some(Sharer { household: index, floor: None, coefficient: whole(1), weight });
    if let Some(charges) = line["charges"].as_object() {
        return in_one_stage(money(&charges[household["id"].as_str().expect("an id")]));
    }
    let share_by = &line["share_by"];
    if let Some(column) = share_by["column"].as_str() {
        return in_one_stage(number(&household["weights"][column]));
    }
    let Some(table) = share_by["table"].as_str() else {
        return in_one_stage(match share_by == "household" {
            true => home.as_household(),
            false => home.factor * number(&household["area"]),
        });
    };
    if let Some(within) = share_by["within"].as_str() {
        let weight = weight_within(plan, within, household);
        return (weight > zero()).then(|| Sharer {
            household: index,
            floor: household["floor"].as_i64(),
            coefficient: coefficient(plan, table, household).expect("a coefficient"),
            weight,
        });
    }
    let times = match share_by["times"].as_str() {
        Some(_area) => number(&household["area"]),
        None => whole(1),
    };
    in_one_stage(coefficient(plan, table, household).expect("a coefficient") * times * home.factor)
}

/// The greatest relief rate of a household's hardships; zero without any.
pub(crate) fn relief_rate(plan: &Value, household: &Value) -> Exact {
    let rate = |code: &Value| number(&plan["relief"]["rates"][code.as_str().expect("a code")]);
    match household.get("hardship") {
        None => zero(),
        Some(Value::Array(codes)) => codes.iter().map(rate).max().unwrap_or_else(zero),
        Some(code) => rate(code),
    }
}

/// How many households an offer counts, and their area: of the plan, or of those that a covered
/// line serves.
pub(crate) fn counted(plan: &Value, source: &Value) -> (Exact, Exact) {
    let covered: Vec<&Value> =
        list(&plan["lines"]).iter().filter(|line| is_covered(line, &source["covers"])).collect();
    let is_counted = |household: &&Value| {
        source["over"] != "served" || covered.iter().any(|line| benefits(household, line))
    };
    let households: Vec<&Value> = list(&plan["households"]).iter().filter(is_counted).collect();
    let count = households.iter().filter(|one| Use::of(plan, one).is_household).count();
    let areas: Vec<Exact> = households.iter().map(|one| number(&one["area"])).collect();
    (whole(count), sum(&areas))
}

/// Whether a source's limit per piece depends on storeys.
pub(crate) fn asks_for_storeys(source: &Value) -> bool {
    list(&source["per_piece"]).iter().any(|entry| entry.get("storeys_to").is_some())
}

/// The most a source pays on a line for its pieces; without `per_piece` there is no such limit.
pub(crate) fn piece_limit(source: &Value, line: &Value) -> Option<Exact> {
    let each = match source.get("per_piece")? {
        Value::Array(entries) => by_storeys(entries, line["storeys"].as_u64()),
        amount => money(amount),
    };
    let pieces = line["pieces"].as_u64().unwrap_or(1);
    Some(each * whole(usize::try_from(pieces).expect("a few pieces")))
}

/// The amount of the first entry that reaches a line's storeys. A line without storeys, which an
/// individual one is, is reached only where no entry names any.
fn by_storeys(entries: &[Value], storeys: Option<u64>) -> Exact {
    let reaches = |entry: &&Value| match (entry.get("storeys_to"), storeys) {
        (None, _) => true,
        (Some(to), Some(storeys)) => to.as_u64().expect("storeys") >= storeys,
        (Some(_), None) => false,
    };
    let names_storeys = entries.iter().any(|entry| entry.get("storeys_to").is_some());
    if names_storeys && storeys.is_none() {
        return zero();
    }
    entries.iter().find(reaches).map_or_else(zero, |entry| money(&entry["amount"]))
}
