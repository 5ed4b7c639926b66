use std::io::{Seek, Write};

use fentan_core::changes::Changes;
use fentan_core::collection::Payments;
use fentan_core::plan::{Household, Line, Source, Works};
use fentan_core::receipt::posted_digest;
use fentan_core::{Day, Explainer, Fen, LinePart, Packs, Plan, Problems, Split};
use fentan_words::{Language, capital, money, say, say_with};

use crate::block::{Block, Column, Footer, PagePiece, Row, Size, Table};
use crate::details::{Details, PaidBy};
use crate::{
    Error, Format, Paper, ballot, docx, fund_opinions, fund_sheet, funding, html, notice, poster,
    result_page, signatures, statements, workbook,
};

/// Where fewer households than these have relief, a figure that it changes may tell whose it is.
pub(crate) const FEW: usize = 5;

/// A split and its plan, to be written as papers.
pub struct Papers<'p> {
    pub(crate) language: Language,
    pub(crate) plan: &'p Plan,
    pub(crate) split: &'p Split,
    pub(crate) packs: Packs,
    pub(crate) explainer: Explainer<'p>,
    pub(crate) date: Day,
    pub(crate) details: Details,
    pub(crate) paid: Option<PaidBy>,
    /// What differs from another version of the plan, and what that is called.
    pub(crate) since: Option<(Changes, String)>,
    digest: Option<String>,
    money_of: Option<String>,
    /// Whose sheets are written, by index of the roster in its order; `None` for all.
    only: Option<Vec<usize>>,
}

/// How far the writing is: so many of the paper's households are done.
pub type Progress<'p> = &'p mut dyn FnMut(usize);

impl<'p> Papers<'p> {
    /// Papers in a language, made on a date.
    ///
    /// # Errors
    /// Those of [`Explainer::new`]: none where the split is the plan's.
    pub fn new(
        language: Language,
        plan: &'p Plan,
        split: &'p Split,
        packs: &Packs,
        date: Day,
    ) -> Result<Self, Problems> {
        let explainer = Explainer::new(plan)?;
        Ok(Papers {
            language,
            plan,
            split,
            packs: packs.with_own(plan.own_policy()),
            explainer,
            date,
            details: Details::default(),
            paid: None,
            since: None,
            digest: None,
            money_of: None,
            only: None,
        })
    }

    /// With whom to ask and how to pay.
    pub fn with_details(mut self, details: Details) -> Self {
        self.details = details;
        self
    }

    /// With what the households paid by a day, which their statements then tell.
    pub fn with_payments(mut self, payments: &Payments, on: Day) -> Self {
        self.paid = Some(PaidBy { on, amounts: payments.paid_by(self.plan, on) });
        self
    }

    /// With what differs from another version of the plan, such as the one posted last; the changes must lead to this
    /// plan. Statements then tell each household why its share is another.
    pub fn with_changes(mut self, changes: Changes, since: &str) -> Self {
        self.since = Some((changes, since.to_owned()));
        self
    }

    /// Sheets of single households are written for these alone; indices of the roster, in its order.
    /// Other papers are not changed.
    pub fn only_for(mut self, households: Vec<usize>) -> Self {
        self.only = Some(households);
        self
    }

