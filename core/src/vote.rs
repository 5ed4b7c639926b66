//! The owners' vote (业主共同决定): by area and by heads, exactly; 民法典 第二百七十八条.

use serde::Serialize;

use crate::enumeration;
use crate::number::Area;
use crate::plan::{Household, Plan, Vote};

enumeration! {
    /// What is decided, by the items of 民法典 第二百七十八条第一款.
    Matter {
        /// (五) 使用维修资金.
        UseFund = "use_fund",
        /// (六) 筹集维修资金.
        RaiseFund = "raise_fund",
        /// (七) 改建、重建.
        Rebuild = "rebuild",
        /// (八) 改变共有部分的用途或者利用共有部分从事经营活动.
        ChangeCommonPart = "change_common_part",
        /// (九) 其他重大事项.
        Other = "other",
    }
}

impl Matter {
    /// The item's number in the article.
    pub fn item(self) -> u8 {
        match self {
            Matter::UseFund => 5,
            Matter::RaiseFund => 6,
            Matter::Rebuild => 7,
            Matter::ChangeCommonPart => 8,
            Matter::Other => 9,
        }
    }
}

enumeration! {
    /// By which rule votes are counted.
    Method {
        /// 民法典 第二百七十八条: two thirds take part; of these more than half agree, or at
        /// least three quarters for items 6 to 8.
        CivilCode = "civil_code",
        /// 河南省物业管理条例 第六十六条 (异议表决): to use the fund, unless more than a third
        /// of all object.
        Objection = "objection",
        /// 165号令 第二十二条: to use the fund, two thirds of all agree. It is older than the
        /// Civil Code, which it contradicts.
        TwoThirdsOfAll = "two_thirds_of_all",
    }
}

impl Method {
    /// The clauses it carries out, as `pack/clause`.
    pub fn clauses(self) -> &'static [&'static str] {
        match self {
            Method::CivilCode => &["china/civil-code-278", "china/civil-code-1259"],
            Method::Objection => &["henan/66", "china/civil-code-1259"],
            Method::TwoThirdsOfAll => &["china/decree-165-22"],
        }
    }

    /// Whether the rule is made for a matter.
    pub fn fits(self, matter: Matter) -> bool {
        self == Method::CivilCode || matter == Matter::UseFund
    }
}

/// Votes by both counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Votes {
    /// The exclusive area (专有部分面积), 司法解释 第八条.
    pub area: Area,
    /// The owners (业主人数), 司法解释 第九条: one a flat, and one for all flats of one owner.
    pub heads: u64,
}

/// A bar that the votes must reach, by area and by heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Bar {
    /// The fraction, as numerator and denominator.
    pub fraction: (u64, u64),
    /// Whether more than the fraction is needed, not just as much (民法典 第一千二百五十九条).
    pub is_strict: bool,
    /// Whether it is reached by area.
    pub by_area: bool,
    /// Whether it is reached by heads.
    pub by_heads: bool,
    /// The votes that it is held against: those who take part, who agree or, with
    /// [`Method::Objection`], who object.
    #[serde(skip)]
    pub part: Votes,
    /// The votes that it is a fraction of: all, or those who take part.
    #[serde(skip)]
    pub whole: Votes,
}

impl Bar {
    /// Whether it is reached by both counts.
    pub fn is_reached(self) -> bool {
        self.by_area && self.by_heads
    }
}

/// How a vote stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Tally {
    /// What is decided.
    #[serde(serialize_with = "matter_as_str")]
    pub matter: Matter,
    /// By which rule.
    #[serde(serialize_with = "method_as_str")]
    pub method: Method,
    /// All who may vote.
    pub all: Votes,
    /// Those who take part.
    pub taking_part: Votes,
    /// Those who agree.
    pub in_favour: Votes,
    /// Those who do not.
    pub against: Votes,
    /// How many must take part, where the rule asks for it.
    pub quorum: Option<Bar>,
    /// How many must agree; with [`Method::Objection`], how many may object.
    pub majority: Bar,
    /// Whether it is passed.
    pub passes: bool,
    /// The least number that must still vote, and agree; with [`Method::Objection`], that must take
    /// their objection back.
    pub missing: Votes,
    /// The least number that must still take part, whatever they vote, for those of `to_agree` to be
    /// enough; nothing with [`Method::Objection`].
    pub to_vote: Votes,
    /// Of these, the least number that must agree.
    pub to_agree: Votes,
    /// Whether those who have not voted yet are enough for it.
    pub within_reach: bool,
    /// Whether it is decided only when a time to object is over, of which the plan says nothing: with
    /// [`Method::Objection`] those who are silent until then agree.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub awaits_end: bool,
}

