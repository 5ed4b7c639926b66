//! The owners' vote at, just under and just over each of its bars.

use fentan_core::vote::{Matter, Method, Tally, fewest, tally, tally_line};
use fentan_core::{Document, Plan, RosterFile};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

fn plan(households: Vec<Value>) -> Plan {
    let plan = json!({ "fentan": 1, "lines": [], "households": households }).to_string();
    let document = Document::from_json(plan.as_bytes()).expect("a document");
    Plan::read(&document, None).expect("a plan")
}

/// Homes of equal area; of the rest nobody votes.
fn homes(all: usize, yes: usize, no: usize, abstain: usize) -> Plan {
    let votes = [("yes", yes), ("no", no), ("abstain", abstain)];
    let votes = votes.into_iter().flat_map(|(vote, count)| std::iter::repeat_n(Some(vote), count));
    let votes = votes.chain(std::iter::repeat(None)).take(all);
    let households = votes.enumerate().map(|(id, vote)| match vote {
        Some(vote) => json!({ "id": id.to_string(), "area": "60.5", "vote": vote }),
        None => json!({ "id": id.to_string(), "area": "60.5" }),
    });
    plan(households.collect())
}

#[track_caller]
fn tallied(plan: &Plan, matter: Matter, method: Method) -> Tally {
    tally(plan, matter, method).expect("a rule for the matter")
}

#[track_caller]
fn passes(plan: &Plan, matter: Matter, expected: bool) -> Tally {
    let tally = tallied(plan, matter, Method::CivilCode);
    assert_eq!(tally.passes, expected, "{tally:?}");
    let nothing = tally.missing.area.millionths() == 0 && tally.missing.heads == 0;
    assert_eq!(nothing, expected, "what passes lacks nothing: {tally:?}");
    tally
}

/// Case T16, derived from 民法典 第二百七十八、一千二百五十九条: 300 homes, 200 of which vote.
#[test]
fn the_bars_of_the_civil_code() {
    let of = |yes: usize| homes(300, yes, 200 - yes, 0);
    for matter in [Matter::UseFund, Matter::Other] {
        passes(&of(99), matter, false);
        passes(&of(100), matter, false);
        passes(&of(101), matter, true);
    }
    for matter in [Matter::RaiseFund, Matter::Rebuild, Matter::ChangeCommonPart] {
        passes(&of(149), matter, false);
        passes(&of(150), matter, true);
        passes(&of(151), matter, true);
    }
}

#[test]
fn two_thirds_take_part_at_least() {
    for (voters, expected) in [(199, false), (200, true), (201, true)] {
        let tally = passes(&homes(300, voters, 0, 0), Matter::RaiseFund, expected);
        assert_eq!(tally.quorum.map(|bar| bar.is_reached()), Some(expected));
        assert!(tally.majority.is_reached());
    }
    // Two thirds of 301 are 200.66…
    passes(&homes(301, 200, 0, 0), Matter::UseFund, false);
    passes(&homes(301, 201, 0, 0), Matter::UseFund, true);
    passes(&homes(1, 0, 0, 0), Matter::UseFund, false);
    passes(&homes(2, 1, 0, 0), Matter::UseFund, false);
}

#[test]
fn where_nobody_votes_nothing_is_reached() {
    for matter in [Matter::UseFund, Matter::RaiseFund] {
        let Tally { majority, .. } = passes(&homes(3, 0, 0, 0), matter, false);
        assert_eq!((majority.by_area, majority.by_heads), (false, false));
    }
}

/// An abstention takes part and agrees to nothing.
#[test]
fn abstentions_count_for_the_quorum_alone() {
    let tally = passes(&homes(300, 100, 0, 100), Matter::UseFund, false);
    assert_eq!((tally.taking_part.heads, tally.against.heads), (200, 0));
    passes(&homes(300, 101, 0, 99), Matter::UseFund, true);
}

/// With what is missing it passes, and with one less it does not.
#[test]
fn what_is_missing_is_the_least_that_makes_it_pass() {
    for (yes, no) in [(0, 0), (50, 60), (100, 100), (10, 150), (120, 60), (0, 200), (199, 0)] {
        for matter in Matter::ALL.iter().copied() {
            let tally = tallied(&homes(300, yes, no, 0), matter, Method::CivilCode);
            let missing = usize::try_from(tally.missing.heads).expect("few");
            let after =
                |more: usize| tallied(&homes(300, yes + more, no, 0), matter, Method::CivilCode);
            let fits = yes + no + missing <= 300;
            assert_eq!(tally.within_reach, fits, "{matter:?} {yes} {no}");
            if fits {
                assert!(after(missing).majority.by_heads, "{matter:?} {yes} {no}");
                assert!(after(missing).quorum.is_some_and(|bar| bar.by_heads));
            }
            if missing > 0 && fits {
                let before = after(missing - 1);
                let reached =
                    before.majority.by_heads && before.quorum.is_some_and(|bar| bar.by_heads);
                assert!(!reached, "{matter:?} {yes} {no} with {missing} less one");
            }
        }
    }
}

