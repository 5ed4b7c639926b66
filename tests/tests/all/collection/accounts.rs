//! Plans with calls, a final account and payments, generated; and the same with mistakes.

use fentan_core::Day;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use crate::plans::{self, any_money, money};

const METHODS: [&str; 6] = ["cash", "transfer", "wechat", "alipay", "fund", "other"];
const COLUMNS: [&str; 7] = ["date", "household", "amount", "method", "receipt", "reverses", "note"];

/// A plan, its payments, and what is asked of them.
#[derive(Clone, Debug)]
pub(super) struct Account {
    pub(super) plan: Value,
    /// By row, the cells in the order of [`COLUMNS`].
    rows: Vec<[String; 7]>,
    /// The order of the columns in the table.
    columns: Vec<usize>,
    has_mark: bool,
    pub(super) on: String,
    pub(super) line: String,
    pub(super) household: String,
}

impl Account {
    /// The table of payments as CSV.
    pub(super) fn table(&self) -> String {
        let mut table = csv::Writer::from_writer(Vec::new());
        let is_empty = |column: usize| {
            self.rows.iter().all(|row| row.get(column).is_some_and(String::is_empty))
        };
        // The last two may lack.
        let columns = self.columns.iter().filter(|&&column| column < 5 || !is_empty(column));
        let columns: Vec<usize> = columns.copied().collect();
        let heading = columns.iter().map(|&column| COLUMNS.get(column).unwrap_or(&"colour"));
        table.write_record(heading).expect("memory");
        for row in &self.rows {
            let cells = columns.iter().map(|&column| row.get(column).map_or("", String::as_str));
            table.write_record(cells).expect("memory");
        }
        let text = String::from_utf8(table.into_inner().expect("memory")).expect("UTF-8");
        if self.has_mark { format!("\u{feff}{text}") } else { text }
    }
}

pub(super) fn any_day() -> impl Strategy<Value = String> {
    (2015..2045u16, 1..=12u8, prop_oneof![2 => 1..=31u8, 1 => 28..=31u8]).prop_map(
        |(year, month, day)| {
            let existing = (0..4).find_map(|less| Day::of(year, month, day - less.min(day - 1)));
            existing.expect("a day").to_string()
        },
    )
}

/// Parts that sum to one: equal ones, or hundredths in several forms.
pub(super) fn parts() -> impl Strategy<Value = Vec<String>> {
    let equal = (1..7usize).prop_map(|count| vec![format!("1/{count}"); count]);
    let hundredths = (vec(0..=100u32, 0..5), any::<bool>()).prop_map(|(mut cuts, as_percent)| {
        cuts.extend([0, 100]);
        cuts.sort_unstable();
        let parts = cuts.windows(2).enumerate().map(|(index, pair)| {
            let part = pair[1] - pair[0];
            match (as_percent, index % 2) {
                (true, 0) => format!("{part}%"),
                (true, _) => format!("{part}/100"),
                (false, _) => format!("{}.{:02}", part / 100, part % 100),
            }
        });
        parts.collect()
    });
    let odd = Just(["1/3", "1/6", "0.5"].map(str::to_owned).to_vec());
    prop_oneof![2 => equal, 3 => hundredths, 1 => odd]
}

fn collection() -> impl Strategy<Value = Value> {
    let step = select(&["0.01", "0.1", "1", "10", "100", "7.77", "10000000000000"]);
    (parts(), vec(any_day(), 8), prop::option::of(step)).prop_map(|(parts, mut days, step)| {
        days.sort();
        let calls = parts.iter().zip(days).enumerate();
        let calls = calls.map(
            |(index, (part, due))| json!({ "id": format!("c{index}"), "due": due, "part": part }),
        );
        let mut collection = json!({ "calls": calls.collect::<Vec<_>>() });
        if let Some(step) = step {
            collection["round_up_to"] = json!(step);
        }
        collection
    })
}

/// Of a line: what it came to, and how long it serves.
type OfLine = (Option<(String, Vec<u64>)>, Option<(String, u64)>);

fn of_line() -> impl Strategy<Value = OfLine> {
    let final_cost = (any_money(50_000_000), vec(0..300_000u64, 4));
    let life = (any_day(), prop_oneof![3 => 1..30u64, 1 => 1..=100u64]);
    (prop::option::of(final_cost), prop::option::weighted(0.9, life))
}

