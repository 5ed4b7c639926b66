//! Reading a tariff that was published, with the readers of a plan. It may come from anywhere: what
//! is read holds together and adds up, or is refused.

use super::{
    Basis, Building, Cited, DIGEST, Edition, FloorBasis, LeftOut, Line, Payer, Serves, SharedLine,
    Tariff,
};
use crate::day::Day;
use crate::document::{Document, Value};
use crate::money::Fen;
use crate::number::{self, Scalar};
use crate::place::Place;
use crate::plan::KeyReader;
use crate::plan::fields::{Fields, entries, list, number, text};
use crate::plan::{
    Category, Kind, MOST_BUDGET, Pipeline, ShareBy, SourceKind, Subject, Table, Tier, agreements,
    check_version, odd_fen, tables, uses,
};
use crate::problem::{Cause, Naming, Problems};
use crate::receipt::{Digest, digest_without};

const KNOWN: &[&str] = &[
    "fentan_tariff",
    "engine",
    "name",
    "date",
    "edition",
    "policy",
    "households",
    "area",
    "buildings",
    "payers",
    "odd_fen",
    "uses",
    "tables",
    "lines",
    "relief",
    "relieved_fewer_than",
    "minimum",
    "missing",
    "clauses",
    "left_out",
    DIGEST,
];

const KNOWN_OF_LINE: &[&str] = &["id", "name", "category", "tier", "pipeline", "subject", "kind"];
const KNOWN_OF_SHARED: &[&str] =
    &["amount", "paid", "uncovered", "serves", "share_by", "weight", "floors", "others_relief"];

impl Tariff {
    /// The most bytes of a published tariff that front ends read: some two thousand lines.
    pub const MOST_BYTES: usize = 1 << 20;

    /// Reads and checks what was published.
    ///
    /// # Errors
    /// Every problem found, with the codes of spec §5; `bad-sum` where a line's figures don't add
    /// up, `bad-digest` where something was changed since it was published.
    pub fn read(document: &Document<'_>) -> Result<Tariff, Problems> {
        let mut problems = Problems::default();
        for path in document.duplicate_keys() {
            problems.add(path, Cause::DuplicateKey);
        }
        let Some(fields) = Fields::open(document.root(), Place::Root, KNOWN, &mut problems) else {
            return Err(problems);
        };
        check_version(&fields, "fentan_tariff", &mut problems);
        let mut reader = Reader { fields, problems };
        let tariff = reader.tariff();
        let Reader { fields, mut problems } = reader;
        // Another problem explains a wrong digest.
        if problems.is_empty() && digest_without(document, DIGEST) != tariff.digest {
            let seen = fields.text(DIGEST, &mut problems).unwrap_or_default();
            problems.add_seen(DIGEST, seen, Cause::WrongDigest);
        }
        problems.refuse(tariff)
    }
}

struct Reader<'v> {
    fields: Fields<'v>,
    problems: Problems,
}

impl<'v> Reader<'v> {
    fn tariff(&mut self) -> Tariff {
        let payers = self.each("payers", payer);
        let tables = self.fields.get("tables").map(|value| {
            tables::read(value, Place::Field(&Place::Root, "tables"), &mut self.problems)
        });
        let tables = tables.unwrap_or_default();
        let place = |name| Place::Field(&Place::Root, name);
        let odd_fen = self.fields.get("odd_fen");
        let odd_fen =
            odd_fen.map(|value| odd_fen::read(value, place("odd_fen"), &mut self.problems));
        let uses = self.fields.get("uses");
        let uses = uses.map(|value| uses::read(value, place("uses"), &mut self.problems));
        let mut columns = Vec::new();
        let lines = self.each("lines", |value, place, problems| {
            line(value, place, &payers, &tables, &mut columns, problems)
        });
        let paid: Fen =
            lines.iter().filter_map(|line| line.shared.as_ref()).map(|line| line.amount).sum();
        if paid > MOST_BUDGET {
            self.problems.add("lines", Cause::TooLarge { most: MOST_BUDGET.0 / 100 });
        }
        let Reader { fields, problems } = self;
        let relief = fields
            .get("relief")
            .map(|value| agreements::relief(value, Place::Field(&Place::Root, "relief"), problems));
        let ids: Vec<&str> = payers.iter().map(|payer| payer.id.as_str()).collect();
        let minimum =
            fields.get("minimum").and_then(|value| agreements::minimum(value, &ids, problems));
        if minimum.is_some() {
            fields.required("missing", problems);
        }
        for name in ["engine", "date", "edition", "households", "area"] {
            fields.required(name, problems);
        }
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let left_out =
            fields.choices("left_out", LeftOut::ALL, LeftOut::as_str, problems).unwrap_or_default();
        let edition = Edition {
            number: fields.number("edition", number::from_one, problems).unwrap_or_default(),
            date: fields.day("date", problems).unwrap_or(Day::MIN),
        };
        let mut tariff = Tariff {
            engine: owned(fields.text("engine", problems)).unwrap_or_default(),
            name: owned(fields.text("name", problems)),
            edition,
            policy: owned(fields.text("policy", problems)),
            households: fields.number("households", number::count, problems).unwrap_or_default(),
            area: fields.number("area", number::total_weight, problems).unwrap_or_default(),
            buildings: Vec::new(),
            odd_fen: odd_fen.unwrap_or_default(),
            uses: uses.unwrap_or_default(),
            tables,
            columns,
            lines,
            relief: relief.unwrap_or_default(),
            relieved_fewer_than: fields.number("relieved_fewer_than", number::count, problems),
            minimum,
            missing: fields.number("missing", number::total_money, problems).unwrap_or_default(),
            clauses: Vec::new(),
            left_out,
            digest: digest(fields, problems).unwrap_or_default(),
            payers,
        };
        tariff.buildings = self.each("buildings", building);
        tariff.clauses = self.each("clauses", cited);
        tariff
    }

