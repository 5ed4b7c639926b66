//! Whatever the import says about a table is worded.

use fentan_import::{Conclusion, Content, Reason, Table, Unreadable};
use fentan_words::keys;

#[track_caller]
fn is_worded(kind: &str, name: &str) {
    let key = format!("import.{kind}.{name}");
    assert!(keys().any(|one| one == key), "{key}");
}

#[test]
fn conclusions_and_reasons_are_worded_under_their_names() {
    for &conclusion in Conclusion::ALL {
        is_worded("conclusion", conclusion.as_str());
        let json = serde_json::to_string(&conclusion).expect("a name");
        assert_eq!(json, format!("\"{}\"", conclusion.as_str()));
    }
    for &reason in Reason::ALL {
        is_worded("reason", reason.as_str());
    }
    for &unreadable in Unreadable::ALL {
        is_worded("unreadable", unreadable.as_str());
    }
}

#[test]
fn fields_are_worded() {
    let fields = Content::ALL.iter().flat_map(|content| content.fields()).copied();
    for field in fields.chain(["weight:parking", "charge:windows"]) {
        is_worded("field", field.split(':').next().unwrap_or_default());
        if let Some(vote) = field.strip_prefix("vote:") {
            is_worded("vote", vote);
        }
    }
}

#[test]
fn a_mapping_can_be_kept() {
    let table = Table::from_text("房号,面积（㎡）,备用\n3-1-501,60,\n合计,60,\n");
    let mapping = Content::Roster.mapping(&table);
    let json = serde_json::to_string(&mapping).expect("JSON");
    let again: fentan_import::Mapping = serde_json::from_str(&json).expect("what was written");
    assert_eq!(again, mapping);
}
