//! Cash over time: worked by hand, and what must hold of any plan and schedule.

use fentan_core::collection::{Payments, PaymentsFile, Schedule, cash, day};
use fentan_core::{Document, Fen, Plan, split};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::accounts::{self, Account};
use super::{fen, sum};
use crate::differential::cases;

/// The answer of the engine, with payments as they are known on a day; or path and code of each problem.
fn answer(of: &Value, so_far: Option<(&str, &str)>) -> Result<Value, Vec<String>> {
    let text = of.to_string();
    let document = Document::from_json(text.as_bytes()).expect("JSON");
    let plan = Plan::read(&document, None).expect("a plan");
    let schedule = Schedule::read(&document, &plan).map_err(|problems| {
        problems.iter().map(|one| format!("{} {}", one.path, one.code())).collect::<Vec<_>>()
    })?;
    let split = split(&plan).expect("a split");
    let so_far = so_far.map(|(table, on)| {
        let file = PaymentsFile { file: "pay.csv", bytes: table.as_bytes() };
        (Payments::read(&plan, file).expect("payments"), day("--on", on).expect("a day"))
    });
    let so_far = so_far.as_ref().map(|(payments, on)| (payments, *on));
    Ok(serde_json::to_value(cash(&plan, &split, &schedule, so_far)).expect("JSON"))
}

/// Two homes of one size, a lift of 100.00 and a gate of 0.05; the county pays 60.03, each home 20.01.
fn two_homes() -> Value {
    json!({
        "fentan": 1,
        "lines": [{ "id": "lift", "amount": "100" }, { "id": "gate", "amount": "0.05" }],
        "sources": [{ "id": "county", "rate": "60%" }],
        "households": [{ "id": "1", "area": "60" }, { "id": "2", "area": "60" }],
        "collection": { "calls": [{ "id": "a", "due": "2026-05-01", "part": "50%" },
                                  { "id": "b", "due": "2026-06-30", "part": "50%" }] },
        "schedule": {
            "works": { "from": "2026-05", "to": "2026-07-01" }, "accepted": "2026-07-15",
            "lines": { "lift": [{ "on": "2026-06-10", "part": "2/3" }, { "on": "2026-05", "part": "1/3" }] },
            "sources": { "county": [{ "on": "accepted", "part": "60%" }, { "on": "2026-04", "part": "40%" }] } }
    })
}

fn of(id: &str, amount: &str) -> Value {
    json!({ "id": id, "amount": amount })
}

/// Spent, received, in hand, short and gap of each month.
fn months(answer: &Value) -> Vec<(String, [String; 5])> {
    let months = answer["months"].as_array().expect("months").iter();
    let months = months.map(|one| {
        let text = |member: &str| one[member].as_str().expect("a text").to_owned();
        (text("month"), ["spent", "received", "in_hand", "short", "gap"].map(text))
    });
    months.collect()
}

#[track_caller]
fn assert_months(answer: &Value, expected: &[(&str, [&str; 5])]) {
    let expected =
        expected.iter().map(|(month, amounts)| ((*month).to_owned(), amounts.map(str::to_owned)));
    assert_eq!(months(answer), expected.collect::<Vec<_>>());
}

#[test]
fn aid_after_acceptance_leaves_a_gap() {
    let answer = answer(&two_homes(), None).expect("an answer");
    // 06-10: 24.01 + 20.02 are received, 33.35 + 66.67 spent. It is missing until 07-15.
    assert_months(
        &answer,
        &[
            ("2026-04", ["0.00", "24.01", "24.01", "0.00", "0.00"]),
            ("2026-05", ["33.35", "20.02", "10.68", "0.00", "0.00"]),
            ("2026-06", ["66.69", "20.00", "0.00", "36.01", "55.99"]),
            ("2026-07", ["0.01", "36.02", "0.00", "0.00", "36.01"]),
        ],
    );
    assert_eq!((&answer["gap"], &answer["gap_on"]), (&json!("55.99"), &json!("2026-06-10")));
    assert_eq!((&answer["spent"], &answer["received"]), (&json!("100.05"), &json!("100.05")));
    let may = &answer["months"][1];
    assert_eq!(may["lines"], json!([of("lift", "33.33"), of("gate", "0.02")]));
    assert_eq!((&may["sources"], &may["cash"]), (&json!([]), &json!("20.02")));
    let july = &answer["months"][3];
    assert_eq!(july["sources"], json!([of("county", "36.02")]));
    let nothing = json!({ "lines": [], "sources": [], "channels": [], "cash": "0.00" });
    assert_eq!(answer["unscheduled"], nothing);
}

