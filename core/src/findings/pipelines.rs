//! Who answers for pipes and cables: their companies, up to the household's meter.

use super::{Detail, Review, name_of, residents_pay};
use crate::plan::{Line, Plan, Source, SourceKind};
use crate::policy::Rule;

/// Whether a line renews pipes or cables that a rule is about, on the company's side of the
/// meter.
pub(super) fn is_the_companys(rule: &Rule, line: &Line) -> bool {
    line.beyond_meter != Some(true)
        && line.pipeline.is_some_and(|pipeline| rule.pipelines.contains(&pipeline))
}

fn is_company(source: &Source) -> bool {
    source.kind == Some(SourceKind::PipelineOwner)
}

fn sources_of<'p>(
    plan: &'p Plan,
    index: usize,
    line: &'p Line,
) -> impl Iterator<Item = &'p Source> {
    plan.sources().iter().filter(move |source| source.covers.matches(index, line))
}

fn name_of_source(source: &Source) -> Detail {
    Detail::Name(source.name.as_ref().unwrap_or(&source.id).clone())
}

impl Review<'_> {
    pub(super) fn company_asked(&mut self, rule: &Rule) {
        for (index, line, split) in self.lines().filter(|(_, line, _)| is_the_companys(rule, line))
        {
            if !sources_of(self.plan, index, line).any(is_company) {
                let values = [("line", name_of(line)), ("amount", Detail::Money(split.amount))];
                self.find(rule, format!("lines[{index}]"), values);
            }
        }
    }

    pub(super) fn company_first(&mut self, rule: &Rule) {
        for (index, line, split) in self.lines().filter(|(_, line, _)| is_the_companys(rule, line))
        {
            let Some(company) = sources_of(self.plan, index, line).find(|&one| is_company(one))
            else {
                continue;
            };
            let before = sources_of(self.plan, index, line).take_while(|&one| !is_company(one));
            for source in before {
                if let Some(&(_, paid)) = split.paid.iter().find(|(id, _)| *id == source.id) {
                    let values = [
                        ("line", name_of(line)),
                        ("source", name_of_source(source)),
                        ("amount", Detail::Money(paid)),
                        ("company", name_of_source(company)),
                    ];
                    self.find(rule, format!("lines[{index}]"), values);
                }
            }
        }
    }

    pub(super) fn pipeline_boundary(&mut self, rule: &Rule) {
        for (index, line, split) in self.lines().filter(|(_, line, _)| is_the_companys(rule, line))
        {
            let amount = residents_pay(split);
            if !amount.is_zero() {
                let values = [("line", name_of(line)), ("amount", Detail::Money(amount))];
                self.find(rule, format!("lines[{index}]"), values);
            }
        }
    }
}
