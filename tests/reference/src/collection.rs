//! §9, after the split: calls, payments, the final account, joining later.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use serde_json::{Value, json};

use crate::Problems;
use crate::number::{
    Exact, above, allocate, decimal_problem, money, number, round, sum, whole, written, zero,
};
use crate::plan::{amount, benefits, is_shared, list};
use crate::problems;
use crate::split::{parts_of_lines, split};

/// A day as year, month and day; the order of these is that of days.
type Day = (u32, u32, u32);

fn last_of_month(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 31,
    }
}

/// Reads `YYYY-MM-DD`, where the calendar has that day.
pub(crate) fn day(text: &str) -> Option<Day> {
    let parts: Vec<&str> = text.split('-').collect();
    let is_right = parts.iter().map(|part| part.len()).eq([4, 2, 2])
        && text.bytes().all(|one| one == b'-' || one.is_ascii_digit());
    if !is_right {
        return None;
    }
    let [year, month, day] = [0, 1, 2].map(|part| parts[part].parse().expect("digits"));
    let exists =
        year > 0 && (1..=12).contains(&month) && (1..=last_of_month(year, month)).contains(&day);
    exists.then_some((year, month, day))
}

/// The whole months from one day to another; below zero where that is earlier.
fn whole_months(from: Day, to: Day) -> i64 {
    let mut months = 0;
    let has_come = |months: i64| {
        let month = i64::from(from.0) * 12 + i64::from(from.1) - 1 + months;
        let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
        let [year, month] = [year, month].map(|one| u32::try_from(one).expect("a year"));
        (year, month, from.2.min(last_of_month(year, month))) <= to
    };
    while has_come(months + 1) {
        months += 1;
    }
    months
}

/// What `collection`, `final`, `final_charges` and `life` say wrong.
pub(crate) fn find(plan: &Value) -> Problems {
    let mut problems = Problems::new();
    calls_problems(plan, &mut problems);
    for (index, line) in list(&plan["lines"]).iter().enumerate() {
        let path = format!("lines[{index}]");
        let ruled_out: &[&str] =
            if is_shared(line) { &["final_charges"] } else { &["final", "life"] };
        for key in ruled_out.iter().filter(|key| line.get(**key).is_some()) {
            problems.push(("unknown-field", format!("{path}.{key}")));
        }
        if !is_shared(line) {
            final_charges(plan, line, &path, &mut problems);
            continue;
        }
        if let Some(problem) = line.get("final").and_then(money_problem) {
            problems.push((problem, format!("{path}.final")));
        }
        if let Some(life) = line.get("life") {
            life_problems(life, &format!("{path}.life"), &mut problems);
        }
    }
    for (index, source) in list(&plan["sources"]).iter().enumerate() {
        if let Some(problem) = source.get("final").and_then(money_problem) {
            problems.push((problem, format!("sources[{index}].final")));
        }
    }
    problems
}

fn money_problem(value: &Value) -> Option<&'static str> {
    decimal_problem(value, 2, "10000000000000")
}

fn day_problem(value: &Value) -> Option<&'static str> {
    match value.as_str() {
        None => Some("bad-type"),
        Some(text) => day(text).is_none().then_some("bad-number"),
    }
}

fn calls_problems(plan: &Value, problems: &mut Problems) {
    let Some(collection) = plan.get("collection") else {
        return;
    };
    if let Some(step) = collection.get("round_up_to") {
        let problem =
            money_problem(step).or_else(|| (number(step) == zero()).then_some("bad-number"));
        problems.extend(problem.map(|code| (code, "collection.round_up_to".to_owned())));
    }
    let Some(calls) = collection.get("calls") else {
        problems.push(("missing-field", "collection.calls".to_owned()));
        return;
    };
    let calls = list(calls);
    let mut parts = Some(zero());
    for (index, call) in calls.iter().enumerate() {
        let path = format!("collection.calls[{index}]");
        let is_earlier = |other: &&Value| other["id"] == call["id"];
        if calls[..index].iter().any(|one| is_earlier(&one)) {
            problems.push(("duplicate-id", format!("{path}.id")));
        }
        match call.get("due") {
            None => problems.push(("missing-field", format!("{path}.due"))),
            Some(due) => {
                problems.extend(day_problem(due).map(|code| (code, format!("{path}.due"))))
            }
        }
        let due = |call: &Value| call["due"].as_str().and_then(day);
        if index > 0
            && due(call).zip(due(&calls[index - 1])).is_some_and(|(one, before)| one < before)
        {
            problems.push(("bad-table", format!("{path}.due")));
        }
        match call.get("part") {
            None => {
                problems.push(("missing-field", format!("{path}.part")));
                parts = None;
            }
            Some(part) => match problems::rate_problem(part) {
                Some(code) => {
                    problems.push((code, format!("{path}.part")));
                    parts = None;
                }
                None => parts = parts.map(|sum| sum + number(part)),
            },
        }
    }
    if parts.is_some_and(|sum| sum != whole(1)) {
        problems.push(("bad-table", "collection.calls".to_owned()));
    }
}

