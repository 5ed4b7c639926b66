//! What the residents agree on, and how they pay [四(三)].

use std::collections::HashMap;

use super::fields::{Fields, entries, list, number, text};
use super::{Source, Tier};
use crate::document::Value;
use crate::money::Fen;
use crate::number::{self, Area, Rate, Scalar, per_area};
use crate::place::Place;
use crate::problem::{Cause, Naming, Problems};

/// What the residents agreed on [四(三)].
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Agreements {
    /// By tier, the part of a shared line that no source but the relief pot may pay into.
    pub residents_at_least: Vec<(Tier, Rate)>,
    /// Relief for households in hardship (困难群众减免).
    pub relief: Relief,
    /// The least a household pays (最低出资金额).
    pub minimum: Option<Minimum>,
}

/// Relief for households in hardship (困难群众减免).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Relief {
    /// Hardship code and the part of a share it is let off, in the plan's order.
    pub rates: Vec<(String, Rate)>,
    /// The most that one household is let off on all shared lines (困难减免上限).
    pub most: Option<Fen>,
    /// A payer for the relief; what it can't carry is borne by the others.
    pub pot: Option<Pot>,
}

/// The payer of relief (减免资金).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pot {
    /// Unique among the pot and the sources.
    pub id: String,
    /// What the pot is called.
    pub name: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// What it holds.
    pub amount: Fen,
}

/// The least a household without relief pays for shared lines (最低出资金额).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Minimum {
    /// For each household.
    pub per_household: Option<Fen>,
    /// For each square metre of the household.
    pub per_area: Option<Fen>,
    /// Indices of [`Plan::sources`](crate::Plan::sources) that pay less for it, in this order.
    pub reduces: Vec<usize>,
}

impl Minimum {
    /// The least that a household of this area pays: the greater of the two, of those given.
    pub(crate) fn of(&self, area: Area) -> Fen {
        let by_area = self.per_area.map(|amount| per_area(amount, area.0.into()));
        self.per_household.max(by_area).unwrap_or_default()
    }
}

/// A way in which a household's share is paid (出资渠道) [四(三)].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Channel {
    /// 捐物、义务劳动 at the agreed value.
    InKind,
    /// 公共收益, every owner's by area (民法典 第282、283条).
    PublicRevenue {
        /// The pool.
        amount: Fen,
        /// Whether what a household doesn't need goes round again to those who still owe.
        over_owing: bool,
    },
    /// 住宅专项维修资金.
    MaintenanceFund {
        /// The part of the first instalment that stays in the account.
        keep: Rate,
        /// Whether interest is drawn before principal.
        interest_first: bool,
    },
    /// 住房公积金.
    ProvidentFund,
}

impl Channel {
    /// The channel's kind as a plan writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Channel::InKind => "in_kind",
            Channel::PublicRevenue { .. } => "public_revenue",
            Channel::MaintenanceFund { .. } => "maintenance_fund",
            Channel::ProvidentFund => "provident_fund",
        }
    }
}

/// When and how far an account is replenished (补建或续筹); 165号令 第十七条.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Maintenance {
    /// Below this part of the first instalment the account is to be replenished.
    pub threshold: Rate,
    /// Up to this.
    pub target: Target,
    /// The first instalment for each square metre, where an account doesn't give its own.
    pub first_per_area: Option<Fen>,
}

/// Up to what an account is replenished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// A part of the first instalment.
    OfFirst(Rate),
    /// Today's standard for each square metre (现行交存标准).
    PerArea(Fen),
}

impl Target {
    /// Of a household with this first instalment and area.
    pub(crate) fn of(self, first: Fen, area: Area) -> Fen {
        match self {
            Target::OfFirst(rate) => rate.of(first),
            Target::PerArea(amount) => per_area(amount, area.0.into()),
        }
    }
}

impl Default for Maintenance {
    fn default() -> Self {
        Maintenance {
            threshold: Rate::THIRTY_PERCENT,
            target: Target::OfFirst(Rate::ONE),
            first_per_area: None,
        }
    }
}

