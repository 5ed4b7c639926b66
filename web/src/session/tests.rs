//! The session, asked as the page asks it.

use fentan_core::{Change, Fen};
use fentan_import::Content;

use super::*;
use crate::message::{Dwelling, Report, Rows, Sort, Taken};
use crate::screens::result::saving::split_file;
use crate::screens::roster::homes::stand_in_roster;

fn write(path: &str, text: &str) -> Request {
    Request::Change(vec![Change::Write { path: path.to_owned(), text: text.to_owned() }])
}

const WORDS: Words = Words {
    problem: fentan_words::problem_in_plan,
    line: fentan_words::problem_at,
    place: fentan_words::place,
};

fn opened_on(json: &str) -> Session {
    let document = read(json).expect("JSON");
    Session::open(Language::English, document).with_words(Some(WORDS))
}

fn standing(replies: &[Reply]) -> &Standing {
    let found = replies.iter().find_map(|reply| match reply {
        Reply::Standing(standing) => Some(standing.as_ref()),
        _ => None,
    });
    found.expect("how the plan stands")
}

fn rows(replies: Vec<Reply>) -> Rows {
    let found = replies.into_iter().find_map(|reply| match reply {
        Reply::Rows(rows) => Some(rows),
        _ => None,
    });
    found.expect("rows")
}

#[track_caller]
fn budget(replies: &[Reply]) -> String {
    let outcome = standing(replies).outcome.as_ref().expect("a split");
    outcome.proof.budget.to_string()
}

#[track_caller]
fn codes<'r>(replies: &'r [Reply], path: &str) -> Vec<&'r str> {
    let wrong = standing(replies).wrong.iter().filter(|one| one.path == path);
    wrong.map(|one| one.code.as_str()).collect()
}

const GATE: &str = r#"{
    "fentan": 1,
    "name": "Gate",
    "lines": [
        { "id": "gate", "amount": "100" },
        { "id": "windows", "kind": "individual", "charges": { "101": "7.00" } }
    ],
    "sources": [{ "id": "county", "rate": "10%", "amount": "50" }],
    "households": [
        { "id": "101", "building": "1", "floor": 1, "area": "60" },
        { "id": "102", "building": "2", "floor": 2, "area": "9.5" }
    ]
}"#;

#[test]
fn the_example_can_be_split() {
    let session = Session::open(Language::Chinese, example());
    let replies = session.show();
    let standing = standing(&replies);
    assert_eq!((standing.wrong.len(), standing.households), (0, 264));
    let outcome = standing.outcome.as_ref().expect("a split");
    let totals: Fen = outcome.by_payer.totals.iter().copied().sum();
    assert_eq!(totals, outcome.proof.budget);
}

#[test]
fn an_empty_plan_waits_for_its_households() {
    for language in Language::ALL {
        let session = Session::open(language, nothing(language));
        assert!(!session.name().is_empty());
        assert_eq!(standing(&session.show()).households, 0);
    }
}

#[test]
fn an_edit_is_split_at_once() {
    let replies = opened_on(GATE).take(write("lines[0].amount", "250.50"));
    assert_eq!(standing(&replies).wrong, []);
    assert_eq!((budget(&replies).as_str(), standing(&replies).answered), ("257.50", 1));
}

#[test]
fn a_problem_stays_until_it_is_fixed() {
    let mut session = opened_on(GATE);
    let replies = session.take(write("lines[0].amount", "1,5"));
    assert_eq!(codes(&replies, "lines[0].amount"), ["bad-number"]);
    assert_eq!(standing(&replies).outcome, None);
    let replies = session.take(write("sources[0].rate", "2"));
    assert_eq!(codes(&replies, "sources[0].rate"), ["bad-rate"]);
    let replies = session.take(write("lines[0].amount", "1.5"));
    assert_eq!(codes(&replies, "lines[0].amount"), [""; 0]);
    let replies = session.take(write("sources[0].rate", "1/2"));
    assert_eq!(budget(&replies), "8.50");
}

