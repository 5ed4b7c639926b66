//! The clauses that the chapter rests on, quoted.

use fentan_core::plan::{Channel, SourceKind};
use fentan_core::policy::Clause;
use fentan_words::provision;

use super::Chapter;

impl Chapter<'_> {
    /// Of the plan's policy and those it lies within, the clauses that hold for what the chapter
    /// says.
    pub(super) fn clauses(&self) -> Vec<String> {
        let (plan, packs) = (self.papers.plan, &self.papers.packs);
        let mut places = Vec::new();
        let mut next = packs.find(plan.policy().unwrap_or("china"));
        while let Some(pack) = next {
            places.push(pack.id());
            next = pack.within().and_then(|wider| packs.find(wider));
        }
        let holds = |id: &&str| id.split_once('/').is_some_and(|(pack, _)| places.contains(&pack));
        let filled = plan.filled().iter().flat_map(|one| &one.clauses).map(String::as_str);
        let mut ids: Vec<&str> = Vec::new();
        for id in self.grounds().into_iter().chain(filled).filter(holds) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let found = ids.into_iter().filter_map(|id| packs.clause(id));
        let worded = found.map(|clause| {
            let cited = provision(self.papers.language, clause);
            match &clause.quote {
                Some(quote) => self.say_with("clause", &[("clause", &cited), ("quote", quote)]),
                None => cited,
            }
        });
        worded.collect()
    }

    fn grounds(&self) -> Vec<&'static str> {
        let plan = self.papers.plan;
        let pays = |kinds: &[SourceKind]| {
            plan.sources().iter().any(|source| source.kind.is_some_and(|one| kinds.contains(&one)))
        };
        let has_revenue =
            plan.channels().iter().any(|one| matches!(one, Channel::PublicRevenue { .. }));
        let has_unit = plan.households().iter().any(|home| home.payer.is_some());
        let treasury =
            [SourceKind::Central, SourceKind::Provincial, SourceKind::City, SourceKind::County];
        let units = [SourceKind::PipelineOwner, SourceKind::OriginalOwner];
        [
            (pays(&treasury), Clause::Treasury),
            (pays(&units), Clause::Units),
            (true, Clause::Residents),
            (pays(&[SourceKind::SocialCapital]), Clause::PrivateCapital),
            (has_revenue, Clause::CommonIncome),
            (true, Clause::SharesByArea),
            (has_unit, Clause::SoldPublicHousing),
            (self.fund().is_some(), Clause::FundThreshold),
        ]
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, clause)| clause.as_str())
        .collect()
    }
}
