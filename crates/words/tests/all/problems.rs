//! Every problem there is, met in a plan and worded in both languages: to be read.

use std::collections::HashSet;

use fentan_core::collection::{Joining, Payments, PaymentsFile, join};
use fentan_core::tariff::{Edition, Tariff};
use fentan_core::{Code, Document, Error, Packs, Plan, Problem, Problems, RosterFile, split};
use fentan_words::{Language, keys, problem_line, problem_lines, problems_left_out, say};

/// Plans, each wrong in a way or two; `@` stands for the rest that makes them whole.
const PLANS: &[&str] = &[
    "{ @lines }",
    r#"{ "fentan": 2, @lines, @households }"#,
    r#"{ "fentan": true, "lines": {}, "households": [7, { "id": 7, "area": [] }] }"#,
    r#"{ @version, @households, "nmae": "x", "lines": [{ "id": "", "amount": "1,000" }] }"#,
    r#"{ @version, "households": [{ "id": "101", "area": "0" }, { "id": "101", "area": "-1" }],
        "lines": [{ "id": "gate", "amount": 1.5, "note": "a", "note": "b" }] }"#,
    r#"{ @version, @households, "lines": [
        { "id": "gate", "amount": "1.005", "category": "roads" },
        { "id": "roof", "amount": "99999999999999", "scope": {} },
        { "id": "wall", "amount": "1", "scope": { "buildings": ["9"], "units": ["1/9"], "households": ["9"] } },
        { "id": "lift", "amount": "1", "share_by": "floor" },
        { "id": "pump", "amount": "1", "share_by": 7 },
        { "id": "door", "amount": "1", "share_by": { "table": "lift" } },
        { "id": "bell", "amount": "1", "share_by": { "column": "heads" } },
        { "id": "pane", "kind": "individual", "amount": "1", "charges": { "9": "1" } } ] }"#,
    r#"{ @version, @lines, "households": [
        { "id": "101", "area": "60", "building": "1/2", "hardship": "poor", "payer_share": "1" },
        { "id": "102", "area": "60", "floor": "three" } ],
        "relief": { "rates": { "dibao": "150%" } } }"#,
    r#"{ @version, @households, "tables": { "a": { "1": "30%", "2": "72.5%" }, "b": { "1": "1", "2": "50%" },
        "c": { "1": "1" }, "d": { "1": "1", "2": "1" } }, "lines": [
        { "id": "lift", "amount": "1", "share_by": { "table": "c" } },
        { "id": "pump", "amount": "1", "share_by": { "table": "d" } },
        { "id": "bins", "amount": "1", "share_by": { "column": "bins" } } ] }"#,
    r#"{ @version, @households, "lines": [{ "id": "pane", "kind": "individual", "charges": {} }],
        "sources": [{ "id": "county", "covers": { "lines": ["pane", "lawn"] } }],
        "minimum": { "per_household": "1", "reduces": ["city"] } }"#,
    r#"{ @version, @households, "lines": [{ "id": "gate", "amount": "1", "share_by": { "column": "none" } }] }"#,
    r#"{ @version, "households": [{ "id": "101", "area": "60", "hardship": "dibao" }], @lines,
        "relief": { "rates": { "dibao": "1" } } }"#,
    r#"{ @version, @lines, @households, "stress": { "draws": 0, "lines": { "gate": { "least": "5%", "most": "-5%" } } },
        "scenarios": [{ "id": "a", "changes": [{ "set": "households.1-1-101.area", "to": "1" }] },
            { "id": "b", "changes": [{ "set": "sources.county.amount", "to": "1" }] }] }"#,
    r#"{ @version, @lines, @households, "compound": { "structure_safe": "yes" },
        "sources": [{ "id": "operator", "rate": "1", "income": { "years": 0, "net_per_year": "1" } }] }"#,
    r#"{ @version, "odd_fen": 5, "relief": { "rates": { "dibao+poor": "1" } },
        "lines": [{ "id": "gate", "amount": "100", "pieces": 0, "rate_of": { "rate": "5%", "lines": ["gate"] } }],
        "sources": [{ "id": "bonds", "per_piece": [] }],
        "households": [{ "id": "101", "area": "60", "use": "shop", "joins": { "pane": false },
            "fund_balance": "1", "fund_interest": "2" }] }"#,
    r#"{ @version, @households, "collection": { "round_up_to": "0", "calls": [
            { "id": "spring", "due": "2026-09-30", "part": "1/3" },
            { "id": "autumn", "due": "2026-03-31", "part": "1/2" },
            { "id": "winter", "due": "2026-02-30", "part": "0" } ] }, "lines": [
        { "id": "gate", "amount": "1", "life": { "from": "2026-01-01", "years": 0 } },
        { "id": "pane", "kind": "individual", "charges": { "1-1-101": "1" }, "final_charges": { "1-1-201": "1" } } ] }"#,
    r#"{ @version, @lines, "households": [ "#,
];