fn matter_as_str<S: serde::Serializer>(matter: &Matter, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(matter.as_str())
}

fn method_as_str<S: serde::Serializer>(method: &Method, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(method.as_str())
}

/// The area as a decimal text in square metres, the heads as a number.
impl Serialize for Votes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut votes = serializer.serialize_struct("Votes", 2)?;
        votes.serialize_field("area", &self.area.to_string())?;
        votes.serialize_field("heads", &self.heads)?;
        votes.end()
    }
}

/// How the vote of all households of a plan stands, those left out whose use has no vote; `None` where the rule is not made for the
/// matter.
///
/// ```
/// # let document = fentan_core::Document::from_json(br#"{ "fentan": 1, "lines": [],
/// #   "households": [{ "id": "1", "area": "60", "vote": "yes" },
/// #     { "id": "2", "area": "60", "vote": "no" }, { "id": "3", "area": "60" }] }"#)?;
/// use fentan_core::Plan;
/// use fentan_core::vote::{Matter, Method, tally};
/// let plan = Plan::read(&document, None)?;
/// let tally = tally(&plan, Matter::UseFund, Method::CivilCode).unwrap();
/// // Two of three take part, and half of them is not more than half.
/// assert!(tally.quorum.unwrap().is_reached());
/// assert!(!tally.passes);
/// assert_eq!(tally.missing.heads, 1);
/// # Ok::<(), fentan_core::Problems>(())
/// ```
pub fn tally(plan: &Plan, matter: Matter, method: Method) -> Option<Tally> {
    method.fits(matter).then(|| count(plan, plan.households().iter(), matter, method))
}

/// How the vote of those stands who benefit from a line, an index of [`Plan::lines`]: where one
/// building or unit decides.
pub fn tally_line(plan: &Plan, line: usize, matter: Matter, method: Method) -> Option<Tally> {
    let line = plan.lines().get(line).filter(|_| method.fits(matter))?;
    let voters = plan.beneficiaries(line).iter();
    let voters = voters.map(|&household| &plan.households()[household as usize]);
    Some(count(plan, voters, matter, method))
}

/// One count of the votes: in millionths of a square metre, or in heads.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    all: u128,
    taking_part: u128,
    in_favour: u128,
    against: u128,
}

impl Count {
    fn add(&mut self, weight: u128, vote: Option<Vote>) {
        self.all += weight;
        if vote.is_some() {
            self.taking_part += weight;
        }
        match vote {
            Some(Vote::Yes) => self.in_favour += weight,
            Some(Vote::No) => self.against += weight,
            _ => {}
        }
    }
}

/// The vote of an owner of several flats: one that differs from flat to flat is undecided.
fn together(one: Option<Vote>, other: Option<Vote>) -> Option<Vote> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => Some(Vote::Undecided),
        (one, other) => one.or(other),
    }
}

fn count<'p>(
    plan: &Plan,
    voters: impl Iterator<Item = &'p Household>,
    matter: Matter,
    method: Method,
) -> Tally {
    let (mut area, mut heads) = (Count::default(), Count::default());
    let mut owners: Vec<Option<Option<Vote>>> = vec![None; plan.owners()];
    for household in voters.filter(|household| plan.use_of(household).is_none_or(|one| one.votes)) {
        area.add(household.area.millionths().into(), household.vote);
        match household.owner {
            Some(owner) => {
                let before = owners[owner as usize].flatten();
                owners[owner as usize] = Some(together(before, household.vote));
            }
            None => heads.add(1, household.vote),
        }
    }
    for vote in owners.into_iter().flatten() {
        heads.add(1, vote);
    }
    Decision::of(matter, method).judge(matter, method, area, heads)
}

/// What must be reached, as fractions.
struct Decision {
    /// Of all, who must take part.
    quorum: Option<(u128, u128)>,
    majority: (u128, u128),
    is_strict: bool,
}

