//! Who pays how much, in all and of each line.

use fentan_core::plan::{Covers, Source};
use fentan_core::{Fen, LineSplit};
use fentan_words::{
    category, cell, listed, money, percent, pipeline, plain, rate, source_kind, tier,
};

use super::Chapter;
use crate::block::{Column, Row, Table};
use crate::papers::{Papers, line_name, source_name};

/// Past as many payers a table of lines is too wide to read, and payers of a kind are one column.
const MOST_COLUMNS: usize = 12;

impl Chapter<'_> {
    pub(super) fn sources(&self) -> Table {
        let papers = self.papers;
        let (plan, split) = (papers.plan, papers.split);
        let mut rows = Vec::new();
        for (source, of) in plan.sources().iter().zip(&split.sources) {
            let kind = source.kind.map(|kind| source_kind(papers.language, kind));
            let kind = kind.unwrap_or_else(|| "–".to_owned());
            rows.push(
                self.source_row([source_name(source), kind, papers.standard(source)], of.paid),
            );
        }
        if let Some(pot) = plan.agreements().relief.pot.as_ref().filter(|_| !self.merged) {
            let name = pot.name.as_ref().unwrap_or(&pot.id).clone();
            let most = self.say_with("at-most", &[("amount", &money(pot.amount))]);
            rows.push(self.source_row([name, papers.say("term.relief-pot"), most], self.pot));
        }
        let blank = String::new;
        rows.push(self.source_row([self.residents_heading(), blank(), blank()], self.residents()));
        let total = self.source_row([papers.say("papers.total"), blank(), blank()], split.budget);
        rows.push(Row { is_total: true, ..total });
        papers.table_of_yuan(
            vec![
                Column::text(papers.say("term.payer"), 22),
                Column::text(papers.say("term.kind"), 16),
                Column::text(self.say("standard"), 40),
                Column::amount(papers.say("papers.amount"), 18),
                Column::amount(papers.say("papers.part"), 11),
            ],
            rows,
        )
    }

    fn source_row(&self, cells: [String; 3], amount: Fen) -> Row {
        let part = percent(amount, self.papers.split.budget);
        Row::of(cells.into_iter().chain([plain(amount), part]))
    }

    /// What each payer pays of each line.
    pub(super) fn by_line(&self) -> Table {
        let papers = self.papers;
        let plan = papers.plan;
        let payers = self.payers();
        let has_top_up = papers.split.lines.iter().any(|line| !line.top_up.is_zero());
        let has_pot = !self.merged && plan.agreements().relief.pot.is_some();
        let amounts = |line: &LineSplit| -> Vec<Fen> {
            let pot = if self.merged { line.relief_pot } else { Fen::ZERO };
            let of_payers = payers.iter().map(|(_, ids)| {
                let paid = line.paid.iter().filter(|(id, _)| ids.contains(&id.as_str()));
                paid.map(|&(_, amount)| amount).sum()
            });
            let further = [
                has_pot.then_some(line.relief_pot),
                has_top_up.then_some(line.top_up),
                Some(line.left_to_residents + pot),
            ];
            let all = [line.amount].into_iter().chain(of_payers);
            all.chain(further.into_iter().flatten()).collect()
        };
        let mut totals = vec![Fen::ZERO; payers.len() + 4];
        let mut rows = Vec::new();
        for (line, of_line) in plan.lines().iter().zip(&papers.split.lines) {
            let amounts = amounts(of_line);
            totals.truncate(amounts.len());
            for (total, amount) in totals.iter_mut().zip(&amounts) {
                *total += *amount;
            }
            rows.push(Row::of([line_name(line)].into_iter().chain(amounts.into_iter().map(cell))));
        }
        let total = [papers.say("papers.total")].into_iter();
        rows.push(Row::total(total.chain(totals.into_iter().map(cell))));
        let headings = [papers.say("papers.amount")].into_iter();
        let headings = headings.chain(payers.into_iter().map(|(name, _)| name));
        let further = [
            has_pot.then(|| papers.say("term.relief-pot")),
            has_top_up.then(|| papers.say("term.top-up")),
            Some(self.residents_heading()),
        ];
        let headings = headings.chain(further.into_iter().flatten());
        let columns = [Column::text(papers.say("term.line"), 22)].into_iter();
        papers.table_of_yuan(
            columns.chain(headings.map(|name| Column::amount(name, 14))).collect(),
            rows,
        )
    }

    /// Who pays anything, by name with the sources' ids; by kind where there are many.
    fn payers(&self) -> Vec<(String, Vec<&str>)> {
        let papers = self.papers;
        let sources = papers.plan.sources().iter().zip(&papers.split.sources);
        let paying: Vec<_> = sources.filter(|(_, of)| !of.paid.is_zero()).collect();
        let by_kind = paying.len() > MOST_COLUMNS;
        let mut payers: Vec<(String, Vec<&str>)> = Vec::new();
        for (source, _) in paying {
            let kind = source.kind.filter(|_| by_kind);
            let kind = kind.map(|kind| source_kind(papers.language, kind));
            let name = kind.unwrap_or_else(|| source_name(source));
            match payers.iter_mut().find(|(known, _)| by_kind && *known == name) {
                Some((_, ids)) => ids.push(&source.id),
                None => payers.push((name, vec![&source.id])),
            }
        }
        payers
    }
}

impl Papers<'_> {
    /// For what a source pays, and how much at most.
    pub(crate) fn standard(&self, source: &Source) -> String {
        let amount = |key: &str, amount: Option<Fen>| {
            amount.map(|amount| {
                self.say_with(&format!("papers.funding.{key}"), &[("amount", &money(amount))])
            })
        };
        let of_line =
            source.rate.map(|one| self.say_with("papers.funding.of-line", &[("rate", &rate(one))]));
        let limits: Vec<_> = [
            of_line,
            amount("per-household", source.per_household),
            amount("per-area", source.per_area),
            amount("at-most", source.amount),
        ]
        .into_iter()
        .flatten()
        .collect();
        let limits =
            if limits.is_empty() { vec![self.say("papers.funding.unlimited")] } else { limits };
        let parts: Vec<_> = [self.covered(&source.covers)].into_iter().chain(limits).collect();
        parts.join(&self.say("papers.separator"))
    }

    fn covered(&self, covers: &Covers) -> String {
        let language = self.language;
        let mut names = Vec::new();
        names.extend(covers.tiers.iter().flatten().map(|one| tier(language, *one)));
        names.extend(covers.categories.iter().flatten().map(|one| category(language, *one)));
        names.extend(covers.pipelines.iter().flatten().map(|one| pipeline(language, *one)));
        let lines = self.plan.lines();
        let named = covers.lines.iter().flatten().filter_map(|&index| lines.get(index));
        names.extend(named.map(line_name));
        if names.is_empty() {
            self.say("papers.funding.shared-lines")
        } else {
            listed(language, &names)
        }
    }
}