#[test]
fn problems_are_said_in_the_language_spoken() {
    let mut session = opened_on(GATE);
    let replies = session.take(write("lines[0].amount", "x"));
    let english = standing(&replies).wrong[0].words.clone();
    let replies = session.take(Request::Speak(Language::Chinese));
    assert_ne!(standing(&replies).wrong[0].words, english);
}

#[test]
fn letters_typed_into_a_field_are_undone_together() {
    let mut session = opened_on(GATE);
    let before = session.json();
    for amount in ["2", "25", "250"] {
        session.take(write("lines[0].amount", amount));
    }
    session.take(write("lines[0].name", "Gate"));
    let after = session.json();
    session.take(Request::Undo);
    let replies = session.take(Request::Undo);
    assert_eq!(session.json(), before);
    assert_eq!((&standing(&replies).undo, standing(&replies).redo.is_some()), (&None, true));
    assert!(matches!(&replies[0], Reply::Form(form) if !form.is_another));
    session.take(Request::Redo);
    session.take(Request::Redo);
    assert_eq!(session.json(), after);
    session.take(Request::Undo);
    let replies = session.take(write("lines[0].amount", "3"));
    assert_eq!(standing(&replies).redo, None, "what is new leaves nothing to redo");
}

#[test]
fn nothing_to_undo_is_answered_too() {
    let replies = opened_on(GATE).take(Request::Undo);
    assert_eq!(standing(&replies).answered, 1);
}

#[test]
fn a_floor_is_a_whole_number() {
    let mut session = opened_on(GATE);
    let replies = session.take(write("households[0].floor", "-1"));
    assert_eq!(standing(&replies).wrong, []);
    let replies = session.take(write("households[0].floor", "one"));
    assert_eq!(codes(&replies, "households[0].floor"), ["bad-type"]);
}

