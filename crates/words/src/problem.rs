use std::collections::HashMap;
use std::mem::discriminant;

use fentan_core::internal::decimal;
use fentan_core::problem::{Expected, Homes, Naming};
use fentan_core::{Cause, Document, Problem, Problems};

use crate::finding::homes_in_words;
use crate::place::{code_in_words, field_in_words, place};
use crate::{Language, money, say, say_with};

/// Choices listed in a message; past these they are no help.
const MOST_LISTED: usize = 20;
/// Problems of a kind that each have a line of their own.
const MOST_ALIKE: usize = 3;

/// What is wrong and what to do about it, in words; of a scenario's plan with where it is there.
/// Fields and places are called as a file has them.
pub fn problem(language: Language, problem: &Problem) -> String {
    said(language, problem, None)
}

/// The same for those who see no file: fields and places of the plan are called what people call them.
pub fn problem_in_plan(language: Language, problem: &Problem, document: &Document<'_>) -> String {
    said(language, problem, Some(document))
}

/// The same behind the place, called what people call it.
pub fn problem_at(language: Language, problem: &Problem, document: &Document<'_>) -> String {
    let place = place(language, &problem.path, document);
    let problem = problem_in_plan(language, problem, document);
    say_with(language, "place.problem", &[("place", &place), ("problem", &problem)])
}

fn said(language: Language, problem: &Problem, document: Option<&Document<'_>>) -> String {
    let said = wrong(language, problem, document);
    match &problem.origin {
        None => said,
        Some(origin) => {
            let path = match document {
                None if origin.path.is_empty() => say(language, "problem.file"),
                None => origin.path.clone(),
                Some(document) => place(language, &origin.path, document),
            };
            let values =
                [("scenario", origin.scenario.as_str()), ("path", &path), ("problem", &said)];
            say_with(language, "problem.in-scenario", &values)
        }
    }
}

