//! The conformance vectors through the program.

use crate::fentan_with;

#[test]
fn every_vector_is_answered_by_the_program() {
    for vector in fentan_tests::vectors() {
        let answer = fentan_with(&["split", "-", "--format", "json"], vector.plan);
        let is_error = answer.json().get("errors").is_some();
        assert_eq!(answer.status, if is_error { 2 } else { 0 }, "{}", vector.name);
        assert_eq!(answer.errors.is_empty(), !is_error, "{}", vector.name);
        vector.assert_answered(&answer.json());
    }
}
