//! Plans of every feature, generated.

pub(crate) mod sharing;

use std::collections::BTreeMap;

use fentan_core::Fen;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};

pub(crate) const TABLE: &str = "lift";
const PERCENT_TABLE: &str = "percent";
const FLOORS: [&str; 7] = ["-1", "0", "1", "2", "3", "4", "5"];
const TIERS: [&str; 3] = ["basic", "improved", "upgraded"];
const CATEGORIES: [&str; 4] = ["infrastructure", "environment", "services", "management"];
const PIPELINES: [&str; 3] = ["water", "gas", "power"];
const KINDS: [&str; 2] = ["shared", "individual"];

pub(crate) fn money(fen: u64) -> String {
    Fen(fen.into()).to_string()
}

/// Mostly at most so much, now and then up to 10^12 yuan.
pub(crate) fn any_money(most_fen: u64) -> impl Strategy<Value = String> {
    prop_oneof![19 => 0..=most_fen, 1 => 0..=100_000_000_000_000u64].prop_map(money)
}

/// A number of millionths as a decimal.
fn decimal(millionths: u64) -> String {
    format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000)
}

fn any_rate() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(&["0", "1", "0.5", "40%", "0.333333", "10/11", "12.5%", "1/3"])
            .prop_map(str::to_owned),
        (0..=1_000_000u64).prop_map(decimal),
    ]
}

/// Mostly a small whole number, zero among them.
fn any_weight() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (0..4u64).prop_map(|weight| weight.to_string()),
        2 => (0..5_000_000u64).prop_map(decimal),
        1 => (0..=1_000_000_000_000_000u64).prop_map(decimal),
    ]
}

fn any_area() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => (1..12_000u64).prop_map(money),
        2 => (1..200_000_000u64).prop_map(decimal),
        1 => (1..=1_000_000_000_000u64).prop_map(decimal),
    ]
}

/// An object of the fields that are given.
fn object(fields: impl IntoIterator<Item = (&'static str, Option<Value>)>) -> Value {
    let given = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(given.collect::<Map<_, _>>())
}

fn household() -> impl Strategy<Value = Value> {
    let home = (
        prop::option::weighted(0.95, (1..4u8, 1..3u8)),
        prop::option::weighted(0.99, -1..6i8),
        any_area(),
        any_weight(),
    );
    let agreed = (
        prop::option::weighted(0.2, prop::sample::select(&["dibao", "low_income", "none"])),
        prop::option::weighted(0.1, prop::option::weighted(0.8, any_rate())),
    );
    let means = (
        prop::option::of(any_money(500_000)),
        prop::option::of(any_money(1_000_000)),
        prop::option::of(any_money(300_000)),
        prop::option::of(any_money(50_000)),
    );
    (home, agreed, means).prop_map(|(home, (hardship, payer), means)| {
        let (address, floor, area, heads) = home;
        let (fund_balance, fund_first, provident, in_kind) = means;
        object([
            ("building", address.map(|(building, _)| json!(building.to_string()))),
            ("unit", address.map(|(_, unit)| json!(unit.to_string()))),
            ("floor", floor.map(Value::from)),
            ("area", Some(json!(area))),
            ("weights", Some(json!({ "heads": heads }))),
            ("hardship", hardship.map(Value::from)),
            ("payer", payer.as_ref().map(|_| json!("works"))),
            ("payer_share", payer.flatten().map(Value::from)),
            ("fund_balance", fund_balance.map(Value::from)),
            ("fund_first", fund_first.map(Value::from)),
            ("provident", provident.map(Value::from)),
            ("in_kind", in_kind.map(Value::from)),
        ])
    })
}

fn share_by() -> impl Strategy<Value = Value> {
    let keys = [TABLE, PERCENT_TABLE].into_iter().flat_map(|table| {
        [
            json!({ "table": table }),
            json!({ "table": table, "times": "area" }),
            json!({ "table": table, "within": "area" }),
            json!({ "table": table, "within": "household" }),
        ]
    });
    let keys = keys.chain([json!("area"), json!("household"), json!({ "column": "heads" })]);
    prop::sample::select(keys.collect::<Vec<_>>())
}

/// A line; its scope and its charges are added once there are households.
fn line() -> impl Strategy<Value = Value> {
    let classes = (
        prop::option::of(prop::sample::select(&TIERS)),
        prop::option::of(prop::sample::select(&CATEGORIES)),
        prop::option::of(prop::sample::select(&PIPELINES)),
    );
    let is_individual = prop::bool::weighted(0.2);
    (any_money(50_000_000), classes, share_by(), is_individual).prop_map(
        |(amount, (tier, category, pipeline), share_by, is_individual)| {
            let classes = [
                ("tier", tier.map(Value::from)),
                ("category", category.map(Value::from)),
                ("pipeline", pipeline.map(Value::from)),
            ];
            let of_kind = match is_individual {
                true => [("kind", Some(json!("individual"))), ("charges", Some(json!({})))],
                false => [("amount", Some(json!(amount))), ("share_by", Some(share_by))],
            };
            object(classes.into_iter().chain(of_kind))
        },
    )
}

fn source() -> impl Strategy<Value = Value> {
    let some_of = |values: &'static [&'static str]| {
        let subset = prop::sample::subsequence(values, 0..=values.len());
        prop::option::weighted(0.25, subset.prop_map(|values| json!(values)))
    };
    let covers = (some_of(&TIERS), some_of(&CATEGORIES), some_of(&PIPELINES), some_of(&KINDS));
    let limits = (
        prop::option::weighted(0.7, any_money(30_000_000)),
        prop::option::of(any_rate()),
        prop::option::of(any_money(500_000)),
        prop::option::of(any_money(5_000)),
    );
    (prop::option::weighted(0.7, covers), limits).prop_map(|(covers, limits)| {
        let covers = covers.map(|(tiers, categories, pipelines, kinds)| {
            object([
                ("tiers", tiers),
                ("categories", categories),
                ("pipelines", pipelines),
                ("kinds", kinds),
            ])
        });
        let (amount, rate, per_household, per_area) = limits;
        // A source needs one of the four.
        let is_unlimited = amount.is_none() && per_household.is_none() && per_area.is_none();
        let rate = rate.or_else(|| is_unlimited.then(|| "1".to_owned()));
        object([
            ("covers", covers),
            ("amount", amount.map(Value::from)),
            ("rate", rate.map(Value::from)),
            ("per_household", per_household.map(Value::from)),
            ("per_area", per_area.map(Value::from)),
        ])
    })
}

