use fentan_core::receipt::{Mismatch, Verification};

use crate::{Language, say, say_with};

/// What came of holding a result against its plan, in one line.
pub fn verification(language: Language, verification: &Verification) -> String {
    let Some(mismatch) = &verification.mismatch else {
        return match &verification.other_engine {
            Some(engine) => say_with(language, "verify.holds-since", &[("engine", engine)]),
            None => say(language, "verify.holds"),
        };
    };
    let Mismatch { path, id, .. } = mismatch;
    let place = match id {
        Some(id) => say_with(language, "verify.place", &[("path", path), ("id", id)]),
        None => path.clone(),
    };
    let (seen, reason) = (seen(language, mismatch), reason(language, verification, path));
    say_with(
        language,
        "verify.does-not-hold",
        &[("place", &place), ("seen", &seen), ("reason", &reason)],
    )
}

fn seen(language: Language, mismatch: &Mismatch) -> String {
    let found = mismatch.found.as_deref().unwrap_or_default();
    let expected = mismatch.expected.as_deref().unwrap_or_default();
    let key = match (&mismatch.found, &mismatch.expected) {
        _ if mismatch.twice => "verify.twice",
        (Some(_), Some(_)) => "verify.other",
        (None, Some(_)) => "verify.missing",
        (Some(_), None) => "verify.further",
        (None, None) => "verify.no-receipt",
    };
    say_with(language, key, &[("found", found), ("expected", expected)])
}

/// What that most likely means.
fn reason(language: Language, verification: &Verification, path: &str) -> String {
    match (path, &verification.other_engine) {
        ("receipt", _) => say(language, "verify.no-receipt-do"),
        ("receipt.plan", _) => say(language, "verify.plan-changed"),
        ("receipt.content", _) => say(language, "verify.receipt-changed"),
        _ if verification.same_plan.is_none() => say(language, "verify.neither"),
        _ if verification.same_plan == Some(false) => say(language, "verify.other-plan"),
        (_, Some(engine)) => say_with(language, "verify.other-engine", &[("engine", engine)]),
        (_, None) => say(language, "verify.result-changed"),
    }
}
