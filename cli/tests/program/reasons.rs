//! Why a figure is what it is, as `fentan explain` tells it: to be read.

use crate::fentan;

const PUYANG: &str = "examples/puyang/plan.toml";

#[track_caller]
fn explained(arguments: &[&str]) -> String {
    let answer = fentan(&[&["explain"], arguments].concat());
    assert_eq!((answer.status, answer.errors.as_str()), (0, ""), "{arguments:?}");
    answer.output
}

#[test]
fn a_household_figure_by_figure() {
    insta::assert_snapshot!(explained(&[PUYANG, "--household", "3-1-501"]));
}

#[test]
fn one_figure_a_step_further_in() {
    let asked = [PUYANG, "--household", "2-2-602", "--figure", "replenish"];
    insta::assert_snapshot!(explained(&asked));
}

#[test]
fn a_household_on_one_line_down_to_the_plan() {
    let lift = "examples/lift-guangzhou/plan.toml";
    let asked = [lift, "--household", "1-1-904", "--line", "lift", "--depth", "9"];
    insta::assert_snapshot!(explained(&asked));
}

#[test]
fn a_line_by_payer() {
    insta::assert_snapshot!(explained(&[PUYANG, "--line", "roof", "--lang", "en"]));
}

#[test]
fn a_source_on_a_line() {
    insta::assert_snapshot!(explained(&[PUYANG, "--source", "county", "--line", "roof"]));
}

#[test]
fn what_there_is_not_is_a_failure() {
    for (option, id) in [("--household", "9-9-999"), ("--line", "x"), ("--source", "x")] {
        let answer = fentan(&["explain", PUYANG, option, id]);
        assert_eq!((answer.status, answer.output.as_str()), (1, ""));
        assert!(answer.errors.contains(id), "{}", answer.errors);
    }
}
