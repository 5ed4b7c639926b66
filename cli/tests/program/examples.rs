//! The examples as the README has them, each with the tables it gives.

use crate::{fentan, root};

#[test]
fn every_example_splits_into_the_tables_it_did() {
    let mut count = 0;
    insta::glob!(root(), "examples/*/plan.*", |plan| {
        count += 1;
        let plan = plan.to_str().expect("a path in UTF-8");
        let answer = fentan(&["split", plan]);
        assert_eq!((answer.status, answer.errors.as_str()), (0, ""));
        insta::assert_snapshot!(answer.output);
    });
    assert_eq!(count, 5);
}

#[track_caller]
fn pays(example: &str, household: &str, due: &str) {
    let answer = fentan(&["split", &format!("examples/{example}"), "--format", "json"]).json();
    let households = answer["households"].as_array().expect("households");
    let found = households.iter().find(|one| one["id"] == household).expect("the household");
    assert_eq!(found["due"], due);
}

/// Case T2 of the published figures: what each home of 3rd to 6th floor paid.
#[test]
fn the_percentage_table_gives_the_published_figures() {
    for (household, due) in [
        ("1-1-201", "0.00"),
        ("1-1-301", "25500.00"),
        ("1-1-401", "51000.00"),
        ("1-1-501", "76500.00"),
        ("1-1-602", "102000.00"),
    ] {
        pays("lift-percent/plan.toml", household, due);
    }
}

/// Case T1, from the article's coefficients: 20833.33… for a home on the 9th floor.
#[test]
fn the_guangzhou_table_gives_the_figures_of_its_article() {
    pays("lift-guangzhou/plan.toml", "1-1-101", "0.00");
    pays("lift-guangzhou/plan.toml", "1-1-501", "15625.00");
    pays("lift-guangzhou/plan.toml", "1-1-904", "20833.33");
}
