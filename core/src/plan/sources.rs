//! Who pays before the residents [四(一), 四(二), 四(四)].

use std::collections::HashMap;

use super::fields::{Fields, list, text};
use super::income;
use super::{Category, Income, Kind, Line, Pipeline, Subject, Tier};
use crate::document::Value;
use crate::enumeration;
use crate::money::Fen;
use crate::number::{self, Rate};
use crate::place::Place;
use crate::problem::{Cause, Naming, Problems};

enumeration! {
    /// Who a source is; decides wording and findings, never the arithmetic.
    SourceKind {
        /// 中央财政.
        Central = "central",
        /// 省级财政.
        Provincial = "provincial",
        /// 市级财政.
        City = "city",
        /// 县(区)财政.
        County = "county",
        /// 管线单位.
        PipelineOwner = "pipeline_owner",
        /// 原产权单位.
        OriginalOwner = "original_owner",
        /// 社会资本.
        SocialCapital = "social_capital",
        /// 捐赠.
        Donation = "donation",
        /// 其他.
        Other = "other",
    }
}

/// Who pays before the residents (出资方).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Source {
    /// Unique among the sources and the relief pot.
    pub id: String,
    /// What the source is called.
    pub name: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Who the source is.
    pub kind: Option<SourceKind>,
    /// Which lines it pays for.
    pub covers: Covers,
    /// At most this part of each covered line.
    pub rate: Option<Rate>,
    /// At most this in all.
    pub amount: Option<Fen>,
    /// At most this for each household counted.
    pub per_household: Option<Fen>,
    /// At most this for each square metre counted.
    pub per_area: Option<Fen>,
    /// At most this on each covered line, for each of its pieces.
    pub per_piece: Option<PerPiece>,
    /// Whether only those count whom a covered line serves, not all of the plan.
    pub over_served: bool,
    /// What it gave in the end (决算), where that is known; it never changes the split.
    pub final_amount: Option<Fen>,
    /// What it earns from what it paid for; it never changes what it pays.
    pub income: Option<Income>,
    /// Whether its offer is a programme's portion that the plan still waits for.
    pub awaits_portion: bool,
}

/// The most that a source gives for each piece of a line, such as a lift (每台标准).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PerPiece {
    /// An amount.
    Amount(Fen),
    /// Amounts by the storeys that each reaches to, ascending; the last may reach to any.
    ByStoreys(Vec<(Option<u32>, Fen)>),
}

impl PerPiece {
    /// Whether it depends on storeys.
    pub(crate) fn asks_for_storeys(&self) -> bool {
        match self {
            PerPiece::Amount(_) => false,
            PerPiece::ByStoreys(steps) => steps.iter().any(|(to, _)| to.is_some()),
        }
    }

    /// The place of the step that holds for a line, where one does.
    pub(crate) fn step(&self, line: &Line) -> Option<usize> {
        let PerPiece::ByStoreys(steps) = self else {
            return None;
        };
        // An individual line has no storeys.
        if self.asks_for_storeys() && line.storeys.is_none() {
            return None;
        }
        steps.iter().position(|&(to, _)| {
            to.is_none_or(|to| line.storeys.is_some_and(|storeys| storeys <= to))
        })
    }

    /// The amount for one piece of a line.
    pub(crate) fn of(&self, line: &Line) -> Fen {
        match self {
            PerPiece::Amount(amount) => *amount,
            PerPiece::ByStoreys(steps) => self.step(line).map_or(Fen::ZERO, |step| steps[step].1),
        }
    }

    pub(super) fn amounts(&mut self) -> Box<dyn Iterator<Item = &mut Fen> + '_> {
        match self {
            PerPiece::Amount(amount) => Box::new(std::iter::once(amount)),
            PerPiece::ByStoreys(steps) => Box::new(steps.iter_mut().map(|(_, amount)| amount)),
        }
    }
}

impl Source {
    /// Whether its offer counts homes.
    pub(crate) fn counts_homes(&self) -> bool {
        self.per_household.or(self.per_area).is_some()
    }

    /// The most it pays on a covered line for its pieces, if it is limited so.
    pub(crate) fn piece_limit(&self, line: &Line) -> Option<Fen> {
        let each = self.per_piece.as_ref()?.of(line);
        Some(Fen(each.0 * u128::from(line.pieces)))
    }