    /// The elements of a list of tables; one that can't be read is a problem and left out.
    fn each<T>(
        &mut self,
        name: &'static str,
        mut read: impl FnMut(&'v Value<'v>, Place<'_>, &mut Problems) -> Option<T>,
    ) -> Vec<T> {
        let place = Place::Field(&Place::Root, name);
        let value = self.fields.required(name, &mut self.problems);
        let values = value.and_then(|value| list(value, &place, &mut self.problems));
        let values = values.unwrap_or_default().iter().enumerate();
        let problems = &mut self.problems;
        values.filter_map(|(index, value)| read(value, place.index(index), problems)).collect()
    }
}

fn payer(value: &Value<'_>, place: Place<'_>, problems: &mut Problems) -> Option<Payer> {
    let fields = Fields::open(value, place, &["id", "name", "kind"], problems)?;
    Some(Payer {
        id: fields.id("id", problems)?.to_owned(),
        name: fields.text("name", problems).map(str::to_owned),
        kind: fields.choice("kind", SourceKind::ALL, SourceKind::as_str, problems),
    })
}

fn building(value: &Value<'_>, place: Place<'_>, problems: &mut Problems) -> Option<Building> {
    let fields = Fields::open(value, place, &["id", "units"], problems)?;
    Some(Building {
        id: fields.id("id", problems)?.to_owned(),
        units: texts(&fields, "units", problems),
    })
}

fn cited(value: &Value<'_>, place: Place<'_>, problems: &mut Problems) -> Option<Cited> {
    let fields = Fields::open(value, place, &["id", "title", "number", "article"], problems)?;
    for name in ["title", "article"] {
        fields.required(name, problems);
    }
    Some(Cited {
        id: fields.id("id", problems)?.to_owned(),
        title: fields.text("title", problems)?.to_owned(),
        number: fields.text("number", problems).map(str::to_owned),
        article: fields.text("article", problems)?.to_owned(),
    })
}

fn digest(fields: &Fields<'_>, problems: &mut Problems) -> Option<Digest> {
    fields.required(DIGEST, problems);
    let written = fields.text(DIGEST, problems)?;
    let digest = written.parse().ok();
    if digest.is_none() {
        problems.add_seen(DIGEST, written, Cause::WrongDigest);
    }
    digest
}

fn texts(fields: &Fields<'_>, name: &str, problems: &mut Problems) -> Vec<String> {
    let place = fields.place().field(name);
    let values = fields.get(name).and_then(|value| list(value, &place, problems));
    let values = values.unwrap_or_default().iter().enumerate();
    values
        .filter_map(|(index, value)| text(value, &place.index(index), problems))
        .map(str::to_owned)
        .collect()
}

fn line(
    value: &Value<'_>,
    place: Place<'_>,
    payers: &[Payer],
    tables: &[Table],
    columns: &mut Vec<String>,
    problems: &mut Problems,
) -> Option<Line> {
    let is_individual = value.get("kind").and_then(Value::text) == Some(Kind::Individual.as_str());
    let of_shared = if is_individual { &[][..] } else { KNOWN_OF_SHARED };
    let fields = Fields::open(value, place, &[KNOWN_OF_LINE, of_shared].concat(), problems)?;
    fields.required("kind", problems);
    fields.choice("kind", Kind::ALL, Kind::as_str, problems)?;
    let shared = if is_individual {
        None
    } else {
        Some(shared(&fields, payers, tables, columns, problems)?)
    };
    Some(Line {
        id: fields.id("id", problems)?.to_owned(),
        name: fields.text("name", problems).map(str::to_owned),
        category: fields.choice("category", Category::ALL, Category::as_str, problems),
        tier: fields.choice("tier", Tier::ALL, Tier::as_str, problems),
        pipeline: fields.choice("pipeline", Pipeline::ALL, Pipeline::as_str, problems),
        subject: fields.choice("subject", Subject::ALL, Subject::as_str, problems),
        shared,
    })
}

fn shared(
    fields: &Fields<'_>,
    payers: &[Payer],
    tables: &[Table],
    columns: &mut Vec<String>,
    problems: &mut Problems,
) -> Option<SharedLine> {
    for name in ["amount", "uncovered", "paid", "share_by"] {
        fields.required(name, problems);
    }
    let amount = fields.number("amount", number::money, problems)?;
    let uncovered = fields.number("uncovered", number::money, problems)?;
    let paid = paid(fields, payers, problems);
    let of_payers: Fen = paid.iter().map(|&(_, paid)| paid).sum();
    if of_payers + uncovered != amount {
        let sum = of_payers + uncovered;
        problems.add(fields.place().field("amount"), Cause::WrongSum { sum });
    }
    let share_by = share_by(fields, tables, columns, problems)?;
    Some(SharedLine {
        amount,
        paid,
        uncovered,
        serves: serves(fields, problems),
        share_by,
        basis: basis(fields, share_by, uncovered, problems)?,
        others_relief: fields.number("others_relief", number::target, problems),
    })
}

fn paid(fields: &Fields<'_>, payers: &[Payer], problems: &mut Problems) -> Vec<(usize, Fen)> {
    let place = fields.place().field("paid");
    let given = fields.get("paid").and_then(|value| entries(value, &place, problems));
    let mut paid = Vec::new();
    for (id, value) in given.unwrap_or_default() {
        let place = place.field(id);
        let amount = number(Scalar::of(value), place, number::money, problems);
        match (payers.iter().position(|payer| payer.id == *id), amount) {
            (Some(payer), Some(amount)) => paid.push((payer, amount)),
            (None, _) => {
                let known = payers.iter().map(|payer| payer.id.clone()).collect();
                let cause = Cause::UnknownId { naming: Naming::Source, known };
                problems.add_seen(place, id, cause);
            }
            (Some(_), None) => {}
        }
    }
    paid
}

fn serves(fields: &Fields<'_>, problems: &mut Problems) -> Serves {
    const KNOWN: &[&str] = &["buildings", "units", "homes"];
    let place = fields.place().field("serves");
    let Some(fields) =
        fields.get("serves").and_then(|value| Fields::open(value, place, KNOWN, problems))
    else {
        return Serves { everyone: true, ..Serves::default() };
    };
    Serves {
        everyone: false,
        buildings: texts(&fields, "buildings", problems),
        units: texts(&fields, "units", problems),
        homes: fields.boolean("homes", problems).unwrap_or_default(),
    }
}

fn share_by(
    fields: &Fields<'_>,
    tables: &[Table],
    columns: &mut Vec<String>,
    problems: &mut Problems,
) -> Option<ShareBy> {
    let value = fields.get("share_by")?;
    let place = fields.place().field("share_by");
    if value.get("column").is_none() {
        return KeyReader::without_roster(tables).read(value, place, problems);
    }
    let fields = Fields::open(value, place, &["column"], problems)?;
    let column = fields.text("column", problems)?;
    let known = columns.iter().position(|known| known == column);
    Some(ShareBy::Column(known.unwrap_or_else(|| {
        columns.push(column.to_owned());
        columns.len() - 1
    })))
}

fn basis(
    fields: &Fields<'_>,
    share_by: ShareBy,
    uncovered: Fen,
    problems: &mut Problems,
) -> Option<Basis> {
    match share_by {
        ShareBy::Floors(..) => {
            let floors = floors(fields, problems)?;
            let sum: Fen = floors.iter().map(|floor| floor.part).sum();
            if sum != uncovered {
                problems.add(fields.place().field("uncovered"), Cause::WrongSum { sum });
            }
            Some(Basis::Floors(floors))
        }
        ShareBy::Column(_) if !fields.has("weight") => Some(Basis::Withheld),
        _ => {
            fields.required("weight", problems);
            fields.number("weight", number::total_weight, problems).map(Basis::Total)
        }
    }
}

fn floors(fields: &Fields<'_>, problems: &mut Problems) -> Option<Vec<FloorBasis>> {
    let place = fields.place().field("floors");
    let value = fields.required("floors", problems)?;
    let values = list(value, &place, problems)?.iter().enumerate();
    let floors = values.map(|(index, value)| {
        let known = &["floor", "part", "weight"];
        let fields = Fields::open(value, place.index(index), known, problems)?;
        for name in known {
            fields.required(name, problems);
        }
        Some(FloorBasis {
            floor: fields.number("floor", number::floor, problems)?,
            part: fields.number("part", number::money, problems)?,
            weight: fields.number("weight", number::total_weight, problems)?,
        })
    });
    floors.collect()
}