/// Reads `residents_at_least`.
pub(crate) fn residents_at_least(
    value: &Value<'_>,
    place: Place<'_>,
    problems: &mut Problems,
) -> Vec<(Tier, Rate)> {
    let mut rates = Vec::new();
    for (name, value) in entries(value, &place, problems).unwrap_or_default() {
        let place = place.field(name);
        let Some(&tier) = Tier::ALL.iter().find(|tier| tier.as_str() == name) else {
            let known = Tier::ALL.iter().map(|tier| tier.as_str().to_owned()).collect();
            problems.add_seen(place, name, Cause::UnknownId { naming: Naming::Listed, known });
            continue;
        };
        if let Some(rate) = number(Scalar::of(value), place, number::rate, problems) {
            rates.push((tier, rate));
        }
    }
    rates
}

/// Reads `relief`.
pub(crate) fn relief(value: &Value<'_>, place: Place<'_>, problems: &mut Problems) -> Relief {
    let Some(fields) = Fields::open(value, place, &["rates", "most", "pot"], problems) else {
        return Relief::default();
    };
    let rates = fields.get("rates").map(|value| relief_rates(value, &place, problems));
    let most = fields.number("most", number::money, problems);
    let pot = fields.get("pot").and_then(|value| pot(value, &place, problems));
    Relief { rates: rates.unwrap_or_default(), most, pot }
}

fn relief_rates(
    value: &Value<'_>,
    relief: &Place<'_>,
    problems: &mut Problems,
) -> Vec<(String, Rate)> {
    let place = relief.field("rates");
    entries(value, &place, problems)
        .unwrap_or_default()
        .iter()
        .map(|(code, value)| {
            let place = place.field(code);
            // In a roster file it stands between two codes.
            if code.contains('+') {
                let cause = Cause::UnknownId { naming: Naming::NoPlus, known: Vec::new() };
                problems.add_seen(place, code, cause);
            }
            // A code whose rate can't be read still counts as known.
            let rate = number(Scalar::of(value), place, number::rate, problems);
            (code.clone().into_owned(), rate.unwrap_or(Rate::ZERO))
        })
        .collect()
}

fn pot(value: &Value<'_>, relief: &Place<'_>, problems: &mut Problems) -> Option<Pot> {
    const KNOWN: &[&str] = &["id", "name", "note", "amount"];
    let fields = Fields::open(value, relief.field("pot"), KNOWN, problems)?;
    fields.required("amount", problems);
    Some(Pot {
        id: fields.id("id", problems).unwrap_or_default().to_owned(),
        name: fields.text("name", problems).map(str::to_owned),
        note: fields.text("note", problems).map(str::to_owned),
        amount: fields.number("amount", number::money, problems).unwrap_or_default(),
    })
}

/// The pot is a payer like the sources: no source may have its id.
pub(super) fn check_pot(relief: &Relief, sources: &[Source], problems: &mut Problems) {
    let Some(pot) = &relief.pot else {
        return;
    };
    let twin = sources.iter().position(|source| source.id == pot.id);
    if let Some(index) = twin.filter(|_| !pot.id.is_empty()) {
        let first = format!("sources[{index}].id");
        problems.add_seen("relief.pot.id", &pot.id, Cause::DuplicateId { first });
    }
}

/// Reads `minimum`, by the ids of the sources that it may reduce.
pub(crate) fn minimum(
    value: &Value<'_>,
    sources: &[&str],
    problems: &mut Problems,
) -> Option<Minimum> {
    const KNOWN: &[&str] = &["per_household", "per_area", "reduces"];
    let place = Place::Field(&Place::Root, "minimum");
    let fields = Fields::open(value, place, KNOWN, problems)?;
    if !fields.has("per_household") && !fields.has("per_area") {
        problems.add(place, Cause::NoLimit);
    }
    let by_id: HashMap<&str, usize> =
        sources.iter().enumerate().map(|(index, &source)| (source, index)).collect();
    let reduces_place = place.field("reduces");
    let named = fields
        .required("reduces", problems)
        .and_then(|value| list(value, &reduces_place, problems));
    if named.is_some_and(<[_]>::is_empty) {
        problems.add(reduces_place, Cause::MissingField);
    }
    let mut reduces = Vec::new();
    let mut met = vec![false; sources.len()];
    for (index, id) in named.unwrap_or_default().iter().enumerate() {
        let place = reduces_place.index(index);
        let Some(id) = text(id, &place, problems) else {
            continue;
        };
        let Some(&source) = by_id.get(id) else {
            let cause = Cause::UnknownId {
                naming: Naming::Source,
                known: sources.iter().map(|&source| source.to_owned()).collect(),
            };
            problems.add_seen(place, id, cause);
            continue;
        };
        if std::mem::replace(&mut met[source], true) {
            problems.add_seen(place, id, Cause::DuplicateKey);
        } else {
            reduces.push(source);
        }
    }
    Some(Minimum {
        per_household: fields.number("per_household", number::money, problems),
        per_area: fields.number("per_area", number::money, problems),
        reduces,
    })
}