    /// Whether it limits what it gives in all.
    pub(crate) fn is_limited(&self) -> bool {
        self.amount.or(self.per_household).or(self.per_area).is_some()
    }
}

/// Which lines a source covers: those that match every list given.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Covers {
    /// Tiers, where given.
    pub tiers: Option<Vec<Tier>>,
    /// Categories, where given.
    pub categories: Option<Vec<Category>>,
    /// Pipelines, where given.
    pub pipelines: Option<Vec<Pipeline>>,
    /// Subjects, where given.
    pub subjects: Option<Vec<Subject>>,
    /// Kinds; left out = shared lines only.
    pub kinds: Option<Vec<Kind>>,
    /// Indices of [`Plan::lines`](crate::Plan::lines), where given.
    pub lines: Option<Vec<usize>>,
}

impl Covers {
    /// Whether the line at `index` of the plan is covered.
    pub fn matches(&self, index: usize, line: &Line) -> bool {
        fn holds<T: PartialEq>(list: &Option<Vec<T>>, value: Option<T>) -> bool {
            list.as_ref().is_none_or(|list| value.is_some_and(|value| list.contains(&value)))
        }
        holds(&self.tiers, line.tier)
            && holds(&self.categories, line.category)
            && holds(&self.pipelines, line.pipeline)
            && holds(&self.subjects, line.subject)
            && self.takes_in(line.kind())
            && holds(&self.lines, Some(index))
    }

    fn takes_in(&self, kind: Kind) -> bool {
        match &self.kinds {
            Some(kinds) => kinds.contains(&kind),
            None => kind == Kind::Shared,
        }
    }
}

/// Reads `sources`.
// Always inlined, with what it calls: a plan's reader stays one piece, which is all that a page loads first, also where the
// reader of packs reads the same.
#[inline(always)]
pub(crate) fn read(
    value: &Value<'_>,
    place: Place<'_>,
    lines: &[Line],
    problems: &mut Problems,
) -> Vec<Source> {
    let by_id: HashMap<&str, usize> =
        lines.iter().enumerate().map(|(index, line)| (line.id.as_str(), index)).collect();
    let mut sources = Vec::new();
    for (index, value) in list(value, &place, problems).unwrap_or_default().iter().enumerate() {
        sources.push(read_source(value, place.index(index), lines, &by_id, problems));
    }
    check_storeys(lines, &sources, problems);
    let mut first = HashMap::with_capacity(sources.len());
    for (index, source) in sources.iter().enumerate().filter(|(_, source)| !source.id.is_empty()) {
        let first = *first.entry(source.id.as_str()).or_insert(index);
        if first != index {
            let first = place.index(first).field("id").to_string();
            let cause = Cause::DuplicateId { first };
            problems.add_seen(place.index(index).field("id"), &source.id, cause);
        }
    }
    sources
}

/// Where a limit depends on storeys, a line must tell them.
#[inline(always)]
fn check_storeys(lines: &[Line], sources: &[Source], problems: &mut Problems) {
    let asking = sources
        .iter()
        .filter(|source| source.per_piece.as_ref().is_some_and(PerPiece::asks_for_storeys));
    let asking: Vec<&Source> = asking.collect();
    for (index, line) in lines.iter().enumerate() {
        let is_asked = || asking.iter().any(|source| source.covers.matches(index, line));
        if line.is_shared() && line.storeys.is_none() && is_asked() {
            problems.add(format_args!("lines[{index}].storeys"), Cause::MissingField);
        }
    }
}

