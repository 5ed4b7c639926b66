//! The kinds of files that somebody may hand in.

/// By name, the folders of files of each kind to begin with. What breaks something is kept in
/// `tests/fuzz/seeds/`.
pub const TARGETS: [(&str, &[&str]); 10] = [
    ("plan_json", &["tests/vectors", "examples/sold-public-housing"]),
    (
        "plan_toml",
        &["examples/puyang", "examples/lift-percent", "examples/lift-guangzhou", "cli/starter"],
    ),
    ("roster_csv", &["examples/puyang", "examples/lift-guangzhou", "cli/starter"]),
    ("policy_pack", &["core/policies"]),
    ("result", &["tests/vectors", "examples/sold-public-housing"]),
    ("link", &["tests/fuzz/seeds/link"]),
    ("cells", &["crates/import/tests/files"]),
    ("tariff", &["tests/fuzz/seeds/tariff"]),
    ("ledger", &["tests/fuzz/seeds/ledger"]),
    ("payments_csv", &["tests/vectors"]),
];