fn add_to_line(line: &mut Value, (final_cost, life): &OfLine) {
    let charges = line.get("charges").and_then(Value::as_object).cloned();
    match (charges, final_cost) {
        (Some(charges), Some((_, amounts))) => {
            let charges = charges.keys().zip(amounts.iter().cycle());
            let charges = charges.map(|(id, &fen)| (id.clone(), json!(money(fen))));
            line["final_charges"] = Value::Object(charges.collect());
        }
        (None, Some((amount, _))) => line["final"] = json!(amount),
        _ => {}
    }
    if let Some((from, years)) = life
        && line.get("charges").is_none()
    {
        line["life"] = json!({ "from": from, "years": years });
    }
}

/// A payment: for whom, how much, when, how; when it is reversed; and its note.
type OfPayment = (Index, u64, String, &'static str, Option<String>, Option<&'static str>);

fn of_payment() -> impl Strategy<Value = OfPayment> {
    let amount = prop_oneof![4 => 1..600_000u64, 1 => 1..=10u64, 1 => 1..=1_000_000_000_000_000u64];
    let note = prop::option::weighted(0.2, select(&["代缴", "a, \"b\"", "x\ny"]));
    let reversed = prop::option::weighted(0.3, any_day());
    (any::<Index>(), amount, any_day(), select(&METHODS), reversed, note)
}

fn rows(payments: &[OfPayment], households: &[Value]) -> Vec<[String; 7]> {
    let mut rows = Vec::new();
    for (index, (pick, fen, date, method, reversed, note)) in payments.iter().enumerate() {
        let id = pick.get(households)["id"].as_str().expect("an id").to_owned();
        let row = |date: &str, receipt: String, reverses: String| {
            let note = note.unwrap_or_default().to_owned();
            let (date, method) = (date.to_owned(), (*method).to_owned());
            [date, id.clone(), money(*fen), method, receipt, reverses, note]
        };
        rows.push(row(date, format!("R{index}"), String::new()));
        if let Some(on) = reversed {
            rows.push(row(on.max(date), format!("V{index}"), format!("R{index}")));
        }
    }
    rows
}

pub(super) fn account() -> impl Strategy<Value = Account> {
    let of_plan = (
        prop::option::weighted(0.97, collection()),
        vec(of_line(), 8),
        vec(prop::option::weighted(0.3, any_money(30_000_000)), 6),
    );
    let table = (
        vec(of_payment(), 0..25),
        Just((0..7).collect::<Vec<usize>>()).prop_shuffle(),
        vec(any::<Index>(), 50),
        any::<bool>(),
    );
    let asked = (any_day(), any::<Index>(), any::<Index>());
    (plans::plan(), of_plan, table, asked).prop_map(|(mut plan, of_plan, table, asked)| {
        let (collection, of_lines, of_sources) = of_plan;
        if let Some(collection) = collection {
            plan["collection"] = collection;
        }
        let lines = plan["lines"].as_array_mut().expect("lines");
        for (line, added) in lines.iter_mut().zip(&of_lines) {
            add_to_line(line, added);
        }
        for (source, amount) in plan["sources"].as_array_mut().into_iter().flatten().zip(of_sources)
        {
            if let Some(amount) = amount {
                source["final"] = json!(amount);
            }
        }
        let households = plan["households"].as_array().expect("households");
        let (payments, columns, order, has_mark) = table;
        let mut rows = rows(&payments, households);
        // The order of rows means nothing.
        for (place, other) in order.iter().enumerate().take(rows.len()) {
            let other = other.index(rows.len());
            rows.swap(place, other);
        }
        let (on, line, household) = asked;
        let id = |value: &Value| value["id"].as_str().expect("an id").to_owned();
        // Mostly one that does not share the line.
        let lines = plan["lines"].as_array().expect("lines");
        let line = line.get(lines);
        let outside = households.iter().filter(|one| {
            let is_left_out = one["joins"][line["id"].as_str().expect("an id")] == json!(false);
            let excepted = line["scope"]["except"].as_array();
            is_left_out || excepted.is_some_and(|ids| ids.contains(&one["id"]))
        });
        let outside: Vec<Value> = outside.cloned().collect();
        let household = match outside.is_empty() {
            true => id(household.get(households)),
            false => id(household.get(&outside)),
        };
        let line = id(line);
        Account { plan, rows, columns, has_mark, on, line, household }
    })
}

/// Accounts with one mistake, or several.
pub(super) fn with_mistakes() -> impl Strategy<Value = Account> {
    let mistakes = vec((0..MISTAKES.len(), any::<Index>(), any::<Index>()), 1..3);
    (account(), mistakes).prop_map(|(mut account, mistakes)| {
        for (which, one, other) in mistakes {
            MISTAKES[which](&mut account, one, other);
        }
        account
    })
}

