//! 资金筹措方案: the funding chapter of the renovation plan [三(一)4], with what the residents
//! agreed on [四(三)] and the clauses it rests on.

mod agreements;
mod clauses;
mod sources;

use fentan_core::Fen;
use fentan_core::plan::Line;
use fentan_words::{category, plain, tier};

use crate::block::{Block, Column, Orientation, Row, Size, Table};
use crate::papers::{FEW, Papers, line_name};

pub(crate) fn blocks(papers: &Papers<'_>) -> Vec<Block> {
    let chapter = Chapter::of(papers);
    let split = papers.split;
    let by_sources = split.budget - chapter.residents();
    let works = [
        ("households", &*split.households.len().to_string()),
        ("area", &papers.total_area()),
        ("lines", &split.lines.len().to_string()),
        ("budget", &papers.in_full(split.budget)),
    ];
    let sources = [
        ("sources", &*papers.in_full(by_sources)),
        ("residents", &papers.in_full(chapter.residents())),
    ];
    let by_line = chapter.by_line();
    let turns = by_line.fitting(Orientation::Portrait) != Some(Size::Small);
    let by_line_text = chapter.say(if chapter.merged { "by-line-merged" } else { "by-line-text" });
    let mut blocks = vec![
        Block::Title(papers.say("paper.funding")),
        Block::Subtitle(papers.name()),
        Block::Heading(chapter.say("works")),
        Block::Paragraph(chapter.say_with("works-text", &works)),
        Block::Table(chapter.works()),
        Block::Heading(chapter.say("sources")),
        Block::Paragraph(chapter.say_with("sources-text", &sources)),
        Block::Table(chapter.sources()),
    ];
    blocks.push(Block::Heading(chapter.say("by-line")));
    // A table of many payers would turn the page: it stands at the end, and cuts no chapter in two.
    if turns {
        blocks.push(Block::Paragraph(chapter.say("by-line-see-annex")));
    } else {
        blocks.push(Block::Paragraph(by_line_text.clone()));
        blocks.push(Block::Table(chapter.by_line()));
    }
    blocks.push(Block::Heading(chapter.say("residents")));
    blocks.extend(chapter.agreements().into_iter().map(Block::Paragraph));
    blocks.push(Block::Heading(chapter.say("channels")));
    blocks.push(Block::Paragraph(chapter.channels_text()));
    blocks.extend(chapter.channels().map(Block::Table));
    if let Some(fund) = chapter.fund() {
        blocks.push(Block::Heading(chapter.say("fund")));
        blocks.push(Block::Paragraph(fund));
    }
    let clauses = chapter.clauses();
    let mut end = Vec::new();
    if !clauses.is_empty() {
        end.push(Block::Line(chapter.say("clauses")));
        end.extend(clauses.into_iter().map(Block::Note));
    }
    end.push(papers.signing());
    // The seal never stands on a page with the end of a clause alone.
    blocks.push(Block::Together(end));
    if turns {
        blocks.push(Block::Turn(Orientation::Landscape));
        blocks.push(Block::Heading(chapter.say("by-line-annex")));
        blocks.push(Block::Paragraph(by_line_text));
        let size = by_line.fitting(Orientation::Landscape).unwrap_or(Size::Smallest);
        blocks.push(Block::Table(Table { size, ..by_line }));
    }
    blocks
}

struct Chapter<'c> {
    papers: &'c Papers<'c>,
    /// Whether relief is not told apart from what the residents pay: beside the shares on the
    /// notice its sum would tell whose it is, where few have any.
    merged: bool,
    /// What the relief pot pays.
    pot: Fen,
}

impl<'c> Chapter<'c> {
    fn of(papers: &'c Papers<'c>) -> Chapter<'c> {
        let split = papers.split;
        let relieved = split.households.iter().filter(|one| !one.relief.is_zero()).count();
        let pot = split.lines.iter().map(|line| line.relief_pot).sum();
        Chapter { papers, merged: (1..FEW).contains(&relieved), pot }
    }

    /// What residents pay, with the pot's part where that is not told apart.
    fn residents(&self) -> Fen {
        let pot = if self.merged { self.pot } else { Fen::ZERO };
        self.papers.split.residents + pot
    }

    fn residents_heading(&self) -> String {
        if self.merged { self.say("residents-merged") } else { self.papers.say("term.residents") }
    }

    fn works(&self) -> Table {
        let papers = self.papers;
        let lines = papers.plan.lines();
        let row = |(index, line): (usize, &Line)| {
            let category = line.category.map(|one| category(papers.language, one));
            let tier = line.tier.map(|one| tier(papers.language, one));
            let named = [category, tier].map(|name| name.unwrap_or_else(|| "–".to_owned()));
            let cells = [(index + 1).to_string(), line_name(line)].into_iter().chain(named);
            Row::of(cells.chain([papers.sharing(line), plain(line.amount)]))
        };
        let mut rows: Vec<_> = lines.iter().enumerate().map(row).collect();
        let blank = String::new;
        let total = [blank(), papers.say("papers.total"), blank(), blank(), blank()];
        rows.push(Row::total(total.into_iter().chain([plain(papers.split.budget)])));
        papers.table_of_yuan(
            vec![
                Column::mark(papers.say("papers.number"), 7),
                Column::text(papers.say("term.line"), 30),
                Column::text(self.say("category"), 20),
                Column::text(self.say("tier"), 10),
                Column::text(papers.say("papers.notice.sharing"), 20),
                Column::amount(papers.say("papers.amount"), 17),
            ],
            rows,
        )
    }

    fn say(&self, key: &str) -> String {
        self.papers.say(&format!("papers.funding.{key}"))
    }

    fn say_with(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.papers.say_with(&format!("papers.funding.{key}"), values)
    }
}