fn channels() -> impl Strategy<Value = Vec<Value>> {
    let over = prop::option::of(prop::sample::select(&["all", "owing"]));
    let keep = prop::option::of(any_rate());
    (any_money(20_000_000), over, keep).prop_flat_map(|(pool, over, keep)| {
        let kinds = vec![
            json!({ "kind": "in_kind" }),
            object([
                ("kind", Some(json!("public_revenue"))),
                ("amount", Some(json!(pool))),
                ("over", over.map(Value::from)),
            ]),
            object([("kind", Some(json!("maintenance_fund"))), ("keep", keep.map(Value::from))]),
            json!({ "kind": "provident_fund" }),
        ];
        prop::sample::subsequence(kinds, 0..=4).prop_shuffle()
    })
}

/// Coefficients by floor: as decimals, some of them zero, and as percentages.
fn tables() -> impl Strategy<Value = Value> {
    let decimals = prop_oneof![
        1 => Just([0, 100_000, 0, 500_000, 1_000_000, 1_100_000, 1_250_000]),
        1 => prop::array::uniform7(0..10_000_000_000u64),
    ];
    let parts = vec(0..=10_000u64, FLOORS.len() - 1).prop_map(|mut cuts| {
        cuts.extend([0, 10_000]);
        cuts.sort_unstable();
        cuts.windows(2).map(|pair| format!("{}%", money(pair[1] - pair[0]))).collect::<Vec<_>>()
    });
    (decimals, parts).prop_map(|(decimals, parts)| {
        let decimals = decimals.map(decimal);
        json!({
            TABLE: FLOORS.into_iter().zip(decimals).collect::<BTreeMap<_, _>>(),
            PERCENT_TABLE: FLOORS.into_iter().zip(parts).collect::<BTreeMap<_, _>>(),
        })
    })
}

/// Gives each an id: h0, h1, ….
pub(crate) fn numbered(prefix: &str, mut values: Vec<Value>) -> Vec<Value> {
    for (index, value) in values.iter_mut().enumerate() {
        value["id"] = json!(format!("{prefix}{index}"));
    }
    values
}

/// What picks households, lines or sources out of those that a plan comes to have.
type Picks = Vec<Index>;