/// Reads `channels`.
// Always inlined, as the reader of sources is.
#[inline(always)]
pub(crate) fn channels(
    value: &Value<'_>,
    place: Place<'_>,
    problems: &mut Problems,
) -> Vec<Channel> {
    let mut channels: Vec<Channel> = Vec::new();
    let list = list(value, &place, problems).unwrap_or_default();
    for (index, value) in list.iter().enumerate() {
        let place = place.index(index);
        let Some(channel) = channel(value, place, problems) else {
            continue;
        };
        if channels.iter().any(|other| other.as_str() == channel.as_str()) {
            problems.add_seen(place.field("kind"), channel.as_str(), Cause::DuplicateKey);
        } else {
            channels.push(channel);
        }
    }
    channels
}

#[inline(always)]
fn channel(value: &Value<'_>, place: Place<'_>, problems: &mut Problems) -> Option<Channel> {
    // Each kind with the fields it has.
    const KINDS: &[(&str, &[&str])] = &[
        ("in_kind", &["kind"]),
        ("public_revenue", &["kind", "amount", "over"]),
        ("maintenance_fund", &["kind", "keep", "first"]),
        ("provident_fund", &["kind"]),
    ];
    let fields = entries(value, &place, problems)?;
    let Some((_, kind)) = fields.iter().find(|(key, _)| key == "kind") else {
        problems.add(place.field("kind"), Cause::MissingField);
        return None;
    };
    let kind = text(kind, &place.field("kind"), problems)?;
    let Some((kind, known)) = KINDS.iter().find(|(name, _)| *name == kind) else {
        let cause = Cause::UnknownId {
            naming: Naming::Listed,
            known: KINDS.iter().map(|(name, _)| (*name).to_owned()).collect(),
        };
        problems.add_seen(place.field("kind"), kind, cause);
        return None;
    };
    let fields = Fields::open(value, place, known, problems)?;
    Some(match *kind {
        "in_kind" => Channel::InKind,
        "public_revenue" => Channel::PublicRevenue {
            amount: fields.number("amount", number::money, problems).unwrap_or_default(),
            over_owing: fields.choice("over", &["all", "owing"], |over| over, problems)
                == Some("owing"),
        },
        "maintenance_fund" => Channel::MaintenanceFund {
            keep: fields.number("keep", number::rate, problems).unwrap_or(Rate::ZERO),
            interest_first: fields.choice(
                "first",
                &["principal", "interest"],
                |part| part,
                problems,
            ) == Some("interest"),
        },
        _ => Channel::ProvidentFund,
    })
}

/// Reads `maintenance`.
// Always inlined, as the reader of sources is.
#[inline(always)]
pub(crate) fn maintenance(
    value: &Value<'_>,
    place: Place<'_>,
    problems: &mut Problems,
) -> Maintenance {
    const KNOWN: &[&str] = &["threshold", "target", "target_per_area", "first_per_area"];
    let default = Maintenance::default();
    let Some(fields) = Fields::open(value, place, KNOWN, problems) else {
        return default;
    };
    let threshold = fields.number("threshold", number::rate, problems);
    let of_first = fields.number("target", number::target, problems).map(Target::OfFirst);
    let per_area = if fields.has("target") && fields.has("target_per_area") {
        let cause = Cause::InPlaceOf { other: "target" };
        problems.add(place.field("target_per_area"), cause);
        None
    } else {
        fields.number("target_per_area", number::money, problems).map(Target::PerArea)
    };
    Maintenance {
        threshold: threshold.unwrap_or(default.threshold),
        target: of_first.or(per_area).unwrap_or(default.target),
        first_per_area: fields.number("first_per_area", number::money, problems),
    }
}
