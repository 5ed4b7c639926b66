//! The answers that the tables of a run give alone.

use std::collections::{BTreeMap, HashMap};

use fentan_core::Fen;
use fentan_core::programme::{percentile, ranks};
use fentan_ledger::{Cell, Column, Kind, Table};

use crate::programme::compound::FINDINGS;
use crate::programme::results::Results;

/// What is asked, and of which compounds.
pub(super) struct Asked<'a> {
    pub(super) results: &'a Results,
    /// Above what a household counts.
    pub(super) over: Option<Fen>,
    /// Which figure of a household.
    pub(super) figure: &'a str,
    pub(super) county: Option<&'a str>,
    pub(super) compound: Option<&'a str>,
    pub(super) severity: Option<&'a str>,
    pub(super) check: Option<&'a str>,
}

/// A compound as a run has it.
#[derive(Default)]
pub(super) struct Compound {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) county: String,
    pub(super) status: String,
    pub(super) households: u64,
    pub(super) budget: Fen,
    pub(super) residents: Fen,
    /// The figure of each household, ascending.
    figures: Vec<Fen>,
}

/// A table with these columns.
pub(in crate::programme) fn table(columns: &[(&str, Kind)]) -> Table {
    let column = |&(name, kind): &(&str, Kind)| Column { name: name.to_owned(), kind };
    Table { columns: columns.iter().map(column).collect(), rows: Vec::new() }
}

