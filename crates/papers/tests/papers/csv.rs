//! The tables as CSV.

use fentan_papers::csv;

use crate::{SMALL, read};

#[test]
fn texts_that_look_like_formulas_are_defused_and_numbers_stand() {
    let (plan, split) = read(SMALL);
    let households = csv::households(&split, false).expect("a table");
    let households = String::from_utf8(households).expect("UTF-8");
    assert!(households.contains("\n'=1+1,"), "{households}");
    insta::assert_snapshot!(
        "csv",
        format!(
            "{}\n{}\n{households}",
            String::from_utf8(csv::sources(&split, false).expect("a table")).expect("UTF-8"),
            String::from_utf8(csv::lines(&plan, &split, false).expect("a table")).expect("UTF-8"),
        )
    );
}

#[test]
fn a_byte_order_mark_stands_before_the_same_table() {
    let (_, split) = read(SMALL);
    let plain = csv::households(&split, false).expect("a table");
    let marked = csv::households(&split, true).expect("a table");
    assert_eq!(marked.strip_prefix("\u{feff}".as_bytes()), Some(plain.as_slice()));
}
