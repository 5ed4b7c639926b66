//! The split as tables for the terminal; Chinese text takes two columns a character.

use comfy_table::{
    Attribute, Cell, CellAlignment, ContentArrangement, Table, TableComponent, presets,
};
use fentan_core::plan::Line;
use fentan_core::scenario::investments;
use fentan_core::{Fen, Plan, Split};
use fentan_papers::csv::CHANNELS;
use fentan_words::{Language, channel, money, money_in_wan, printable, say, say_with, source_kind};

use crate::review::Review;

/// Above as many households a table is for nobody to read, and only their total is shown.
pub(crate) const MOST_LISTED: usize = 10_000;

/// Everything a table output shows: the whole, the payers, the lines, the households, and what
/// law and policy say.
pub(crate) fn all(review: &Review<'_>, split: &Split, colours: bool) -> String {
    let Review { language, plan, .. } = *review;
    let style = Style { language, colours };
    let mut text = String::new();
    if let Some(name) = plan.name() {
        text.push_str(&format!("{}\n\n", style.bold(&printable(name))));
    }
    let parts = [
        (say(language, "term.payers"), payers(&style, plan, split)),
        (say(language, "term.lines"), lines(&style, plan, split)),
        (say(language, "term.households"), households(&style, split)),
    ];
    for (title, table) in parts {
        text.push_str(&format!("{}\n{table}\n\n", style.bold(&title)));
    }
    if split.households.len() > MOST_LISTED {
        text.push_str(&format!("{}\n", say(language, "cli.unlisted")));
    }
    if let Some(left) = split.pool_left {
        text.push_str(&format!("{}: {}\n", say(language, "term.pool-left"), money(left)));
    }
    text.push_str(&proof(language, split));
    text.push_str(&paying_back(&style, plan, split));
    for (title, lines) in review.sections() {
        text.push_str(&format!("\n{}\n", style.bold(&title)));
        lines.iter().for_each(|line| text.push_str(&format!("{line}\n")));
    }
    text
}

/// How tables look.
pub(crate) struct Style {
    pub(crate) language: Language,
    pub(crate) colours: bool,
}

