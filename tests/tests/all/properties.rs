//! What holds for every plan, tried on generated ones.

use crate::plans::{TABLE, any_money, money, numbered, plan};
use fentan_core::programme::offer_changes;
use fentan_core::{Document, Error, Fen, Plan, Split};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

fn split(plan: &Value) -> Result<Split, Error> {
    fentan_tests::split(plan.to_string().as_bytes())
}

/// A plan's split; plans that can't be split say nothing here.
macro_rules! accepted {
    ($plan:expr) => {
        match split($plan) {
            Ok(split) => split,
            Err(Error::Problems(_)) => return Err(TestCaseError::reject("can't be split")),
            Err(Error::Unreconciled(unreconciled)) => panic!("{unreconciled}"),
        }
    };
}

fn sum(amounts: impl Iterator<Item = Fen>) -> Fen {
    amounts.sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_split_adds_up(plan in plan()) {
        let split = accepted!(&plan);
        for line in &split.lines {
            let paid = sum(line.paid.iter().map(|&(_, amount)| amount));
            prop_assert_eq!(line.amount, paid + line.relief_pot + line.top_up + line.left_to_residents);
        }
        for household in &split.households {
            let owed = household.share + household.borne + household.top_up + household.individual;
            prop_assert_eq!(household.due + household.relief, owed);
            prop_assert_eq!(household.due, household.paid.total());
        }
        let by_lines = sum(split.lines.iter().map(|line| line.left_to_residents + line.top_up));
        prop_assert_eq!(split.residents, by_lines);
        prop_assert_eq!(split.residents, sum(split.households.iter().map(|one| one.due)));
        let sources = sum(split.sources.iter().map(|source| source.paid));
        prop_assert_eq!(split.budget, sources + split.residents);
    }

    #[test]
    fn offers_written_into_a_plan_are_those_it_is_split_with(
        plan in plan(),
        amounts in vec(0..1_000_000_000u128, 8),
    ) {
        let json = plan.to_string();
        let mut document = Document::from_json(json.as_bytes()).expect("JSON").into_owned();
        let Ok(plan) = Plan::read(&document, None) else {
            return Err(TestCaseError::reject("can't be read"));
        };
        let ids: Vec<String> = plan.sources().iter().map(|source| source.id.clone()).collect();
        let offers = ids.iter().zip(amounts).map(|(id, amount)| (id.as_str(), Fen(amount)));
        let offers: Vec<_> = offers.collect();
        for change in offer_changes(&document, &offers).expect("its sources") {
            prop_assert!(document.change(&change).is_some(), "{:?}", change);
        }
        let written = Plan::read(&document, None).expect("a plan with offers");
        let given = plan.with_offers(&offers).expect("its sources");
        let [written, given] = [written, given].map(|plan| fentan_core::split(&plan).ok());
        prop_assert_eq!(
            written.map(|split| serde_json::to_string(&split).expect("JSON")),
            given.map(|split| serde_json::to_string(&split).expect("JSON"))
        );
    }

    #[test]
    fn a_share_is_within_a_fen_of_its_quota_and_none_without_weight(
        amount in 0..10_000_000_000u64,
        households in vec((0..4usize, 1..20_000u128, 0..5u128), 1..40),
        key in 0..7usize,
    ) {
        let coefficients: [u128; 4] = [0, 5, 10, 11];
        let keys = [
            json!("area"), json!("household"), json!({ "column": "heads" }),
            json!({ "table": TABLE }), json!({ "table": TABLE, "times": "area" }),
            json!({ "table": TABLE, "within": "area" }),
            json!({ "table": TABLE, "within": "household" }),
        ];
        let roster: Vec<_> = households.iter().map(|&(floor, area, heads)| json!({
            "floor": floor,
            "area": Fen(area).to_string(),
            "weights": { "heads": heads.to_string() },
        })).collect();
        let plan = json!({
            "fentan": 1,
            "tables": { TABLE: { "0": "0", "1": "0.5", "2": "1", "3": "1.1" } },
            "lines": [{ "id": "line", "amount": money(amount), "share_by": keys[key] }],
            "households": numbered("h", roster),
        });
        let split = accepted!(&plan);

        let on_floor = |floor: usize| households.iter().filter(move |one| one.0 == floor);
        let present: u128 = (0..4)
            .filter(|&floor| on_floor(floor).next().is_some())
            .map(|floor| coefficients[floor])
            .sum();
        // Each household's exact quota as a part of a whole.
        let quota = |&(floor, area, heads): &(usize, u128, u128)| match key {
            0 => (area, households.iter().map(|one| one.1).sum()),
            1 => (1, households.len() as u128),
            2 => (heads, households.iter().map(|one| one.2).sum()),
            3 => (coefficients[floor], households.iter().map(|one| coefficients[one.0]).sum()),
            4 => (
                coefficients[floor] * area,
                households.iter().map(|one| coefficients[one.0] * one.1).sum(),
            ),
            5 => (
                coefficients[floor] * area,
                present * on_floor(floor).map(|one| one.1).sum::<u128>(),
            ),
            _ => (coefficients[floor], present * on_floor(floor).count() as u128),
        };
        let most = if key < 5 { 1 } else { 2 };
        for (household, result) in households.iter().zip(&split.households) {
            let (part, whole) = quota(household);
            let exact = u128::from(amount) * part;
            let difference = (result.share.0 * whole).abs_diff(exact);
            prop_assert!(difference < most * whole.max(1), "{} of {exact}/{whole}", result.share);
            prop_assert!(part > 0 || result.share.is_zero());
        }
    }

    /// Only what stays largest remainder, such as top-ups, may still depend on the order.
    #[test]
    fn with_lots_the_order_of_the_roster_changes_no_part(
        mut plan in plan(),
        seed in "[a-z]{1,4}",
        order in Just((0..30usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        plan["odd_fen"] = json!({ "lots": seed });
        let mut reordered = plan.clone();
        let roster = plan["households"].as_array().expect("a list");
        let order = order.into_iter().filter(|&index| index < roster.len());
        reordered["households"] = order.map(|index| roster[index].clone()).collect();

        let parts = |split: &Split| {
            let parts = split.households.iter().map(|one| {
                (one.id.to_string(), (one.share, one.relief, one.borne, one.individual))
            });
            parts.collect::<std::collections::BTreeMap<_, _>>()
        };
        prop_assert_eq!(parts(&accepted!(&plan)), parts(&accepted!(&reordered)));
    }

    #[test]
    fn sources_of_disjoint_lines_may_stand_in_any_order(
        mut plan in plan(),
        order in Just((0..4usize).collect::<Vec<_>>()).prop_shuffle(),
        amounts in vec(any_money(30_000_000), 4),
    ) {
        // Each source covers the lines of one tier, or none.
        let covers = [json!(["basic"]), json!(["improved"]), json!(["upgraded"]), json!([])];
        let sources: Vec<_> = covers.iter().zip(amounts).map(|(tiers, amount)| json!({
            "covers": { "tiers": tiers }, "amount": amount,
        })).collect();
        let sources = numbered("s", sources);
        plan["sources"] = json!(sources);
        let mut reordered = plan.clone();
        reordered["sources"] = order.iter().map(|&index| sources[index].clone()).collect();

        let one = accepted!(&plan);
        let other = accepted!(&reordered);
        prop_assert_eq!(&one.households, &other.households);
        prop_assert_eq!(&one.lines, &other.lines);
        for (position, &index) in order.iter().enumerate() {
            prop_assert_eq!(&one.sources[index], &other.sources[position]);
        }
    }

    /// Exactly so for the last source. One before it may hand a fen from line to line as its
    /// amount grows, since largest remainder is not monotonic, and a later source may not cover
    /// the line that then lacks it: see the test below.
    #[test]
    fn a_larger_source_never_leaves_more_uncovered(
        mut plan in plan(),
        which in any::<prop::sample::Index>(),
        less in 0..30_000_000u64,
        more in 0..30_000_000u64,
    ) {
        // Without a minimum, what the sources pay is never given back.
        plan.as_object_mut().expect("an object").remove("minimum");
        let count = |name: &str| plan[name].as_array().expect("a list").len();
        let (sources, lines) = (count("sources"), count("lines"));
        let which = which.index(sources);
        let later = sources - 1 - which;
        let spare_fen = (lines * later) as u128;

        plan["sources"][which]["amount"] = json!(money(less));
        let before = accepted!(&plan);
        plan["sources"][which]["amount"] = json!(money(less + more));
        let after = accepted!(&plan);
        prop_assert!(uncovered(&after) <= uncovered(&before) + Fen(spare_fen));
    }
}

fn uncovered(split: &Split) -> Fen {
    sum(split.lines.iter().map(|line| line.relief_pot + line.left_to_residents))
}

/// 156 fen over 51, 3, 53 give 74, 5, 77; 157 give 75, 4, 78.
#[test]
fn a_larger_source_can_move_a_fen_to_where_no_other_source_pays() {
    let uncovered_with = |amount: &str| {
        let plan = json!({
            "fentan": 1,
            "lines": [
                { "id": "a", "amount": "51" },
                { "id": "b", "amount": "3" },
                { "id": "c", "amount": "53" },
            ],
            "sources": [
                { "id": "county", "amount": amount },
                { "id": "company", "rate": "1", "covers": { "lines": ["a", "c"] } },
            ],
            "households": [{ "id": "101", "area": "60" }],
        });
        uncovered(&split(&plan).expect("a plan without problems"))
    };
    assert_eq!(uncovered_with("1.56"), Fen(295));
    assert_eq!(uncovered_with("1.57"), Fen(296));
}
