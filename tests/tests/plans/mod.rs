//! Plans of every feature, generated.

use fentan_core::Fen;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

pub(crate) const TABLE: &str = "lift";
const TIERS: [&str; 3] = ["basic", "improved", "upgraded"];
const PIPELINES: [&str; 3] = ["water", "gas", "power"];

pub(crate) fn money(fen: u64) -> String {
    Fen(fen.into()).to_string()
}

pub(crate) fn any_money(most_fen: u64) -> impl Strategy<Value = String> {
    (0..=most_fen).prop_map(money)
}

fn any_rate() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&["0", "1", "0.5", "40%", "0.333333", "10/11", "12.5%"])
}

/// An object of the fields that are given.
fn object(fields: impl IntoIterator<Item = (&'static str, Option<Value>)>) -> Value {
    let given = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(given.collect::<Map<_, _>>())
}

fn household() -> impl Strategy<Value = Value> {
    let home = (1..4u8, 1..3u8, -1..6i8, 1..12_000u64, 0..4u64);
    let agreed = (
        prop::option::weighted(0.2, prop::sample::select(&["dibao", "low_income", "none"])),
        prop::option::weighted(0.1, any_rate()),
    );
    let means = (
        prop::option::of(any_money(500_000)),
        prop::option::of(any_money(1_000_000)),
        prop::option::of(any_money(300_000)),
        prop::option::of(any_money(50_000)),
    );
    (home, agreed, means).prop_map(|(home, (hardship, payer_share), means)| {
        let (building, unit, floor, area, heads) = home;
        let (fund_balance, fund_first, provident, in_kind) = means;
        object([
            ("building", Some(json!(building.to_string()))),
            ("unit", Some(json!(unit.to_string()))),
            ("floor", Some(json!(floor))),
            ("area", Some(json!(money(area)))),
            ("weights", Some(json!({ "heads": heads.to_string() }))),
            ("hardship", hardship.map(Value::from)),
            ("payer", payer_share.map(|_| json!("works"))),
            ("payer_share", payer_share.map(Value::from)),
            ("fund_balance", fund_balance.map(Value::from)),
            ("fund_first", fund_first.map(Value::from)),
            ("provident", provident.map(Value::from)),
            ("in_kind", in_kind.map(Value::from)),
        ])
    })
}

fn share_by() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!("area"),
        json!("household"),
        json!({ "column": "heads" }),
        json!({ "table": TABLE }),
        json!({ "table": TABLE, "times": "area" }),
        json!({ "table": TABLE, "within": "area" }),
        json!({ "table": TABLE, "within": "household" }),
    ])
}

fn line() -> impl Strategy<Value = Value> {
    let classes = (
        prop::option::of(prop::sample::select(&TIERS)),
        prop::option::of(prop::sample::select(&PIPELINES)),
    );
    let individual = prop::option::weighted(0.2, vec(0..200_000u64, 1..4));
    (any_money(50_000_000), classes, share_by(), individual).prop_map(
        |(amount, (tier, pipeline), share_by, individual)| {
            let classes =
                [("tier", tier.map(Value::from)), ("pipeline", pipeline.map(Value::from))];
            let of_kind = match individual {
                Some(charges) => {
                    let charges = charges.iter().enumerate();
                    let charges: Map<_, _> = charges
                        .map(|(index, &charge)| (format!("h{index}"), json!(money(charge))))
                        .collect();
                    [("kind", Some(json!("individual"))), ("charges", Some(charges.into()))]
                }
                None => [("amount", Some(json!(amount))), ("share_by", Some(share_by))],
            };
            object(classes.into_iter().chain(of_kind))
        },
    )
}

fn source() -> impl Strategy<Value = Value> {
    let covers = prop_oneof![
        Just(None),
        prop::sample::subsequence(&TIERS, 0..3).prop_map(|tiers| Some(json!({ "tiers": tiers }))),
        prop::sample::subsequence(&PIPELINES, 0..3)
            .prop_map(|pipelines| Some(json!({ "pipelines": pipelines }))),
        Just(Some(json!({ "kinds": ["individual", "shared"] }))),
    ];
    let limits = (
        any_money(30_000_000),
        prop::option::of(any_rate()),
        prop::option::of(any_money(500_000)),
        prop::option::of(any_money(5_000)),
    );
    (covers, limits).prop_map(|(covers, (amount, rate, per_household, per_area))| {
        object([
            ("covers", covers),
            ("amount", Some(json!(amount))),
            ("rate", rate.map(Value::from)),
            ("per_household", per_household.map(Value::from)),
            ("per_area", per_area.map(Value::from)),
        ])
    })
}

fn channels() -> impl Strategy<Value = Vec<Value>> {
    let over = prop::sample::select(&["all", "owing"]);
    (any_money(20_000_000), over, any_rate()).prop_flat_map(|(pool, over, keep)| {
        let kinds = vec![
            json!({ "kind": "in_kind" }),
            json!({ "kind": "public_revenue", "amount": pool, "over": over }),
            json!({ "kind": "maintenance_fund", "keep": keep }),
            json!({ "kind": "provident_fund" }),
        ];
        prop::sample::subsequence(kinds, 0..=4).prop_shuffle()
    })
}

/// Gives each an id: h0, h1, ….
pub(crate) fn numbered(prefix: &str, mut values: Vec<Value>) -> Vec<Value> {
    for (index, value) in values.iter_mut().enumerate() {
        value["id"] = json!(format!("{prefix}{index}"));
    }
    values
}

pub(crate) fn plan() -> impl Strategy<Value = Value> {
    let parts = (vec(household(), 4..30), vec(line(), 1..6), vec(source(), 1..5), channels());
    let agreements = (
        prop::option::of(any_money(500_000)),
        prop::option::of(any_money(100_000)),
        prop::option::of(any_rate()),
    );
    (parts, agreements).prop_map(|((households, lines, sources, channels), agreements)| {
        let (pot, minimum, at_least) = agreements;
        object([
            ("fentan", Some(json!(1))),
            ("households", Some(numbered("h", households).into())),
            ("lines", Some(numbered("l", lines).into())),
            ("sources", Some(numbered("s", sources).into())),
            ("channels", Some(channels.into())),
            (
                "tables",
                Some(json!({ TABLE: {
                    "-1": "0", "0": "0.1", "1": "0", "2": "0.5", "3": "1", "4": "1.1", "5": "1.25"
                } })),
            ),
            (
                "relief",
                Some(object([
                    ("rates", Some(json!({ "dibao": "1", "low_income": "0.5", "none": "0" }))),
                    ("pot", pot.map(|amount| json!({ "id": "pot", "amount": amount }))),
                ])),
            ),
            (
                "minimum",
                minimum.map(|amount| json!({ "per_household": amount, "reduces": ["s0"] })),
            ),
            ("residents_at_least", at_least.map(|rate| json!({ "basic": rate }))),
            ("maintenance", Some(json!({ "first_per_area": "60" }))),
        ])
    })
}
