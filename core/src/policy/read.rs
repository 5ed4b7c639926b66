//! Reading a pack, with the readers of a plan where it writes what a plan writes.

use std::collections::HashMap;

use super::{Check, Department, Pack, Packs, Provision, Rule, Severity, Verified, Wording};
use super::{PotWeights, bounds, charge};
use crate::document::{Document, Value};
use crate::number;
use crate::place::Place;
use crate::plan::KeyReader;
use crate::plan::fields::{Fields, entries, list, text};
use crate::plan::{
    Chapter, GivenBy, Pipeline, Subject, Values, agreements, check_version, fields_given_by,
    odd_fen, sources, tables, uses,
};
use crate::problem::{Cause, Naming, Problems};
use crate::programme;

/// The clauses that a pack names, each with the path it does so at.
pub(super) type References = Vec<(String, String)>;

/// The fields of a pack.
const KNOWN: &[&str] = &[
    "fentan_policy",
    "id",
    "name",
    "place",
    "within",
    "documents",
    "defaults",
    "grounds",
    "checks",
    "departments",
    "charges",
    "pots",
];

/// Reads and checks a pack; whether what it names is there is for [`resolve`].
pub(super) fn pack(document: &Document<'_>, problems: &mut Problems) -> (Pack, References) {
    let mut references = References::new();
    for path in document.duplicate_keys() {
        problems.add(path, Cause::DuplicateKey);
    }
    if let Some(fields) = Fields::open(document.root(), Place::Root, KNOWN, problems) {
        check_version(&fields, "fentan_policy", problems);
        slashless(&fields, problems);
        fields.text("within", problems);
        check_defaults(document, problems);
    }
    let values = values(document, &mut references, problems);
    let pack = law(document, values, &mut references, problems);
    (pack, references)
}

/// Reads what a pack fills in, as it stands: [`check_defaults`] checks it.
pub(super) fn values(
    document: &Document<'_>,
    references: &mut References,
    problems: &mut Problems,
) -> Values {
    let root = document.root();
    let text = |name: &str| match root.get(name) {
        Some(Value::Text(text)) => Some(text.clone().into_owned()),
        _ => None,
    };
    let defaults = root.get("defaults").cloned().unwrap_or(Value::Fields(Vec::new()));
    let grounds = grounds(root.get("grounds"), &defaults, references, problems);
    Values {
        id: text("id").unwrap_or_default(),
        within: text("within"),
        defaults: defaults.into_owned(),
        grounds,
    }
}

/// Reads the rest of a pack.
pub(super) fn law(
    document: &Document<'_>,
    values: Values,
    references: &mut References,
    problems: &mut Problems,
) -> Pack {
    let mut pack = Pack {
        name: Wording::default(),
        place: Wording::default(),
        provisions: Vec::new(),
        rules: Vec::new(),
        departments: Vec::new(),
        charges: Vec::new(),
        pots: Vec::new(),
        values,
    };
    // What is unknown in it was said already.
    let mut met = Problems::default();
    let Some(fields) = Fields::open(document.root(), Place::Root, KNOWN, &mut met) else {
        return pack;
    };
    pack.name = wording(&fields, "name", problems);
    pack.place = wording(&fields, "place", problems);
    let mut each = |name: &'static str,
                    read: &mut dyn FnMut(&Value<'_>, Place<'_>, &mut Problems)| {
        let place = Place::Field(&Place::Root, name);
        let values = fields.get(name).and_then(|value| list(value, &place, problems));
        for (index, value) in values.unwrap_or_default().iter().enumerate() {
            read(value, place.index(index), problems);
        }
    };
    let mut first = HashMap::new();
    each("documents", &mut |value, place, problems| {
        read_document(value, place, &pack.values.id, &mut first, &mut pack.provisions, problems);
    });
    each("checks", &mut |value, place, problems| {
        pack.rules.extend(rule(value, place, references, problems));
    });
    each("departments", &mut |value, place, problems| {
        pack.departments.extend(department(value, place, references, problems));
    });
    each("charges", &mut |value, place, problems| {
        pack.charges.extend(charge::read(value, place, references, problems));
    });
    each("pots", &mut |value, place, problems| {
        pack.pots.extend(pot_weights(value, place, references, problems));
    });
    pack
}