/// Makes a mistake at a place that the first index picks, of a sort that the second does.
type Mistake = fn(&mut Account, Index, Index);

const NO_DAYS: [&str; 7] =
    ["2026-02-29", "2026-13-01", "2026-00-10", "26-01-01", "2026-1-1", "soon", "2026-04-31"];

const MISTAKES: [Mistake; 13] = [
    |account, place, sort| {
        let wrong: [(usize, &[&str]); 5] = [
            (0, &NO_DAYS),
            (1, &["nobody", "h999"]),
            (2, &["0", "0.00", "-1", "1.005", "1e3", "1,000", "20000000000000"]),
            (3, &["gold", "Cash", "现金"]),
            (4, &["R0", "V1"]),
        ];
        let (column, cells) = sort.get(&wrong);
        if let Some(row) = pick(&mut account.rows, place) {
            row[*column] = (*sort.get(cells)).to_owned();
        }
    },
    |account, place, sort| {
        let column = sort.index(5);
        if let Some(row) = pick(&mut account.rows, place) {
            row[column].clear();
        }
    },
    |account, place, sort| {
        let wrong = ["R0", "R1", "R2", "V0", "V1", "nothing"];
        if let Some(row) = pick(&mut account.rows, place) {
            row[5] = (*sort.get(&wrong)).to_owned();
        }
    },
    |account, _, sort| {
        let column = sort.index(5);
        account.columns.retain(|&one| one != column);
    },
    // A column that the table doesn't have.
    |account, _, _| {
        if !account.columns.contains(&COLUMNS.len()) {
            account.columns.push(COLUMNS.len());
        }
    },
    |account, _, sort| account.on = (*sort.get(&NO_DAYS)).to_owned(),
    |account, place, sort| {
        let wrong =
            [json!("2026-02-30"), json!(20_260_301), json!("2014-01-01"), json!("2046-01-01")];
        call(account, place, "due", sort.get(&wrong));
    },
    |account, place, sort| {
        let wrong = [json!("2"), json!("-1"), json!("0.3"), json!("1/7"), json!("a"), json!(0.5)];
        call(account, place, "part", sort.get(&wrong));
    },
    |account, place, _| call(account, place, "id", &json!("c0")),
    |account, _, sort| {
        let wrong = [json!("0"), json!("0.00"), json!("0.001"), json!("-1"), json!(true)];
        if account.plan.get("collection").is_some() {
            account.plan["collection"]["round_up_to"] = sort.get(&wrong).clone();
        }
    },
    |account, _, _| {
        if account.plan.get("collection").is_some() {
            account.plan["collection"]["calls"] = json!([]);
        }
    },
    |account, place, sort| {
        let wrong = [
            ("life", json!({ "from": "2026-02-30", "years": 10 })),
            ("life", json!({ "from": "2026-02-28", "years": 0 })),
            ("life", json!({ "from": "2026-02-28", "years": 101 })),
            ("life", json!({ "from": "2026-02-28", "years": "9" })),
            ("life", json!({})),
            ("final", json!("-1")),
            ("final", json!("0.001")),
            ("final_charges", json!({ "h0": "1", "nobody": "2" })),
            ("final_charges", json!({})),
        ];
        let (field, value) = sort.get(&wrong);
        let lines = account.plan["lines"].as_array_mut().expect("lines");
        let line = place.index(lines.len());
        lines[line][*field] = value.clone();
    },
    |account, _, sort| match sort.index(3) {
        0 => account.line = "nothing".to_owned(),
        1 => account.household = "nobody".to_owned(),
        _ => {
            for line in account.plan["lines"].as_array_mut().into_iter().flatten() {
                line.as_object_mut().expect("a line").remove("life");
            }
        }
    },
];

fn pick(rows: &mut [[String; 7]], place: Index) -> Option<&mut [String; 7]> {
    let count = rows.len();
    if count == 0 { None } else { Some(&mut rows[place.index(count)]) }
}

fn call(account: &mut Account, place: Index, field: &str, value: &Value) {
    let calls = account.plan.get_mut("collection").and_then(|one| one["calls"].as_array_mut());
    if let Some(calls) = calls.filter(|calls| !calls.is_empty()) {
        let index = place.index(calls.len());
        calls[index][field] = value.clone();
    }
}