fn wrong(language: Language, problem: &Problem, document: Option<&Document<'_>>) -> String {
    let path = |path: &str| match document {
        None => path.to_owned(),
        Some(document) => place(language, path, document),
    };
    let known_as = |known: &[String], in_words: fn(Language, &str) -> String| match document {
        None => listed(language, known),
        Some(_) => {
            listed(language, &known.iter().map(|one| in_words(language, one)).collect::<Vec<_>>())
        }
    };
    let seen = problem.seen.as_deref().unwrap_or_default();
    let plain = |key: &str| say_with(language, key, &[("seen", seen)]);
    let with = |key: &str, values: &[(&str, &str)]| {
        let values: Vec<_> = [("seen", seen)].into_iter().chain(values.iter().copied()).collect();
        say_with(language, key, &values)
    };
    match &problem.cause {
        Cause::BadNumber => plain("problem.bad-number"),
        Cause::NoArea => plain("problem.no-area"),
        Cause::Negative => plain("problem.negative"),
        Cause::TooPrecise { most } => with("problem.too-precise", &[("most", &most.to_string())]),
        Cause::TooLarge { most } => with("problem.too-large", &[("most", &most.to_string())]),
        Cause::FileTooLarge => plain("problem.file-too-large"),
        Cause::Float => plain("problem.float"),
        Cause::BadRate => plain("problem.bad-rate"),
        Cause::DuplicateId { first } => with("problem.duplicate-id", &[("first", &path(first))]),
        Cause::DuplicateKey => plain("problem.duplicate-key"),
        Cause::DuplicateRoster => plain("problem.duplicate-roster"),
        Cause::UnknownId { naming: Naming::Listed, known } if known.is_empty() => {
            plain("problem.unknown-id.nothing")
        }
        Cause::UnknownId { naming, known } => {
            with(unknown(*naming), &[("known", &known_as(known, code_in_words))])
        }
        Cause::UnknownField { known } => {
            with("problem.unknown-field", &[("known", &known_as(known, field_in_words))])
        }
        Cause::HouseholdInScenario => plain("problem.household-in-scenario"),
        Cause::BelowOne => plain("problem.below-one"),
        Cause::NotOne => plain("problem.not-one"),
        Cause::InterestOverBalance { balance } => {
            with("problem.interest-over-balance", &[("balance", &money(*balance))])
        }
        Cause::StoreysOrder => plain("problem.storeys-order"),
        Cause::NoDay => plain("problem.no-day"),
        Cause::NothingToPay => plain("problem.nothing-to-pay"),
        Cause::PartsOfCalls => plain("problem.parts-of-calls"),
        Cause::DueBefore { before } => {
            with("problem.due-before", &[("before", &before.to_string())])
        }
        Cause::NoReversal { payment } => with("problem.no-reversal", &[("payment", payment)]),
        Cause::InPlaceOf { other } => with("problem.in-place-of", &[("other", &path(other))]),
        Cause::RangeOrder => plain("problem.range-order"),
        Cause::EndBeforeBeginning { from } => {
            with("problem.end-before-beginning", &[("from", &from.to_string())])
        }
        Cause::WrongKind => plain("problem.wrong-kind"),
        Cause::MissingField => plain("problem.missing-field"),
        Cause::EmptyScope => plain("problem.empty-scope"),
        Cause::NoWeight { amount } => with("problem.no-weight", &[("amount", &money(*amount))]),
        Cause::NoCoefficient { floors, on_floors, floorless } => {
            let said = |key: &str, homes: &Homes| {
                let floors: Vec<_> = floors.iter().map(i32::to_string).collect();
                let floors = listed(language, &floors);
                let homes = homes_of(language, homes);
                with(key, &[("floors", &floors), ("homes", &homes)])
            };
            let of_floors = match on_floors.count {
                0 => "problem.no-coefficient.floors",
                _ => "problem.no-coefficient.on-floors",
            };
            let of_floors = (!floors.is_empty()).then(|| said(of_floors, on_floors));
            let key = "problem.no-coefficient.floorless";
            let of_floorless = (floorless.count > 0).then(|| said(key, floorless));
            let said = [of_floors, of_floorless].into_iter().flatten();
            said.collect::<Vec<_>>().join(&say(language, "problem.and"))
        }
        Cause::MissingWeight { line } => with("problem.missing-weight", &[("line", line)]),
        Cause::TableSum { sum } => with("problem.table-sum", &[("sum", &decimal(*sum, 6))]),
        Cause::TableMixed => plain("problem.table-mixed"),
        Cause::ReliefUnborne { amount } => {
            with("problem.relief-unborne", &[("amount", &money(*amount))])
        }
        Cause::LeastOverPot { least, amount } => with(
            "problem.least-over-pot",
            &[("least", &money(*least)), ("amount", &money(*amount))],
        ),
        Cause::NoLimit => plain("problem.no-limit"),
        Cause::UnknownVersion => {
            with("problem.unknown-version", &[("field", &path(&problem.path))])
        }
        Cause::BadType { expected } => plain(wrong_type(*expected)),
        Cause::WrongSum { sum } => with("problem.wrong-sum", &[("sum", &money(*sum))]),
        Cause::WrongDigest => plain("problem.wrong-digest"),
        Cause::BadSyntax { line, column, detail } => with(
            "problem.bad-syntax",
            &[("line", &line.to_string()), ("column", &column.to_string()), ("detail", detail)],
        ),
        Cause::NotUtf8 { line, column } => with(
            "problem.not-utf8",
            &[("line", &line.to_string()), ("column", &column.to_string())],
        ),
        Cause::UnevenRow { heading, row } => with(
            "problem.uneven-row",
            &[("heading", &heading.to_string()), ("row", &row.to_string())],
        ),
        other => other.code().to_string(),
    }
}

/// A problem on one line, as on standard error: `path: code: message`.
pub fn problem_line(language: Language, one: &Problem) -> String {
    let file = say(language, "problem.file");
    let path = if one.path.is_empty() { &file } else { one.path.as_str() };
    format!("{path}: {}: {}", one.code(), problem(language, one))
}

/// Problems, a line each; those of a kind that are many share one, which names where they all are.
pub fn problem_lines(language: Language, problems: &Problems) -> Vec<String> {
    let mut groups: Vec<Vec<&Problem>> = Vec::new();
    let mut of_kind: HashMap<_, usize> = HashMap::new();
    for one in problems.iter() {
        let next = groups.len();
        let group = *of_kind.entry(kind(one)).or_insert(next);
        if group == next {
            groups.push(Vec::new());
        }
        groups[group].push(one);
    }
    let lines = groups.iter().flat_map(|group| match group.as_slice() {
        [first, ..] if group.len() > MOST_ALIKE => vec![all_alike(language, group, first)],
        few => few.iter().map(|one| problem_line(language, one)).collect(),
    });
    lines.collect()
}