/// Notes what a pack names that is neither in it nor in those at hand.
pub(super) fn resolve(
    references: &[(String, String)],
    pack: &Pack,
    packs: &Packs,
    problems: &mut Problems,
) {
    for (path, id) in references {
        let is_own = pack.provisions.iter().any(|provision| provision.id == *id);
        if !is_own && packs.clause(id).is_none() {
            let known = pack.provisions.iter().map(|provision| provision.id.clone()).collect();
            problems.add_seen(path, id, Cause::UnknownId { naming: Naming::Clause, known });
        }
    }
    if let Some(within) = pack.within().filter(|id| packs.values(id).is_none()) {
        let cause = Cause::UnknownId { naming: Naming::Pack, known: packs.ids() };
        problems.add_seen("within", within, cause);
    }
}

/// The id of a pack or a clause; "/" stands between the two.
fn slashless<'v>(fields: &Fields<'v>, problems: &mut Problems) -> Option<&'v str> {
    let id = fields.id("id", problems)?;
    if id.contains('/') {
        let cause = Cause::UnknownId { naming: Naming::NoSlashInClause, known: Vec::new() };
        problems.add_seen(fields.place().field("id"), id, cause);
    }
    Some(id)
}

pub(super) fn wording(fields: &Fields<'_>, name: &str, problems: &mut Problems) -> Wording {
    let Some(value) = fields.required(name, problems) else {
        return Wording::default();
    };
    let place = fields.place().field(name);
    let Some(fields) = Fields::open(value, place, &["zh", "en"], problems) else {
        return Wording::default();
    };
    fields.required("zh", problems);
    let chinese = fields.text("zh", problems).unwrap_or_default().to_owned();
    let english = fields.text("en", problems).map_or_else(|| chinese.clone(), str::to_owned);
    Wording { chinese, english }
}

/// Reads a document's clauses; each has the document's place of publication and verification
/// where it gives none of its own.
fn read_document(
    value: &Value<'_>,
    place: Place<'_>,
    pack: &str,
    first: &mut HashMap<String, String>,
    provisions: &mut Vec<Provision>,
    problems: &mut Problems,
) {
    const KNOWN: &[&str] =
        &["title", "number", "from", "amended", "until", "published", "verified", "clauses"];
    const OF_CLAUSE: &[&str] = &["id", "article", "quote", "published", "verified"];
    let Some(document) = Fields::open(value, place, KNOWN, problems) else {
        return;
    };
    document.required("title", problems);
    let title = document.text("title", problems).unwrap_or_default();
    let number = document.text("number", problems);
    let from = document.partial_day("from", problems);
    let amended = document.partial_day("amended", problems);
    let until = document.partial_day("until", problems);
    if let (Some(from), Some(until)) = (from, until)
        && until.is_before(from)
    {
        let cause = Cause::EndBeforeBeginning { from };
        problems.add_seen(document.place().field("until"), &until.to_string(), cause);
    }
    let clauses_place = document.place().field("clauses");
    let clauses = document.required("clauses", problems);
    let clauses = clauses.and_then(|value| list(value, &clauses_place, problems));
    for (index, value) in clauses.unwrap_or_default().iter().enumerate() {
        let place = clauses_place.index(index);
        let Some(clause) = Fields::open(value, place, OF_CLAUSE, problems) else {
            continue;
        };
        let id = slashless(&clause, problems).unwrap_or_default();
        clause.required("article", problems);
        let mut own_or_documents = |name| {
            let fields = if clause.has(name) || !document.has(name) { &clause } else { &document };
            fields.required(name, problems).map(|_| fields)
        };
        let published = own_or_documents("published");
        let verified = own_or_documents("verified");
        let mut stated = |fields: &Fields<'_>| {
            fields.choice("verified", Verified::ALL, Verified::as_str, problems)
        };
        let verified = verified.and_then(&mut stated).unwrap_or(Verified::Report);
        let provision = Provision {
            id: format!("{pack}/{id}"),
            title: title.to_owned(),
            number: number.map(str::to_owned),
            article: clause.text("article", problems).unwrap_or_default().to_owned(),
            quote: clause.text("quote", problems).map(str::to_owned),
            from,
            amended,
            until,
            published: published
                .and_then(|fields| fields.text("published", problems))
                .unwrap_or_default()
                .to_owned(),
            verified,
            is_own: false,
        };
        let path = place.field("id").to_string();
        match first.get(&provision.id) {
            Some(first) if !id.is_empty() => {
                problems.add_seen(path, id, Cause::DuplicateId { first: first.clone() });
            }
            _ => {
                first.insert(provision.id.clone(), path);
            }
        }
        provisions.push(provision);
    }
}

