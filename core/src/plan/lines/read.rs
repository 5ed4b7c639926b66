//! Reading the lines of a works budget.

use std::collections::HashMap;

use super::rate_of::read_parts_of_others;
use super::{
    Category, KeyReader, Kind, Line, MOST_BUDGET, Named, Pipeline, Reach, ShareBy, Subject, Tier,
    Works, over_budget,
};
use crate::document::Value;
use crate::money::Fen;
use crate::number::{self, Scalar};
use crate::place::Place;
use crate::plan::fields::{Fields, entries, list, number};
use crate::plan::fill::Filling;
use crate::plan::final_account::{read_charges, read_life};
use crate::plan::roster::{Column, Roster};
use crate::plan::uses::UsesOfHomes;
use crate::plan::{Filled, FinalCost, Table};
use crate::problem::{Cause, Naming, Problems};

/// Reads `lines`.
pub(in crate::plan) struct LineReader<'r> {
    pub(super) roster: &'r Roster,
    pub(super) uses: UsesOfHomes<'r>,
    pub(in crate::plan) keys: KeyReader<'r>,
    /// What lines leave out.
    filling: Filling<'r>,
}

impl<'r> LineReader<'r> {
    pub(in crate::plan) fn new(
        roster: &'r Roster,
        tables: &'r [Table],
        uses: UsesOfHomes<'r>,
        filling: Filling<'r>,
    ) -> Self {
        LineReader { roster, uses, keys: KeyReader::new(roster, tables), filling }
    }

    /// The columns of weights that lines are shared by, and all that a policy filled in.
    pub(in crate::plan) fn finish(self) -> (Vec<Column>, Vec<Filled>) {
        (self.keys.columns, self.filling.filled)
    }