/// Home 1 paid all of its 20.01 and 4.99 more by the 5th of May, home 2 nothing; a payment undone by
/// then never was.
#[test]
fn what_was_paid_takes_the_place_of_calls() {
    let table = "date,household,amount,method,receipt,reverses\n\
        2026-04-20,1,25.00,cash,R1,\n2026-04-21,2,9.00,cash,R2,\n2026-05-04,2,9.00,cash,V1,R2\n\
        2026-05-06,2,1.00,cash,R3,\n";
    let answer = answer(&two_homes(), Some((table, "2026-05-05"))).expect("an answer");
    // What home 2 owes of the first call has no day; its second is still to come.
    assert_eq!(answer["unscheduled"]["cash"], "10.01");
    assert_eq!(answer["held"], "4.99");
    let cash = |month: usize| answer["months"][month]["cash"].as_str().expect("a text");
    assert_eq!([cash(0), cash(1), cash(2), cash(3)], ["25.00", "0.00", "10.00", "0.00"]);
    assert_eq!(answer["received"], "95.03");
}

#[test]
fn what_nothing_says_the_day_of_is_told() {
    let mut plan = two_homes();
    plan["channels"] = json!([{ "kind": "provident_fund" }]);
    plan["households"][0]["provident"] = json!("5");
    let object = plan.as_object_mut().expect("a plan");
    let schedule = object.remove("schedule").expect("a schedule");
    object.remove("collection");
    let nothing = answer(&plan, None).expect("an answer");
    assert_months(&nothing, &[]);
    assert!(nothing.get("gap_on").is_none());
    assert_eq!(
        nothing["unscheduled"],
        json!({ "lines": [of("lift", "100.00"), of("gate", "0.05")], "sources": [of("county", "60.03")],
            "channels": [of("provident_fund", "5.00")], "cash": "35.02" })
    );
    // Months of the works alone, with a year that changes; nobody ever pays.
    plan["schedule"] = json!({ "works": { "from": "2026-12-24", "to": "2027-02" } });
    let works = answer(&plan, None).expect("an answer");
    assert_months(
        &works,
        &[
            ("2026-12", ["33.36", "0.00", "0.00", "33.36", "33.36"]),
            ("2027-01", ["33.35", "0.00", "0.00", "66.71", "66.71"]),
            ("2027-02", ["33.34", "0.00", "0.00", "100.05", "100.05"]),
        ],
    );
    assert_eq!(works["gap_on"], "2027-02-28");
    // A month between in which nothing happens is listed, unless there are more than 120.
    let fund = |on: &str| {
        json!({ "channels": { "provident_fund": [{ "on": "2026-01-01", "part": "1/2" },
        { "on": on, "part": "50%" }] } })
    };
    let count =
        |plan: &Value| answer(plan, None).expect("an answer")["months"].as_array().map(Vec::len);
    plan["schedule"] = fund("2035-12-31");
    assert_eq!(count(&plan), Some(120));
    plan["schedule"] = fund("2036-01-01");
    assert_eq!(count(&plan), Some(2));
    plan["schedule"] = schedule;
    plan["schedule"]["channels"] = json!({ "provident_fund": [{ "on": "accepted", "part": "1" }] });
    assert_eq!(
        answer(&plan, None).expect("an answer")["months"][3]["channels"],
        json!([of("provident_fund", "5.00")])
    );
}

