use clap::ArgMatches;
use fentan_core::Fen;
use fentan_core::collection::Schedule;
use fentan_core::scenario::{Base, Pinned, compare};
use fentan_words::{Language, money, say_with};

use serde::Serialize;

use crate::portion::Portion;
use crate::review::{Found, Review};
use crate::{Failure, arguments, input, output, portion};

/// What was checked, and what was found.
#[derive(Serialize)]
struct Checked<'c> {
    lines: usize,
    sources: usize,
    households: usize,
    scenarios: usize,
    budget: Fen,
    residents: Fen,
    #[serde(flatten)]
    found: Found<'c>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<&'c Portion>,
}

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let is_json = matches.get_one::<String>("format").is_some_and(|format| format == "json");
    let answered = answer(language, matches, is_json);
    if let (Err(Failure::Problems(problems)), true) = (&answered, is_json) {
        output::json_problems(language, problems)?;
    }
    answered
}

fn answer(language: Language, matches: &ArgMatches, is_json: bool) -> Result<(), Failure> {
    let packs = input::packs(language, matches)?;
    let read = portion::read_plan(language, matches, &packs, |plan, document, _| {
        let schedule = Schedule::read(document, &plan);
        (Base::new(plan, document, packs.clone()), schedule)
    });
    let ((mut base, schedule), portion) = read?;
    // No split depends on it, and nothing but this and the cash reads it.
    schedule?;
    let plan = base.plan().clone();
    let split = fentan_core::split(&plan).map_err(|error| Failure::of_split(language, error))?;
    Pinned::new(&mut base, None)
        .and_then(|pinned| compare(&mut base, &pinned, plan.scenarios(), None))
        .map_err(|error| Failure::of_split(language, error))?;
    let right = say_with(
        language,
        "cli.right",
        &[
            ("lines", &plan.lines().len().to_string()),
            ("sources", &plan.sources().len().to_string()),
            ("households", &plan.households().len().to_string()),
            ("budget", &money(split.budget)),
            ("residents", &money(split.residents)),
        ],
    );
    let review = Review::of(language, &plan, &split, &packs);
    if is_json {
        let checked = Checked {
            lines: plan.lines().len(),
            sources: plan.sources().len(),
            households: plan.households().len(),
            scenarios: plan.scenarios().len(),
            budget: split.budget,
            residents: split.residents,
            found: review.found(),
            run: portion.as_ref(),
        };
        output::print(&output::versioned(&checked)?)?;
        return arguments::fail_on(matches, review.gravest());
    }
    let scenarios = (!plan.scenarios().is_empty()).then(|| {
        let count = plan.scenarios().len().to_string();
        say_with(language, "scenario.right", &[("count", &count)])
    });
    let mendable = review.mendable();
    let offer = arguments::path(matches, "plan").filter(|_| !mendable.is_empty()).map(|path| {
        let path = path.display().to_string();
        let values = [("path", path.as_str()), ("finding", &mendable.join(" "))];
        say_with(language, "mend.offer", &values)
    });
    let text: String = portion
        .iter()
        .map(|portion| portion.told(language))
        .chain([right])
        .chain(scenarios)
        .chain(review.lines())
        .chain(offer)
        .map(|line| line + "\n")
        .collect();
    output::print(text.as_bytes())?;
    arguments::fail_on(matches, review.gravest())
}
