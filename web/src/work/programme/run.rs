//! A run's folder, as `fentan programme run` writes it: what its tables say, without the plans.

use std::collections::HashMap;

use fentan_core::Fen;
use fentan_core::internal::plain_cell;
use fentan_core::programme::{percentile, used};
use fentan_words::{Language, money, printable, say, say_with};
use serde::Deserialize;

use super::files::Files;
use super::{
    Compound, Detail, Explained, Home, HomeDetail, Line, Payer, Pot, Programme, Source, Status,
};

/// The figures of a home that its row tells.
const FIGURES: [&str; 12] = [
    "share",
    "relief",
    "borne",
    "top_up",
    "individual",
    "due",
    "in_kind",
    "public_revenue",
    "maintenance_fund",
    "provident_fund",
    "owner_unit",
    "cash",
];

/// What a run was of.
#[derive(Deserialize)]
struct RunFile {
    fentan_run: u32,
    name: Option<String>,
    year: Option<u32>,
}

/// A run, by compound.
pub struct Run {
    details: Vec<Detail>,
    /// By compound and home, what [`FIGURES`] are.
    figures: Vec<Vec<[Fen; FIGURES.len()]>>,
}

/// A table that can't be read: in words, which.
type Refused = Vec<String>;

impl Run {
    /// Reads the tables of a run.
    ///
    /// # Errors
    /// A table that is missing, or is not as a run writes it.
    pub fn read(language: Language, files: &Files) -> Result<(Run, Programme), Refused> {
        let tables = Tables { language, files };
        let wrong =
            || vec![say_with(language, "view.programme.no-table", &[("path", &files.path)])];
        let file: RunFile = serde_json::from_slice(files.get(&files.path).unwrap_or_default())
            .map_err(|_| wrong())?;
        if file.fentan_run != 1 {
            return Err(wrong());
        }
        let mut told = Programme {
            name: printable(file.name.as_deref().unwrap_or_default()),
            year: file.year,
            is_run: true,
            ..Programme::default()
        };
        let mut run = Run { details: Vec::new(), figures: Vec::new() };
        let mut places: HashMap<String, usize> = HashMap::new();
        tables.compounds(&mut told, &mut places)?;
        run.details = (0..told.compounds.len())
            .map(|compound| Detail { compound, ..Detail::default() })
            .collect();
        run.figures.resize(told.compounds.len(), Vec::new());
        tables.sources(&mut told, &mut run, &places)?;
        tables.pots(&mut told, &run, &places)?;
        tables.lines(&mut run, &places)?;
        tables.households(&mut told, &mut run, &places)?;
        tables.told(&mut run, &places)?;
        for compound in &mut told.compounds {
            compound.cash.sort_unstable();
            compound.median = percentile(&compound.cash, 50);
        }
        Ok((run, told))
    }

    /// A compound, told.
    pub fn compound(&self, index: usize) -> Detail {
        self.details.get(index).cloned().unwrap_or_default()
    }

    /// A home of a compound, told; `None` where there is none.
    pub fn home(&self, language: Language, index: usize, home: usize) -> Option<HomeDetail> {
        let figures = FIGURES.iter().zip(self.figures.get(index)?.get(home)?);
        let figures =
            figures.filter(|(_, amount)| !amount.is_zero()).map(|(name, amount)| Explained {
                title: say(language, &format!("household-figure.{name}")),
                value: money(*amount),
                formula: String::new(),
            });
        let id = self.details.get(index)?.homes.get(home)?.id.clone();
        Some(HomeDetail { home, id, figures: figures.collect(), lines: Vec::new() })
    }
}

/// The tables of a run.
struct Tables<'t> {
    language: Language,
    files: &'t Files,
}