/// The clauses that something rests on, one at least.
pub(super) fn clauses(
    value: Option<&Value<'_>>,
    place: Place<'_>,
    references: &mut References,
    problems: &mut Problems,
) -> Vec<String> {
    let named = value.and_then(|value| list(value, &place, problems)).unwrap_or_default();
    if value.is_none() || matches!(value, Some(Value::List(list)) if list.is_empty()) {
        problems.add(place, Cause::MissingField);
    }
    let mut clauses = Vec::with_capacity(named.len());
    for (index, value) in named.iter().enumerate() {
        let place = place.index(index);
        if let Some(id) = text(value, &place, problems) {
            references.push((place.to_string(), id.to_owned()));
            clauses.push(id.to_owned());
        }
    }
    clauses
}

/// The values that a check is made against.
fn parameters(check: Check) -> &'static [&'static str] {
    match check {
        Check::BuiltBefore => &["year"],
        Check::FundThreshold
        | Check::TrueUp
        | Check::RevenueToFund
        | Check::FundClosed
        | Check::Reserve
        | Check::ManagementCost => &["rate"],
        Check::OldThreshold => &["rate", "matters"],
        Check::Interval => &["intervals"],
        Check::ResidentsAtLeast => &["rates"],
        Check::AidByEffort => &["rates", "per_area", "up", "down", "cap"],
        Check::Chapters => &["chapters"],
        Check::CompanyAsked | Check::CompanyFirst | Check::PipelineBoundary | Check::FundBarred => {
            &["pipelines"]
        }
        _ => &[],
    }
}

fn rule(
    value: &Value<'_>,
    place: Place<'_>,
    references: &mut References,
    problems: &mut Problems,
) -> Option<Rule> {
    let all = entries(value, &place, problems)?;
    let Some((_, id)) = all.iter().find(|(key, _)| key == "id") else {
        problems.add(place.field("id"), Cause::MissingField);
        return None;
    };
    let id = text(id, &place.field("id"), problems)?;
    let of_engine = [Check::FactsMissing, Check::NotInForce, Check::OtherPlace];
    let mut known = Check::ALL.iter().copied().filter(|check| !of_engine.contains(check));
    let Some(check) = known.clone().find(|check| check.as_str() == id) else {
        let known = known.by_ref().map(|check| check.as_str().to_owned()).collect();
        let cause = Cause::UnknownId { naming: Naming::Listed, known };
        problems.add_seen(place.field("id"), id, cause);
        return None;
    };
    let known =
        [&["id", "severity", "clauses"], parameters(check), bounds::optional(check)].concat();
    let fields = Fields::open(value, place, &known, problems)?;
    for name in parameters(check).iter().chain(&["severity"]) {
        fields.required(name, problems);
    }
    let severity = fields.choice("severity", Severity::ALL, Severity::as_str, problems);
    let rates = fields.get("rates").map(|value| {
        agreements::residents_at_least(value, fields.place().field("rates"), problems)
    });
    Some(Rule {
        check,
        severity: severity.unwrap_or(Severity::Note),
        clauses: clauses(fields.get("clauses"), place.field("clauses"), references, problems),
        year: fields.number("year", number::year, problems),
        rate: fields.number("rate", number::rate, problems),
        rates: rates.unwrap_or_default(),
        pipelines: pipelines(&fields, problems),
        chapters: fields
            .choices("chapters", Chapter::ALL, Chapter::as_str, problems)
            .unwrap_or_default(),
        bounds: bounds::read(&fields, problems),
    })
}

fn pipelines(fields: &Fields<'_>, problems: &mut Problems) -> Vec<Pipeline> {
    let named = fields.choices("pipelines", Pipeline::ALL, Pipeline::as_str, problems);
    named.unwrap_or_default()
}