fn life_problems(life: &Value, path: &str, problems: &mut Problems) {
    match life.get("from") {
        None => problems.push(("missing-field", format!("{path}.from"))),
        Some(from) => {
            problems.extend(day_problem(from).map(|code| (code, format!("{path}.from"))));
        }
    }
    match life.get("years") {
        None => problems.push(("missing-field", format!("{path}.years"))),
        Some(years) => problems.extend(
            problems::count_problem(years, 100).map(|code| (code, format!("{path}.years"))),
        ),
    }
}

/// `final_charges` names the households that `charges` does.
fn final_charges(plan: &Value, line: &Value, path: &str, problems: &mut Problems) {
    let Some(in_the_end) = line.get("final_charges").and_then(Value::as_object) else {
        return;
    };
    for (id, charge) in in_the_end {
        let path = format!("{path}.final_charges.{id}");
        if line["charges"].get(id).is_none() {
            problems.push(("unknown-id", path.clone()));
        }
        problems.extend(money_problem(charge).map(|code| (code, path)));
    }
    for household in list(&plan["households"]) {
        let id = household["id"].as_str().expect("an id");
        if line["charges"].get(id).is_some() && !in_the_end.contains_key(id) {
            problems.push(("missing-field", format!("{path}.final_charges.{id}")));
        }
    }
}

/// A row of the table of payments.
struct Row {
    at: u64,
    cells: BTreeMap<String, String>,
}

impl Row {
    fn get(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(String::as_str).filter(|cell| !cell.is_empty())
    }

    fn day(&self) -> Option<Day> {
        day(self.get("date")?)
    }

    /// The amount in fen, where it is one.
    fn amount(&self) -> Option<Exact> {
        let amount = json!(self.get("amount")?);
        (money_problem(&amount).is_none()).then(|| money(&amount))
    }
}

/// A table of payments without problems.
struct Payments {
    rows: Vec<Row>,
}

impl Payments {
    /// What a household paid by a day, or in the end.
    fn paid(&self, household: &Value, by: Option<Day>) -> Exact {
        let is_by = |row: &Row| by.is_none_or(|by| row.day().expect("a day") <= by);
        let is_undone = |payment: &Row| {
            let undoing = |row: &&Row| is_by(row) && row.get("reverses") == payment.get("receipt");
            self.rows.iter().any(|row| undoing(&row))
        };
        let own = self.rows.iter().filter(|row| {
            row.get("household") == household["id"].as_str()
                && row.get("reverses").is_none()
                && is_by(row)
                && !is_undone(row)
        });
        own.map(|row| row.amount().expect("an amount")).sum()
    }
}

const COLUMNS: [&str; 7] = ["date", "household", "amount", "method", "receipt", "reverses", "note"];
const METHODS: [&str; 6] = ["cash", "transfer", "wechat", "alipay", "fund", "other"];

/// Reads a table of payments, called `payments.csv`.
fn payments(plan: &Value, table: &str) -> Result<Payments, Problems> {
    let mut problems = Problems::new();
    let table = table.strip_prefix('\u{feff}').unwrap_or(table);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(table.as_bytes());
    let names: Vec<String> =
        reader.headers().expect("a heading").iter().map(str::to_owned).collect();
    for name in &names {
        if !COLUMNS.contains(&name.as_str()) {
            problems.push(("unknown-field", format!("payments.csv:1:{name}")));
        }
    }
    for column in &COLUMNS[..5] {
        if !names.iter().any(|name| name == column) {
            problems.push(("missing-field", format!("payments.csv:1:{column}")));
        }
    }
    if problems.iter().any(|(code, _)| *code == "missing-field") {
        return Err(problems);
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.expect("a row");
        let at = record.position().expect("a place").line();
        if record.len() != names.len() {
            problems.push(("bad-syntax", format!("payments.csv:{at}")));
            continue;
        }
        let cells = names.iter().cloned().zip(record.iter().map(str::to_owned));
        rows.push(Row { at, cells: cells.collect() });
    }
    for (index, row) in rows.iter().enumerate() {
        row_problems(plan, &rows, index, row, &mut problems);
    }
    reversal_problems(plan, &rows, &mut problems);
    if problems.is_empty() { Ok(Payments { rows }) } else { Err(problems) }
}