impl Tables<'_> {
    /// Hands over these columns of every row of a table; texts as they were before an apostrophe kept them from
    /// being taken for formulas.
    fn each<const N: usize>(
        &self,
        name: &str,
        columns: [&str; N],
        mut each: impl FnMut([&str; N]) -> Option<()>,
    ) -> Result<(), Refused> {
        let path = Files::beside(&self.files.path, name);
        let refused =
            || vec![say_with(self.language, "view.programme.no-table", &[("path", &path)])];
        let bytes = self.files.get(&path).ok_or_else(refused)?;
        let mut reader = csv::Reader::from_reader(bytes);
        let headings = reader.headers().map_err(|_| refused())?;
        let mut places = [0; N];
        for (place, column) in places.iter_mut().zip(columns) {
            let found = headings.iter().position(|heading| heading == column);
            *place = found.ok_or_else(refused)?;
        }
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).map_err(|_| refused())? {
            let row = places.map(|place| plain_cell(record.get(place).unwrap_or_default()));
            each(row).ok_or_else(refused)?;
        }
        Ok(())
    }

    fn compounds(
        &self,
        told: &mut Programme,
        places: &mut HashMap<String, usize>,
    ) -> Result<(), Refused> {
        let columns = [
            "compound",
            "name",
            "county",
            "status",
            "households",
            "budget",
            "residents",
            "errors",
            "warnings",
        ];
        self.each("split-compounds.csv", columns, |row| {
            let [id, name, county, status, households, budget, residents, errors, warnings] = row;
            places.insert(id.to_owned(), told.compounds.len());
            told.compounds.push(Compound {
                id: id.to_owned(),
                name: printable(if name.is_empty() { id } else { name }),
                county: printable(county),
                status: match status {
                    "split" => Status::Split,
                    "divided" => Status::Divided,
                    "broken" => Status::Broken,
                    _ => return None,
                },
                households: optional(households)?,
                budget: optional(budget)?,
                residents: optional(residents)?.unwrap_or_default(),
                errors: optional(errors)?.unwrap_or_default(),
                warnings: optional(warnings)?.unwrap_or_default(),
                ..Compound::default()
            });
            Some(())
        })
    }

    fn sources(
        &self,
        told: &mut Programme,
        run: &mut Run,
        places: &HashMap<String, usize>,
    ) -> Result<(), Refused> {
        self.each("split-sources.csv", ["compound", "id", "offer", "paid"], |row| {
            let [compound, id, offer, paid] = row;
            let place = *places.get(compound)?;
            let paid: Fen = paid.parse().ok()?;
            let source = told.sources.iter().position(|known| known.id == id);
            let source = source.unwrap_or_else(|| {
                let name = printable(id);
                told.sources.push(Source { id: id.to_owned(), name, kind: None });
                told.sources.len() - 1
            });
            let by_source = &mut told.compounds[place].paid;
            by_source.resize(by_source.len().max(source + 1), Fen::ZERO);
            by_source[source] = paid;
            let payer = Payer { name: id.to_owned(), offer: optional(offer)?, paid };
            run.details[place].payers.push(payer);
            Some(())
        })
    }

    fn pots(
        &self,
        told: &mut Programme,
        run: &Run,
        places: &HashMap<String, usize>,
    ) -> Result<(), Refused> {
        let mut pots: Vec<String> = Vec::new();
        self.each(
            "pots.csv",
            ["pot", "source", "amount", "left"],
            |[pot, source, amount, left]| {
                pots.push(pot.to_owned());
                told.pots.push(Pot {
                    name: printable(pot),
                    source: source.to_owned(),
                    amount: amount.parse().ok()?,
                    left: left.parse().ok()?,
                });
                Some(())
            },
        )?;
        for compound in &mut told.compounds {
            compound.portions = vec![Fen::ZERO; pots.len()];
        }
        self.each("division.csv", ["pot", "compound", "portion"], |[pot, compound, portion]| {
            let pot = pots.iter().position(|known| known == pot)?;
            told.compounds[*places.get(compound)?].portions[pot] = portion.parse().ok()?;
            Some(())
        })?;
        for (compound, detail) in told.compounds.iter_mut().zip(&run.details) {
            let is_split = compound.status == Status::Split;
            let paid = |source: &str| {
                let found = detail.payers.iter().find(|payer| payer.name == source);
                is_split.then(|| found.map_or(Fen::ZERO, |payer| payer.paid))
            };
            let portions = told.pots.iter().zip(&compound.portions);
            let portions = portions.map(|(pot, &portion)| (pot.source.as_str(), portion));
            let used = used(portions, paid);
            let unused = compound.portions.iter().zip(used);
            compound.unused = unused.map(|(portion, used)| portion.less(used)).collect();
        }
        Ok(())
    }

    fn lines(&self, run: &mut Run, places: &HashMap<String, usize>) -> Result<(), Refused> {
        let columns = ["compound", "id", "amount", "relief_pot", "top_up", "residents"];
        self.each("split-lines.csv", columns, |row| {
            let [compound, id, amount, relief_pot, top_up, residents] = row;
            let detail = &mut run.details[*places.get(compound)?];
            let relief_pot: Fen = relief_pot.parse().ok()?;
            let mut paid = vec![Fen::ZERO; detail.payers.len()];
            // It stands last among the sources.
            if let Some(last) = paid.last_mut().filter(|_| !relief_pot.is_zero()) {
                *last = relief_pot;
            }
            let (top_up, residents): (Fen, Fen) = (top_up.parse().ok()?, residents.parse().ok()?);
            detail.lines.push(Line {
                name: id.to_owned(),
                amount: amount.parse().ok()?,
                paid,
                residents: residents + top_up,
            });
            Some(())
        })?;
        let columns = ["compound", "line", "source", "paid"];
        self.each("split-payments.csv", columns, |[compound, line, source, paid]| {
            let detail = &mut run.details[*places.get(compound)?];
            let source = detail.payers.iter().position(|payer| payer.name == source)?;
            let line = detail.lines.iter_mut().find(|known| known.name == line)?;
            line.paid[source] += paid.parse::<Fen>().ok()?;
            Some(())
        })
    }

    fn households(
        &self,
        told: &mut Programme,
        run: &mut Run,
        places: &HashMap<String, usize>,
    ) -> Result<(), Refused> {
        let mut columns = ["compound", "id", "", "", "", "", "", "", "", "", "", "", "", ""];
        columns[2..].copy_from_slice(&FIGURES);
        self.each("split-households.csv", columns, |row| {
            let place = *places.get(row[0])?;
            let mut figures = [Fen::ZERO; FIGURES.len()];
            for (figure, written) in figures.iter_mut().zip(&row[2..]) {
                *figure = written.parse().ok()?;
            }
            let [share, .., cash] = figures;
            let home =
                Home { id: printable(row[1]), share, due: figures[5], cash, then: Vec::new() };
            run.details[place].homes.push(home);
            run.figures[place].push(figures);
            told.compounds[place].cash.push(cash);
            Some(())
        })
    }

    /// What is wrong with compounds, and what the checks find.
    fn told(&self, run: &mut Run, places: &HashMap<String, usize>) -> Result<(), Refused> {
        let columns = ["compound", "message", "file"];
        self.each("problems.csv", columns, |[compound, message, file]| {
            let line = [printable(file), ": ".to_owned(), printable(message)].concat();
            run.details[*places.get(compound)?].problems.push(line);
            Some(())
        })?;
        let columns = ["compound", "severity", "message"];
        self.each("findings.csv", columns, |[compound, severity, message]| {
            let severity = say(self.language, &format!("severity.{severity}"));
            run.details[*places.get(compound)?].findings.push((severity, printable(message)));
            Some(())
        })
    }
}

/// A cell that may be empty; `None` where it is neither that nor what it is to be.
fn optional<T: std::str::FromStr>(written: &str) -> Option<Option<T>> {
    match written {
        "" => Some(None),
        written => written.parse().ok().map(Some),
    }
}
