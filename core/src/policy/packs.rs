//! The packs at hand: those that come with the engine, and further ones.

use std::sync::OnceLock;

use super::own::{ReadOwn, read_own};
use super::read::References;
use super::{Check, Department, Pack, Provision, Rule, read};
use crate::document::Document;
use crate::plan::{Line, Plan, Values};
use crate::problem::{Cause, Problems};

// The packs of `core/policies/` as JSON: what fills a plan, of those that every program carries (FIRST)
// and of the others (FURTHER), and by id the rest (LAWS).
include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// The pack that a plan without one is checked against: national law holds everywhere.
const NATIONAL: &str = "china";

/// The policy packs at hand: those that come with the engine, and those that were added.
///
/// ```
/// use fentan_core::{Document, Packs};
/// let mut packs = Packs::default();
/// packs.add(&Document::from_json(
///     br#"{ "fentan_policy": 1, "id": "here", "name": { "zh": "some rule" },
///           "place": { "zh": "here" }, "within": "henan" }"#,
/// )?)?;
/// assert_eq!(packs.find("here").unwrap().within(), Some("henan"));
/// assert_eq!(packs.clause("henan/68").unwrap().article, "第六十八条");
/// # Ok::<(), fentan_core::Problems>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Packs {
    pub(super) further: Vec<Pack>,
    /// Whether the last of them is the one that a plan brought with it.
    pub(super) ends_with_own: bool,
}

impl Packs {
    /// Reads and checks a further pack.
    ///
    /// # Errors
    /// Those of [`Pack::read`]; `duplicate-id` where its id is known already.
    pub fn add(&mut self, document: &Document<'_>) -> Result<&Pack, Problems> {
        let pack = self.further(document)?;
        self.further.push(pack);
        Ok(&self.further[self.further.len() - 1])
    }

    /// Reads and checks a pack that stands beside these.
    pub(super) fn further(&self, document: &Document<'_>) -> Result<Pack, Problems> {
        let mut problems = Problems::default();
        let (pack, references) = read::pack(document, &mut problems);
        if self.values(pack.id()).is_some() {
            let first = pack.id().to_owned();
            problems.add_seen("id", pack.id(), Cause::DuplicateId { first });
        }
        read::resolve(&references, &pack, self, &mut problems);
        problems.refuse(pack)
    }

    /// Reads and checks a pack as [`Packs::add`] does, and adds it not: its id may be known, as that of a
    /// pack of the engine is to whoever mends it.
    ///
    /// # Errors
    /// Those of [`Pack::read`].
    pub fn check(&self, document: &Document<'_>) -> Result<Pack, Problems> {
        let mut problems = Problems::default();
        let (pack, references) = read::pack(document, &mut problems);
        read::resolve(&references, &pack, self, &mut problems);
        problems.refuse(pack)
    }

    /// All of them: those that come with the engine, in the order of their ids, then the others.
    pub fn iter(&self) -> impl Iterator<Item = &Pack> {
        built_in().iter().chain(&self.further)
    }

    /// The pack of an id.
    pub fn find(&self, id: &str) -> Option<&Pack> {
        self.iter().find(|pack| pack.id() == id)
    }

    /// The clause of an id, `pack/clause`.
    pub fn clause(&self, id: &str) -> Option<&Provision> {
        let (pack, _) = id.split_once('/')?;
        self.find(pack)?.provisions.iter().find(|provision| provision.id == id)
    }

    /// What all of them fill in, in the order of [`Packs::iter`].
    pub(crate) fn all_values(&self) -> impl Iterator<Item = &Values> {
        let built_in = first_values().iter().chain(further_values());
        built_in.chain(self.further.iter().map(|pack| &pack.values))
    }

    /// The ids of all of them, in order.
    pub(crate) fn ids(&self) -> Vec<String> {
        // Put in their places: a sort of texts is code that the page's first load has no other use for.
        let mut ids: Vec<String> = Vec::new();
        for Values { id, .. } in self.all_values() {
            ids.insert(ids.partition_point(|one| one < id), id.clone());
        }
        ids
    }

