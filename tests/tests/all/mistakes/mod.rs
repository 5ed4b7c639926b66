//! Plans with mistakes in what they say of who shares and who counts.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use crate::plans;

/// Plans with one mistake, or several.
pub(crate) fn plan() -> impl Strategy<Value = Value> {
    let mistakes = vec((0..MISTAKES.len(), any::<Index>(), any::<Index>()), 1..3);
    (plans::plan(), mistakes).prop_map(|(mut plan, mistakes)| {
        for (which, one, other) in mistakes {
            MISTAKES[which](&mut plan, one, other);
        }
        plan
    })
}

/// Makes a mistake at a place that the first index picks, of a sort that the second does.
type Mistake = fn(&mut Value, Index, Index);

const MISTAKES: [Mistake; 21] = [
    |plan, sort, _| {
        let odd_fen = [
            json!("seventh"),
            json!(5),
            json!(null),
            json!([]),
            json!({}),
            json!({ "lots": "" }),
            json!({ "lots": " \t\u{3000}\n" }),
            json!({ "lots": 7 }),
            json!({ "lots": "1", "seed": "2" }),
        ];
        plan["odd_fen"] = sort.get(&odd_fen).clone();
    },
    |plan, place, _| {
        shared_line(plan, place, |line| line["scope"]["except"] = json!(["nobody", "h0", "h0"]));
    },
    |plan, place, _| {
        let households = plan["households"].as_array().expect("households").iter();
        let ids: Vec<Value> = households.map(|one| one["id"].clone()).collect();
        shared_line(plan, place, |line| line["scope"]["except"] = json!(ids));
    },
    |plan, place, _| shared_line(plan, place, |line| line["scope"] = json!({})),
    |plan, place, _| {
        let mut id = Value::Null;
        shared_line(plan, place, |line| id = line["id"].clone());
        for household in list(plan, "households") {
            household["joins"][id.as_str().unwrap_or("nothing")] = json!(false);
        }
    },
    |plan, place, other| {
        let lines = plan["lines"].as_array().expect("lines").iter();
        let individual = lines.filter(|line| line.get("charges").is_some());
        let mut ids: Vec<String> =
            individual.map(|line| line["id"].as_str().expect("an id").to_owned()).collect();
        ids.push("nothing".to_owned());
        household(plan, place)["joins"][other.get(&ids)] = json!(true);
    },
    |plan, place, _| household(plan, place)["joins"]["l0"] = json!("no"),
    |plan, place, _| household(plan, place)["use"] = json!("cinema"),
    |plan, place, sort| {
        let factors = [
            json!("50%"),
            json!("1/2"),
            json!("101"),
            json!("100.000001"),
            json!("-1"),
            json!("-0"),
            json!("0.1234567"),
            json!("1e2"),
            json!(0.5),
            json!(true),
            json!(""),
        ];
        let name = place.get(&plans::sharing::USES);
        plan["uses"][name]["factor"] = sort.get(&factors).clone();
    },
    |plan, place, sort| {
        let name = place.get(&plans::sharing::USES);
        let key = sort.get(&["household", "votes", "color"]);
        plan["uses"][name][key] = json!("no");
    },
    |plan, place, sort| {
        let codes = [
            json!(["dibao", "unheard of"]),
            json!(["unheard of", 5]),
            json!("dibao+none"),
            json!([[]]),
            json!(5),
        ];
        household(plan, place)["hardship"] = sort.get(&codes).clone();
    },
    |plan, _, _| plan["relief"]["rates"]["dibao+none"] = json!("1"),
    |plan, sort, _| plan["relief"]["most"] = wrong_money(sort),
    |plan, place, sort| {
        let over = [json!("owing"), json!("all"), json!(true)];
        source(plan, place)["over"] = sort.get(&over).clone();
    },
    |plan, place, sort| {
        let amount = |storeys: Value| json!({ "storeys_to": storeys, "amount": "5" });
        let limits = [
            json!([]),
            json!([amount(json!(9)), amount(json!(9))]),
            json!([amount(json!(9)), amount(json!(3)), amount(json!(12))]),
            json!([{ "amount": "5" }, amount(json!(9))]),
            json!([{ "amount": "5" }, { "amount": "6" }]),
            json!([amount(json!(0)), amount(json!(201))]),
            json!([amount(json!(-1))]),
            json!([amount(json!("9"))]),
            json!([amount(json!(1.5))]),
            json!([{ "storeys_to": 9 }]),
            json!([{ "amount": "5", "storeys": 9 }]),
            json!([{ "amount": "0.001" }]),
            json!("-1"),
            json!({}),
        ];
        source(plan, place)["per_piece"] = sort.get(&limits).clone();
    },
    |plan, place, _| {
        let source = source(plan, place);
        for limit in ["rate", "amount", "per_household", "per_area", "per_piece"] {
            source.as_object_mut().expect("a source").remove(limit);
        }
    },
    |plan, place, sort| {
        let counts = [
            ("pieces", json!(0)),
            ("pieces", json!(10_001)),
            ("pieces", json!("2")),
            ("storeys", json!(0)),
            ("storeys", json!(-3)),
            ("storeys", json!(201)),
            ("storeys", json!(7.5)),
            ("storeys", json!(true)),
        ];
        // On an individual line either is one already.
        let (key, count) = sort.get(&counts).clone();
        line(plan, place)[key] = count;
    },
    |plan, place, _| {
        shared_line(plan, place, |line| {
            line.as_object_mut().expect("a line").remove("storeys");
        });
        source(plan, place)["per_piece"] = json!([{ "storeys_to": 200, "amount": "5" }]);
    },
    |plan, place, sort| {
        let line = line(plan, place);
        let id = line["id"].clone();
        let parts = [
            json!({}),
            json!({ "rate": "101%" }),
            json!({ "rate": "-0.5" }),
            json!({ "rate": "half" }),
            json!({ "rate": 0.5 }),
            json!({ "rate": "3/2" }),
            json!({ "rate": "1", "lines": ["nothing"] }),
            json!({ "rate": "1", "lines": [id] }),
            json!({ "rate": "1", "lines": ["l0", "l1", "l0", "l1"] }),
            json!({ "rate": "1", "of": ["l0"] }),
            json!({ "rate": "1" }),
        ];
        let is_individual = line.get("charges").is_some();
        line["rate_of"] = sort.get(&parts).clone();
        // Beside an amount it is a mistake already.
        if !is_individual && sort.index(2) == 0 {
            line.as_object_mut().expect("a line").remove("amount");
        }
    },
    |plan, place, sort| {
        let household = household(plan, place);
        household["fund_interest"] = match sort.index(3) {
            0 => json!("10000000000000"),
            1 => wrong_money(sort),
            _ => {
                household.as_object_mut().expect("a household").remove("fund_balance");
                json!("0")
            }
        };
    },
    |plan, place, sort| {
        plan["maintenance"]["target_per_area"] = json!("5");
        plan["maintenance"]["target"] = json!("1");
        let first = [json!("interest"), json!("both"), json!(1)];
        let channels = list(plan, "channels");
        if !channels.is_empty() {
            place.get_mut(channels)["first"] = sort.get(&first).clone();
        }
    },
];

