//! What law and policy say of a plan, as the page is answered.

#![allow(clippy::panic, reason = "that is how a test fails")]

use fentan_pieces::Piece;
use fentan_reasons::{Law, Reasons};

fn plan(rest: &str) -> String {
    let lines = r#""lines": [{ "id": "gas", "amount": "900", "pipeline": "gas", "tier": "basic" },
        { "id": "lift", "amount": "100", "subject": "lift" }]"#;
    format!(r#"{{ "fentan": 1, {lines}, {rest} }}"#)
}

const HOMES: &str = r#""households": [
    { "id": "1", "area": "60", "floor": 1, "vote": "yes" }, { "id": "2", "area": "40", "floor": 2 }]"#;

#[track_caller]
fn law(plan: &str, question: &str) -> Law {
    let reasons = Reasons::open(plan).expect("JSON");
    postcard::from_bytes(&reasons.law(question, "en").expect("a law")).expect("its form")
}

/// All that is written in pieces.
fn words(pieces: &[Piece]) -> String {
    let words = pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Element { pieces, .. } => words(pieces),
        Piece::Link { path, text } => format!("[{text}: {path}]"),
        Piece::Field { path, name, .. } => format!("[{name}: {path}]"),
        Piece::Choice { path, name, .. } | Piece::Ticks { path, name, .. } => {
            format!("[{name}: {path}]")
        }
        Piece::Question { name, chosen, .. } => format!("[{name}: {chosen}]"),
    });
    words.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_value_that_was_filled_in_stands_at_its_field() {
    let wenzhou = law(&plan(&format!(r#""policy": "wenzhou-2020", {HOMES}"#)), "");
    let basic = wenzhou.fills.iter().find(|fill| fill.path == "residents_at_least.basic");
    let basic = basic.expect("it is filled in");
    assert_eq!(basic.value, "10%");
    assert!(basic.words.contains("Wenzhou"), "{}", basic.words);

    // What is more than a field stands with the part, in words.
    let guangzhou = law(&plan(&format!(r#""policy": "guangzhou-lift", {HOMES}"#)), "");
    let at = |path: &str| guangzhou.fills.iter().find(|fill| fill.path == path);
    let table = at("tables").expect("the table");
    assert!(table.value.is_empty() && table.words.contains("lift: 1 0, 2 0.5"), "{}", table.words);
    let sharing = at("lines[1].share_by").expect("how the lift is shared");
    assert!(sharing.words.contains("within a floor by area"), "{}", sharing.words);
}

#[test]
fn what_was_found_names_its_clause_and_leads_to_the_field() {
    let compound = r#""compound": { "year_built": 2004 }"#;
    let found = law(&plan(&format!(r#""policy": "puyang-2020", {compound}, {HOMES}"#)), "");
    let found = words(&found.review);
    for part in
        ["not before 2000", "[Go to the field: compound.year_built]", "二(一)", "建成于2000年以前"]
    {
        assert!(found.contains(part), "{part}: {found}");
    }
    // The company is asked for the gas, and its department is told.
    assert!(found.contains("[Go to the field: lines[0]]"), "{found}");
    assert!(found.contains("Who answers for what"), "{found}");
}

#[test]
fn what_needs_no_right_plan_is_there_without_one() {
    let wrong = law(&plan(r#""households": [{}]"#), "");
    assert!(wrong.review.is_empty() && wrong.vote.is_empty() && wrong.fills.is_empty());
    assert!(words(&wrong.policy).contains(": compound.year_built]"));
    assert!(words(&wrong.line).contains(": subject]"));
}

#[test]
fn the_vote_is_the_one_that_is_asked_for() {
    let plan = plan(HOMES);
    let first = words(&law(&plan, "").vote);
    assert!(first.contains("[Matter: use_fund civil_code ]"), "{first}");
    assert!(first.contains("60 of 100 m²") && first.contains("1 of 2"), "{first}");
    let objection = words(&law(&plan, "use_fund objection ").vote);
    assert!(objection.contains("Not decided yet"), "{objection}");
    // A method that is not made for the matter is not counted by.
    let raising = words(&law(&plan, "raise_fund objection ").vote);
    assert!(raising.contains("[Method: raise_fund civil_code ]"), "{raising}");
}
