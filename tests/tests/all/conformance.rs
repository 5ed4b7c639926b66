//! The conformance vectors through the library.

#[test]
fn every_vector_is_answered_by_the_library() {
    for vector in fentan_tests::vectors() {
        vector.assert_answered(&fentan_tests::answer(vector.plan));
    }
}