/// Packs, each wrong in a way or two.
const PACKS: &[&str] = &[
    r#"{ "fentan_policy": 1, "id": "a/b", "name": { "zh": "甲" }, "place": { "zh": "甲" }, "within": "atlantis" }"#,
    r#"{ "fentan_policy": 1, "id": "here", "name": { "zh": "甲" }, "place": { "zh": "甲" },
        "documents": [{ "title": "甲", "from": "last year", "published": "…", "verified": "text",
            "clauses": [{ "id": "one", "article": "1" }] }],
        "defaults": { "residents_at_least": { "basic": "10%" } },
        "grounds": { "residents_at_least": ["here/two"] } }"#,
    r#"{ "fentan_policy": 1, "id": "here", "name": { "zh": "甲" }, "place": { "zh": "甲" },
        "documents": [{ "title": "甲", "from": "2020-07", "until": "2020-06-30", "published": "…",
            "verified": "text", "clauses": [{ "id": "one", "article": "1" }] }] }"#,
];

/// Tariffs, the one not adding up, the other changed since.
const TARIFFS: [&str; 2] = [
    r#"{ @version, "lines": [{ "id": "gate", "kind": "shared", "amount": "100", "paid": {},
        "uncovered": "90", "share_by": "household", "weight": "9" }] }"#,
    r#"{ @version, "lines": [] }"#,
];

fn of_tariff(text: &str) -> Vec<Problem> {
    let rest = format!(
        r#""fentan_tariff": 1, "engine": "0.1.0", "date": "2026-11-27", "edition": 1,
            "households": 9, "area": "540", "buildings": [], "payers": [], "clauses": [],
            "digest": "{}""#,
        "0".repeat(64)
    );
    let text = text.replace("@version", &rest);
    let read = Document::from_json(text.as_bytes()).and_then(|document| Tariff::read(&document));
    read.expect_err("a refusal").iter().cloned().collect()
}