pub(in crate::programme) fn word(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

fn count(count: usize) -> Cell {
    Cell::Count(count as u64)
}

/// Hundredths of a percent.
fn percent(hundredths: usize) -> Cell {
    Cell::Text(format!("{}.{:02}%", hundredths / 100, hundredths % 100))
}

impl Asked<'_> {
    /// The compounds that are asked about, in the order of the run.
    pub(super) fn listed(&self) -> anyhow::Result<Vec<Compound>> {
        let mut compounds = Vec::new();
        let columns = ["compound", "name", "county", "status", "households", "budget", "residents"];
        let money = |written: &str| match written {
            "" => Ok(Fen::ZERO),
            written => self.results.money(written),
        };
        self.results.each("split-compounds.csv", columns, |row| {
            let [id, name, county, status, households, budget, residents] = row;
            let is_asked = self.county.is_none_or(|asked| asked == county)
                && self.compound.is_none_or(|asked| asked == id);
            if is_asked {
                compounds.push(Compound {
                    id: id.to_owned(),
                    name: name.to_owned(),
                    county: county.to_owned(),
                    status: status.to_owned(),
                    households: households.parse().unwrap_or_default(),
                    budget: money(budget)?,
                    residents: money(residents)?,
                    figures: Vec::new(),
                });
            }
            Ok(())
        })?;
        Ok(compounds)
    }

    /// The same with what each household pays.
    fn with_homes(&self) -> anyhow::Result<Vec<Compound>> {
        let mut compounds = self.listed()?;
        let places = places(&compounds);
        let columns = ["compound", self.figure];
        self.results.each("split-households.csv", columns, |[compound, figure]| {
            if let Some(&place) = places.get(compound) {
                compounds[place].figures.push(self.results.money(figure)?);
            }
            Ok(())
        })?;
        compounds.iter_mut().for_each(|one| one.figures.sort_unstable());
        Ok(compounds)
    }

    fn over_in(&self, sorted: &[Fen]) -> usize {
        self.over.map_or(0, |most| sorted.len() - sorted.partition_point(|&one| one <= most))
    }

    /// Compounds with what their households pay, each with its rank by the median among those listed;
    /// with `--over` those alone in which somebody pays more.
    pub(super) fn compounds(&self) -> anyhow::Result<Table> {
        let mut compounds = self.with_homes()?;
        compounds.retain(|one| self.over.is_none() || self.over_in(&one.figures) > 0);
        let middle = |one: &Compound| percentile(&one.figures, 50);
        let ranks = ranks(&compounds.iter().map(middle).collect::<Vec<_>>());
        let mut columns = vec![("compound", Kind::Text), ("county", Kind::Text)];
        columns.push(("households", Kind::Count));
        columns.extend(self.over.map(|_| ("over", Kind::Count)));
        columns.extend([
            ("median", Kind::Money),
            ("highest", Kind::Money),
            ("rank", Kind::Text),
            ("percentile", Kind::Text),
            ("residents", Kind::Money),
            ("p90", Kind::Money),
            ("budget", Kind::Money),
            ("name", Kind::Text),
            ("status", Kind::Text),
        ]);
        let mut table = table(&columns);
        for (one, rank) in compounds.iter().zip(ranks) {
            let mut row = vec![word(&one.id), word(&one.county), Cell::Count(one.households)];
            row.extend(self.over.map(|_| count(self.over_in(&one.figures))));
            row.extend([
                Cell::Money(middle(one)),
                Cell::Money(one.figures.last().copied().unwrap_or_default()),
                Cell::Text(rank.rank.to_string()),
                percent(rank.percentile()),
                Cell::Money(one.residents),
                Cell::Money(percentile(&one.figures, 90)),
                Cell::Money(one.budget),
                word(&one.name),
                word(&one.status),
            ]);
            table.rows.push(row);
        }
        Ok(table)
    }

    /// Households that pay more than this, the highest first.
    pub(super) fn homes(&self, over: Fen) -> anyhow::Result<Table> {
        let compounds = self.listed()?;
        let places = places(&compounds);
        let mut homes = Vec::new();
        let columns = ["compound", "id", self.figure];
        self.results.each("split-households.csv", columns, |[compound, id, figure]| {
            let amount = self.results.money(figure)?;
            if let Some(&place) = places.get(compound).filter(|_| amount > over) {
                homes.push((amount, place, id.to_owned()));
            }
            Ok(())
        })?;
        homes.sort_by_key(|&(amount, ..)| std::cmp::Reverse(amount));
        let ranks = ranks(&homes.iter().map(|&(amount, ..)| amount).collect::<Vec<_>>());
        let mut table = table(&[
            ("household", Kind::Text),
            ("compound", Kind::Text),
            ("county", Kind::Text),
            (self.figure, Kind::Money),
            ("rank", Kind::Text),
            ("name", Kind::Text),
        ]);
        for ((amount, place, id), rank) in homes.iter().zip(ranks) {
            let one = &compounds[*place];
            table.rows.push(vec![
                word(id),
                word(&one.id),
                word(&one.county),
                Cell::Money(*amount),
                Cell::Text(rank.rank.to_string()),
                word(&one.name),
            ]);
        }
        Ok(table)
    }

    /// Counties with what their compounds come to.
    pub(super) fn counties(&self) -> anyhow::Result<Table> {
        let mut counties: BTreeMap<String, Vec<Compound>> = BTreeMap::new();
        for one in self.with_homes()? {
            counties.entry(one.county.clone()).or_default().push(one);
        }
        let mut columns = vec![("county", Kind::Text), ("compounds", Kind::Count)];
        columns.push(("households", Kind::Count));
        columns.extend(self.over.map(|_| ("over", Kind::Count)));
        columns.extend([
            ("median", Kind::Money),
            ("residents", Kind::Money),
            ("budget", Kind::Money),
            ("highest", Kind::Money),
            ("split", Kind::Count),
            ("broken", Kind::Count),
        ]);
        let mut table = table(&columns);
        for (county, compounds) in counties {
            let of_status =
                |status: &str| count(compounds.iter().filter(|one| one.status == status).count());
            let mut figures: Vec<Fen> =
                compounds.iter().flat_map(|one| one.figures.iter().copied()).collect();
            figures.sort_unstable();
            let mut row = vec![
                word(&county),
                count(compounds.len()),
                Cell::Count(compounds.iter().map(|one| one.households).sum()),
            ];
            row.extend(self.over.map(|_| count(self.over_in(&figures))));
            row.extend([
                Cell::Money(percentile(&figures, 50)),
                Cell::Money(compounds.iter().map(|one| one.residents).sum()),
                Cell::Money(compounds.iter().map(|one| one.budget).sum()),
                Cell::Money(figures.last().copied().unwrap_or_default()),
                of_status("split"),
                of_status("broken"),
            ]);
            table.rows.push(row);
        }
        Ok(table)
    }

    /// Lines of one id in all compounds.
    pub(super) fn lines(&self) -> anyhow::Result<Table> {
        let listed = self.listed()?;
        let places = places(&listed);
        let mut lines: BTreeMap<String, (usize, [Fen; 4])> = BTreeMap::new();
        let columns = ["compound", "id", "amount", "relief_pot", "top_up", "residents"];
        self.results.each("split-lines.csv", columns, |[compound, id, amounts @ ..]| {
            if places.contains_key(compound) {
                let (count, sums) = entry(&mut lines, id);
                *count += 1;
                for (sum, written) in sums.iter_mut().zip(amounts) {
                    *sum += self.results.money(written)?;
                }
            }
            Ok(())
        })?;
        let mut table = table(&[
            ("line", Kind::Text),
            ("compounds", Kind::Count),
            ("amount", Kind::Money),
            ("sources", Kind::Money),
            ("residents", Kind::Money),
            ("relief_pot", Kind::Money),
            ("top_up", Kind::Money),
        ]);
        for (id, (compounds, [amount, relief_pot, top_up, residents])) in lines {
            let sources = amount.less(relief_pot + top_up + residents);
            table.rows.push(vec![
                word(&id),
                count(compounds),
                Cell::Money(amount),
                Cell::Money(sources),
                Cell::Money(residents),
                Cell::Money(relief_pot),
                Cell::Money(top_up),
            ]);
        }
        Ok(table)
    }

    /// What each source of a compound offers and pays; no offer of one without limit.
    fn each_source(
        &self,
        mut each: impl FnMut(&Compound, &str, Option<Fen>, Fen),
    ) -> anyhow::Result<()> {
        let listed = self.listed()?;
        let places = places(&listed);
        let columns = ["compound", "id", "offer", "paid"];
        self.results.each("split-sources.csv", columns, |[compound, id, offer, paid]| {
            if let Some(&place) = places.get(compound) {
                let offer = (!offer.is_empty()).then(|| self.results.money(offer)).transpose()?;
                each(&listed[place], id, offer, self.results.money(paid)?);
            }
            Ok(())
        })
    }

    /// Sources of one id in all compounds: what they offer, pay and leave.
    pub(super) fn sources(&self) -> anyhow::Result<Table> {
        let mut sources: BTreeMap<String, (usize, [Fen; 3])> = BTreeMap::new();
        self.each_source(|_, id, offer, paid| {
            let (count, [offered, all, unused]) = entry(&mut sources, id);
            *count += 1;
            *offered += offer.unwrap_or_default();
            *all += paid;
            *unused += offer.map_or(Fen::ZERO, |offer| offer.less(paid));
        })?;
        let mut table = table(&[
            ("source", Kind::Text),
            ("compounds", Kind::Count),
            ("offer", Kind::Money),
            ("paid", Kind::Money),
            ("unused", Kind::Money),
        ]);
        for (id, (compounds, amounts)) in sources {
            let mut row = vec![word(&id), count(compounds)];
            row.extend(amounts.map(Cell::Money));
            table.rows.push(row);
        }
        Ok(table)
    }

    /// The pots: what was divided of each, and what plans use of that. Of pots that name the same source,
    /// the money of the first is used first, compound by compound.
    pub(super) fn pots(&self) -> anyhow::Result<Table> {
        let mut paid: HashMap<(String, String), Fen> = HashMap::new();
        self.each_source(|one, id, _, amount| {
            paid.insert((one.id.clone(), id.to_owned()), amount);
        })?;
        let places = places(&self.listed()?);
        let mut pots: Vec<(String, String, Fen, Fen)> = Vec::new();
        let columns = ["pot", "source", "amount", "left"];
        self.results.each("pots.csv", columns, |[pot, source, amount, left]| {
            let (amount, left) = (self.results.money(amount)?, self.results.money(left)?);
            pots.push((pot.to_owned(), source.to_owned(), amount, left));
            Ok(())
        })?;
        let mut sums = vec![[Fen::ZERO; 3]; pots.len()];
        let columns = ["pot", "compound", "portion"];
        self.results.each("division.csv", columns, |[pot, compound, portion]| {
            let Some(index) = pots.iter().position(|(id, ..)| id == pot) else {
                return Ok(());
            };
            if !places.contains_key(compound) {
                return Ok(());
            }
            let portion = self.results.money(portion)?;
            let [divided, used, unused] = &mut sums[index];
            *divided += portion;
            // The rows of a pot follow those of the pots before it.
            if let Some(paid) = paid.get_mut(&(compound.to_owned(), pots[index].1.clone())) {
                let of_pot = portion.min(*paid);
                *paid = paid.less(of_pot);
                *used += of_pot;
                *unused += portion.less(of_pot);
            }
            Ok(())
        })?;
        let mut table = table(&[
            ("pot", Kind::Text),
            ("amount", Kind::Money),
            ("divided", Kind::Money),
            ("used", Kind::Money),
            ("unused", Kind::Money),
            ("left", Kind::Money),
        ]);
        for ((pot, _, amount, left), [divided, used, unused]) in pots.iter().zip(sums) {
            let mut row = vec![word(pot)];
            row.extend([*amount, divided, used, unused, *left].map(Cell::Money));
            table.rows.push(row);
        }
        Ok(table)
    }

    /// Compounds that leave part of what a source of the pots offers, the most first.
    pub(super) fn unused(&self) -> anyhow::Result<Table> {
        let mut of_pots: Vec<String> = Vec::new();
        self.results.each("pots.csv", ["source"], |[source]| {
            of_pots.push(source.to_owned());
            Ok(())
        })?;
        let mut found = Vec::new();
        self.each_source(|one, id, offer, paid| {
            let unused = offer.map_or(Fen::ZERO, |offer| offer.less(paid));
            if !unused.is_zero() && of_pots.iter().any(|source| source == id) {
                let offer = offer.unwrap_or_default();
                let row = [&*one.id, &*one.county, id].map(word);
                let amounts = [offer, paid, unused].map(Cell::Money);
                let row = row.into_iter().chain(amounts).chain([word(&one.name)]);
                found.push((unused, row.collect::<Vec<_>>()));
            }
        })?;
        found.sort_by_key(|&(unused, _)| std::cmp::Reverse(unused));
        let mut table = table(&[
            ("compound", Kind::Text),
            ("county", Kind::Text),
            ("source", Kind::Text),
            ("offer", Kind::Money),
            ("used", Kind::Money),
            ("unused", Kind::Money),
            ("name", Kind::Text),
        ]);
        table.rows.extend(found.into_iter().map(|(_, row)| row));
        Ok(table)
    }

    /// Findings with their reasons, of all compounds or of those asked about.
    pub(super) fn findings(&self) -> anyhow::Result<Table> {
        let listed = self.listed()?;
        let places = places(&listed);
        let mut table = table(&[
            ("compound", Kind::Text),
            ("severity", Kind::Text),
            ("message", Kind::Text),
            ("check", Kind::Text),
            ("county", Kind::Text),
            ("path", Kind::Text),
            ("clauses", Kind::Text),
        ]);
        let columns = ["compound", "severity", "message", "check", "path", "clauses"];
        self.results.each(FINDINGS, columns, |row| {
            let [compound, severity, message, check, path, clauses] = row;
            let is_asked = self.severity.is_none_or(|asked| asked == severity)
                && self.check.is_none_or(|asked| asked == check);
            if let Some(&place) = places.get(compound).filter(|_| is_asked) {
                let county = &listed[place].county;
                let row = [compound, severity, message, check, county, path, clauses];
                table.rows.push(row.map(word).into());
            }
            Ok(())
        })?;
        Ok(table)
    }

    /// What is to be paid by each payer of each county: sources, and `residents`.
    pub(super) fn planned(
        &self,
        residents: &str,
    ) -> anyhow::Result<BTreeMap<(String, String), Fen>> {
        let mut planned = BTreeMap::new();
        let mut add = |county: &str, payer: &str, amount| {
            *planned.entry((county.to_owned(), payer.to_owned())).or_insert(Fen::ZERO) += amount;
        };
        self.each_source(|one, id, _, paid| add(&one.county, id, paid))?;
        for one in self.listed()?.iter().filter(|one| one.status == "split") {
            add(&one.county, residents, one.residents);
        }
        Ok(planned)
    }
}

/// By id, the place in the list.
fn places(compounds: &[Compound]) -> HashMap<String, usize> {
    compounds.iter().enumerate().map(|(place, one)| (one.id.clone(), place)).collect()
}

/// What is summed up under an id.
fn entry<'m, T: Default>(sums: &'m mut BTreeMap<String, T>, id: &str) -> &'m mut T {
    sums.entry(id.to_owned()).or_default()
}