#[test]
fn problems_of_a_schedule_say_where_they_are() {
    let mut plan = two_homes();
    let mut refused = |schedule: Value| {
        plan["schedule"] = schedule;
        answer(&plan, None).expect_err("problems")
    };
    let works = |from: &str, to: &str| json!({ "works": { "from": from, "to": to } });
    assert_eq!(refused(works("2026-05", "2026-04-30")), ["schedule.works.to bad-type"]);
    assert_eq!(
        refused(works("2026", "2026-13")),
        ["schedule.works.from bad-number", "schedule.works.to bad-number"]
    );
    assert_eq!(refused(works("2026-01", "2036-01")), ["schedule.works.to too-large"]);
    assert_eq!(
        refused(json!({ "works": {} })),
        ["schedule.works.from missing-field", "schedule.works.to missing-field"]
    );
    assert_eq!(refused(json!(7)), ["schedule bad-type"]);
    assert_eq!(
        refused(
            json!({ "works": [], "end": "2026", "lines": { "roof": [], "lift": [], "gate": 5 },
            "sources": { "county": [{ "on": "accepted", "part": "50%" }, { "part": "0.51" }, "x"] },
            "channels": { "cash": [], "provident_fund": [{ "on": "soon", "part": 1.5 }] } })
        ),
        [
            "schedule.end unknown-field",
            "schedule.works bad-type",
            "schedule.lines.gate bad-type",
            "schedule.lines.lift bad-table",
            "schedule.lines.roof unknown-id",
            "schedule.sources.county[1].on missing-field",
            "schedule.sources.county[2] bad-type",
            "schedule.channels.cash unknown-id",
            "schedule.channels.provident_fund[0].on bad-number",
            "schedule.channels.provident_fund[0].part float",
            "schedule.accepted missing-field",
        ]
    );
    let parts =
        json!([{ "on": "2026-05", "part": "50%" }, { "on": "2026-05", "part": "49.999999%" }]);
    assert_eq!(
        refused(json!({ "sources": { "county": parts } })),
        ["schedule.sources.county bad-table"]
    );
}

/// What a schedule may say of an amount: nothing, or parts.
type OfAmount = Option<Vec<(String, String)>>;

fn parts() -> impl Strategy<Value = OfAmount> {
    let of_days = (accounts::parts(), proptest::collection::vec(accounts::any_day(), 8));
    let parts = of_days.prop_map(|(parts, days)| days.into_iter().zip(parts).collect());
    prop::option::weighted(0.8, parts)
}

/// Parts of amounts, first month and length of the works, the day of acceptance, and a number.
type OfSchedule = (Vec<OfAmount>, Option<(u16, u8, u32)>, String, u8);

fn schedule() -> impl Strategy<Value = OfSchedule> {
    let works = prop::option::of((2020..2040u16, 1..=12u8, 0..24u32));
    (proptest::collection::vec(parts(), 24), works, accounts::any_day(), any::<u8>())
}

/// A list of a schedule: of those ids of which anything is said. Every fifth part is at acceptance, some
/// are of a month.
fn listed(ids: &[String], of: &[OfAmount], salt: usize) -> Value {
    let list = ids.iter().zip(of).filter_map(|(id, parts)| {
        let parts = parts.as_ref()?.iter().enumerate().map(|(index, (on, part))| {
            let on = match (index + salt) % 5 {
                0 => "accepted",
                1 => &on[..7],
                _ => on,
            };
            json!({ "on": on, "part": part })
        });
        Some((id.clone(), Value::from(parts.collect::<Vec<_>>())))
    });
    Value::Object(list.collect())
}

const CHANNELS: [&str; 5] =
    ["in_kind", "public_revenue", "maintenance_fund", "provident_fund", "owner_unit"];