/// By area and by heads: one of the two is not enough.
#[test]
fn both_counts_have_to_be_reached() {
    let large = json!({ "id": "large", "area": "1000", "vote": "yes" });
    let small = |id: usize| json!({ "id": id.to_string(), "area": "10", "vote": "no" });
    let households = std::iter::once(large).chain((0..9).map(small)).collect();
    let tally = passes(&plan(households), Matter::UseFund, false);
    assert_eq!((tally.majority.by_area, tally.majority.by_heads), (true, false));
    // Nine against one: eight more must agree, 9 of 17.
    assert_eq!((tally.missing.area.millionths(), tally.missing.heads), (0, 9));
}

/// 司法解释 第九条: the flats of one owner, and those the developer has not sold, are one head.
#[test]
fn an_owner_of_several_flats_is_one_head() {
    let flat = |id: &str, owner: &str, vote: &str| json!({ "id": id, "area": "50", "owner": owner, "vote": vote });
    let roster = vec![
        flat("1", "developer", "yes"),
        flat("2", "developer", "yes"),
        flat("3", "developer", "yes"),
        flat("4", "Li", "no"),
        flat("5", "Wang", "yes"),
        flat("6", "Wang", "no"),
        json!({ "id": "7", "area": "50", "owner": "Wang" }),
        json!({ "id": "8", "area": "50", "vote": "undecided" }),
    ];
    let tally = tallied(&plan(roster), Matter::UseFund, Method::CivilCode);
    let votes = [tally.all, tally.taking_part, tally.in_favour, tally.against];
    assert_eq!(votes.map(|votes| votes.heads), [4, 4, 1, 1]);
    let areas = votes.map(|votes| votes.area.to_string());
    assert_eq!(areas, ["400", "350", "200", "100"]);
    assert_eq!((tally.majority.by_area, tally.majority.by_heads), (true, false));
}

/// 河南省物业管理条例 第六十六条: a third may object, no more.
#[test]
fn the_objection_vote() {
    let objects = |no| tallied(&homes(300, 0, no, 0), Matter::UseFund, Method::Objection);
    for (no, expected) in [(0, true), (99, true), (100, true), (101, false)] {
        assert_eq!(objects(no).passes, expected, "{no} object");
    }
    let tally = objects(103);
    assert_eq!((tally.missing.heads, tally.missing.area.to_string()), (3, "181.5".to_owned()));
    assert!(tally.quorum.is_none());
}

/// 165号令 第二十二条: two thirds of all.
#[test]
fn two_thirds_of_all_by_the_older_decree() {
    for (yes, expected) in [(199, false), (200, true)] {
        let tally = tallied(&homes(300, yes, 0, 0), Matter::UseFund, Method::TwoThirdsOfAll);
        assert_eq!((tally.passes, tally.missing.heads), (expected, 200 - yes as u64));
    }
}

#[test]
fn other_rules_are_for_using_the_fund_alone() {
    let plan = homes(3, 3, 0, 0);
    for matter in Matter::ALL.iter().copied().filter(|&matter| matter != Matter::UseFund) {
        assert!(tally(&plan, matter, Method::Objection).is_none());
        assert!(tally(&plan, matter, Method::TwoThirdsOfAll).is_none());
    }
    assert_eq!(Matter::ALL.iter().map(|matter| matter.item()).collect::<Vec<_>>(), [5, 6, 7, 8, 9]);
}

#[test]
fn a_line_is_decided_by_those_who_benefit() {
    let plan = br#"{ "fentan": 1, "lines": [{ "id": "lift", "amount": "1", "scope": { "buildings": ["1"] } }] }"#;
    let roster = RosterFile {
        file: "households.csv",
        bytes: b"id,building,area,owner,vote\n1,1,50,A,yes\n2,1,50,B,yes\n3,2,50,C,no\n4,2,50,D,\n",
    };
    let document = Document::from_json(plan).expect("a document");
    let plan = Plan::read(&document, Some(roster)).expect("a plan");
    let all = tallied(&plan, Matter::UseFund, Method::CivilCode);
    assert_eq!((all.all.heads, all.taking_part.heads, all.passes), (4, 3, true));
    let line = tally_line(&plan, 0, Matter::UseFund, Method::CivilCode).expect("a tally");
    assert_eq!((line.all.heads, line.in_favour.heads), (2, 2));
    assert!(tally_line(&plan, 1, Matter::UseFund, Method::CivilCode).is_none());
}