    pub(in crate::plan) fn read_all(
        &mut self,
        value: &Value<'_>,
        problems: &mut Problems,
    ) -> Vec<Line> {
        let place = Place::Field(&Place::Root, "lines");
        let values = list(value, &place, problems).unwrap_or_default();
        let lines = values.iter().enumerate();
        let mut lines: Vec<_> =
            lines.map(|(index, value)| self.read(value, place.index(index), problems)).collect();
        read_parts_of_others(values, &mut lines, problems);
        let mut first = HashMap::with_capacity(lines.len());
        for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.id.is_empty()) {
            let first = *first.entry(line.id.as_str()).or_insert(index);
            if first != index {
                let first = place.index(first).field("id").to_string();
                let cause = Cause::DuplicateId { first };
                problems.add_seen(place.index(index).field("id"), &line.id, cause);
            }
        }
        self.check_joins(&lines, problems);
        for column in &self.roster.index.charges {
            let line = first.get(column.line.as_str()).map(|&index| &lines[index]);
            if line.is_none_or(Line::is_shared) {
                let known = lines.iter().filter(|line| !line.is_shared());
                let cause = Cause::UnknownId {
                    naming: Naming::IndividualLine,
                    known: known.map(|line| line.id.clone()).collect(),
                };
                problems.add_seen(&column.place, &column.line, cause);
            }
        }
        if lines.iter().map(|line| line.amount).sum::<Fen>() > MOST_BUDGET {
            problems.add(place, over_budget(MOST_BUDGET));
        }
        lines
    }

    fn read(&mut self, value: &Value<'_>, place: Place<'_>, problems: &mut Problems) -> Line {
        const KNOWN: &[&str] = &[
            "id",
            "name",
            "note",
            "amount",
            "rate_of",
            "pieces",
            "storeys",
            "category",
            "tier",
            "kind",
            "pipeline",
            "scope",
            "share_by",
            "charges",
            "final",
            "final_charges",
            "life",
            "subject",
            "reach",
            "beyond_meter",
        ];
        let mut line = Line {
            id: String::new(),
            name: None,
            note: None,
            amount: Fen::ZERO,
            rate_of: None,
            pieces: 1,
            storeys: None,
            category: None,
            tier: None,
            pipeline: None,
            subject: None,
            reach: None,
            beyond_meter: None,
            final_cost: None,
            life: None,
            works: Works::Shared { scope: None, named: Named::default(), share_by: ShareBy::Area },
        };
        let Some(fields) = Fields::open(value, place, KNOWN, problems) else {
            return line;
        };
        line.id = fields.id("id", problems).unwrap_or_default().to_owned();
        line.name = fields.text("name", problems).map(str::to_owned);
        line.note = fields.text("note", problems).map(str::to_owned);
        line.category = fields.choice("category", Category::ALL, Category::as_str, problems);
        line.tier = fields.choice("tier", Tier::ALL, Tier::as_str, problems);
        line.pipeline = fields.choice("pipeline", Pipeline::ALL, Pipeline::as_str, problems);
        line.subject = fields.choice("subject", Subject::ALL, Subject::as_str, problems);
        line.reach = fields.choice("reach", Reach::ALL, Reach::as_str, problems);
        line.beyond_meter = fields.boolean("beyond_meter", problems);
        let kind = fields.choice("kind", Kind::ALL, Kind::as_str, problems);
        // A kind that can't be read says nothing about the fields beside it.
        let kind = match kind {
            None if fields.has("kind") && fields.has("charges") => Kind::Individual,
            kind => kind.unwrap_or(Kind::Shared),
        };
        match kind {
            Kind::Shared => self.read_shared(&fields, &mut line, problems),
            Kind::Individual => self.read_individual(&fields, &mut line, problems),
        }
        line
    }

    fn read_shared(&mut self, fields: &Fields<'_>, line: &mut Line, problems: &mut Problems) {
        refuse_fields(fields, &["charges", "final_charges"], problems);
        if !fields.has("rate_of") {
            fields.required("amount", problems);
            line.amount = fields.number("amount", number::money, problems).unwrap_or_default();
        } else if fields.has("amount") {
            let cause = Cause::InPlaceOf { other: "rate_of" };
            problems.add(fields.place().field("amount"), cause);
        }
        line.pieces = fields.number("pieces", number::pieces, problems).unwrap_or(1);
        // Storeys that can't be read are still given.
        let storeys = fields.number("storeys", number::storeys, problems);
        line.storeys = fields.has("storeys").then(|| storeys.unwrap_or_default());
        line.final_cost = fields.number("final", number::money, problems).map(FinalCost::Amount);
        line.life = read_life(fields, problems);
        let mut named = Named::default();
        let scope = self.beneficiaries(fields, &line.id, &mut named, problems);
        let place = fields.place().field("share_by");
        let share_by =
            fields.get("share_by").or_else(|| self.filling.share_by(line.subject?, &place));
        let share_by = share_by.and_then(|share_by| self.keys.read(share_by, place, problems));
        let share_by = share_by.unwrap_or(ShareBy::Area);
        line.works = Works::Shared { scope, named, share_by };
        self.check_weights(*fields.place(), line, share_by, problems);
    }

    fn read_individual(&self, fields: &Fields<'_>, line: &mut Line, problems: &mut Problems) {
        let of_shared =
            ["amount", "rate_of", "pieces", "storeys", "scope", "share_by", "final", "life"];
        refuse_fields(fields, &of_shared, problems);
        let place = fields.place().field("charges");
        let mut of_households = vec![None; self.roster.all.len()];
        if let Some(value) = fields.get("charges") {
            for (household, value) in entries(value, &place, problems).unwrap_or_default() {
                let place = place.field(household);
                let money = number(Scalar::of(value), place, number::money, problems);
                match self.roster.index.find(household) {
                    Some(index) => {
                        of_households[index as usize] = Some(money.unwrap_or_default());
                    }
                    None => self.roster.unknown(Naming::Household, household, place, problems),
                }
            }
        }
        let columns = self.roster.index.charges.iter().filter(|column| column.line == line.id);
        let mut given = fields.has("charges");
        for column in columns {
            given = true;
            for &(household, money) in &column.charges {
                if of_households[household as usize].replace(money).is_some() {
                    let id = &self.roster.all[household as usize].id;
                    problems.add_seen(place.field(id), id, Cause::DuplicateKey);
                }
            }
        }
        if !given {
            problems.add(place, Cause::MissingField);
        }
        let charged = (0u32..).zip(of_households);
        let (households, charges): (Vec<_>, Vec<_>) =
            charged.filter_map(|(household, charge)| Some((household, charge?))).unzip();
        line.amount = charges.iter().copied().sum();
        line.final_cost = read_charges(fields, self.roster, &households, problems);
        line.works = Works::Individual { households, charges };
    }
}

/// Fields that the table's other fields rule out.
pub(super) fn refuse_fields(fields: &Fields<'_>, names: &[&str], problems: &mut Problems) {
    for name in names.iter().filter(|name| fields.has(name)) {
        problems.add(fields.place().field(name), Cause::WrongKind);
    }
}