/// What problems of a kind have in common: their path but for places in lists and tables, what is
/// wrong, and of what.
fn kind(problem: &Problem) -> (String, std::mem::Discriminant<Cause>, String) {
    let mut path = String::new();
    let mut is_number = false;
    for one in problem.path.chars() {
        if !one.is_ascii_digit() {
            path.push(one);
        } else if !is_number {
            path.push('#');
        }
        is_number = one.is_ascii_digit();
    }
    let of = match &problem.cause {
        Cause::UnknownId { naming, .. } => format!("{naming:?}"),
        Cause::MissingWeight { line } => line.clone(),
        // Each is of a line of its own.
        Cause::NoCoefficient { .. } => problem.path.clone(),
        _ => String::new(),
    };
    let of = problem.origin.as_ref().map_or(of.clone(), |origin| of + &origin.scenario);
    (path, discriminant(&problem.cause), of)
}

fn all_alike(language: Language, group: &[&Problem], first: &Problem) -> String {
    let problem = problem_line(language, first);
    let homes = group.iter().filter_map(|one| one.household.as_deref().map(str::to_owned));
    let homes: Vec<String> = homes.collect();
    let (key, names) = match homes.len() == group.len() {
        true => ("problem.alike.homes", homes),
        false => ("problem.alike.places", group.iter().map(|one| one.path.clone()).collect()),
    };
    let (count, names) = (group.len().to_string(), listed(language, &names));
    let values = [("problem", problem.as_str()), ("count", &count), ("names", &names)];
    say_with(language, key, &values)
}

fn homes_of(language: Language, homes: &Homes) -> String {
    homes_in_words(language, &homes.ids, homes.count)
}

/// That there are more problems than are listed, where there are.
pub fn problems_left_out(language: Language, problems: &Problems) -> Option<String> {
    let count = problems.left_out();
    (count > 0).then(|| say_with(language, "problem.left-out", &[("count", &count.to_string())]))
}

fn unknown(naming: Naming) -> &'static str {
    match naming {
        Naming::Household => "problem.unknown-id.household",
        Naming::Building => "problem.unknown-id.building",
        Naming::Unit => "problem.unknown-id.unit",
        Naming::Line => "problem.unknown-id.line",
        Naming::IndividualLine => "problem.unknown-id.individual-line",
        Naming::CoveredLine => "problem.unknown-id.covered-line",
        Naming::Source => "problem.unknown-id.source",
        Naming::Table => "problem.unknown-id.table",
        Naming::Column => "problem.unknown-id.column",
        Naming::Hardship => "problem.unknown-id.hardship",
        Naming::NoPlus => "problem.unknown-id.no-plus",
        Naming::Use => "problem.unknown-id.use",
        Naming::ChargedHousehold => "problem.unknown-id.charged-household",
        Naming::NoBeneficiary => "problem.unknown-id.no-beneficiary",
        Naming::Payment => "problem.unknown-id.payment",
        Naming::SharedLine => "problem.unknown-id.shared-line",
        Naming::CountedLine => "problem.unknown-id.counted-line",
        Naming::NoSlash => "problem.unknown-id.no-slash",
        Naming::Clause => "problem.unknown-id.clause",
        Naming::Pack => "problem.unknown-id.pack",
        Naming::Condition => "problem.unknown-id.condition",
        Naming::Range => "problem.unknown-id.range",
        Naming::Parameter => "problem.unknown-id.parameter",
        Naming::NoSlashInClause => "problem.unknown-id.no-slash-in-clause",
        _ => "problem.unknown-id.listed",
    }
}

fn wrong_type(expected: Expected) -> &'static str {
    match expected {
        Expected::Number => "problem.bad-type.number",
        Expected::Whole => "problem.bad-type.whole",
        Expected::List => "problem.bad-type.list",
        Expected::Fields => "problem.bad-type.fields",
        Expected::Sharing => "problem.bad-type.sharing",
        Expected::Boolean => "problem.bad-type.boolean",
        Expected::YesOrNo => "problem.bad-type.yes-or-no",
        Expected::OddFen => "problem.bad-type.odd-fen",
        Expected::Date => "problem.bad-type.date",
        Expected::Day => "problem.bad-type.day",
        _ => "problem.bad-type.text",
    }
}

/// A list as a text, cut where it is long; “none” where it is empty.
pub fn listed(language: Language, known: &[String]) -> String {
    if known.is_empty() {
        return say(language, "problem.none-known");
    }
    let separator = match language {
        Language::Chinese => "、",
        Language::English => ", ",
    };
    let mut list = known.iter().take(MOST_LISTED).cloned().collect::<Vec<_>>().join(separator);
    if known.len() > MOST_LISTED {
        list.push('…');
    }
    list
}