fn row_problems(plan: &Value, rows: &[Row], index: usize, row: &Row, problems: &mut Problems) {
    let mut add = |code, column| problems.push((code, format!("payments.csv:{}:{column}", row.at)));
    for column in &COLUMNS[..5] {
        let Some(cell) = row.get(column) else {
            add("missing-field", column);
            continue;
        };
        let code = match *column {
            "date" => day(cell).is_none().then_some("bad-number"),
            "household" => {
                let is_it = |household: &Value| household["id"] == cell;
                (!list(&plan["households"]).iter().any(is_it)).then_some("unknown-id")
            }
            "amount" => money_problem(&json!(cell))
                .or_else(|| (number(&json!(cell)) == zero()).then_some("bad-number")),
            "method" => (!METHODS.contains(&cell)).then_some("unknown-id"),
            _receipt => {
                let is_met = rows[..index].iter().any(|other| other.get("receipt") == Some(cell));
                is_met.then_some("duplicate-id")
            }
        };
        if let Some(code) = code {
            add(code, column);
        }
    }
}

/// A reversal undoes a payment of the table, once, with the same household and amount, not earlier.
fn reversal_problems(plan: &Value, rows: &[Row], problems: &mut Problems) {
    let mut undone = Vec::new();
    for row in rows {
        let Some(receipt) = row.get("reverses") else {
            continue;
        };
        let is_payment =
            |one: &&Row| one.get("reverses").is_none() && one.get("receipt") == Some(receipt);
        let Some(payment) = rows.iter().find(is_payment) else {
            problems.push(("unknown-id", format!("payments.csv:{}:reverses", row.at)));
            continue;
        };
        // What can't be read is a problem of its own.
        let home = |row: &Row| {
            let is_it = |household: &Value| household["id"].as_str() == row.get("household");
            list(&plan["households"]).iter().position(is_it)
        };
        let agrees = home(row).zip(home(payment)).is_none_or(|(one, other)| one == other)
            && row.amount().zip(payment.amount()).is_none_or(|(one, other)| one == other)
            && row.day().zip(payment.day()).is_none_or(|(one, other)| one >= other);
        if undone.contains(&receipt) {
            problems.push(("duplicate-id", format!("payments.csv:{}:reverses", row.at)));
        } else if agrees {
            undone.push(receipt);
        } else {
            problems.push(("bad-table", format!("payments.csv:{}:reverses", row.at)));
        }
    }
}

/// The answer of `collect`.
pub(crate) fn collect(plan: &Value, table: &str, on: &str) -> Result<Value, Problems> {
    let mut found = Problems::new();
    let payments = payments(plan, table).map_err(|problems| found.extend(problems)).ok();
    let by = day(on);
    if by.is_none() {
        found.push(("bad-number", "--on".to_owned()));
    }
    if plan.get("collection").is_none() {
        found.push(("missing-field", "collection".to_owned()));
    }
    let (Some(payments), Some(by), true) = (payments, by, found.is_empty()) else {
        return Err(found);
    };
    let result = split(plan)?;
    let calls = list(&plan["collection"]["calls"]);
    let is_due: Vec<bool> =
        calls.iter().map(|call| day(call["due"].as_str().expect("a day")) <= Some(by)).collect();
    let parts: Vec<Exact> = calls.iter().map(|call| number(&call["part"])).collect();
    let mut households = Vec::new();
    let mut sums = vec![zero(); 5];
    let mut of_calls = vec![zero(); calls.len()];
    for (household, split) in list(&plan["households"]).iter().zip(list(&result["households"])) {
        let cash = money(&split["paid"]["cash"]);
        let amounts = called(&cash, &parts, plan["collection"].get("round_up_to"));
        let held = sum(&amounts) - &cash;
        let due = amounts.iter().zip(&is_due).filter(|(_, is_due)| **is_due);
        let due: Exact = due.map(|(amount, _)| amount).sum();
        let paid = payments.paid(household, Some(by));
        let (arrears, ahead) = (above(&due, &paid), above(&paid, &due));
        for (sum, amount) in of_calls.iter_mut().zip(&amounts) {
            *sum += amount;
        }
        for (sum, amount) in sums.iter_mut().zip([&due, &paid, &arrears, &ahead, &held]) {
            *sum += amount;
        }
        households.push(json!({
            "id": household["id"],
            "calls": amounts.iter().map(written).collect::<Vec<_>>(),
            "called": written(&due),
            "paid": written(&paid),
            "arrears": written(&arrears),
            "ahead": written(&ahead),
        }));
    }
    let of_calls = calls
        .iter()
        .zip(&of_calls)
        .map(|(call, sum)| json!({ "id": call["id"], "due": call["due"], "called": written(sum) }));
    Ok(json!({
        "fentan": 1,
        "on": on,
        "called": written(&sums[0]),
        "paid": written(&sums[1]),
        "arrears": written(&sums[2]),
        "ahead": written(&sums[3]),
        "held": written(&sums[4]),
        "calls": of_calls.collect::<Vec<_>>(),
        "households": households,
    }))
}