fn wrong_money(sort: Index) -> Value {
    let amounts = [
        json!("-1"),
        json!("0.001"),
        json!("x"),
        json!("10000000000000.01"),
        json!(1.5),
        json!([]),
    ];
    sort.get(&amounts).clone()
}

fn list<'p>(plan: &'p mut Value, name: &str) -> &'p mut Vec<Value> {
    plan[name].as_array_mut().expect("a list")
}

fn pick<'p>(plan: &'p mut Value, name: &str, place: Index) -> &'p mut Value {
    place.get_mut(list(plan, name))
}

fn household(plan: &mut Value, place: Index) -> &mut Value {
    pick(plan, "households", place)
}

fn line(plan: &mut Value, place: Index) -> &mut Value {
    pick(plan, "lines", place)
}

fn source(plan: &mut Value, place: Index) -> &mut Value {
    pick(plan, "sources", place)
}

/// Changes a shared line, where there is one.
fn shared_line(plan: &mut Value, place: Index, change: impl FnOnce(&mut Value)) {
    let shared = |line: &&mut Value| line.get("charges").is_none();
    let mut lines: Vec<&mut Value> = list(plan, "lines").iter_mut().filter(shared).collect();
    if !lines.is_empty() {
        let index = place.index(lines.len());
        change(lines[index]);
    }
}