#[inline(always)]
fn read_source(
    value: &Value<'_>,
    place: Place<'_>,
    lines: &[Line],
    by_id: &HashMap<&str, usize>,
    problems: &mut Problems,
) -> Source {
    const LIMITS: &[&str] = &["rate", "amount", "per_household", "per_area", "per_piece"];
    const KNOWN: &[&str] = &[
        "id",
        "name",
        "note",
        "kind",
        "covers",
        "rate",
        "amount",
        "per_household",
        "per_area",
        "per_piece",
        "over",
        "final",
        "income",
        "awaits_portion",
    ];
    let mut source = Source {
        id: String::new(),
        name: None,
        note: None,
        kind: None,
        covers: Covers::default(),
        rate: None,
        amount: None,
        per_household: None,
        per_area: None,
        per_piece: None,
        over_served: false,
        final_amount: None,
        income: None,
        awaits_portion: false,
    };
    let Some(fields) = Fields::open(value, place, KNOWN, problems) else {
        return source;
    };
    source.id = fields.id("id", problems).unwrap_or_default().to_owned();
    source.name = fields.text("name", problems).map(str::to_owned);
    source.note = fields.text("note", problems).map(str::to_owned);
    source.kind = fields.choice("kind", SourceKind::ALL, SourceKind::as_str, problems);
    source.rate = fields.number("rate", number::rate, problems);
    source.amount = fields.number("amount", number::money, problems);
    source.per_household = fields.number("per_household", number::money, problems);
    source.per_area = fields.number("per_area", number::money, problems);
    source.per_piece = read_per_piece(&fields, problems);
    let over = fields.choice("over", &["plan", "served"], |over| over, problems);
    source.over_served = over == Some("served");
    source.final_amount = fields.number("final", number::money, problems);
    source.income = income::read(&fields, problems);
    source.awaits_portion = fields.boolean("awaits_portion", problems).unwrap_or_default();
    if !LIMITS.iter().any(|limit| fields.has(limit)) {
        problems.add(place, Cause::NoLimit);
    }
    if let Some(value) = fields.get("covers") {
        source.covers = read_covers(value, place.field("covers"), lines, by_id, problems);
    }
    source
}

#[inline(always)]
fn read_per_piece(source: &Fields<'_>, problems: &mut Problems) -> Option<PerPiece> {
    let Some(Value::List(values)) = source.get("per_piece") else {
        return source.number("per_piece", number::money, problems).map(PerPiece::Amount);
    };
    let place = source.place().field("per_piece");
    let mut steps = Vec::with_capacity(values.len());
    for (index, value) in values.iter().enumerate() {
        const KNOWN: &[&str] = &["storeys_to", "amount"];
        let Some(fields) = Fields::open(value, place.index(index), KNOWN, problems) else {
            continue;
        };
        fields.required("amount", problems);
        let amount = fields.number("amount", number::money, problems).unwrap_or_default();
        let to = fields.number("storeys_to", number::storeys, problems);
        // A step that can't be read counts as given and in order.
        steps.push((fields.has("storeys_to").then_some(to), amount));
    }
    let is_ascending = steps.windows(2).all(|pair| match (pair[0].0, pair[1].0) {
        (Some(Some(lower)), Some(Some(upper))) => lower < upper,
        (lower, _) => lower.is_some(),
    });
    if values.is_empty() || !is_ascending {
        problems.add(place, Cause::StoreysOrder);
    }
    let steps = steps.into_iter().map(|(to, amount)| (to.map(Option::unwrap_or_default), amount));
    Some(PerPiece::ByStoreys(steps.collect()))
}

#[inline(always)]
fn read_covers(
    value: &Value<'_>,
    place: Place<'_>,
    lines: &[Line],
    by_id: &HashMap<&str, usize>,
    problems: &mut Problems,
) -> Covers {
    const KNOWN: &[&str] = &["tiers", "categories", "pipelines", "subjects", "kinds", "lines"];
    let Some(fields) = Fields::open(value, place, KNOWN, problems) else {
        return Covers::default();
    };
    let mut covers = Covers {
        tiers: fields.choices("tiers", Tier::ALL, Tier::as_str, problems),
        categories: fields.choices("categories", Category::ALL, Category::as_str, problems),
        pipelines: fields.choices("pipelines", Pipeline::ALL, Pipeline::as_str, problems),
        subjects: fields.choices("subjects", Subject::ALL, Subject::as_str, problems),
        kinds: fields.choices("kinds", Kind::ALL, Kind::as_str, problems),
        lines: None,
    };
    let place = place.field("lines");
    let named = fields.get("lines").and_then(|value| list(value, &place, problems));
    covers.lines = named.map(|named| {
        let mut indices = Vec::with_capacity(named.len());
        for (index, id) in named.iter().enumerate() {
            let place = place.index(index);
            let Some(id) = text(id, &place, problems) else {
                continue;
            };
            let (naming, known) = match by_id.get(id) {
                Some(&line) if covers.takes_in(lines[line].kind()) || lines[line].is_shared() => {
                    indices.push(line);
                    continue;
                }
                Some(_) => (Naming::CoveredLine, Vec::new()),
                None => (Naming::Line, lines.iter().map(|line| line.id.clone()).collect()),
            };
            problems.add_seen(place, id, Cause::UnknownId { naming, known });
        }
        indices
    });
    covers
}
