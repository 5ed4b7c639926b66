//! Who pays before the residents [四(一), 四(二), 四(四)].

use std::collections::HashMap;

use super::fields::{Fields, list, text};
use super::income;
use super::{Category, Income, Kind, Line, Pipeline, Tier};
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
    /// At most this for each household of the plan.
    pub per_household: Option<Fen>,
    /// At most this for each square metre of the plan.
    pub per_area: Option<Fen>,
    /// What it earns from what it paid for; it never changes what it pays.
    pub income: Option<Income>,
}

impl Source {
    /// Whether it gives no more than so much in all.
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
pub(crate) fn read(
    value: &Value<'_>,
    place: Place<'_>,
    lines: &[Line],
    problems: &mut Problems,
) -> Vec<Source> {
    let by_id: HashMap<&str, usize> =
        lines.iter().enumerate().map(|(index, line)| (line.id.as_str(), index)).collect();
    let sources: Vec<_> = list(value, &place, problems)
        .unwrap_or_default()
        .iter()
        .enumerate()
        .map(|(index, value)| read_source(value, place.index(index), lines, &by_id, problems))
        .collect();
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

fn read_source(
    value: &Value<'_>,
    place: Place<'_>,
    lines: &[Line],
    by_id: &HashMap<&str, usize>,
    problems: &mut Problems,
) -> Source {
    const LIMITS: &[&str] = &["rate", "amount", "per_household", "per_area"];
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
        "income",
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
        income: None,
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
    source.income = income::read(&fields, problems);
    if !LIMITS.iter().any(|limit| fields.has(limit)) {
        problems.add(place, Cause::NoLimit);
    }
    if let Some(value) = fields.get("covers") {
        source.covers = read_covers(value, place.field("covers"), lines, by_id, problems);
    }
    source
}

fn read_covers(
    value: &Value<'_>,
    place: Place<'_>,
    lines: &[Line],
    by_id: &HashMap<&str, usize>,
    problems: &mut Problems,
) -> Covers {
    const KNOWN: &[&str] = &["tiers", "categories", "pipelines", "kinds", "lines"];
    let Some(fields) = Fields::open(value, place, KNOWN, problems) else {
        return Covers::default();
    };
    let mut covers = Covers {
        tiers: fields.choices("tiers", Tier::ALL, Tier::as_str, problems),
        categories: fields.choices("categories", Category::ALL, Category::as_str, problems),
        pipelines: fields.choices("pipelines", Pipeline::ALL, Pipeline::as_str, problems),
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
