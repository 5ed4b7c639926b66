//! A fund centre's sheet: its rows, and another's beside them.

use fentan_core::fund_sheet::{OtherRow, RowState, compare, rows};
use fentan_core::plan::OddFen;
use fentan_core::{Document, Fen, Plan, Split, split};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::plans::plan;

fn read(plan: &Value) -> Option<(Plan, Split)> {
    let document = Document::from_json(plan.to_string().as_bytes()).ok()?.into_owned();
    let plan = Plan::read(&document, None).ok()?;
    let split = split(&plan).ok()?;
    Some((plan, split))
}

/// The sheet of a plan as somebody else would hand it in.
fn sheet(plan: &Plan, split: &Split) -> Vec<OtherRow> {
    let row = |row: &fentan_core::fund_sheet::FundRow| {
        let home = &plan.households()[row.household];
        OtherRow::read(&home.id, Some(&home.area.to_string()), &row.share.to_string())
    };
    rows(plan, split).iter().map(|one| row(one).expect("a row")).collect()
}

/// A plan of one line that is shared by area.
fn by_area(areas: &[u32], fen: u64, odd_fen: &str) -> (Plan, Split) {
    let households: Vec<_> = areas
        .iter()
        .enumerate()
        .map(|(index, area)| json!({ "id": index.to_string(), "area": format!("{}.{:02}", area / 100, area % 100) }))
        .collect();
    let amount = format!("{}.{:02}", fen / 100, fen % 100);
    let plan = json!({ "fentan": 1, "odd_fen": odd_fen,
        "lines": [{ "id": "roof", "amount": amount }], "households": households });
    read(&plan).expect("a split")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn every_row_adds_up_and_so_does_the_sheet(plan in plan()) {
        let Some((plan, split)) = read(&plan) else { return Ok(()) };
        let rows = rows(&plan, &split);
        for row in &rows {
            prop_assert_eq!(row.principal + row.interest + row.own, row.share);
        }
        let sum = |amounts: &mut dyn Iterator<Item = Fen>| amounts.sum::<Fen>();
        let shared = sum(&mut split.households.iter().map(|one| one.due - one.individual));
        prop_assert_eq!(sum(&mut rows.iter().map(|row| row.share)), shared);
        let drawn = sum(&mut split.households.iter().map(|one| one.paid.maintenance_fund));
        prop_assert_eq!(sum(&mut rows.iter().map(|row| row.principal + row.interest)), drawn);
    }

    #[test]
    fn a_plans_own_sheet_is_equal_in_any_order(plan in plan()) {
        let Some((plan, split)) = read(&plan) else { return Ok(()) };
        let mut others = sheet(&plan, &split);
        others.reverse();
        let compared = compare(&plan, &others, &[]).expect("a comparison");
        prop_assert!(compared.is_equal() && compared.all_equal_under_nearest);
        prop_assert_eq!(&compared.nearest, plan.odd_fen());
        prop_assert_eq!(compared.ours, compared.theirs);
    }

    #[test]
    fn by_another_rule_it_is_the_odd_fen_and_the_rule_is_told(
        areas in vec(2_000..20_000u32, 1..80),
        fen in 1..100_000_000u64,
        rule in prop_oneof![Just("first"), Just("last")],
    ) {
        let (plan, _) = by_area(&areas, fen, "largest_remainder");
        let (theirs, split) = by_area(&areas, fen, rule);
        let compared = compare(&plan, &sheet(&theirs, &split), &[]).expect("a comparison");
        let explained = compared.count(RowState::Equal) + compared.count(RowState::OddFen);
        prop_assert_eq!(explained, areas.len());
        prop_assert!(compared.all_equal_under_nearest);
        prop_assert!(compared.is_equal() || compared.nearest.as_str() == rule);
    }

    /// Odd fen in an order that no rule has: half of the rows that have one give it to their
    /// neighbours.
    #[test]
    fn in_an_order_of_its_own_it_is_the_odd_fen_too(
        areas in vec(2_000..20_000u32, 2..80),
        fen in 1..100_000_000u64,
    ) {
        let (plan, _) = by_area(&areas, fen, "largest_remainder");
        let [(first, split), (_, last)] = ["first", "last"].map(|rule| by_area(&areas, fen, rule));
        let mut others = sheet(&first, &split);
        let floors: Vec<Fen> =
            split.households.iter().zip(&last.households).map(|(one, other)| one.due.min(other.due)).collect();
        let spare = split.households.iter().zip(&floors).filter(|(one, floor)| one.due > **floor).count();
        // One each to the last.
        for (index, (other, floor)) in others.iter_mut().zip(&floors).enumerate() {
            other.amount = *floor + Fen(u128::from(index >= areas.len() - spare));
        }
        let compared = compare(&plan, &others, &[]).expect("a comparison");
        prop_assert_eq!(compared.ours, compared.theirs);
        let explained = compared.count(RowState::Equal) + compared.count(RowState::OddFen);
        // Unless a rule happens to explain more of it than it leaves.
        prop_assert!(explained == areas.len() || compared.nearest != *plan.odd_fen());
    }

    #[test]
    fn of_a_sheet_by_the_first_exactly_the_rows_that_were_altered_are_wrong(
        areas in vec(2_000..20_000u32, 20..80),
        fen in 100_000..100_000_000u64,
        altered in proptest::sample::subsequence((0..20usize).collect::<Vec<_>>(), 3),
        by in 2..100_000u128,
    ) {
        let (plan, _) = by_area(&areas, fen, "largest_remainder");
        let (theirs, split) = by_area(&areas, fen, "first");
        let mut others = sheet(&theirs, &split);
        for &index in &altered {
            others[index].amount += Fen(by);
        }
        let compared = compare(&plan, &others, &[]).expect("a comparison");
        let named: Vec<usize> = compared
            .rows
            .iter()
            .filter(|row| !matches!(row.state, RowState::Equal | RowState::OddFen))
            .filter_map(|row| row.other)
            .collect();
        prop_assert_eq!(named, altered);
    }
}