    /// The households whose sheets are written, in roster order.
    pub(crate) fn written_for(&self) -> impl Iterator<Item = usize> + '_ {
        let all = 0..self.plan.households().len();
        all.filter(|household| self.is_written_for(*household))
    }

    pub(crate) fn is_written_for(&self, household: usize) -> bool {
        self.only.as_ref().is_none_or(|only| only.binary_search(&household).is_ok())
    }

    /// The plan's digest stands on the papers of those who see the whole roster anyway, the
    /// workbook, the funding chapter and the fund centre's sheet. A neighbour who knows most of a small roster could try
    /// guesses of the rest against it, such as who has relief: papers for residents carry the digest
    /// of what is posted.
    pub fn with_digest(mut self, digest: &impl ToString) -> Self {
        self.digest = Some(digest.to_string());
        self
    }

    /// Whose money the plan was split with, in words, where that is not its own: it stands at the foot of
    /// every paper.
    pub fn with_money_of(mut self, words: Option<String>) -> Self {
        self.money_of = words;
        self
    }

    /// Writes a paper; progress is told in households.
    ///
    /// # Errors
    /// [`Error::NoSuchFormat`] where the paper has no such format; [`Error::TooManyRows`] and
    /// [`Error::TooLongText`] for what a workbook can't hold; those of the file.
    pub fn write(
        &self,
        paper: Paper,
        format: Format,
        to: impl Write + Seek + Send,
        progress: Progress<'_>,
    ) -> Result<(), Error> {
        let blocks: Box<dyn Iterator<Item = Block> + '_> = match paper {
            Paper::Workbook if format == Format::Xlsx => {
                return workbook::write(self, to, progress);
            }
            Paper::Workbook => return Err(Error::NoSuchFormat),
            Paper::ResultPage if format != Format::Html => return Err(Error::NoSuchFormat),
            Paper::FundSheet | Paper::FundOpinions if format == Format::Xlsx => {
                return workbook::fund::write(self, paper, to, progress);
            }
            Paper::FundSheet => Box::new(fund_sheet::blocks(self).into_iter()),
            Paper::FundOpinions => Box::new(fund_opinions::blocks(self).into_iter()),
            Paper::Funding => Box::new(funding::blocks(self).into_iter()),
            Paper::Poster => Box::new(poster::blocks(self).into_iter()),
            Paper::Notice => Box::new(notice::blocks(self)),
            Paper::ResultPage => Box::new(result_page::blocks(self)),
            Paper::Statements => Box::new(statements::blocks(self, progress)),
            Paper::Ballot => Box::new(ballot::blocks(self, progress)),
            Paper::Signatures => Box::new(signatures::blocks(self)),
        };
        let title = say(self.language, &format!("paper.{}", paper.as_str()));
        let footer = self.footer(paper);
        match format {
            Format::Docx => docx::write(self.language, &title, &footer, blocks, to),
            Format::Html => {
                let is_searched = paper == Paper::ResultPage;
                html::write(self.language, &title, &footer, is_searched, blocks, to)
            }
            Format::Xlsx => Err(Error::NoSuchFormat),
        }
    }

    fn footer(&self, paper: Paper) -> Footer {
        let digest = match paper {
            Paper::Workbook | Paper::Funding | Paper::FundSheet => self.digest(),
            _ => Some(self.posted_digest()),
        };
        match paper {
            Paper::Statements | Paper::Ballot | Paper::Poster => self.foot_of_sheets(digest),
            Paper::Notice => Footer { is_large: true, ..self.footer_with(digest) },
            _ => self.footer_with(digest),
        }
    }

    /// The foot of sheets that stand in one file and go to several homes: a family's own sheet is not
    /// page 14 of 300.
    pub(crate) fn foot_of_sheets(&self, digest: Option<String>) -> Footer {
        Footer { page: Vec::new(), made: self.made(), digest, is_large: false }
    }

    /// The foot of a paper that carries this digest.
    pub(crate) fn footer_with(&self, digest: Option<String>) -> Footer {
        /// Stand in for the numbers in the text, which holds no characters of private use.
        const NUMBER: &str = "\u{e001}";
        const COUNT: &str = "\u{e002}";
        let said = self.say_with("papers.page", &[("page", NUMBER), ("pages", COUNT)]);
        let mut page = Vec::new();
        for (index, piece) in said.split(NUMBER).enumerate() {
            page.extend((index > 0).then_some(PagePiece::Number));
            for (index, piece) in piece.split(COUNT).enumerate() {
                page.extend((index > 0).then_some(PagePiece::Count));
                page.push(PagePiece::Text(piece.to_owned()));
            }
        }
        Footer { page, made: self.made(), digest, is_large: false }
    }

    /// When and by which version the paper was made.
    pub(crate) fn made(&self) -> String {
        let values = [("date", &*self.date()), ("version", env!("CARGO_PKG_VERSION"))];
        let made = self.say_with("papers.made", &values);
        match &self.money_of {
            Some(words) => format!("{made} · {words}"),
            None => made,
        }
    }

    /// The digest, where the papers carry one, in words.
    pub(crate) fn digest(&self) -> Option<String> {
        let digest = self.digest.as_ref();
        digest.map(|digest| self.say_with("papers.digest", &[("digest", digest)]))
    }

    /// The digest of what is posted, in words.
    pub(crate) fn posted_digest(&self) -> String {
        let digest = posted_digest(self.plan, self.split).to_string();
        self.say_with("papers.posted-digest", &[("digest", &digest)])
    }

    /// The date, in words.
    pub(crate) fn date(&self) -> String {
        self.day(self.date)
    }

    /// A day, in words.
    pub(crate) fn day(&self, day: Day) -> String {
        let (year, month, day) = (day.year(), day.month(), day.day());
        let padded = |number: u8| match self.language {
            Language::Chinese => number.to_string(),
            Language::English => format!("{number:02}"),
        };
        let values = [("year", year.to_string()), ("month", padded(month)), ("day", padded(day))];
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.say_with("papers.date", &values)
    }

    /// Where whoever made the paper puts its seal.
    pub(crate) fn signing(&self) -> Block {
        Block::Signing(vec![self.say("papers.signed"), self.say("papers.signed-date")])
    }

    /// A table that says that its amounts are in yuan.
    pub(crate) fn table_of_yuan(&self, columns: Vec<Column>, rows: Vec<Row>) -> Table {
        Table { unit: Some(self.say("papers.unit")), columns, rows, size: Size::Small }
    }

    /// The same to be read by residents: without columns that hold nothing, in ten points where its
    /// amounts fit.
    pub(crate) fn read_in_yuan(&self, columns: Vec<Column>, rows: Vec<Row>) -> Table {
        self.table_of_yuan(columns, rows).trimmed()
    }

    pub(crate) fn say(&self, key: &str) -> String {
        say(self.language, key)
    }

    pub(crate) fn say_with(&self, key: &str, values: &[(&str, &str)]) -> String {
        say_with(self.language, key, values)
    }

    /// What the plan is called; nothing where it has no name.
    pub(crate) fn name(&self) -> String {
        self.plan.name().unwrap_or_default().to_owned()
    }

    /// An amount with its capital figures, which English has none of.
    pub(crate) fn in_full(&self, amount: Fen) -> String {
        let values = [("amount", &*money(amount)), ("capital", &*capital(amount))];
        self.say_with("papers.capital", &values)
    }

    /// The building of a household, in words; `None` where the roster gives none.
    pub(crate) fn building(&self, household: &Household) -> Option<String> {
        let building = self.plan.building_of(household)?;
        let is_number = building.bytes().all(|byte| byte.is_ascii_digit());
        let key = if is_number { "papers.building" } else { "papers.building-named" };
        Some(self.say_with(key, &[("building", building)]))
    }

    /// The area of all households together.
    pub(crate) fn total_area(&self) -> String {
        let areas = self.plan.households().iter().map(|one| u128::from(one.area.millionths()));
        fentan_words::vote::total_area(areas.sum())
    }

    /// By building in the roster's order, its households as indices of the roster.
    pub(crate) fn by_building(&self) -> Vec<(Option<String>, Vec<usize>)> {
        let mut buildings: Vec<(Option<&str>, Vec<usize>)> = Vec::new();
        for (index, household) in self.plan.households().iter().enumerate() {
            let building = self.plan.building_of(household);
            match buildings.last_mut().filter(|(last, _)| *last == building) {
                Some((_, households)) => households.push(index),
                // Households of a building need not stand together.
                None => match buildings.iter_mut().find(|(known, _)| *known == building) {
                    Some((_, households)) => households.push(index),
                    None => buildings.push((building, vec![index])),
                },
            }
        }
        let households = self.plan.households();
        let named = buildings.into_iter().map(|(_, indices)| {
            let name = indices.first().and_then(|&first| self.building(&households[first]));
            (name, indices)
        });
        named.collect()
    }

    /// By line, what sources leave to the residents, before relief and top-ups.
    pub(crate) fn uncovered(&self) -> Vec<Fen> {
        self.split.lines.iter().map(|line| line.left_to_residents + line.relief_pot).collect()
    }

    /// How a line is shared, in words.
    pub(crate) fn sharing(&self, line: &Line) -> String {
        match line.works {
            Works::Shared { share_by, .. } => fentan_words::share_by(self.language, share_by),
            _ => self.say("share-by.charges"),
        }
    }

    /// By line, what each of its beneficiaries pays of it.
    pub(crate) fn parts(&self) -> Vec<Vec<LinePart>> {
        (0..self.plan.lines().len()).map(|line| self.explainer.parts_of(line)).collect()
    }
}