#[test]
fn homes_whose_use_has_no_vote_are_left_out_of_both_counts() {
    let plan = br#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "1" }],
        "uses": { "garage": { "votes": false }, "shop": {} },
        "households": [
            { "id": "1", "area": "50", "vote": "yes" },
            { "id": "2", "area": "50", "use": "shop", "vote": "yes" },
            { "id": "3", "area": "300", "use": "garage", "vote": "no" } ] }"#;
    let plan = Plan::read(&Document::from_json(plan).expect("JSON"), None).expect("a plan");
    let all = tallied(&plan, Matter::UseFund, Method::CivilCode);
    let line = tally_line(&plan, 0, Matter::UseFund, Method::CivilCode).expect("a tally");
    for tally in [all, line] {
        assert_eq!((tally.all.area.to_string().as_str(), tally.all.heads), ("100", 2));
        assert_eq!((tally.against.heads, tally.passes), (0, true));
    }
}

/// With those of `to_vote` taking part and those of `to_agree` among them agreeing it passes; with one less of
/// either it does not.
#[test]
fn the_whole_numbers_of_what_is_missing_are_enough_and_needed() {
    for (yes, no) in [(0, 0), (50, 60), (100, 100), (10, 150), (120, 60), (199, 0), (30, 30)] {
        for matter in Matter::ALL.iter().copied() {
            let tally = tallied(&homes(300, yes, no, 0), matter, Method::CivilCode);
            let [voting, agreeing] = [tally.to_vote, tally.to_agree]
                .map(|votes| usize::try_from(votes.heads).expect("few"));
            assert!(agreeing <= voting, "{matter:?} {yes} {no}");
            let passes = |voting: usize, agreeing: usize| {
                let plan = homes(300, yes + agreeing, no + voting - agreeing, 0);
                tallied(&plan, matter, Method::CivilCode).passes
            };
            if yes + no + voting > 300 {
                continue;
            }
            assert!(passes(voting, agreeing), "{matter:?} {yes} {no}");
            if agreeing > 0 {
                assert!(!passes(voting, agreeing - 1), "{matter:?} {yes} {no}");
                assert!(!passes(voting - 1, agreeing - 1), "{matter:?} {yes} {no}");
            }
        }
    }
    // Of 300 homes of which none has voted, 200 take part and 101 of them agree.
    let tally = tallied(&homes(300, 0, 0, 0), Matter::UseFund, Method::CivilCode);
    assert_eq!((tally.to_vote.heads, tally.to_agree.heads), (200, 101));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    /// Every set of homes that have not voted is tried.
    #[test]
    fn the_fewest_homes_carry_it_and_no_fewer_do(
        homes in vec((1..9u32, 0..4usize, 0..6usize), 1..9),
        matter in 0..Matter::ALL.len(),
        is_older in any::<bool>(),
    ) {
        let matter = Matter::ALL[matter];
        let method = match is_older && Method::TwoThirdsOfAll.fits(matter) {
            true => Method::TwoThirdsOfAll,
            false => Method::CivilCode,
        };
        let with = |agreeing: u32| {
            let roster = homes.iter().enumerate().map(|(id, &(area, owner, vote))| {
                let vote = ["yes", "no", "abstain"].get(vote).copied();
                let vote = vote.or_else(|| (agreeing & (1 << id) != 0).then_some("yes"));
                let mut home = json!({ "id": id.to_string(), "area": area.to_string() });
                if owner < 3 {
                    home["owner"] = json!(owner.to_string());
                }
                if let Some(vote) = vote {
                    home["vote"] = json!(vote);
                }
                home
            });
            plan(roster.collect())
        };
        let silent: u32 = homes.iter().enumerate().filter(|(_, home)| home.2 >= 3).map(|(id, _)| 1 << id).sum();
        let carries = |set: u32| tallied(&with(set), matter, method).passes;
        let sets = (0..1u32 << homes.len()).filter(|set| set & !silent == 0 && carries(*set));
        let least = sets.map(u32::count_ones).min();
        let found = fewest(&with(0), None, matter, method);
        prop_assert_eq!(found.as_ref().map(|homes| homes.len() as u32), least);
        let set = found.unwrap_or_default().iter().fold(0, |set, home| set | 1 << home);
        prop_assert!(least.is_none() || carries(set));
    }
}

#[test]
fn of_an_objection_vote_nobody_need_agree() {
    let plan = homes(3, 0, 3, 0);
    assert_eq!(fewest(&plan, None, Matter::UseFund, Method::Objection), None);
    assert_eq!(
        fewest(&homes(3, 3, 0, 0), None, Matter::UseFund, Method::CivilCode),
        Some(Vec::new())
    );
}