#[test]
fn areas_and_scopes_are_named() {
    let (plan, _) = by_area(&[6_000, 7_000, 8_000], 30_000, "first");
    let row =
        |id: &str, area: &str, amount: &str| OtherRow::read(id, Some(area), amount).expect("a row");
    let others = [
        row("0", "60", "85.72"),
        row("1", "70.01", "100.00"),
        row("9", "80", "114.28"),
        row("0", "60", "85.72"),
    ];
    let compared = compare(&plan, &others, &[]).expect("a comparison");
    let states: Vec<_> = compared.rows.iter().map(|row| (row.id.as_str(), row.state)).collect();
    use RowState::{Area, Equal, OursOnly, TheirsOnly};
    let expected =
        [("0", Equal), ("1", Area), ("2", OursOnly), ("9", TheirsOnly), ("0", TheirsOnly)];
    assert_eq!(states, expected);
    assert!(!compared.all_equal_under_nearest);
}

#[test]
fn homes_are_found_by_building_unit_and_flat() {
    let plan = json!({ "fentan": 1, "lines": [{ "id": "roof", "amount": "100" }], "households": [
        { "id": "3-1-501", "building": "3", "unit": "1", "area": "60" },
        { "id": "3-2-501", "building": "3", "unit": "2", "area": "60" }] });
    let (plan, _) = read(&plan).expect("a split");
    let row = |id: &str| OtherRow::read(id, Some("60"), "50").expect("a row");
    let by_flat = [
        // The fund centre's numbers are none of the plan's.
        row("3-2-501").at(Some("3"), Some("1"), Some("501")),
        row("000418").at(Some("3"), Some("2"), Some("501")),
    ];
    let compared = compare(&plan, &by_flat, &[]).expect("a comparison");
    assert!(compared.is_equal(), "{:?}", compared.rows);
    assert_eq!(compared.rows[0].other, Some(0));
    let compared =
        compare(&plan, &[row("3-1-501"), row("501").at(Some("3"), Some("2"), None)], &[]);
    assert!(compared.expect("a comparison").is_equal());
}

#[test]
fn one_line_of_several_can_be_compared_alone() {
    let plan = json!({ "fentan": 1,
        "lines": [{ "id": "roof", "amount": "100" }, { "id": "lift", "amount": "60", "scope": { "households": ["2"] } }],
        "households": [{ "id": "1", "area": "50" }, { "id": "2", "area": "50" }, { "id": "3", "area": "100" }] });
    let (plan, _) = read(&plan).expect("a split");
    let row = |id: &str, amount: &str| OtherRow::read(id, None, amount).expect("a row");
    let roof = [row("1", "25"), row("2", "25"), row("3", "50")];
    assert!(compare(&plan, &roof, &[0]).expect("a comparison").is_equal());
    assert!(compare(&plan, &[row("2", "60")], &[1]).expect("a comparison").is_equal());
    assert!(!compare(&plan, &roof, &[]).expect("a comparison").is_equal());
}

#[test]
fn the_published_case_of_a_fund_centre() {
    let areas = [6_011, 7_523, 8_850, 6_011];
    let (plan, _) = by_area(&areas, 10_000, "largest_remainder");
    let amounts = ["21.17", "26.50", "31.17", "21.16"];
    let others: Vec<_> = amounts
        .iter()
        .enumerate()
        .map(|(index, amount)| OtherRow::read(&index.to_string(), None, amount).expect("a row"))
        .collect();
    let compared = compare(&plan, &others, &[]).expect("a comparison");
    assert_eq!(compared.nearest, OddFen::First);
    assert!(compared.all_equal_under_nearest);
    let states: Vec<_> = compared.rows.iter().map(|row| row.state).collect();
    assert_eq!(states, [RowState::Equal, RowState::OddFen, RowState::Equal, RowState::OddFen]);
}