/// Walks through the parts of all lines, household by household in roster order.
pub(crate) struct ByHousehold {
    parts: Vec<Vec<LinePart>>,
    /// By line, how many parts are behind.
    behind: Vec<usize>,
}

impl ByHousehold {
    pub(crate) fn new(parts: Vec<Vec<LinePart>>) -> Self {
        let behind = vec![0; parts.len()];
        ByHousehold { parts, behind }
    }

    /// By line, what the household pays of it; `None` where it doesn't benefit. Households are
    /// asked for in roster order; some may be left out.
    pub(crate) fn of(&mut self, household: usize) -> impl Iterator<Item = Option<LinePart>> {
        self.parts.iter().zip(&mut self.behind).map(move |(parts, behind)| {
            let passed = parts.iter().skip(*behind).take_while(|part| part.household < household);
            *behind += passed.count();
            let part = parts.get(*behind).filter(|part| part.household == household).copied();
            *behind += usize::from(part.is_some());
            part
        })
    }
}

/// What a line is called.
pub(crate) fn line_name(line: &Line) -> String {
    line.name.as_ref().unwrap_or(&line.id).clone()
}

/// What a source is called.
pub(crate) fn source_name(source: &Source) -> String {
    source.name.as_ref().unwrap_or(&source.id).clone()
}
