//! What is drawn, read off the drawing.

use fentan_core::Fen;
use fentan_words::{Language, money};

use super::*;
use crate::parts::testing::Drawn;

/// A flow with two lines that are drawn as one.
fn flow() -> Flow {
    let line = |name: &str, paid: [u128; 2], residents| FlowLine {
        name: name.to_owned(),
        paid: paid.map(Fen).into(),
        residents: Fen(residents),
    };
    Flow {
        payers: vec!["central".to_owned(), "county".to_owned()],
        lines: vec![
            line("roof", [400_000, 100_000], 80_000),
            line("lamp", [1_000, 0], 11),
            line("roads", [0, 500_000], 0),
            line("sign", [0, 0], 2_000),
        ],
        groups: vec![
            FlowGroup { name: "cash".to_owned(), amount: Fen(82_000) },
            FlowGroup { name: "in kind".to_owned(), amount: Fen(11) },
        ],
    }
}

fn homes() -> Vec<Home<'static>> {
    let home = |building, floor, cash| Home { building, floor, area: 50_000_000, cash: Fen(cash) };
    vec![
        home("1", Some(1), 0),
        home("1", Some(2), 150_000),
        home("2", Some(2), 330_000),
        home("2", None, 210_000),
    ]
}

/// The figures of a flow and homes.
fn figures(flow: Flow, homes: &[Home<'_>]) -> Figures {
    Figures::of_homes(flow, Distribution::of(homes), homes)
}

fn charts_of(language: Language, figures: &Figures) -> [Drawn; 3] {
    [
        flow_chart(language, "flow", &figures.flow),
        histogram(language, "cash", &figures.cash, &figures.bins),
        floor_table(language, "floors", &figures.floors),
    ]
    .map(|chart| Drawn::of(&chart))
}

fn charts(language: Language) -> [Drawn; 3] {
    charts_of(language, &figures(flow(), &homes()))
}

#[test]
fn each_chart_has_a_panel_of_its_own() {
    let drawn = Drawn::of(&draw(Language::English, &figures(flow(), &homes())));
    assert_eq!(drawn.count("section"), 3);
    assert_eq!(drawn.count("figure"), 3);
}

#[test]
fn a_flow_has_a_ribbon_for_each_payment_and_a_table_of_all_lines() {
    let [flow, ..] = charts(Language::English);
    // Roof by three, roads by one, the small lines together by two, and two groups.
    assert_eq!(flow.count("path"), 8);
    assert_eq!(flow.count("table"), 2);
    for text in ["lamp", "sign", "2 other lines", &money(Fen(1_083_011))] {
        assert!(flow.says(text), "{text}");
    }
    assert!(flow.texts.contains(&"central → roof".to_owned()));
    assert!(flow.texts.contains(&"Residents → roof".to_owned()));
}

#[test]
fn a_histogram_marks_the_median_and_the_highest() {
    let [_, histogram, _] = charts(Language::English);
    assert!(histogram.says(&format!("Median {}", money(Fen(150_000)))));
    assert!(histogram.says(&format!("Highest {}", money(Fen(330_000)))));
    assert!(histogram.says("¥1,400 to under ¥1,600"));
}

#[test]
fn where_nobody_pays_cash_there_is_no_histogram_but_its_figures() {
    let nobody: Vec<_> = homes().into_iter().map(|home| Home { cash: Fen::ZERO, ..home }).collect();
    let [_, drawn, _] = charts_of(Language::English, &figures(flow(), &nobody));
    assert_eq!(drawn.count("svg"), 0);
    assert!(drawn.says("4 households"));
}

#[test]
fn floors_are_shaded_by_their_medians() {
    let [.., floors] = charts(Language::English);
    let classes = floors.values("class");
    for class in ["shade-0", "shade-2", "shade-3", "shade-4"] {
        // Once in the legend, and where a median lies in that fifth.
        assert!(classes.iter().filter(|one| **one == class).count() > 1, "{class}");
    }
    assert!(floors.says("Not given"));
}

#[test]
fn pictures_have_a_summary_in_both_languages() {
    let summaries = |language| {
        let [flow, histogram, _] = charts(language);
        [flow, histogram].map(|drawn| drawn.values("aria-label").concat())
    };
    let (chinese, english) = (summaries(Language::Chinese), summaries(Language::English));
    for (chinese, english) in chinese.iter().zip(&english) {
        assert!(!chinese.is_empty() && !english.is_empty());
        assert_ne!(chinese, english);
        assert!(!format!("{chinese}{english}").contains("%{"));
    }
}

#[test]
fn every_text_of_a_chart_is_there() {
    for language in Language::ALL {
        for drawn in charts(language) {
            assert!(!drawn.texts.iter().any(|text| text.starts_with("charts.")));
        }
    }
}

#[test]
fn charts_of_nothing_are_drawn() {
    let nothing = Flow { payers: Vec::new(), lines: Vec::new(), groups: Vec::new() };
    let [flow, histogram, floors] = charts_of(Language::Chinese, &figures(nothing, &[]));
    assert_eq!(flow.count("path"), 0);
    assert_eq!(histogram.count("svg"), 0);
    assert_eq!(floors.count("td"), 0);
}