impl Decision {
    fn of(matter: Matter, method: Method) -> Decision {
        let (quorum, majority, is_strict) = match (method, matter) {
            (Method::Objection, _) => (None, (1, 3), false),
            (Method::TwoThirdsOfAll, _) => (None, (2, 3), false),
            (_, Matter::RaiseFund | Matter::Rebuild | Matter::ChangeCommonPart) => {
                (Some((2, 3)), (3, 4), false)
            }
            (_, Matter::UseFund | Matter::Other) => (Some((2, 3)), (1, 2), true),
        };
        Decision { quorum, majority, is_strict }
    }

    fn judge(&self, matter: Matter, method: Method, area: Count, heads: Count) -> Tally {
        let votes = |area: u128, heads: u128| Votes {
            area: Area::of_millionths(area),
            heads: u64::try_from(heads).unwrap_or(u64::MAX),
        };
        let all = votes(area.all, heads.all);
        let taking_part = votes(area.taking_part, heads.taking_part);
        let in_favour = votes(area.in_favour, heads.in_favour);
        let against = votes(area.against, heads.against);
        let quorum = self.quorum.map(|fraction| Bar {
            fraction: written(fraction),
            is_strict: false,
            by_area: reaches(area.taking_part, area.all, fraction, false),
            by_heads: reaches(heads.taking_part, heads.all, fraction, false),
            part: taking_part,
            whole: all,
        });
        let (part, whole) = match method {
            Method::CivilCode => (in_favour, taking_part),
            Method::Objection => (against, all),
            Method::TwoThirdsOfAll => (in_favour, all),
        };
        let majority = Bar {
            fraction: written(self.majority),
            is_strict: self.is_strict,
            by_area: self.is_agreed(method, area),
            by_heads: self.is_agreed(method, heads),
            part,
            whole,
        };
        let missing = [self.missing(method, area), self.missing(method, heads)];
        let [of_area, of_heads] = [area, heads].map(|count| self.still(method, count));
        let silent = [area, heads].map(|count| count.all - count.taking_part);
        Tally {
            matter,
            method,
            all,
            taking_part,
            in_favour,
            against,
            quorum,
            majority,
            passes: majority.is_reached() && quorum.is_none_or(Bar::is_reached),
            missing: votes(missing[0], missing[1]),
            to_vote: votes(of_area.0, of_heads.0),
            to_agree: votes(of_area.1, of_heads.1),
            awaits_end: method == Method::Objection,
            within_reach: method != Method::Objection
                && missing.iter().zip(silent).all(|(&missing, silent)| missing <= silent),
        }
    }

    fn is_agreed(&self, method: Method, count: Count) -> bool {
        let (numerator, denominator) = self.majority;
        match method {
            Method::CivilCode => {
                reaches(count.in_favour, count.taking_part, self.majority, self.is_strict)
            }
            Method::Objection => count.against * denominator <= count.all * numerator,
            Method::TwoThirdsOfAll => reaches(count.in_favour, count.all, self.majority, false),
        }
    }

    /// The least that must still take part, and of it the least that must agree: where as many as the quorum
    /// lacks are too few to turn the majority, all who are missing must agree.
    fn still(&self, method: Method, count: Count) -> (u128, u128) {
        let missing = self.missing(method, count);
        match (method, self.quorum) {
            (Method::Objection, _) => (0, 0),
            (_, None) => (missing, missing),
            (_, Some(quorum)) => {
                let (numerator, denominator) = self.majority;
                let voting = lacking(count.taking_part, count.all, quorum);
                let needed = (count.taking_part + voting) * numerator + u128::from(self.is_strict);
                let agreeing = needed.div_ceil(denominator).saturating_sub(count.in_favour);
                if agreeing <= voting { (voting, agreeing) } else { (missing, missing) }
            }
        }
    }

    /// The least x with which every bar is reached.
    fn missing(&self, method: Method, count: Count) -> u128 {
        let (numerator, denominator) = self.majority;
        match method {
            Method::CivilCode => {
                let quorum =
                    self.quorum.map_or(0, |quorum| lacking(count.taking_part, count.all, quorum));
                // in favour + x against numerator/denominator of (taking part + x).
                let needed = count.taking_part * numerator + u128::from(self.is_strict);
                let lacking = needed.saturating_sub(count.in_favour * denominator);
                quorum.max(lacking.div_ceil(denominator - numerator))
            }
            Method::Objection => {
                let most = count.all * numerator / denominator;
                count.against.saturating_sub(most)
            }
            Method::TwoThirdsOfAll => lacking(count.in_favour, count.all, self.majority),
        }
    }
}

