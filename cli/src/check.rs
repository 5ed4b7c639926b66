use clap::ArgMatches;
use fentan_core::scenario::{Base, Pinned, compare};
use fentan_words::{Language, money, say_with};

use crate::review::Review;
use crate::{Failure, arguments, input, output, portion};

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let packs = input::packs(language, matches)?;
    let read = portion::read_plan(language, matches, &packs, |plan, document, _| {
        Base::new(plan, document, packs.clone())
    });
    let (mut base, portion) = read?;
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
