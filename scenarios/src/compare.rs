//! Scenarios beside their base.

use fentan_core::{Base, Comparison, Document, Error, Fen, Packs, Plan, Totals, compare};
use fentan_words::{Language, money, problem_line, say};
use yew::{Html, html};

/// The plan's scenarios beside it.
pub fn compared(plan: &Plan, document: &Document<'_>) -> Result<Comparison, Error> {
    let mut base = Base::new(plan.clone(), document, Packs::default());
    compare(&mut base, None, plan.scenarios(), None)
}

/// The comparison as a table.
pub fn table(language: Language, comparison: &Comparison) -> Html {
    let figures: [(&str, fn(&Totals) -> Fen); 6] = [
        ("measure.residents", |totals| totals.residents),
        ("measure.cash", |totals| totals.cash.total),
        ("measure.median_cash", |totals| totals.cash.median),
        ("measure.p90_cash", |totals| totals.cash.ninetieth),
        ("measure.highest_cash", |totals| totals.cash.highest),
        ("measure.cash_per_area", |totals| totals.cash.per_area),
    ];
    let scenarios = comparison.scenarios.iter();
    let names = scenarios.clone().map(|one| one.name.as_deref().unwrap_or(&one.id));
    let heads = names.map(|name| html! { <th scope="col">{ name.to_owned() }</th> });
    let rows = figures.into_iter().map(|(key, figure)| {
        let totals = std::iter::once(&comparison.base);
        let totals = totals.chain(comparison.scenarios.iter().map(|one| &one.totals));
        let cells = totals.map(|totals| html! { <td>{ money(figure(totals)) }</td> });
        html! { <tr><th scope="row">{ say(language, key) }</th>{ for cells }</tr> }
    });
    html! {
        <section id="compare" class="panel" aria-labelledby="compare-heading">
            <h2 id="compare-heading">{ say(language, "compare.about") }</h2>
            <div class="table-box" role="group" tabindex="0" aria-labelledby="compare-heading">
                <table>
                    <thead><tr>
                        <th scope="col">{ say(language, "compare.figure") }</th>
                        <th scope="col">{ say(language, "compare.base") }</th>
                        { for heads }
                    </tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </section>
    }
}

/// Why there is nothing to compare.
pub fn refused(language: Language, error: &Error) -> Html {
    let lines = match error {
        Error::Problems(problems) => {
            problems.iter().map(|problem| problem_line(language, problem)).collect()
        }
        unreconciled => vec![unreconciled.to_string()],
    };
    let lines = lines.into_iter().map(|line| html! { <li>{ line }</li> });
    html! { <ul class="note bad">{ for lines }</ul> }
}
