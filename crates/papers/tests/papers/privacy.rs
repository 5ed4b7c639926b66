//! What is posted tells nothing private: it is the same, to the byte, without any of it.

use std::io::Cursor;

use fentan_core::collection::Payments;
use fentan_core::{Day, Packs};
use fentan_papers::{AccountPaper, AccountPapers, Format, Paper, Papers};
use fentan_words::Language;
use serde_json::Value;

use crate::{SMALL, read, written};

const PRIVATE: [&str; 11] = [
    "name",
    "note",
    "owner",
    "vote",
    "hardship",
    "fund_balance",
    "fund_first",
    "fund_interest",
    "provident",
    "in_kind",
    "payer",
];

fn without_what_is_private(plan: &[u8]) -> Vec<u8> {
    let mut plan: Value = serde_json::from_slice(plan).expect("JSON");
    for household in plan["households"].as_array_mut().expect("a roster") {
        let fields = household.as_object_mut().expect("a household");
        for name in PRIVATE.iter().chain(&["payer_share"]) {
            fields.remove(*name);
        }
    }
    serde_json::to_vec(&plan).expect("JSON")
}

#[test]
fn the_notice_and_the_sheet_to_be_signed_depend_on_nothing_private() {
    let can_be_split = fentan_tests::vectors()
        .filter(|vector| !vector.split.windows(8).any(|part| part == b"\"errors\""));
    let plans = can_be_split.map(|vector| (vector.name, vector.plan)).chain([("small", SMALL)]);
    let mut count = 0;
    for (name, plan) in plans {
        let (known, private) = (read(plan), read(&without_what_is_private(plan)));
        for paper in [Paper::Notice, Paper::Poster, Paper::ResultPage, Paper::Signatures] {
            let [one, other] = [&known, &private]
                .map(|(plan, split)| written(Language::Chinese, plan, split, paper, Format::Html));
            assert!(one == other, "{} of {name}", paper.as_str());
        }
        count += 1;
    }
    assert!(count > 10, "{count} plans");
}

/// The final account is posted before relief; of payments only homes are counted.
#[test]
fn what_is_posted_after_the_split_depends_on_nothing_private() {
    let plans = fentan_tests::account_vectors().map(|vector| (vector.name, vector.plan));
    let mut count = 0;
    for (name, plan) in plans {
        let posted = |plan: &[u8], paper| {
            let (plan, split) = read(plan);
            let (packs, date) = (Packs::default(), Day::read("2029-01-01").expect("a day"));
            let papers = Papers::new(Language::Chinese, &plan, &split, &packs, date);
            let (papers, payments) = (papers.expect("papers"), Payments::default());
            let account = AccountPapers::new(&papers, &payments, date).expect("a final split");
            let mut file = Cursor::new(Vec::new());
            account.write(paper, Format::Html, &mut file).expect("written");
            String::from_utf8(file.into_inner()).expect("UTF-8")
        };
        let private = without_what_is_private(plan);
        let paper = AccountPaper::FinalNotice;
        assert!(posted(plan, paper) == posted(&private, paper), "{name}");
        let notice = posted(plan, AccountPaper::CollectionNotice);
        let households = read(plan).0.households().to_vec();
        let tells = |text: &str| notice.contains(&format!(">{text}<"));
        assert!(!notice.contains('¥') && !households.iter().any(|one| tells(&one.id)), "{name}");
        count += 1;
    }
    assert_eq!(count, 20);
}

/// The owners' opinions go from owner to owner.
#[test]
fn the_opinions_depend_on_no_hardship_and_no_account() {
    for (name, plan) in fentan_tests::vectors().map(|vector| (vector.name, vector.plan)) {
        let Ok(mut private) = serde_json::from_slice::<Value>(plan) else { continue };
        for household in private["households"].as_array_mut().into_iter().flatten() {
            for name in PRIVATE.iter().filter(|name| **name != "name").chain(&["payer_share"]) {
                household.as_object_mut().expect("a household").remove(*name);
            }
        }
        let private = serde_json::to_vec(&private).expect("JSON");
        let read = |plan: &[u8]| {
            let document = fentan_core::Document::from_json(plan).ok()?;
            let plan = fentan_core::Plan::read(&document, None).ok()?;
            let split = fentan_core::split(&plan).ok()?;
            Some((plan, split))
        };
        let (Some(known), Some(private)) = (read(plan), read(&private)) else { continue };
        let [one, other] = [&known, &private].map(|(plan, split)| {
            written(Language::Chinese, plan, split, Paper::FundOpinions, Format::Html)
        });
        assert!(one == other, "{name}");
    }
}

#[test]
fn residents_see_the_digest_of_what_is_posted_and_not_the_plans() {
    let (plan, split) = read(SMALL);
    let posted = fentan_core::receipt::posted_digest(&plan, &split).to_string();
    let plans = "0".repeat(64);
    for paper in Paper::ALL.into_iter().filter(|paper| *paper != Paper::Workbook) {
        let html = written(Language::Chinese, &plan, &split, paper, Format::Html);
        let html = String::from_utf8(html).expect("UTF-8");
        let carries = (html.contains(&plans), html.contains(&posted));
        let is_for_residents = !matches!(paper, Paper::Funding | Paper::FundSheet);
        assert_eq!(carries, (!is_for_residents, is_for_residents), "{}", paper.as_str());
    }
}