proptest! {
    #![proptest_config(ProptestConfig { cases: cases() / 10, ..ProptestConfig::default() })]

    /// Σ spent is the budget and Σ received what sources and residents pay and what is held, each with
    /// what is not scheduled; the months follow from each other; and the order of parts means nothing.
    #[test]
    fn cash_adds_up_for_any_schedule(
        account in accounts::account(), schedule in schedule(), swaps in proptest::collection::vec(any::<Index>(), 8),
        has_payments in any::<bool>(),
    ) {
        let Account { mut plan, on, .. } = account.clone();
        let whole = fentan_tests::answer(plan.to_string().as_bytes());
        prop_assume!(whole.get("errors").is_none());
        let ids = |list: &Value| -> Vec<String> {
            let all = list.as_array().into_iter().flatten();
            all.map(|one| one["id"].as_str().expect("an id").to_owned()).collect()
        };
        let (of, works, accepted, salt) = schedule;
        let channels = CHANNELS.map(str::to_owned);
        plan["schedule"] = json!({
            "accepted": accepted,
            "lines": listed(&ids(&whole["lines"]), &of, salt.into()),
            "sources": listed(&ids(&whole["sources"]), &of[9..], salt.into()),
            "channels": listed(&channels, &of[16..], salt.into()),
        });
        if let Some((year, month, more)) = works {
            let last = u32::from(year) * 12 + u32::from(month) - 1 + more;
            plan["schedule"]["works"] = json!({ "from": format!("{year:04}-{month:02}"),
                "to": format!("{:04}-{:02}", last / 12, last % 12 + 1) });
        }
        let table = account.table();
        let so_far = has_payments.then_some((table.as_str(), on.as_str()));
        let found = answer(&plan, so_far).expect("an answer");
        let rest = &found["unscheduled"];
        let of_list = |list: &Value| -> Fen {
            list.as_array().expect("a list").iter().map(|one| fen(&one["amount"])).sum()
        };
        prop_assert_eq!(fen(&found["spent"]) + of_list(&rest["lines"]), fen(&whole["budget"]));
        let received = fen(&found["received"]) + of_list(&rest["sources"]) + of_list(&rest["channels"])
            + fen(&rest["cash"]);
        prop_assert_eq!(received, fen(&whole["budget"]) + fen(&found["held"]));
        prop_assert_eq!(fen(&found["spent"]), sum(&found, "months", "spent"));
        prop_assert_eq!(fen(&found["received"]), sum(&found, "months", "received"));
        // By line and source, too.
        for (list, amount) in [("lines", "amount"), ("sources", "paid")] {
            for one in whole[list].as_array().expect("a list") {
                let months = found["months"].as_array().expect("months").iter().chain([rest]);
                let of_one = months.flat_map(|month| month[list].as_array().expect("a list"));
                let of_one = of_one.filter(|of_month| of_month["id"] == one["id"]);
                prop_assert_eq!(of_one.map(|one| fen(&one["amount"])).sum::<Fen>(), fen(&one[amount]));
            }
        }
        let (mut spent, mut received, mut most) = (Fen::ZERO, Fen::ZERO, Fen::ZERO);
        for month in found["months"].as_array().expect("months") {
            let of_month = ["lines", "sources", "channels"].map(|list| of_list(&month[list]));
            prop_assert_eq!(of_month[0], fen(&month["spent"]));
            prop_assert_eq!(of_month[1] + of_month[2] + fen(&month["cash"]), fen(&month["received"]));
            (spent, received) = (spent + fen(&month["spent"]), received + fen(&month["received"]));
            prop_assert_eq!(fen(&month["in_hand"]), received.less(spent));
            prop_assert_eq!(fen(&month["short"]), spent.less(received));
            prop_assert!(fen(&month["gap"]) >= fen(&month["short"]));
            most = most.max(fen(&month["gap"]));
        }
        prop_assert_eq!(most, fen(&found["gap"]));
        prop_assert_eq!(most.is_zero(), found.get("gap_on").is_none());

        let mut other = plan.clone();
        for list in ["lines", "sources", "channels"] {
            let entries = other["schedule"][list].as_object_mut().expect("a list");
            for (_, parts) in entries {
                let parts = parts.as_array_mut().expect("parts");
                for (place, swap) in swaps.iter().enumerate().take(parts.len()) {
                    let swap = swap.index(parts.len());
                    parts.swap(place, swap);
                }
            }
        }
        prop_assert_eq!(answer(&other, so_far).expect("an answer"), found);
        // The split knows nothing of it.
        prop_assert_eq!(fentan_tests::answer(plan.to_string().as_bytes()), whole);
    }
}