    /// What the pack of an id fills in.
    pub(crate) fn values(&self, id: &str) -> Option<&Values> {
        self.all_values().find(|values| values.id == id)
    }

    /// What a pack and those it lies within fill in, the nearest first.
    pub(crate) fn chain<'p>(&'p self, pack: &'p Values) -> Vec<&'p Values> {
        let mut chain = vec![pack];
        let mut wider = pack.within.as_deref();
        while let Some(pack) = wider.and_then(|id| self.values(id)) {
            chain.push(pack);
            wider = pack.within.as_deref();
        }
        chain
    }

    /// The packs that hold for a plan, the nearest first.
    pub(crate) fn of(&self, plan: &Plan) -> Vec<&Pack> {
        let mut chain = Vec::new();
        let mut next = self.find(plan.policy().unwrap_or(NATIONAL));
        while let Some(pack) = next {
            chain.push(pack);
            next = pack.within().and_then(|wider| self.find(wider));
        }
        chain
    }

    /// The checks that hold for a plan on its day: of those of the same kind, and of pipelines for each
    /// of them, the nearest pack's, citing the clauses of all.
    pub(crate) fn rules(&self, plan: &Plan) -> Vec<Rule> {
        let packs = self.with_own(plan.own_policy());
        let compound = plan.compound();
        let (works, vote) = compound.map_or((None, None), |one| (one.works_on, one.vote_on));
        let mut rules: Vec<Rule> = Vec::new();
        for rule in packs.of(plan).into_iter().flat_map(|pack| &pack.rules) {
            let day = if rule.is_of_votes() { vote.or(works) } else { works.or(vote) };
            if day.is_some_and(|day| !packs.is_in_force(&rule.clauses, day)) {
                continue;
            }
            for rule in rule.by_pipeline() {
                match rules.iter_mut().find(|nearer| nearer.is_of_same_kind(&rule)) {
                    Some(nearer) => nearer.clauses.extend(rule.clauses),
                    None => rules.push(rule),
                }
            }
        }
        rules.sort_by_key(|rule| rule.check);
        let mut together: Vec<Rule> = Vec::with_capacity(rules.len());
        for rule in rules {
            match together.iter_mut().find(|other| other.is_alike_but_for_pipelines(&rule)) {
                Some(other) => other.pipelines.extend(rule.pipelines),
                None => together.push(rule),
            }
        }
        together
    }

    /// Who answers for a line, by the policy of its plan; these are [with](Packs::with_own) the pack that it brings.
    pub fn departments<'p>(&'p self, plan: &Plan, line: &Line) -> Vec<&'p Department> {
        let all = self.of(plan).into_iter().flat_map(|pack| &pack.departments);
        all.filter(|department| department.answers_for(line)).collect()
    }
}

impl Rule {
    /// Whether it is about a vote, and not about the works.
    fn is_of_votes(&self) -> bool {
        matches!(self.check, Check::OldThreshold | Check::AidChanged | Check::Interval)
    }

    /// The rule for each of its pipelines apart; itself where it has none.
    fn by_pipeline(&self) -> Vec<Rule> {
        if self.pipelines.is_empty() {
            return vec![self.clone()];
        }
        let each = self.pipelines.iter().map(|&one| Rule { pipelines: vec![one], ..self.clone() });
        each.collect()
    }

    fn is_of_same_kind(&self, other: &Rule) -> bool {
        self.check == other.check
            && self.pipelines == other.pipelines
            && self.bounds.matters == other.bounds.matters
            && self.bounds.subjects == other.bounds.subjects
    }

    fn is_alike_but_for_pipelines(&self, other: &Rule) -> bool {
        !self.pipelines.is_empty()
            && self.check == other.check
            && self.severity == other.severity
            && self.clauses == other.clauses
    }
}