impl Style {
    pub(crate) fn bold(&self, text: &str) -> String {
        if self.colours { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// A table with these columns of names, by the keys of their texts, and of amounts.
    pub(crate) fn table(&self, names: &[&str], amounts: &[String]) -> Table {
        let mut table = Table::new();
        table.load_preset(presets::UTF8_HORIZONTAL_ONLY);
        // No rule between one row and the next.
        for component in [
            TableComponent::HorizontalLines,
            TableComponent::MiddleIntersections,
            TableComponent::LeftBorderIntersections,
            TableComponent::RightBorderIntersections,
        ] {
            table.remove_style(component);
        }
        table.set_content_arrangement(ContentArrangement::Disabled);
        if self.colours {
            table.enforce_styling();
        } else {
            table.force_no_tty();
        }
        let heads = names.iter().map(|name| (say(self.language, name), CellAlignment::Left));
        let heads = heads.chain(amounts.iter().map(|name| (name.clone(), CellAlignment::Right)));
        table.set_header(heads.map(|(head, alignment)| {
            Cell::new(head).set_alignment(alignment).add_attribute(Attribute::Bold)
        }));
        for column in table.column_iter_mut().skip(names.len()) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        table
    }
}

pub(crate) fn plain(amount: Fen) -> String {
    if amount.is_zero() { "–".to_owned() } else { money(amount) }
}

fn payers(style: &Style, plan: &Plan, split: &Split) -> Table {
    let language = style.language;
    let amounts = ["term.offer", "term.paid", "term.in-wan"].map(|key| say(language, key));
    let mut table = style.table(&["term.payer", "term.kind"], &amounts);
    let in_wan = |amount| money_in_wan(amount).unwrap_or_default();
    let kinds = plan.sources().iter().map(|source| {
        let name = printable(source.name.as_ref().unwrap_or(&source.id));
        (name, source.kind.map(|kind| source_kind(language, kind)).unwrap_or_default())
    });
    let pot = plan.agreements().relief.pot.iter().map(|pot| {
        (printable(pot.name.as_ref().unwrap_or(&pot.id)), say(language, "term.relief-pot"))
    });
    for ((name, kind), source) in kinds.chain(pot).zip(&split.sources) {
        let offer = source.offer.map_or_else(|| say(language, "term.unlimited"), money);
        table.add_row([name, kind, offer, plain(source.paid), in_wan(source.paid)]);
    }
    let residents = say(language, "term.residents");
    let total = say(language, "term.total");
    for (name, amount) in [(residents, split.residents), (total, split.budget)] {
        table.add_row([name, String::new(), String::new(), plain(amount), in_wan(amount)]);
    }
    table
}

fn lines(style: &Style, plan: &Plan, split: &Split) -> Table {
    let language = style.language;
    let sources = plan.sources().iter().map(|source| source.name.as_ref().unwrap_or(&source.id));
    let amounts: Vec<_> = [say(language, "term.amount")]
        .into_iter()
        .chain(sources.map(|name| printable(name)))
        .chain(["term.relief-pot", "term.top-up", "term.residents"].map(|key| say(language, key)))
        .collect();
    let mut table = style.table(&["term.line"], &amounts);
    let mut totals = vec![Fen::ZERO; amounts.len()];
    for (line, of_line) in plan.lines().iter().zip(&split.lines) {
        let of_source = |id: &str| {
            let paid = of_line.paid.iter().find(|(source, _)| source == id);
            paid.map(|&(_, amount)| amount).unwrap_or_default()
        };
        let row: Vec<Fen> = [of_line.amount]
            .into_iter()
            .chain(plan.sources().iter().map(|source| of_source(&source.id)))
            .chain([of_line.relief_pot, of_line.top_up, of_line.left_to_residents])
            .collect();
        for (total, amount) in totals.iter_mut().zip(&row) {
            *total += *amount;
        }
        table.add_row([title(line)].into_iter().chain(row.into_iter().map(plain)));
    }
    let total = say(language, "term.total");
    table.add_row([total].into_iter().chain(totals.into_iter().map(plain)));
    table
}

fn title(line: &Line) -> String {
    printable(line.name.as_ref().unwrap_or(&line.id))
}

fn households(style: &Style, split: &Split) -> Table {
    let language = style.language;
    let amounts = ["share", "relief", "borne", "top-up", "individual", "due"];
    let amounts: Vec<_> = amounts
        .iter()
        .map(|name| say(language, &format!("term.{name}")))
        .chain(CHANNELS.iter().map(|(name, _)| channel(language, name)))
        .chain([say(language, "term.replenish")])
        .collect();
    let mut table = style.table(&["term.household"], &amounts);
    let mut totals = vec![Fen::ZERO; amounts.len()];
    let listed = split.households.len() <= MOST_LISTED;
    for household in &split.households {
        let row: Vec<Fen> = [
            household.share,
            household.relief,
            household.borne,
            household.top_up,
            household.individual,
            household.due,
        ]
        .into_iter()
        .chain(CHANNELS.iter().map(|(_, amount)| amount(&household.paid)))
        .chain([household.replenish.unwrap_or_default()])
        .collect();
        for (total, amount) in totals.iter_mut().zip(&row) {
            *total += *amount;
        }
        if listed {
            table.add_row([printable(&household.id)].into_iter().chain(row.into_iter().map(plain)));
        }
    }
    let total = say(language, "term.total");
    table.add_row([total].into_iter().chain(totals.into_iter().map(plain)));
    table
}

/// When the sources that earn from what they paid for have it back.
fn paying_back(style: &Style, plan: &Plan, split: &Split) -> String {
    let found = investments(plan, split);
    if found.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", style.bold(&say(style.language, "investment.title")));
    for one in found {
        let source = &plan.sources()[one.source];
        let name = printable(source.name.as_ref().unwrap_or(&source.id));
        let (paid, carries) = (money(one.paid), money(one.carries));
        let year = one.payback.map(|year| year.to_string());
        let key = if year.is_some() { "investment.paid-back" } else { "investment.never" };
        let year = year.unwrap_or_default();
        let values =
            [("source", name.as_str()), ("paid", &paid), ("carries", &carries), ("year", &year)];
        text.push_str(&format!("{}\n", say_with(style.language, key, &values)));
    }
    text
}

fn proof(language: Language, split: &Split) -> String {
    let sources: Fen = split.sources.iter().map(|source| source.paid).sum();
    let proof = say_with(
        language,
        "cli.proof",
        &[
            ("budget", &money(split.budget)),
            ("sources", &money(sources)),
            ("residents", &money(split.residents)),
            ("lines", &split.lines.len().to_string()),
            ("households", &split.households.len().to_string()),
        ],
    );
    format!("{proof}\n")
}
