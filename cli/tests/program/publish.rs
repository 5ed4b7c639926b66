//! What `fentan publish` writes, and what it says it left out.

use crate::{fentan, root};

#[test]
fn a_tariff_is_written_with_what_is_left_out_and_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tariff.json");
    let out = path.display().to_string();
    let plan = root().join("examples/puyang/plan.toml").display().to_string();
    let arguments = ["publish", &plan, "--date", "2026-11-27", "--lang", "en"];
    let printed = fentan(&arguments);
    assert_eq!(printed.status, 0, "{}", printed.errors);
    insta::assert_snapshot!("publish", printed.errors);

    let written = fentan(&[&arguments[..], &["--out", &out]].concat());
    assert_eq!(written.status, 0, "{}", written.errors);
    assert_eq!(std::fs::read_to_string(&path).expect("a file"), printed.output);
    insta::assert_snapshot!("tariff", printed.output);
}

#[test]
fn a_date_that_is_none_is_a_problem() {
    let plan = root().join("examples/lift-percent/plan.toml").display().to_string();
    for date in ["tomorrow", "2026", "2026-02-31", "2026-13-01", "2026-99-99"] {
        let answer = fentan(&["publish", &plan, "--date", date, "--lang", "en"]);
        assert_eq!(answer.status, 2);
        assert!(answer.errors.starts_with("date: bad-type: "), "{}", answer.errors);
        assert!(answer.output.is_empty());
    }
}
