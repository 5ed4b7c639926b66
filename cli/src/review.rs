//! What law and policy say beside a split: findings, values that came from a pack, departments.

use std::collections::BTreeMap;

use fentan_core::policy::{Check, Severity};
use fentan_core::receipt::Receipt;
use fentan_core::scenario::{Investment, investments};
use fentan_core::{Finding, Packs, Plan, Split, findings};
use fentan_words::{
    Language, finding, in_words, listed, printable, provision, say, say_with, severity,
};
use serde::Serialize;

use crate::portion::Portion;

/// A split's review.
pub(crate) struct Review<'r> {
    pub(crate) language: Language,
    pub(crate) plan: &'r Plan,
    packs: Packs,
    findings: Vec<Finding>,
}

/// A split with what stands beside it, spec §7.
#[derive(Serialize)]
pub(crate) struct Reviewed<'r> {
    #[serde(flatten)]
    split: &'r Split,
    #[serde(flatten)]
    found: Found<'r>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    departments: BTreeMap<&'r str, Vec<&'r str>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    investments: BTreeMap<&'r str, Investment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<Receipt>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<&'r Portion>,
}

/// What was found, and what was filled in.
#[derive(Serialize)]
pub(crate) struct Found<'r> {
    findings: Vec<JsonFinding<'r>>,
    filled: Vec<JsonFilled<'r>>,
}

#[derive(Serialize)]
struct JsonFinding<'r> {
    #[serde(flatten)]
    finding: &'r Finding,
    message: String,
}

#[derive(Serialize)]
struct JsonFilled<'r> {
    path: &'r str,
    pack: &'r str,
    clauses: &'r [String],
}

impl<'r> Review<'r> {
    pub(crate) fn of(
        language: Language,
        plan: &'r Plan,
        split: &Split,
        packs: &Packs,
    ) -> Review<'r> {
        let findings = findings(plan, split, packs);
        Review { language, plan, packs: packs.with_own(plan.own_policy()), findings }
    }

    /// The split with what stands beside it; with its receipt, and the portion of a run that the plan
    /// was given, where there are any.
    pub(crate) fn beside(
        &'r self,
        split: &'r Split,
        receipt: Option<Receipt>,
        run: Option<&'r Portion>,
    ) -> Reviewed<'r> {
        let departments = self
            .departments()
            .filter(|_| self.plan.compound().is_some())
            .map(|(line, names)| (self.plan.lines()[line].id.as_str(), names));
        Reviewed {
            split,
            found: self.found(),
            departments: departments.collect(),
            investments: investments(self.plan, split)
                .into_iter()
                .map(|one| (self.plan.sources()[one.source].id.as_str(), one))
                .collect(),
            receipt,
            run,
        }
    }

    /// What was found, worded, and what was filled in.
    pub(crate) fn found(&self) -> Found<'_> {
        let worded = |one| JsonFinding { finding: one, message: finding(self.language, one) };
        let filled = self.plan.filled().iter().map(|filled| JsonFilled {
            path: &filled.path,
            pack: &filled.pack,
            clauses: &filled.clauses,
        });
        Found { findings: self.findings.iter().map(worded).collect(), filled: filled.collect() }
    }

    /// How much the gravest finding weighs.
    pub(crate) fn gravest(&self) -> Option<Severity> {
        // The gravest come first.
        self.findings.first().map(|one| one.severity)
    }

    /// By line, an index of the plan's, who answers for it; the lines that somebody does.
    fn departments(&self) -> impl Iterator<Item = (usize, Vec<&str>)> {
        self.plan.lines().iter().enumerate().filter_map(|(index, line)| {
            let departments = self.packs.departments(self.plan, line);
            let names = departments.iter().map(|one| in_words(self.language, &one.name));
            let names: Vec<_> = names.collect();
            (!names.is_empty()).then_some((index, names))
        })
    }

    /// Headings, each with its lines; none that are empty.
    pub(crate) fn sections(&self) -> Vec<(String, Vec<String>)> {
        let findings = self.findings.iter().map(|one| self.finding_line(one)).collect();
        let filled = self.plan.filled().iter().map(|filled| {
            let value = format!("{}: {}", printable(&filled.path), filled.pack);
            format!("{value} {}", self.cited(&filled.clauses))
        });
        [
            ("policy.findings", findings),
            ("policy.filled", filled.collect::<Vec<_>>()),
            ("policy.departments", self.lines_by_department()),
        ]
        .into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(title, lines)| (say(self.language, title), lines))
        .collect()
    }

    /// Each department that answers for a line, with the lines that it does.
    fn lines_by_department(&self) -> Vec<String> {
        let mut lines_of: Vec<(&str, Vec<String>)> = Vec::new();
        for (index, names) in self.departments() {
            let line = &self.plan.lines()[index];
            let line = printable(line.name.as_ref().unwrap_or(&line.id));
            for name in names {
                match lines_of.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, lines)) => lines.push(line.clone()),
                    None => lines_of.push((name, vec![line.clone()])),
                }
            }
        }
        let all = self.plan.lines().len();
        let written = lines_of.iter().map(|(name, lines)| match lines.len() {
            count if count == all => format!("{name}: {}", say(self.language, "policy.every-line")),
            _ => format!("{name}: {}", listed(self.language, lines)),
        });
        written.collect()
    }

    /// What was found, and what was filled in, a line each.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        let findings = self.findings.iter().map(|one| self.finding_line(one));
        findings.chain(self.plan.filled().iter().map(|filled| {
            let from = say_with(self.language, "policy.filled-from", &[("pack", &filled.pack)]);
            format!("{}: {from} {}", printable(&filled.path), self.cited(&filled.clauses))
        }))
    }

    /// What is probably a slip, a line each.
    pub(crate) fn health(&self) -> impl Iterator<Item = String> {
        let found = self.findings.iter().filter(|one| one.effect.is_some());
        found.map(|one| self.finding_line(one))
    }

    /// Figures of households that tell a neighbour who is in need, a line each.
    pub(crate) fn singled_out(&self) -> impl Iterator<Item = String> {
        let found = self.findings.iter();
        let found =
            found.filter(|one| matches!(one.check, Check::ReliefSinglesOut | Check::ReliefShows));
        found.map(|one| self.finding_line(one))
    }

    /// The ids of what was found that `fentan mend` can mend.
    pub(crate) fn mendable(&self) -> Vec<&'static str> {
        let mut ids: Vec<&str> = Vec::new();
        for one in self.findings.iter().filter(|one| !one.mend.is_empty()) {
            if !ids.contains(&one.check.as_str()) {
                ids.push(one.check.as_str());
            }
        }
        ids
    }

    fn finding_line(&self, one: &Finding) -> String {
        let weight = severity(self.language, one.severity);
        let message = printable(&finding(self.language, one));
        let (path, id) = (&one.path, one.check.as_str());
        let cited = self.cited(&one.clauses);
        let space = if cited.is_empty() { "" } else { " " };
        format!("{path}: {id}: {weight}: {message}{space}{cited}")
    }

    /// The clauses as they are cited, in brackets.
    fn cited(&self, clauses: &[String]) -> String {
        let mut cited: Vec<String> = Vec::with_capacity(clauses.len());
        for clause in clauses.iter().filter_map(|id| self.packs.clause(id)) {
            let clause = printable(&provision(self.language, clause));
            if !cited.contains(&clause) {
                cited.push(clause);
            }
        }
        if cited.is_empty() {
            String::new()
        } else {
            format!("[{}]", listed(self.language, &cited))
        }
    }
}
