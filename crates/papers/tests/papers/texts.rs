//! What papers say.

use fentan_papers::{Format, Paper};
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
