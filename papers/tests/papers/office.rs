//! Papers as LibreOffice has them: needs `soffice`; `cargo xtask test` runs these where it is.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;

use fentan_papers::{Format, Paper};
use fentan_words::Language;
use zip::write::SimpleFileOptions;

use crate::workbook::{Book, assert_adds_up};
use crate::{SMALL, puyang, read, written};

/// Has LibreOffice make another file of one.
fn converted(folder: &Path, file: &str, bytes: &[u8], into: &str) -> Vec<u8> {
    let out = folder.join("out");
    fs::write(folder.join(file), bytes).expect("a file");
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let status = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", into, "--outdir"])
        .arg(&out)
        .arg(folder.join(file))
        .status()
        .expect("LibreOffice (soffice) is installed");
    assert!(status.success());
    let name = Path::new(file).with_extension(into);
    fs::read(out.join(name)).expect("what LibreOffice made")
}

/// A workbook without the values that its formulas were given, so that they must be worked out.
fn without_values(file: &[u8]) -> Vec<u8> {
    let mut parts = zip::ZipArchive::new(Cursor::new(file)).expect("a workbook");
    let mut kept = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut left_out = 0;
    for index in 0..parts.len() {
        let mut part = parts.by_index(index).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("UTF-8");
        kept.start_file(part.name().expect("a name"), SimpleFileOptions::default())
            .expect("a part");
        let mut pieces = text.split("</f><v>");
        let mut stripped = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (_, rest) = piece.split_once("</v>").expect("a value's end");
            stripped.push_str("</f>");
            stripped.push_str(rest);
            left_out += 1;
        }
        kept.write_all(stripped.as_bytes()).expect("a part");
    }
    assert!(left_out > 0, "there are formulas with values");
    kept.finish().expect("a workbook").into_inner()
}

#[test]
#[ignore = "needs LibreOffice"]
fn libreoffice_works_every_total_out_to_the_fen() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, (plan, split)) in [("small", read(SMALL)), ("puyang", puyang())] {
        let file = written(Language::Chinese, &plan, &split, Paper::Workbook, Format::Xlsx);
        let stripped = without_values(&file);
        let worked_out = converted(folder.path(), "workbook.xlsx", &stripped, "xlsx");
        assert_adds_up(name, &plan, &split, &mut Book::open(worked_out));
    }
}

/// How many pages a PDF of LibreOffice's has.
fn pages(pdf: &[u8]) -> usize {
    pdf.windows(11).filter(|part| part == b"/Type/Page/").count()
}

#[test]
#[ignore = "needs LibreOffice"]
fn a_statement_is_one_page_and_so_is_a_ballot() {
    let folder = tempfile::tempdir().expect("a folder");
    let (plan, split) = puyang();
    for paper in [Paper::Statements, Paper::Ballot] {
        let docx = written(Language::Chinese, &plan, &split, paper, Format::Docx);
        let pdf = converted(folder.path(), "paper.docx", &docx, "pdf");
        assert_eq!(pages(&pdf), split.households.len(), "{}", paper.as_str());
    }
}
