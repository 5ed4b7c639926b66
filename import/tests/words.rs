//! Whatever the import says about a table is worded.

use fentan_import::{Conclusion, Reason, Table, households, works};
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
        let json = serde_json::to_string(&reason).expect("a name");
        assert_eq!(json, format!("\"{}\"", reason.as_str()));
    }
}

#[test]
fn fields_are_worded() {
    let roster = "id,room,number,name,note,building,unit,floor,area,hardship,payer,payer_share,\
                  fund_balance,fund_first,provident,in_kind,weight:heads,charge:windows";
    let budget = "id,number,name,note,amount,category,tier,kind,pipeline";
    let roster = households(&Table::from_text(roster)).mapping;
    let budget = works(&Table::from_text(budget)).mapping;
    for column in roster.columns.iter().chain(&budget.columns) {
        let field = column.field.as_deref().unwrap_or_default();
        is_worded("field", field.split(':').next().unwrap_or_default());
    }
}

#[test]
fn a_mapping_and_what_is_left_out_can_be_kept() {
    let imported = households(&Table::from_text("房号,面积（㎡）,备用\n3-1-501,60,\n合计,60,\n"));
    let json = serde_json::to_string(&(&imported.mapping, &imported.left_out)).expect("JSON");
    let again: (fentan_import::Mapping, Vec<fentan_import::LeftOut>) =
        serde_json::from_str(&json).expect("what was written");
    assert_eq!(again, (imported.mapping, imported.left_out));
}