fn department(
    value: &Value<'_>,
    place: Place<'_>,
    references: &mut References,
    problems: &mut Problems,
) -> Option<Department> {
    const KNOWN: &[&str] = &["name", "clauses", "pipelines", "subjects"];
    let fields = Fields::open(value, place, KNOWN, problems)?;
    let subjects = fields.choices("subjects", Subject::ALL, Subject::as_str, problems);
    Some(Department {
        name: wording(&fields, "name", problems),
        clauses: clauses(fields.get("clauses"), place.field("clauses"), references, problems),
        pipelines: pipelines(&fields, problems),
        subjects: subjects.unwrap_or_default(),
    })
}

fn pot_weights(
    value: &Value<'_>,
    place: Place<'_>,
    references: &mut References,
    problems: &mut Problems,
) -> Option<PotWeights> {
    const KNOWN: &[&str] = &["id", "weights", "clauses"];
    let fields = Fields::open(value, place, KNOWN, problems)?;
    let id = fields.id("id", problems).unwrap_or_default().to_owned();
    let weights = fields
        .required("weights", problems)
        .map(|value| programme::weights(value, &place.field("weights"), problems));
    Some(PotWeights {
        id,
        weights: weights.unwrap_or_default(),
        clauses: clauses(fields.get("clauses"), place.field("clauses"), references, problems),
    })
}

/// Checks the values of a plan that a pack fills in, as those of a plan are.
pub(super) fn check_defaults(document: &Document<'_>, problems: &mut Problems) {
    let place = Place::Field(&Place::Root, "defaults");
    let fields = document.root().get("defaults");
    let Some(fields) = fields
        .and_then(|value| Fields::open(value, place, &fields_given_by(GivenBy::Pack), problems))
    else {
        return;
    };
    let at = |name| place.field(name);
    let tables = fields.get("tables").map(|value| tables::read(value, at("tables"), problems));
    if let Some(value) = fields.get("share_by") {
        let tables = tables.unwrap_or_default();
        let mut keys = KeyReader::without_roster(&tables);
        let place = at("share_by");
        for (subject, value) in entries(value, &place, problems).unwrap_or_default() {
            let place = place.field(subject);
            if !Subject::ALL.iter().any(|one| one.as_str() == subject) {
                let known = Subject::ALL.iter().map(|one| one.as_str().to_owned()).collect();
                let cause = Cause::UnknownId { naming: Naming::Listed, known };
                problems.add_seen(place, subject, cause);
            }
            keys.read(value, place, problems);
        }
    }
    if let Some(value) = fields.get("odd_fen") {
        odd_fen::read(value, at("odd_fen"), problems);
    }
    if let Some(value) = fields.get("uses") {
        uses::read(value, at("uses"), problems);
    }
    if let Some(value) = fields.get("sources") {
        sources::read(value, at("sources"), &[], problems);
    }
    if let Some(value) = fields.get("residents_at_least") {
        agreements::residents_at_least(value, at("residents_at_least"), problems);
    }
    if let Some(value) = fields.get("relief") {
        agreements::relief(value, at("relief"), problems);
    }
    if let Some(value) = fields.get("minimum") {
        // Which source pays less for it only a plan knows.
        let known = &["per_household", "per_area"];
        if let Some(minimum) = Fields::open(value, at("minimum"), known, problems) {
            for name in known {
                minimum.number(name, number::money, problems);
            }
        }
    }
    if let Some(value) = fields.get("channels") {
        agreements::channels(value, at("channels"), problems);
    }
    if let Some(value) = fields.get("maintenance") {
        agreements::maintenance(value, at("maintenance"), problems);
    }
}

/// Reads what the defaults rest on: a clause at least for each, and for nothing else.
fn grounds(
    value: Option<&Value<'_>>,
    defaults: &Value<'_>,
    references: &mut References,
    problems: &mut Problems,
) -> Vec<(String, Vec<String>)> {
    let place = Place::Field(&Place::Root, "grounds");
    let defaults = defaults.fields().iter().map(|(key, _)| key.as_ref());
    let known = fields_given_by(GivenBy::Pack);
    let defaults: Vec<&str> = defaults.filter(|key| known.contains(key)).collect();
    let given = value.and_then(|value| Fields::open(value, place, &defaults, problems));
    let grounds = defaults.iter().map(|&name| {
        let named = given.as_ref().and_then(|grounds| grounds.get(name));
        (name.to_owned(), clauses(named, place.field(name), references, problems))
    });
    grounds.collect()
}
