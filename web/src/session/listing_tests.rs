//! The roster as it is listed, while it is typed into.

use super::*;
use crate::message::{Row, Rows, Sort};
use crate::screens::roster::homes::stand_in_roster;

const PLAN: &str = r#"{"fentan":1,
    "lines":[{"id":"w","kind":"individual","charges":{"1-1-101":"8.00","1-1-201":"9.00"}}],
    "households":[{"id":"1-1-101","area":"50"},{"id":"1-1-102","area":"60"},
                  {"id":"1-1-201","area":"70"}]}"#;

fn session() -> Session {
    let document = read(PLAN).expect("a plan");
    let mut session = Session::open(Language::English, document);
    session.take(Request::Look(Look::first()));
    session
}

fn write(session: &mut Session, path: &str, text: &str) {
    let change = Change::Write { path: path.to_owned(), text: text.to_owned() };
    session.take(Request::Change(vec![change]));
}

fn rows_of(session: &Session) -> Rows {
    match session.rows(&session.wrong().0) {
        Reply::Rows(rows) => rows,
        _ => Rows::default(),
    }
}

fn rows(session: &Session) -> Vec<Row> {
    rows_of(session).rows
}

fn charge(session: &Session, id: &str) -> Option<String> {
    let charge = session.document.text(&format!("lines[0].charges.{}", quoted(id)));
    charge.map(str::to_owned)
}

#[test]
fn charges_go_with_the_id_and_with_the_household() {
    let mut session = session();
    write(&mut session, "households[0].id", "1.1");
    assert_eq!(charge(&session, "1.1").as_deref(), Some("8.00"));
    assert_eq!(charge(&session, "1-1-101"), None);
    let path = "households[0]".to_owned();
    session.take(Request::Change(vec![Change::Remove { path }]));
    assert_eq!(charge(&session, "1.1"), None);
    session.take(Request::Undo);
    assert_eq!(charge(&session, "1.1").as_deref(), Some("8.00"));
}

#[test]
fn charges_never_go_to_another_household() {
    let mut session = session();
    write(&mut session, "households[0].id", "1-1-102");
    assert_eq!(charge(&session, "1-1-102"), None);
    assert!(session.trouble.is_some());
    write(&mut session, "households[0].id", "1-1-101");
    assert!(session.trouble.is_none());
}

#[test]
fn a_row_stays_where_it_is_while_it_is_typed_into() {
    let mut session = session();
    let sort = Some(Sort { column: "area".to_owned(), descending: true });
    session.take(Request::Look(Look { sort, ..Look::first() }));
    let order = |session: &Session| rows(session).iter().map(|row| row.index).collect::<Vec<_>>();
    assert_eq!(order(&session), [2, 1, 0]);
    write(&mut session, "households[0].area", "99");
    assert_eq!(order(&session), [2, 1, 0]);
    session.take(Request::Undo);
    session.take(Request::Redo);
    assert_eq!(order(&session), [0, 2, 1]);
}

#[test]
fn another_household_is_like_the_one_before_with_the_next_id() {
    let mut session = session();
    session.take(Request::Add(Some(0)));
    let rows = rows(&session);
    let ids: Vec<&str> = rows.iter().map(Row::id).collect();
    assert_eq!(ids, ["1-1-101", "1-1-103", "1-1-102", "1-1-201"]);
    assert_eq!(session.document.text("households[1].area"), Some("50"));
}

#[test]
fn an_estimated_roster_is_marked_until_it_is_confirmed() {
    let mut session = session();
    let note = roster::stand_in(Language::English);
    let homes = stand_in_roster(&[crate::message::Dwelling::default()], &note).expect("a roster");
    session.take(Request::Make(vec![homes]));
    assert_eq!(rows_of(&session).estimated, 36);
    session.take(Request::Speak(Language::Chinese));
    session.take(Request::Confirm);
    assert_eq!(rows_of(&session).estimated, 0);
    session.take(Request::Undo);
    assert_eq!(rows_of(&session).estimated, 36);
}

#[test]
fn what_is_wrong_is_told_at_its_column() {
    let mut session = session();
    write(&mut session, "households[1].area", "x");
    write(&mut session, "lines[0].charges.1-1-201", "y");
    let wrong = |row: &Row| row.wrong.iter().map(|(column, _)| column.clone()).collect();
    let columns: Vec<Vec<String>> = rows(&session).iter().map(wrong).collect();
    assert_eq!(columns, [vec![], vec!["area".to_owned()], vec!["charge:w".to_owned()]]);
}

#[test]
fn several_hardships_and_who_takes_part_have_columns() {
    const PLAN: &str = r#"{"fentan":1,"relief":{"rates":{"dibao":"50%","disabled":"20%"}},
        "lines":[{"id":"lift.1","amount":"100"},{"id":"w","kind":"individual","charges":{}}],
        "households":[{"id":"1","area":"50","hardship":["dibao","disabled"]},
                      {"id":"2","area":"60","joins":{"lift.1":false}}]}"#;
    let document = read(PLAN).expect("a plan");
    let mut session = Session::open(Language::English, document);
    session.take(Request::Look(Look::first()));
    let rows = rows_of(&session);
    let cells = |name: &str| -> Vec<String> {
        let at = rows.columns.iter().position(|column| column.name == name).expect(name);
        assert!(rows.columns[at].is_used, "{name}");
        rows.rows.iter().map(|row| row.cells[at].clone()).collect()
    };
    assert_eq!(cells("hardship"), ["dibao+disabled", ""]);
    let joins = "joins.\"lift.1\"";
    assert_eq!(cells(joins), ["", "no"]);
    // An individual line is nobody's to join.
    assert!(rows.columns.iter().all(|column| column.name != "joins.w"));
    let column = rows.columns.iter().find(|column| column.name == joins).expect("a column");
    let path = column.path(&rows.rows[0]);
    session.take(Request::Change(vec![Change::Put { path, json: "false".to_owned(), at: None }]));
    assert_eq!(
        session.document().value("households[0].joins.\"lift.1\""),
        Some(&fentan_core::Value::Boolean(false))
    );
    session.take(Request::Undo);
    assert_eq!(session.document().value("households[0].joins"), None);
}