#[test]
fn charges_follow_the_id_of_their_household() {
    let mut session = opened_on(GATE);
    let replies = session.take(write("households[0].id", "1.01"));
    assert_eq!(standing(&replies).wrong, []);
    assert!(session.json().contains(r#""charges":{"1.01":"7.00"}"#), "{}", session.json());
    session.take(Request::Undo);
    assert!(session.json().contains(r#""charges":{"101":"7.00"}"#));
    let settled = GATE.replace(r#""7.00" }"#, r#""7.00" }, "final_charges": { "101": "6.50" }"#);
    let mut session = opened_on(&settled);
    let replies = session.take(write("households[0].id", "1.01"));
    assert_eq!(standing(&replies).wrong, []);
    assert!(session.json().contains(r#""final_charges":{"1.01":"6.50"}"#), "{}", session.json());
}

#[test]
fn the_form_holds_all_but_the_households() {
    let replies = opened_on(GATE).show();
    let Reply::Form(form) = &replies[0] else { panic!("no form") };
    assert!(form.is_another && form.json.contains("county"));
    assert!(!form.json.contains("households"));
}

fn look(search: &str, building: &str, sort: Option<(&str, bool)>) -> Request {
    Request::Look(Look {
        search: search.to_owned(),
        building: building.to_owned(),
        sort: sort.map(|(column, descending)| Sort { column: column.to_owned(), descending }),
        count: 10,
        ..Look::default()
    })
}

fn ids(session: &mut Session, request: Request) -> Vec<String> {
    let rows = rows(session.take(request));
    rows.rows.into_iter().map(|mut row| row.cells.swap_remove(0)).collect()
}

#[test]
fn households_are_found_filtered_and_sorted() {
    let mut session = opened_on(GATE);
    assert_eq!(ids(&mut session, look("", "", None)), ["101", "102"]);
    assert_eq!(ids(&mut session, look("02", "", None)), ["102"]);
    assert_eq!(ids(&mut session, look("", "1", None)), ["101"]);
    assert_eq!(ids(&mut session, look("", "", Some(("area", false)))), ["102", "101"]);
    assert_eq!(ids(&mut session, look("", "", Some(("=due", false)))), ["102", "101"]);
    assert_eq!(ids(&mut session, look("", "", Some(("charge:windows", true)))), ["101", "102"]);
    assert_eq!(ids(&mut session, look("", "", Some(("no such column", false)))).len(), 2);
}

#[test]
fn a_row_tells_what_is_written_what_is_wrong_and_what_is_due() {
    let mut session = opened_on(GATE);
    let shown = rows(session.take(look("", "", None)));
    let column = |name: &str| shown.columns.iter().position(|one| one.name == name);
    let cell = |name: &str| shown.rows[0].cells[column(name).expect("a column")].as_str();
    assert_eq!(["id", "building", "unit", "floor", "area"].map(cell), ["101", "1", "", "1", "60"]);
    assert_eq!(cell("charge:windows"), "7.00");
    let dues = shown.rows[0].dues.expect("a split");
    assert_eq!(dues.individual, Fen(700));
    assert_eq!((shown.found, shown.buildings), (2, vec!["1".to_owned(), "2".to_owned()]));

    let shown = rows(session.take(write("households[1].area", "0")));
    assert_eq!(shown.rows[1].wrong.len(), 1);
    assert_eq!(shown.rows[1].wrong[0].0, "area");
    assert_eq!(shown.rows[0].dues, Some(dues), "the last split stays");
    let shown = rows(session.take(write("households[1].id", "103")));
    assert_eq!(shown.rows[1].dues, None, "it was never split");
}

fn take_in(content: Content, adding: bool, values: &str, charges: &[(&str, &str)]) -> Request {
    let charges = charges.iter().map(|(line, json)| ((*line).to_owned(), (*json).to_owned()));
    Request::TakeIn(Box::new(Taken {
        content,
        adding,
        values: values.to_owned(),
        count: 1,
        charges: charges.collect(),
        report: Some(Report::default()),
    }))
}

#[test]
fn pasted_lines_get_ids_that_are_free() {
    let mut session = opened_on(GATE);
    let wall = r#"[{"id":"gate","amount":"5"},{"id":"line-2","amount":"6"}]"#;
    let replies = session.take(take_in(Content::Works, true, wall, &[]));
    assert_eq!((standing(&replies).wrong.len(), budget(&replies).as_str()), (0, "118.00"));
    let replies = session.take(take_in(Content::Works, false, wall, &[]));
    assert_eq!(budget(&replies), "11.00");
    assert!(matches!(replies.last(), Some(Reply::Pasted(pasted)) if pasted.count == 1));
    session.take(Request::Undo);
    let replies = session.take(Request::Undo);
    assert_eq!(budget(&replies), "107.00");
}

#[test]
fn a_pasted_roster_comes_in_place_or_in_addition_with_its_charges() {
    let mut session = opened_on(GATE);
    let home = r#"[{"id":"103","area":"60"}]"#;
    let charge = [("windows", r#"{"103":"3.00"}"#), ("no such line", "{}")];
    let replies = session.take(take_in(Content::Roster, true, home, &charge));
    assert_eq!((standing(&replies).households, budget(&replies).as_str()), (3, "110.00"));
    let replies = session.take(take_in(Content::Roster, false, home, &charge));
    assert_eq!((standing(&replies).households, budget(&replies).as_str()), (1, "103.00"));
}

#[test]
fn a_stand_in_roster_takes_the_place_of_the_roster() {
    let mut session =
        opened_on(&GATE.replace(r#", "charges": { "101": "7.00" }"#, r#", "charges": {}"#));
    let slab = Dwelling { area: "60".to_owned(), buildings: 2, units: 3, floors: 6, on_a_floor: 2 };
    let roster = stand_in_roster(&[slab], "estimated").expect("a roster");
    let replies = session.take(Request::Make(vec![roster]));
    assert_eq!((standing(&replies).households, standing(&replies).wrong.len()), (72, 0));
}

#[test]
fn the_saved_plan_is_split_to_the_same_figures() {
    let mut session = opened_on(GATE);
    session.take(write("lines[0].amount", "123.45"));
    let saved = session.take(Request::Save);
    let [Reply::File(file)] = saved.as_slice() else { panic!("no file") };
    assert_eq!(file.name, "Gate.fentan.json");
    let document = Document::from_json(file.text.as_bytes()).expect("JSON");
    let plan = Plan::read(&document, None).expect("a plan");
    let split = serde_json::to_string_pretty(&fentan_core::split(&plan).expect("a split"));
    let split = TextFile { name: "split.json".to_owned(), text: split.expect("JSON") };
    assert_eq!(split_file(&session), Some(split));
    session.take(write("lines[0].amount", ""));
    assert_eq!(split_file(&session), None, "nothing out of date is saved");
}

#[test]
fn a_plan_that_can_not_be_read_is_refused() {
    assert_eq!(read("{").expect_err("refused").iter().count(), 1);
}

#[test]
fn problems_are_put_in_words_once_what_words_them_is_there() {
    let mut session = Session::open(Language::English, read(GATE).expect("JSON"));
    assert!(!session.lacks_words());
    let replies = session.take(write("lines[0].amount", "x"));
    let unsaid = standing(&replies).wrong[0].words.clone();
    assert!(session.lacks_words());
    let replies = session.put_in_words(WORDS);
    let said = &standing(&replies).wrong[0].words;
    assert!(*said != unsaid && said.contains("“x”"), "{said}");
    assert!(!session.lacks_words());
}

#[test]
fn a_pack_fills_in_and_is_taken_back_like_any_change() {
    let mut session = opened_on(GATE);
    let before = session.json();
    session.take(write("lines[0].tier", "basic"));
    session.take(write("sources[0].rate", "100%"));
    let residents = |replies: &[Reply]| {
        standing(replies).outcome.as_ref().expect("a split").proof.residents.to_string()
    };
    // The county may pay all of the gate; the windows are the residents' own.
    assert_eq!(residents(&session.take(write("sources[0].amount", "100"))), "7.00");
    let json = r#""wenzhou-2020""#.to_owned();
    let choose = Change::Put { path: "policy".to_owned(), json, at: None };
    // By the pack residents keep 10% of a basic line.
    assert_eq!(residents(&session.take(Request::Change(vec![choose]))), "17.00");
    for _ in 0..4 {
        session.take(Request::Undo);
    }
    assert_eq!(session.json(), before);
}

#[test]
fn what_is_said_of_the_compound_is_written_as_a_plan_has_it() {
    let mut session = opened_on(GATE);
    let replies = session.take(write("compound.year_built", "1994"));
    assert_eq!(standing(&replies).wrong, []);
    assert!(session.json().contains(r#""compound":{"year_built":1994}"#), "{}", session.json());
    let replies = session.take(write("compound.year_built", "about 1994"));
    assert_eq!(codes(&replies, "compound.year_built"), ["bad-type"]);
    session.take(Request::Undo);
    assert!(!session.json().contains("compound"));
}

#[test]
fn a_scenario_that_leads_nowhere_keeps_no_plan_from_being_split() {
    let scenarios = r#""scenarios": [{ "id": "less", "changes": [{ "remove": "sources.city" }] }],
        "households""#;
    let mut session = opened_on(&GATE.replace(r#""households""#, scenarios));
    assert_eq!(standing(&session.show()).wrong, []);
    assert_eq!(budget(&session.take(write("lines[0].amount", "200"))), "207.00");
}

/// However a session comes to a document, it says of it what one opened on it says.
#[test]
fn what_is_read_again_says_what_a_first_reading_says() {
    let mut session = opened_on(GATE);
    let steps = [
        write("lines[0].amount", "200"),
        write("households[0].area", "many"),
        write("lines[0].amount", "300"),
        write("lines[0].share_by", "household"),
        Request::Undo,
        Request::Undo,
        Request::Undo,
        write("sources[0].rate", "over"),
        write("households[1].hardship", "dibao"),
        write("sources[0].rate", "20%"),
        Request::Undo,
        Request::Redo,
        Request::Change(vec![Change::Remove { path: "households[1]".to_owned() }]),
        write("lines[1].charges.102", "7.00"),
        Request::Undo,
        Request::Undo,
    ];
    for (place, step) in steps.into_iter().enumerate() {
        let replies = session.take(step);
        let fresh = opened_on(&session.json()).show();
        let (here, there) = (standing(&replies), standing(&fresh));
        assert_eq!(here.wrong, there.wrong, "step {place}");
        assert_eq!(here.outcome, there.outcome, "step {place}");
    }
}