impl Pack {
    /// Reads and checks a pack that stands beside those that come with the engine.
    ///
    /// # Errors
    /// Every problem found, with the codes of spec §5: a clause that is not there is an
    /// `unknown-id`.
    pub fn read(document: &Document<'_>) -> Result<Pack, Problems> {
        Packs::default().add(document).cloned()
    }
}

// Those that come with the engine are read without a look at their problems: a test does that.

fn first_values() -> &'static [Values] {
    static ALL: OnceLock<Vec<Values>> = OnceLock::new();
    ALL.get_or_init(|| read_values(FIRST))
}

/// What not every program carries from the start.
pub(super) struct TakenIn {
    /// What the further packs fill in.
    values: Vec<Values>,
    /// What reads the pack that a plan brings with it.
    pub(super) read_own: ReadOwn,
}

static TAKEN_IN: OnceLock<TakenIn> = OnceLock::new();

/// Takes in the packs that not every program carries from the start, and what reads one that a plan brings
/// with it. On a machine they are there without this; a part of a page calls it that reads plans of any
/// policy, and so carries them.
pub fn take_in() {
    TAKEN_IN.get_or_init(|| TakenIn { values: read_values(FURTHER), read_own });
}

/// What was taken in; `None` where nothing was yet.
pub(super) fn taken_in() -> Option<&'static TakenIn> {
    #[cfg(not(target_family = "wasm"))]
    take_in();
    TAKEN_IN.get()
}

fn further_values() -> &'static [Values] {
    taken_in().map_or(&[], |taken_in| &taken_in.values)
}

fn read_values(texts: &[&str]) -> Vec<Values> {
    let documents = texts.iter().filter_map(|text| Document::from_json(text.as_bytes()).ok());
    let read = documents
        .map(|document| read::values(&document, &mut References::new(), &mut Problems::default()));
    read.collect()
}

/// All that come with the engine, in the order of their ids.
fn built_in() -> &'static [Pack] {
    static ALL: OnceLock<Vec<Pack>> = OnceLock::new();
    ALL.get_or_init(|| {
        take_in();
        let laws = LAWS.iter().filter_map(|(id, text)| {
            let document = Document::from_json(text.as_bytes()).ok()?;
            let mut values = first_values().iter().chain(further_values());
            let values = values.find(|values| values.id == *id)?.clone();
            Some(read::law(&document, values, &mut References::new(), &mut Problems::default()))
        });
        laws.collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reason::Clause;

    #[test]
    fn every_pack_of_the_engine_is_right() {
        let packs = Packs::default();
        let all = || FIRST.iter().chain(FURTHER);
        assert_eq!((built_in().len(), all().count()), (LAWS.len(), LAWS.len()));
        for values in all() {
            let values = Document::from_json(values.as_bytes()).expect("JSON");
            let id = values.text("id").expect("an id");
            let (_, law) = LAWS.iter().find(|(of, _)| *of == id).expect("its other half");
            let law = Document::from_json(law.as_bytes()).expect("JSON");
            let (mut references, mut problems) = (References::new(), Problems::default());
            read::check_defaults(&values, &mut problems);
            let values = read::values(&values, &mut references, &mut problems);
            let pack = read::law(&law, values, &mut references, &mut problems);
            read::resolve(&references, &pack, &packs, &mut problems);
            assert!(problems.is_empty(), "{}: {problems}", pack.id());
            assert!(!pack.provisions.is_empty(), "{}", pack.id());
            // One that only tells what is known fills in nothing and checks nothing.
            let is_told_only = pack.rules.is_empty() && pack.defaults().is_empty();
            assert!(!references.is_empty() || is_told_only, "{}", pack.id());
            // None lies within itself.
            let chain = packs.chain(&pack.values);
            assert!(chain[1..].iter().all(|wider| wider.id != pack.id()), "{}", pack.id());
        }
    }

    #[test]
    fn every_clause_that_a_reason_cites_is_in_a_pack() {
        let packs = Packs::default();
        for clause in Clause::ALL {
            assert!(packs.clause(clause.as_str()).is_some(), "{}", clause.as_str());
        }
    }
}