/// How much a part lacks to the fraction of the whole.
fn lacking(part: u128, whole: u128, (numerator, denominator): (u128, u128)) -> u128 {
    (whole * numerator).div_ceil(denominator).saturating_sub(part)
}

/// The fewest homes that have not voted yet and would carry the vote if they agreed, as indices of the
/// roster; empty where it is passed. `None` where all who have not voted together do not suffice, where the
/// rule is not made for the matter, and with [`Method::Objection`], where silence agrees. `line` is that of
/// [`tally_line`].
///
/// No smaller number of homes carries it: for every number of homes these are the ones with the largest
/// area among those that bring enough heads.
///
/// ```
/// # let document = fentan_core::Document::from_json(br#"{ "fentan": 1, "lines": [],
/// #   "households": [{ "id": "1", "area": "60", "vote": "yes" },
/// #     { "id": "2", "area": "40" }, { "id": "3", "area": "90" }] }"#)?;
/// use fentan_core::Plan;
/// use fentan_core::vote::{Matter, Method, fewest};
/// let plan = Plan::read(&document, None)?;
/// assert_eq!(fewest(&plan, None, Matter::UseFund, Method::CivilCode), Some(vec![2]));
/// # Ok::<(), fentan_core::Problems>(())
/// ```
pub fn fewest(
    plan: &Plan,
    line: Option<usize>,
    matter: Matter,
    method: Method,
) -> Option<Vec<usize>> {
    let tally = match line {
        Some(line) => tally_line(plan, line, matter, method)?,
        None => tally(plan, matter, method)?,
    };
    if tally.passes {
        return Some(Vec::new());
    }
    if method == Method::Objection {
        return None;
    }
    let voters: Vec<usize> = match line {
        Some(line) => {
            let line = plan.lines().get(line)?;
            plan.beneficiaries(line).iter().map(|&household| household as usize).collect()
        }
        None => (0..plan.households().len()).collect(),
    };
    let homes = plan.households();
    let has_vote = |&home: &usize| plan.use_of(&homes[home]).is_none_or(|one| one.votes);
    // An owner who has voted with one flat is a head already, whatever the others say.
    let mut has_voted = vec![false; plan.owners()];
    let (mut silent, voted): (Vec<usize>, Vec<usize>) =
        voters.into_iter().filter(has_vote).partition(|&home| homes[home].vote.is_none());
    for owner in voted.into_iter().filter_map(|home| homes[home].owner) {
        has_voted[owner as usize] = true;
    }
    // The largest first: the first flat of an owner then stands for the owner.
    silent.sort_by_key(|&home| std::cmp::Reverse(homes[home].area.millionths()));
    let heads = usize::try_from(tally.missing.heads).ok()?;
    let area = u128::from(tally.missing.area.millionths());
    let (mut chosen, mut others) = (Vec::new(), Vec::new());
    for home in silent {
        let is_head = match homes[home].owner {
            Some(owner) => !std::mem::replace(&mut has_voted[owner as usize], true),
            None => true,
        };
        if is_head && chosen.len() < heads {
            chosen.push(home);
        } else {
            others.push(home);
        }
    }
    if chosen.len() < heads {
        return None;
    }
    let area_of = |home: usize| u128::from(homes[home].area.millionths());
    let mut reached: u128 = chosen.iter().copied().map(area_of).sum();
    let mut others = others.into_iter();
    while reached < area {
        let home = others.next()?;
        reached += area_of(home);
        chosen.push(home);
    }
    Some(chosen)
}

/// Whether a part is at least the fraction of the whole, or above it; zero reaches no fraction, so that
/// a vote in which nobody takes part decides nothing.
fn reaches(part: u128, whole: u128, (numerator, denominator): (u128, u128), strict: bool) -> bool {
    let (reached, bar) = (part * denominator, whole * numerator);
    part > 0 && if strict { reached > bar } else { reached >= bar }
}

fn written((numerator, denominator): (u128, u128)) -> (u64, u64) {
    (numerator as u64, denominator as u64)
}
