//! What papers say.

use fentan_papers::{Format, Paper};
use fentan_words::Language;

use crate::{SMALL, part, read, text, vectors, written};

const DOCUMENTS: [Paper; 7] = [
    Paper::Funding,
    Paper::Notice,
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
        for paper in DOCUMENTS {
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

#[test]
fn a_statement_and_a_ballot_begin_a_page_each() {
    let (plan, split) = read(SMALL);
    for paper in [Paper::Statements, Paper::Ballot] {
        let docx = written(Language::Chinese, &plan, &split, paper, Format::Docx);
        let breaks = part(&docx, "word/document.xml").matches("<w:pageBreakBefore>").count();
        let html = written(Language::Chinese, &plan, &split, paper, Format::Html);
        let html = String::from_utf8(html).expect("UTF-8");
        let pages = html.matches("<h1 class=\"new-page\">").count();
        assert_eq!((breaks, pages), (split.households.len() - 1, split.households.len() - 1));
    }
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
