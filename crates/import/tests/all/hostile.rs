//! Files made to do harm, and files that are broken: each is answered with what is the matter, in
//! bounded memory.

use std::io::{Cursor, Read, Write};

use fentan_import::{Content, Table, Unreadable, open};
use fentan_tests::office_files;
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The most bytes that opening any file may hold at once: a few times what is kept of it.
const MOST_HELD: u64 = 512 << 20;

#[track_caller]
fn opened(bytes: &[u8]) -> Result<Vec<Table>, Unreadable> {
    let mut result = None;
    let held = allocation_counter::measure(|| result = Some(open(bytes))).bytes_max;
    assert!(held < MOST_HELD, "{held} bytes");
    result.expect("an answer")
}

#[track_caller]
fn refuses(bytes: &[u8], unreadable: Unreadable) {
    assert_eq!(opened(bytes).map(|tables| tables.len()), Err(unreadable));
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a part");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("a zip file").into_inner()
}

fn xlsx(sheet: &[u8], texts: &[u8]) -> Vec<u8> {
    let related = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="x/{kind}" Target="{target}"/>"#)
    };
    let workbook = related("a", "officeDocument", "xl/workbook.xml");
    let parts =
        related("s", "worksheet", "sheet.xml") + &related("t", "sharedStrings", "texts.xml");
    zipped(&[
        ("_rels/.rels", format!("<R>{workbook}</R>").as_bytes()),
        ("xl/workbook.xml", br#"<w><sheets><sheet name="A" r:id="s"/></sheets></w>"#),
        ("xl/_rels/workbook.xml.rels", format!("<R>{parts}</R>").as_bytes()),
        ("xl/sheet.xml", sheet),
        ("xl/texts.xml", texts),
    ])
}

fn sheet(cells: &str) -> Vec<u8> {
    xlsx(format!("<ws><sheetData>{cells}</sheetData></ws>").as_bytes(), b"<sst/>")
}