/// A household's calls.
fn called(cash: &Exact, parts: &[Exact], step: Option<&Value>) -> Vec<Exact> {
    let base = allocate(cash, parts).expect("parts that sum to one");
    let Some(step) = step.map(money) else {
        return base;
    };
    let up_to = |call: usize| (sum(&base[..call]) / &step).ceil() * &step;
    (0..base.len()).map(|call| up_to(call + 1) - up_to(call)).collect()
}

/// The final plan.
fn final_plan(plan: &Value) -> Value {
    let mut changed = plan.clone();
    let counted = list(&plan["lines"]).iter().filter(|line| line.get("rate_of").is_none());
    let counted: Vec<&Value> = counted.map(|line| &line["id"]).collect();
    for line in changed["lines"].as_array_mut().into_iter().flatten() {
        let line = line.as_object_mut().expect("a line");
        if let Some(amount) = line.remove("final") {
            line.remove("rate_of");
            line.insert("amount".to_owned(), amount);
        }
        if let Some(charges) = line.remove("final_charges") {
            line.insert("charges".to_owned(), charges);
        }
        if let Some(rate_of) = line.get_mut("rate_of").filter(|one| one.get("lines").is_none()) {
            rate_of["lines"] = json!(counted);
        }
    }
    for source in changed["sources"].as_array_mut().into_iter().flatten() {
        let source = source.as_object_mut().expect("a source");
        if let Some(amount) = source.remove("final") {
            for limit in ["rate", "per_household", "per_area", "per_piece"] {
                source.remove(limit);
            }
            source.insert("amount".to_owned(), amount);
        }
    }
    changed
}

/// What a final plan says wrong, of what becomes of lines that are a part of others.
fn too_large(plan: &Value) -> Problems {
    let most = money(&json!("10000000000000"));
    let lines = list(&plan["lines"]).iter().enumerate();
    let parts = lines.filter(|(_, line)| line.get("rate_of").is_some());
    let large = parts.filter(|(_, line)| amount(plan, line) > most);
    large.map(|(index, _)| ("too-large", format!("lines[{index}].rate_of"))).collect()
}

/// The answer of `settle`.
pub(crate) fn settle(plan: &Value, table: &str) -> Result<Value, Problems> {
    let payments = payments(plan, table)?;
    let budgeted = split(plan)?;
    let in_the_end = final_plan(plan);
    let found = too_large(&in_the_end);
    if !found.is_empty() {
        return Err(found);
    }
    let in_the_end = split(&in_the_end)?;
    let beside = |key: &str, own: &str, names: [&str; 2]| -> Vec<Value> {
        let both = list(&budgeted[key]).iter().zip(list(&in_the_end[key]));
        let row = |(one, other): (&Value, &Value)| json!({ "id": one["id"], names[0]: one[own], names[1]: other[own] });
        both.map(row).collect()
    };
    let mut sums = vec![zero(); 4];
    let mut households = Vec::new();
    let both = list(&budgeted["households"]).iter().zip(list(&in_the_end["households"]));
    for (household, (one, other)) in list(&plan["households"]).iter().zip(both) {
        let cash = money(&other["paid"]["cash"]);
        let paid = payments.paid(household, None);
        let (to_pay, to_return) = (above(&cash, &paid), above(&paid, &cash));
        for (sum, amount) in sums.iter_mut().zip([&cash, &paid, &to_pay, &to_return]) {
            *sum += amount;
        }
        households.push(json!({
            "id": household["id"],
            "cash": one["paid"]["cash"],
            "final_cash": written(&cash),
            "paid": written(&paid),
            "to_pay": written(&to_pay),
            "to_return": written(&to_return),
        }));
    }
    Ok(json!({
        "fentan": 1,
        "budget": budgeted["budget"],
        "final": in_the_end["budget"],
        "final_cash": written(&sums[0]),
        "paid": written(&sums[1]),
        "to_pay": written(&sums[2]),
        "to_return": written(&sums[3]),
        "lines": beside("lines", "amount", ["amount", "final"]),
        "sources": beside("sources", "paid", ["paid", "final"]),
        "households": households,
    }))
}