/// The values of those picked, each once; none for one that has no such value.
fn picked(picks: &Picks, from: &[Value], value: impl Fn(&Value) -> Option<Value>) -> Vec<Value> {
    let mut values = Vec::new();
    for value in picks.iter().filter_map(|pick| value(pick.get(from))) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// Scopes by building, unit and household.
fn scope() -> impl Strategy<Value = Option<[Picks; 3]>> {
    let picks = || prop_oneof![1 => Just(Picks::new()), 1 => vec(any::<Index>(), 1..5)];
    prop::option::weighted(0.4, [picks(), picks(), picks()])
}

/// Gives a shared line its scope, unless there is nothing in it.
fn set_scope(line: &mut Value, scope: &[Picks; 3], households: &[Value]) {
    let [buildings, units, homes] = scope;
    let unit = |one: &Value| {
        Some(json!(format!("{}/{}", one.get("building")?.as_str()?, one["unit"].as_str()?)))
    };
    let lists = [
        ("buildings", picked(buildings, households, |one| one.get("building").cloned())),
        ("units", picked(units, households, unit)),
        ("households", picked(homes, households, |one| one.get("id").cloned())),
    ];
    let given = lists.into_iter().filter(|(_, list)| !list.is_empty());
    let scope = object(given.map(|(name, list)| (name, Some(list.into()))));
    if scope != json!({}) {
        line["scope"] = scope;
    }
}

/// What of a line refers to the households.
type References = (Option<[Picks; 3]>, Vec<(Index, u64)>);

fn refer(lines: &mut [Value], references: &[References], households: &[Value]) {
    let all_have_floors = households.iter().all(|household| household.get("floor").is_some());
    for (line, (scope, charges)) in lines.iter_mut().zip(references) {
        if line.get("charges").is_some() {
            for (pick, charge) in charges {
                let id = pick.get(households)["id"].as_str().expect("an id");
                line["charges"][id] = json!(money(*charge));
            }
            continue;
        }
        // A household without a floor has no coefficient.
        if !all_have_floors && line["share_by"].get("table").is_some() {
            line["share_by"] = json!("area");
        }
        if let Some(scope) = scope {
            set_scope(line, scope, households);
        }
    }
}

/// Lets a source cover lines by their ids; individual ones need `kinds` to say so.
fn cover_lines(source: &mut Value, picks: &Picks, lines: &[Value]) {
    let covers = &source["covers"];
    let covers_individual =
        covers["kinds"].as_array().is_some_and(|kinds| kinds.contains(&json!("individual")));
    let id = |line: &Value| {
        let is_named = line.get("charges").is_none() || covers_individual;
        is_named.then(|| line["id"].clone())
    };
    let ids = picked(picks, lines, id);
    source["covers"]["lines"] = ids.into();
}

fn minimum() -> impl Strategy<Value = Option<(Value, Picks)>> {
    let limits = prop_oneof![
        2 => any_money(100_000).prop_map(|each| json!({ "per_household": each })),
        1 => any_money(2_000).prop_map(|each| json!({ "per_area": each })),
        1 => (any_money(100_000), any_money(2_000))
            .prop_map(|(one, other)| json!({ "per_household": one, "per_area": other })),
    ];
    prop::option::of((limits, vec(any::<Index>(), 1..4)))
}

fn maintenance() -> impl Strategy<Value = Option<Value>> {
    let target = prop_oneof![any_rate(), (0..3_000_000u64).prop_map(decimal)];
    let fields = (
        prop::option::of(any_rate()),
        prop::option::of(target),
        prop::option::weighted(0.7, any_money(20_000)),
    );
    let section = fields.prop_map(|(threshold, target, first_per_area)| {
        object([
            ("threshold", threshold.map(Value::from)),
            ("target", target.map(Value::from)),
            ("first_per_area", first_per_area.map(Value::from)),
        ])
    });
    prop::option::weighted(0.8, section)
}

pub(crate) fn plan() -> impl Strategy<Value = Value> {
    (plain_plan(), prop::option::weighted(0.75, sharing::additions())).prop_map(
        |(mut plan, additions)| {
            if let Some(additions) = additions {
                additions.add_to(&mut plan);
            }
            plan
        },
    )
}

/// A plan that says nothing of the odd fen, exceptions, uses and the rest of `sharing`.
fn plain_plan() -> impl Strategy<Value = Value> {
    let references = (scope(), vec((any::<Index>(), 0..200_000u64), 0..4));
    let parts = (
        vec(household(), 1..30),
        vec((line(), references), 1..6),
        vec((source(), prop::option::weighted(0.2, vec(any::<Index>(), 0..4))), 1..5),
        channels(),
        tables(),
    );
    let agreements = (
        any_rate(),
        prop::option::of(any_money(500_000)),
        minimum(),
        prop::option::of(vec(prop::option::of(any_rate()), TIERS.len())),
        maintenance(),
    );
    (parts, agreements).prop_map(|((households, lines, sources, channels, tables), agreements)| {
        let (low_income, pot, minimum, at_least, maintenance) = agreements;
        let households = numbered("h", households);
        let (lines, references): (Vec<_>, Vec<_>) = lines.into_iter().unzip();
        let mut lines = numbered("l", lines);
        refer(&mut lines, &references, &households);
        let (sources, covered): (Vec<_>, Vec<_>) = sources.into_iter().unzip();
        let mut sources = numbered("s", sources);
        for (source, picks) in sources.iter_mut().zip(&covered) {
            if let Some(picks) = picks {
                cover_lines(source, picks, &lines);
            }
        }
        let minimum = minimum.map(|(mut minimum, picks)| {
            minimum["reduces"] =
                picked(&picks, &sources, |source| source.get("id").cloned()).into();
            minimum
        });
        let at_least = at_least.map(|rates| {
            object(TIERS.into_iter().zip(rates.into_iter().map(|rate| rate.map(Value::from))))
        });
        let rates = json!({ "dibao": "1", "low_income": low_income, "none": "0" });
        object([
            ("fentan", Some(json!(1))),
            ("households", Some(households.into())),
            ("lines", Some(lines.into())),
            ("sources", Some(sources.into())),
            ("channels", Some(channels.into())),
            ("tables", Some(tables)),
            (
                "relief",
                Some(object([
                    ("rates", Some(rates)),
                    ("pot", pot.map(|amount| json!({ "id": "pot", "amount": amount }))),
                ])),
            ),
            ("minimum", minimum),
            ("residents_at_least", at_least),
            ("maintenance", maintenance),
        ])
    })
}