fn ods(table: &str) -> Vec<u8> {
    let content = format!(r#"<o><table:table table:name="A">{table}</table:table></o>"#);
    zipped(&[("content.xml", content.as_bytes())])
}

#[test]
fn a_bomb_is_left_packed() {
    // 130 MB of blanks pack to 130 KB.
    let blanks = vec![b' '; 130 << 20];
    let bomb = xlsx(&blanks, b"<sst/>");
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    refuses(&bomb, Unreadable::TooLarge);

    // The same where the zip file says that they are ten.
    let size = u32::try_from(blanks.len()).expect("a size").to_le_bytes();
    let mut lying = bomb;
    for at in 0..lying.len() - 4 {
        if lying[at..at + 4] == size {
            lying[at..at + 4].copy_from_slice(&10u32.to_le_bytes());
        }
    }
    assert!(opened(&lying).is_err());
}

#[test]
fn entities_are_refused_before_they_grow() {
    let laughs = r#"<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><ws/>"#;
    refuses(&xlsx(laughs.as_bytes(), b"<sst/>"), Unreadable::Entities);
    refuses(&sheet(r#"<row><c t="str"><v>&b;</v></c></row>"#), Unreadable::Entities);
    let outside = r#"<!DOCTYPE s SYSTEM "file:///etc/passwd"><o/>"#;
    refuses(&zipped(&[("content.xml", outside.as_bytes())]), Unreadable::Entities);
}

#[test]
fn the_largest_sheet_takes_what_is_in_it() {
    let corners = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
    let dimension = r#"<ws><dimension ref="A1:XFD1048576"/><sheetData>"#;
    let whole = format!("{dimension}{corners}</sheetData></ws>");
    let tables = opened(&xlsx(whole.as_bytes(), b"<sst/>")).expect("a sheet");
    let rows: Vec<_> = tables[0].rows.iter().map(|row| (row.number, row.cells.len())).collect();
    assert_eq!(rows, [(1, 1), (1_048_576, 16_384)]);

    let cell = r#"<table:table-cell office:value-type="float" office:value="1"/>"#;
    let full = format!(r#"<table:table-row table:number-rows-repeated="1048576">{cell}"#);
    let tables = opened(&ods(&(full + "</table:table-row>"))).expect("a sheet");
    assert_eq!(tables[0].rows.len(), 1_048_576);
    let wide: String = (1..=1000).map(|row| format!(r#"<c r="XFD{row}"><v>1</v></c>"#)).collect();
    refuses(&sheet(&wide), Unreadable::TooLarge);
    refuses(&sheet(r#"<c r="A1048577"><v>1</v></c>"#), Unreadable::Broken);
}

#[test]
fn what_is_repeated_counts_each_time() {
    let cell = r#"<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell>"#;
    let row = |cells: &str| {
        format!(
            r#"<table:table-row table:number-rows-repeated="1048576">{cells}</table:table-row>"#
        )
    };
    refuses(&ods(&row(cell)), Unreadable::TooLarge);
    let endless = cell.replace("16384", "18446744073709551615");
    refuses(&ods(&row(&endless)), Unreadable::Broken);
    let blanks = r#"<table:table-cell office:value-type="string"><text:p>x<text:s text:c="4000000000"/>y</text:p></table:table-cell>"#;
    assert!(opened(&ods(&format!("<table:table-row>{blanks}</table:table-row>"))).is_ok());
    let nothing = row("<table:table-cell/>").repeat(3);
    assert!(opened(&ods(&nothing)).expect("a sheet")[0].rows.is_empty());

    // One long text, named by a hundred thousand cells.
    let text = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(32_767));
    let cells = r#"<row><c t="s"><v>0</v></c></row>"#.repeat(100_000);
    let cells = format!("<ws><sheetData>{cells}</sheetData></ws>");
    refuses(&xlsx(cells.as_bytes(), text.as_bytes()), Unreadable::TooLarge);
}

#[test]
fn what_breaks_off_or_contradicts_itself_is_broken() {
    refuses(b"PK\x03\x04", Unreadable::Broken);
    refuses(&sheet(r#"<row><c t="s"><v>7</v></c></row>"#), Unreadable::Broken);
    refuses(&sheet("<row><c>"), Unreadable::Broken);
    refuses(&sheet(r#"<mergeCell ref="A1:"/>"#), Unreadable::Broken);
    refuses(&ods("<table:table-row><table:table-cell>"), Unreadable::Broken);
    refuses(&ods(r#"<table:table-row table:number-rows-repeated="-1"/>"#), Unreadable::Broken);
    let count = format!(r#"<sst uniqueCount="{}"/>"#, u64::MAX);
    assert!(opened(&xlsx(b"<ws><sheetData/></ws>", count.as_bytes())).is_ok());
    refuses(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Unreadable::Broken);
}

#[test]
fn other_files_are_told() {
    refuses(b"<html><table><tr><td>1</td></tr></table></html>", Unreadable::OtherFormat);
    refuses(b"%PDF-1.7\n\xe2\xe3", Unreadable::OtherFormat);
    refuses(&zipped(&[("word/document.xml", b"<d/>")]), Unreadable::OtherFormat);
    refuses(&zipped(&[("_rels/.rels", b"<R/>")]), Unreadable::OtherFormat);
    refuses(b"a,b\n\x00\x01\xff\x00\x00\xd8\n", Unreadable::UnknownEncoding);
    refuses(b"\x89PNG\r\n\x1a\n\xff\xff", Unreadable::UnknownEncoding);
    refuses(&vec![b','; 5_000_000], Unreadable::TooLarge);
    let with = |stream: &str, bytes: &[u8]| {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
        file.create_stream(stream).and_then(|mut one| one.write_all(bytes)).expect("memory");
        file.into_inner().into_inner()
    };
    refuses(&with("/EncryptedPackage", b""), Unreadable::Password);
    refuses(&with("/Book", b""), Unreadable::OldExcel);
    refuses(&with("/WordDocument", b""), Unreadable::OtherFormat);
    let protected = b"\x09\x08\x04\x00\x00\x06\x05\x00\x2f\x00\x02\x00\x01\x00";
    refuses(&with("/Workbook", protected), Unreadable::Password);
}

#[test]
fn an_empty_file_holds_nothing() {
    let tables = opened(b"").expect("a text");
    let sheets = Content::Roster.sheets(&tables);
    assert!(Content::Roster.read(&sheets).values.is_empty());
    assert!(Content::Works.sheets(&[]).is_empty());
}

/// The parts of a workbook, unpacked.
fn unpacked(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).ok()?;
            let name = part.name().ok()?.into_owned();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).ok()?;
            Some((name, bytes))
        })
        .collect()
}

fn spoil(bytes: &mut Vec<u8>, spoils: &[(usize, u8)], cut: Option<usize>) {
    if bytes.is_empty() {
        return;
    }
    for &(at, byte) in spoils {
        let at = at % bytes.len();
        bytes[at] = byte;
    }
    if let Some(cut) = cut {
        bytes.truncate(cut % bytes.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_file_becomes_it_is_answered(
        which in any::<prop::sample::Index>(),
        part in any::<prop::sample::Index>(),
        inside: bool,
        spoils in prop::collection::vec((any::<usize>(), prop_oneof![
            any::<u8>(), prop::sample::select(b"<>/\"=&;0123456789\xff\x00".to_vec()),
        ]), 0..12),
        cut in prop::option::weighted(0.2, any::<usize>()),
    ) {
        let files: Vec<_> = office_files().collect();
        let mut bytes = which.get(&files).bytes.to_vec();
        match unpacked(&bytes).filter(|parts| inside && !parts.is_empty()) {
            Some(mut parts) => {
                let at = part.index(parts.len());
                spoil(&mut parts[at].1, &spoils, cut);
                let parts: Vec<_> =
                    parts.iter().map(|(name, bytes)| (&**name, &**bytes)).collect();
                bytes = zipped(&parts);
            }
            None => spoil(&mut bytes, &spoils, cut),
        }
        if let Ok(tables) = opened(&bytes) {
            for &content in Content::ALL {
                let sheets = content.sheets(&tables);
                content.read(&sheets).sift(content, &sheets);
            }
        }
    }
}