/// The answer of `join`.
pub(crate) fn join(plan: &Value, line: &str, household: &str, on: &str) -> Result<Value, Problems> {
    let mut found = Problems::new();
    let lines = list(&plan["lines"]);
    let index = lines.iter().position(|one| one["id"] == line && is_shared(one));
    let home = list(&plan["households"]).iter().position(|one| one["id"] == household);
    if index.is_none() {
        found.push(("unknown-id", "--line".to_owned()));
    }
    let is_in =
        |home: usize| index.is_some_and(|index| benefits(&plan["households"][home], &lines[index]));
    if home.is_none_or(is_in) {
        found.push(("unknown-id", "--household".to_owned()));
    }
    if day(on).is_none() {
        found.push(("bad-number", "--on".to_owned()));
    }
    if let Some(index) = index.filter(|&index| lines[index].get("life").is_none()) {
        found.push(("missing-field", format!("lines[{index}].life")));
    }
    let (Some(index), Some(home), Some(by), true) = (index, home, day(on), found.is_empty()) else {
        return Err(found);
    };
    let plan = &final_plan(plan);
    let found = too_large(plan);
    if !found.is_empty() {
        return Err(found);
    }
    let with = with_household(plan, index, home);
    let found = problems::find(&with);
    if !found.is_empty() {
        return Err(found);
    }
    if let Some(column) = lines[index]["share_by"]["column"].as_str()
        && with["households"][home]["weights"].get(column).is_none()
    {
        return Err(vec![("missing-weight", format!("households[{home}].weights.{column}"))]);
    }
    let share = parts_of_lines(&with)?[index][home].clone();
    let life = &lines[index]["life"];
    let all = i64::try_from(12 * life["years"].as_u64().expect("years")).expect("a few");
    let from = day(life["from"].as_str().expect("a day")).expect("a day");
    let left = (all - whole_months(from, by)).clamp(0, all);
    let exact = |months: i64| Exact::from(BigInt::from(months));
    let pays = round(&(&share * exact(left) / exact(all)));
    let weights = &parts_of_lines(plan)?[index];
    let returned = allocate(&pays, weights).unwrap_or_else(|| vec![zero(); weights.len()]);
    let returns = list(&plan["households"]).iter().zip(&returned);
    let returns = returns.filter(|(_, amount)| **amount > zero());
    let returns =
        returns.map(|(home, amount)| json!({ "id": home["id"], "amount": written(amount) }));
    Ok(json!({
        "fentan": 1,
        "line": line,
        "household": household,
        "on": on,
        "share": written(&share),
        "months": all,
        "months_left": left,
        "pays": written(&pays),
        "returns": returns.collect::<Vec<_>>(),
    }))
}

/// The plan with a household on a line.
fn with_household(plan: &Value, line: usize, home: usize) -> Value {
    let mut with = plan.clone();
    let (line_id, id) = (plan["lines"][line]["id"].clone(), plan["households"][home]["id"].clone());
    let line_id = line_id.as_str().expect("an id");
    if let Some(joins) = with["households"][home].get_mut("joins") {
        joins.as_object_mut().expect("lines").remove(line_id);
    }
    if let Some(scope) = with["lines"][line].get_mut("scope").and_then(Value::as_object_mut) {
        if let Some(except) = scope.get_mut("except").and_then(Value::as_array_mut) {
            except.retain(|one| *one != id);
        }
        let is_named =
            ["buildings", "units", "households"].iter().any(|key| scope.contains_key(*key));
        if is_named {
            let named = scope.entry("households").or_insert_with(|| json!([]));
            named.as_array_mut().expect("a list").push(id);
        }
    }
    with
}