fn plan(text: &str) -> String {
    text.replace("@version", r#""fentan": 1"#)
        .replace("@lines", r#""lines": [{ "id": "gate", "amount": "100.00" }]"#)
        .replace(
            "@households",
            r#""households": [
                { "id": "1-1-101", "building": "1", "unit": "1", "floor": 1, "area": "60",
                  "weights": { "none": "0", "bins": "1" } },
                { "id": "1-1-201", "building": "1", "unit": "1", "floor": 2, "area": "60",
                  "weights": { "none": "0" } },
                { "id": "1-1-301", "building": "1", "unit": "1", "area": "60",
                  "weights": { "none": "0", "bins": "1" } } ]"#,
        )
}

fn problems(document: &[u8], roster: Option<&[u8]>) -> Vec<Problem> {
    let roster = roster.map(|bytes| RosterFile { file: "households.csv", bytes });
    let answer = Document::from_json(document)
        .and_then(|document| Plan::read(&document, roster))
        .map_err(Error::Problems)
        .and_then(|plan| split(&plan));
    match answer {
        Err(Error::Problems(problems)) => problems.iter().cloned().collect(),
        other => panic!("no problems: {other:?}"),
    }
}

fn problems_of_pack(pack: &str) -> Vec<Problem> {
    let document = Document::from_json(pack.as_bytes()).expect("JSON");
    Packs::default().add(&document).expect_err("problems").iter().cloned().collect()
}

/// Payments, each wrong in a way; and a home that joins what it shares already.
fn after_the_split() -> Vec<Problem> {
    let whole = plan("{ @version, @lines, @households }");
    let document = Document::from_json(whole.as_bytes()).expect("JSON");
    let plan = Plan::read(&document, None).expect("a plan");
    let bytes = b"date,household,amount,method,receipt,reverses\n\
        2026-03-01,1-1-101,5,cash,R1,\n2026-02-01,1-1-101,5,cash,V1,R1\n\
        2026-03-02,1-1-101,5,cash,V2,R9\n";
    let payments = Payments::read(&plan, PaymentsFile { file: "payments.csv", bytes });
    let joining = Joining { line: "gate", household: "1-1-101", on: "2026-03-01" };
    let Err(Error::Problems(of_joining)) = join(&plan, &joining) else { panic!("a refusal") };
    let problems = payments.expect_err("a refusal");
    problems.iter().chain(of_joining.iter()).cloned().collect()
}

fn all() -> Vec<Problem> {
    let line = br#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "1" }] }"#;
    let rosters: [&[u8]; 4] = [
        b"id,area,joins:gate\n101,60,maybe\n",
        b"id,aera,charge:panes\n101,60,1\n",
        b"id,area\n101,60,1\n201,60 m2\n",
        b"id,area\n\xc2\xa5,\xff\n",
    ];
    let of_plans = PLANS.iter().flat_map(|text| problems(plan(text).as_bytes(), None));
    let of_packs = PACKS.iter().flat_map(|pack| problems_of_pack(pack));
    let of_rosters = rosters.iter().flat_map(|roster| problems(line, Some(roster)));
    let too_large = format!("[0{}]", ",0".repeat(Document::MOST_VALUES));
    of_plans
        .chain(of_packs)
        .chain(of_rosters)
        .chain(problems(plan("{ @version, @lines, @households }").as_bytes(), Some(b"id,area\n")))
        .chain(problems(too_large.as_bytes(), None))
        .chain(TARIFFS.iter().flat_map(|tariff| of_tariff(tariff)))
        .chain(after_the_split())
        .chain(Edition::read(1, "2026-02-31").expect_err("no day").iter().cloned())
        .collect()
}

#[test]
fn every_code_is_met_and_worded_in_both_languages() {
    let problems = all();
    let met: HashSet<Code> = problems.iter().map(Problem::code).collect();
    for code in Code::ALL {
        assert!(met.contains(code), "{code} is not met");
    }
    let lines: Vec<_> = problems
        .iter()
        .flat_map(|problem| Language::ALL.map(|language| problem_line(language, problem)))
        .collect();
    for line in &lines {
        assert!(!line.contains("problem.") && !line.contains("%{"), "{line}");
    }
    insta::assert_snapshot!(lines.join("\n"));
    for key in keys().filter(|key| key.starts_with("problem.") && !ASIDE.contains(key)) {
        for language in Language::ALL {
            let text = say(language, key);
            assert!(lines.iter().any(|line| is_said(&text, line)), "{key} is never said");
        }
    }
}

/// Texts that are said beside problems, or only of a scenario's parameters or a programme.
const ASIDE: &[&str] = &[
    "problem.file",
    "problem.left-out",
    "problem.none-known",
    "problem.in-scenario",
    "problem.alike.homes",
    "problem.alike.places",
    "problem.least-over-pot",
    "problem.unknown-id.condition",
    "problem.unknown-id.range",
    "problem.unknown-id.parameter",
];

/// Whether a line ends in a text, whatever stands for its `%{names}`.
fn is_said(text: &str, line: &str) -> bool {
    let parts = text.split("%{").enumerate();
    let parts = parts
        .map(|(index, part)| if index == 0 { part } else { part.split_once('}').expect("}").1 });
    let mut rest = line;
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    true
}

#[test]
fn so_many_problems_are_listed_and_the_rest_counted() {
    let lines = vec!["1"; Problems::MOST + 3].join(",");
    let plan = format!(r#"{{ "fentan": 1, "lines": [{lines}], "households": [] }}"#);
    let document = Document::from_json(plan.as_bytes()).expect("JSON");
    let problems = Plan::read(&document, None).expect_err("problems");
    assert_eq!(problems.iter().count(), Problems::MOST);
    let left_out = problems_left_out(Language::English, &problems);
    assert_eq!(left_out.as_deref(), Some("3 further problems are not listed"));
}

#[test]
fn every_text_stands_in_both_languages() {
    let has_chinese = |text: &str| text.chars().any(|one| ('\u{4e00}'..='\u{9fff}').contains(&one));
    for key in keys() {
        let [chinese, english] = Language::ALL.map(|language| say(language, key));
        assert!(!chinese.is_empty() && !english.is_empty(), "{key}");
        // The product keeps its name, and a policy its number and chapters.
        let kept = |one: char| "分摊濮政办国发号一二三四五".contains(one);
        let english = english.replace(kept, "");
        assert!(!has_chinese(&english), "{key} in English: {english}");
    }
}

/// Four homes lack a value of one column, and three of another; four lines lack their amounts.
#[test]
fn problems_of_a_kind_share_a_line_where_they_are_many() {
    let homes: Vec<String> = (1..=5)
        .map(|home| match home {
            1 => r#"{ "id": "101", "area": "60", "weights": { "heads": "1", "bins": "1" } }"#
                .to_owned(),
            2 => r#"{ "id": "102", "area": "60", "weights": { "bins": "1" } }"#.to_owned(),
            home => format!(r#"{{ "id": "10{home}", "area": "60" }}"#),
        })
        .collect();
    let plan = format!(
        r#"{{ "fentan": 1, "lines": [
            {{ "id": "waste", "amount": "1", "share_by": {{ "column": "heads" }} }},
            {{ "id": "bins", "amount": "1", "share_by": {{ "column": "bins" }} }},
            {{ "id": "a" }}, {{ "id": "b" }}, {{ "id": "c" }}, {{ "id": "d" }}],
            "households": [{}] }}"#,
        homes.join(",")
    );
    let document = Document::from_json(plan.as_bytes()).expect("JSON");
    let problems = Plan::read(&document, None).expect_err("problems");
    insta::assert_snapshot!(problem_lines(Language::Chinese, &problems).join("\n"), @"
    households[1].weights.heads: missing-weight: 项目“waste”按这一列分摊，但该户没有填写；请补上（不分摊写 0）。同样的问题共 4 户：102、103、104、105
    households[2].weights.bins: missing-weight: 项目“bins”按这一列分摊，但该户没有填写；请补上（不分摊写 0）
    households[3].weights.bins: missing-weight: 项目“bins”按这一列分摊，但该户没有填写；请补上（不分摊写 0）
    households[4].weights.bins: missing-weight: 项目“bins”按这一列分摊，但该户没有填写；请补上（不分摊写 0）
    lines[2].amount: missing-field: 必须填写而没有填写；请补上。同样的问题共 4 处：lines[2].amount、lines[3].amount、lines[4].amount、lines[5].amount
    ");
    let english = problem_lines(Language::English, &problems);
    insta::assert_snapshot!(english.join("\n"), @"
    households[1].weights.heads: missing-weight: line “waste” is shared by this column and the household has no value in it; add it (0 to share nothing). The same holds of 4 households in all: 102, 103, 104, 105
    households[2].weights.bins: missing-weight: line “bins” is shared by this column and the household has no value in it; add it (0 to share nothing)
    households[3].weights.bins: missing-weight: line “bins” is shared by this column and the household has no value in it; add it (0 to share nothing)
    households[4].weights.bins: missing-weight: line “bins” is shared by this column and the household has no value in it; add it (0 to share nothing)
    lines[2].amount: missing-field: must be given and is not; add it. The same holds of 4 places in all: lines[2].amount, lines[3].amount, lines[4].amount, lines[5].amount
    ");
}
