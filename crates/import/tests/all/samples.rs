//! The sample files that visitors of the page download: what is filled in like them is read without a question.

use fentan_import::{Content, open};

#[test]
fn the_sample_files_are_read_as_what_they_are() {
    let works = include_bytes!("../../../../web/static/samples/works.xlsx");
    let roster = include_bytes!("../../../../web/static/samples/roster.xlsx");
    for (bytes, content, count, first) in [
        (&works[..], Content::Works, 4, r#""amount":"680000""#),
        (&roster[..], Content::Roster, 12, r#""floor":1,"area":"62.35""#),
    ] {
        let tables = open(bytes).expect("a workbook");
        assert_eq!(tables.len(), 1);
        let mapping = content.mapping(&tables[0]);
        let imported = content.read(&[(&tables[0], mapping)]);
        assert_eq!(imported.values.len(), count);
        let written = serde_json::to_string(&imported.values[0]).expect("JSON");
        assert!(written.contains(first), "{written}");
        // The total is no row, and nothing else was left out.
        assert_eq!(imported.left_out.len(), 1);
    }
}
