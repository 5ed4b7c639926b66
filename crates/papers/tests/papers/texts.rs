//! What papers say.

use std::io::Cursor;

use fentan_core::changes::{Part, changes};
use fentan_core::scenario::{Base, Difference};
use fentan_core::{Day, Document, Packs, Plan};
use fentan_papers::{Format, Paper, Papers};
use fentan_words::Language;

use crate::{SMALL, part, read, text, vectors, written};

const DOCUMENTS: [Paper; 8] = [
    Paper::Funding,
    Paper::Notice,
    Paper::Poster,
    Paper::Statements,
    Paper::Ballot,
    Paper::Signatures,
    Paper::FundSheet,
    Paper::FundOpinions,
];

#[test]
fn every_paper_in_both_languages() {
    let (plan, split) = read(SMALL);
    for language in Language::ALL {
        for paper in DOCUMENTS.into_iter().chain([Paper::ResultPage]) {
            let html = written(language, &plan, &split, paper, Format::Html);
            let html = String::from_utf8(html).expect("UTF-8");
            let name = format!("{}-{}", paper.as_str(), language.tag());
            insta::assert_snapshot!(name, text(&html));
        }
    }
}

/// One description, two writers.
#[test]
fn a_docx_says_what_the_page_says() {
    for (name, plan, split) in vectors() {
        for paper in DOCUMENTS {
            let html = written(Language::Chinese, &plan, &split, paper, Format::Html);
            let html = String::from_utf8(html).expect("UTF-8");
            // The page's foot is a part of its own in a DOCX.
            let (html, _) = html.split_once("<footer>").expect("a foot");
            let docx = written(Language::Chinese, &plan, &split, paper, Format::Docx);
            let docx = part(&docx, "word/document.xml");
            let letters = |text: String| -> String {
                text.chars().filter(|one| !one.is_whitespace() && *one != '|').collect()
            };
            assert_eq!(letters(text(&docx)), letters(text(html)), "{name} {}", paper.as_str());
        }
    }
}

/// Breaks of pages, and cuts, in a paper as DOCX and as a page.
fn breaks(paper: Paper) -> [(usize, usize); 2] {
    let (plan, split) = read(SMALL);
    let docx = written(Language::Chinese, &plan, &split, paper, Format::Docx);
    let docx = part(&docx, "word/document.xml");
    let html = written(Language::Chinese, &plan, &split, paper, Format::Html);
    let html = String::from_utf8(html).expect("UTF-8");
    let count = |text: &str, of: &str| text.matches(of).count();
    [
        (count(&docx, "<w:pageBreakBefore>"), count(&docx, "w:val=\"Cut\"")),
        (count(&html, "<h1 class=\"new-page\">"), count(&html, "<p class=\"cut\">")),
    ]
}

#[test]
fn a_statement_begins_a_page_and_ballots_share_one() {
    let households = read(SMALL).1.households.len();
    assert_eq!(breaks(Paper::Statements), [(households - 1, 0); 2]);
    let [docx, html] = breaks(Paper::Ballot);
    assert_eq!(docx, html);
    assert_eq!(
        docx.0 + docx.1,
        households - 1,
        "each slip but the first begins a page or is cut off"
    );
    assert!(docx.1 >= docx.0, "two slips a page at least: {docx:?}");
}

/// The page runs nothing, loads nothing, and a name is a name.
#[test]
fn a_page_holds_no_script_and_no_address() {
    let (plan, split) = read(SMALL);
    for paper in DOCUMENTS {
        let html = written(Language::Chinese, &plan, &split, paper, Format::Html);
        let html = String::from_utf8(html).expect("UTF-8");
        for absent in ["<script", "http:", "https:", "src=", "href=", "<一期>"] {
            assert!(!html.contains(absent), "{absent} in {}", paper.as_str());
        }
    }
}

/// A statement tells in a line why its share is another than in the version before, to the fen.
#[test]
fn a_statement_tells_why_its_share_is_another() {
    let now = std::str::from_utf8(SMALL).expect("UTF-8");
    // The lift was cheaper, and the town gave more.
    let before = now.replace("\"90000.00\"", "\"80000.00\"").replace("\"40%\"", "\"30%\"");
    let base = |json: &str| {
        let document = Document::from_json(json.as_bytes()).expect("JSON");
        let plan = Plan::read(&document, None).expect("a plan");
        Base::new(plan, &document, Packs::default())
    };
    let found = changes(&base(&before), &base(now)).expect("changes");
    assert_eq!(found.causes, [vec![Part::Works], vec![Part::Payers]]);
    for household in &found.households {
        let sum: i64 = household.due.by.iter().copied().map(in_fen).sum();
        assert_eq!(sum, in_fen(household.due.difference), "{}", household.id);
    }
    let (plan, split) = read(SMALL);
    let (packs, day) = (Packs::default(), Day::read("2026-11-27").expect("a day"));
    for language in Language::ALL {
        let papers = Papers::new(language, &plan, &split, &packs, day).expect("papers");
        let papers = papers.with_changes(found.clone(), "10月8日公示稿");
        let mut file = Cursor::new(Vec::new());
        papers.write(Paper::Statements, Format::Html, &mut file, &mut |_| {}).expect("statements");
        let html = text(&String::from_utf8(file.into_inner()).expect("UTF-8"));
        let told: Vec<_> = html.lines().filter(|line| line.contains("10月8日公示稿")).collect();
        assert_eq!(told.len(), plan.households().len(), "{html}");
        insta::assert_snapshot!(format!("since-{}", language.tag()), told.join("\n"));
    }
}

/// A difference in fen, below zero where it is less.
fn in_fen(difference: Difference) -> i64 {
    let digits = difference.size().to_string().replace('.', "");
    let size: i64 = digits.parse().expect("an amount");
    if difference.is_less() { -size } else { size }
}
