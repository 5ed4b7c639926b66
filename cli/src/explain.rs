use std::fmt::Write;

use clap::ArgMatches;
use fentan_core::{Explainer, Figure, HouseholdFigure, Plan};
use fentan_words::{Explanation, Language, printable, reason, say, say_with};

use serde::Serialize;

use crate::portion::Portion;
use crate::{Failure, input, output, portion};

/// The figures that were asked about, each with its reason.
#[derive(Serialize)]
struct Explained<'e> {
    figures: Vec<Explanation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<&'e Portion>,
}

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let packs = input::packs(language, matches)?;
    let (plan, portion) = portion::plan(language, matches, &packs)?;
    let explainer = Explainer::new(&plan)?;
    let asked = Asked::of(language, &plan, matches)?;
    let figures = asked.figures(&plan, &explainer);
    if matches.get_one::<String>("format").is_some_and(|format| format == "json") {
        let explained = figures.into_iter().filter_map(|figure| explainer.reason(figure));
        let figures = explained.map(|found| reason(language, &plan, &found)).collect();
        let explained = Explained { figures, run: portion.as_ref() };
        return Ok(output::print(&output::versioned(&explained)?)?);
    }
    let depth = matches.get_one::<u8>("depth").copied().unwrap_or(asked.depth());
    let mut text = String::new();
    for figure in figures {
        let before = text.len();
        tell(language, &plan, &explainer, figure, depth, 0, &mut text);
        if text.len() > before {
            text.push('\n');
        }
    }
    if text.is_empty() {
        return Err(anyhow::Error::msg(say(language, "cli.explain.nothing")).into());
    }
    let head = portion::head(language, portion.as_ref());
    Ok(output::print((head + &text).as_bytes())?)
}

/// What the command line asks about, by the plan's indices.
struct Asked {
    household: Option<usize>,
    line: Option<usize>,
    source: Option<usize>,
    figure: Option<HouseholdFigure>,
}

impl Asked {
    fn of(language: Language, plan: &Plan, matches: &ArgMatches) -> Result<Asked, Failure> {
        let households = plan.households().iter().map(|household| &*household.id);
        let lines = plan.lines().iter().map(|line| line.id.as_str());
        let sources = plan.sources().iter().map(|source| source.id.as_str());
        let figure = matches.get_one::<String>("figure").map(String::as_str);
        Ok(Asked {
            household: position(language, matches, "household", households)?,
            line: position(language, matches, "line", lines)?,
            source: position(language, matches, "source", sources)?,
            figure: HouseholdFigure::ALL.iter().copied().find(|one| Some(one.as_str()) == figure),
        })
    }

    /// How many steps into a figure are told at once: for one figure, one more.
    fn depth(&self) -> u8 {
        let is_one = self.figure.is_some() || self.line.is_some() && self.household.is_some();
        if is_one { 2 } else { 1 }
    }

    fn figures(&self, plan: &Plan, explainer: &Explainer<'_>) -> Vec<Figure> {
        match (self.household, self.line, self.source) {
            (Some(household), Some(line), _) => {
                let rest =
                    [Figure::LineRelief { household, line }, Figure::LineBorne { household, line }];
                let rest = rest.into_iter().filter(|&figure| says_something(explainer, figure));
                std::iter::once(Figure::LineShare { household, line }).chain(rest).collect()
            }
            (Some(household), None, _) => match self.figure {
                Some(figure) => vec![Figure::Of { household, figure }],
                None => {
                    let all = HouseholdFigure::ALL.iter();
                    let all = all.map(|&figure| Figure::Of { household, figure });
                    all.filter(|&figure| says_something(explainer, figure)).collect()
                }
            },
            (None, Some(line), Some(source)) => vec![
                Figure::Limit { source, line },
                Figure::Payment { source, line },
                Figure::GiveBack { source, line },
                Figure::Paid { source, line },
            ],
            (None, Some(line), None) => {
                let sources = 0..plan.sources().len();
                let paid = sources.map(|source| Figure::Paid { source, line });
                let rest = [
                    Figure::Uncovered { line },
                    Figure::PotPayment { line },
                    Figure::Residents { line },
                ];
                let all = paid.chain(rest);
                all.filter(|&figure| says_something(explainer, figure)).collect()
            }
            (None, None, Some(source)) => {
                let lines = explainer.lines_covered_by(source);
                let paid = lines.map(|line| Figure::Paid { source, line });
                std::iter::once(Figure::Offer { source }).chain(paid).collect()
            }
            (None, None, None) => Vec::new(),
        }
    }
}

/// Whether there is such a figure, and more to it than nothing.
fn says_something(explainer: &Explainer<'_>, figure: Figure) -> bool {
    explainer.reason(figure).is_some_and(|reason| !reason.value.is_zero())
}

fn position<'i>(
    language: Language,
    matches: &ArgMatches,
    argument: &str,
    mut ids: impl Iterator<Item = &'i str>,
) -> Result<Option<usize>, Failure> {
    let Some(asked) = matches.get_one::<String>(argument) else {
        return Ok(None);
    };
    match ids.position(|id| id == asked) {
        Some(index) => Ok(Some(index)),
        None => {
            let unknown = format!("cli.explain.unknown-{argument}");
            Err(anyhow::Error::msg(say_with(language, &unknown, &[("seen", asked)])).into())
        }
    }
}

/// Tells a figure's reason, and under it, further in, those of the figures in it.
fn tell(
    language: Language,
    plan: &Plan,
    explainer: &Explainer<'_>,
    figure: Figure,
    depth: u8,
    indent: usize,
    text: &mut String,
) {
    let Some(found) = explainer.reason(figure) else {
        return;
    };
    let Explanation { title, value, formula, rounding, inputs, clauses } =
        reason(language, plan, &found);
    let margin = "    ".repeat(indent);
    // Writing to a text can't fail.
    let _ = writeln!(text, "{margin}{}  {value}", printable(&title));
    let _ = writeln!(text, "{margin}  = {formula}");
    for note in rounding {
        let _ = writeln!(text, "{margin}  · {note}");
    }
    if indent == 0 {
        let basis = say(language, "clause.basis");
        for clause in clauses {
            let _ = writeln!(text, "{margin}  § {basis} {clause}");
        }
    }
    for input in inputs {
        match input.figure {
            Some(figure) if depth > 1 => {
                tell(language, plan, explainer, figure, depth - 1, indent + 1, text);
            }
            _ => {
                let from =
                    plan.filled_at(input.path.as_deref().unwrap_or_default()).map(|filled| {
                        let from =
                            say_with(language, "policy.filled-from", &[("pack", &filled.pack)]);
                        format!("  ({from})")
                    });
                let from = from.unwrap_or_default();
                let name = match input.path {
                    Some(path) if path != input.name => format!("{} · {path}", input.name),
                    _ => input.name,
                };
                let name = printable(&name);
                let _ = writeln!(text, "{margin}    {name}  {}{from}", input.value);
            }
        }
    }
}
