//! The screen, drawn.

use fentan_guest::choose_file;
use fentan_ledger::{Compound, Head, Ledger, Status, Table, report};
use fentan_words::{Language, say, say_with};
use web_sys::HtmlInputElement;
use yew::html::Scope;
use yew::{Context, Html, InputEvent, MouseEvent, TargetCast, html};

use crate::compound::compound;
use crate::filter::filter;
use crate::table::{cells, figures, heads, table};
use crate::{Ledgers, MOST_MEGABYTES, Message, Opened, State, Trouble};

/// The most compounds that are listed: a county's.
const LISTED: usize = 500;

/// All of the screen.
pub fn screen(context: &Context<Ledgers>, screen: &Ledgers) -> Html {
    let language = context.props().language;
    let link = context.link();
    let text = |key: &str| say(language, &format!("ledger.page.{key}"));
    let choose =
        choose_file("ledger-file", ".jsonl", text("choose"), link.callback(Message::Choose));
    let mut said = String::new();
    let mut refusal = String::new();
    let (mut noted, mut slips, mut parts) = <(Html, Html, Html)>::default();
    match &screen.state {
        State::Waiting => {}
        State::Reading => said = text("reading"),
        State::Refused(name, trouble) => refusal = refused(language, name, trouble),
        State::Read(opened) => {
            let whole = report::whole(language, opened.ledger.head());
            said = format!("{} · {whole}", opened.name);
            noted = compared(language, link, &opened.heads, &screen.noted);
            slips = doubts(language, &opened.ledger);
            parts = read(language, link, opened, screen);
        }
    }
    html! {
        <>
            <link rel="stylesheet" href="fentan-ledgers.css" />
            <section id="ledger" class="panel" aria-labelledby="ledger-heading">
                <h2 id="ledger-heading">{ text("heading") }</h2>
                <p class="note">{ text("note") }</p>
                <p class="tools">{ choose }</p>
                <p id="ledger-head" class="note" role="status">{ said }</p>
                <p id="ledger-refusal" role="alert">{ refusal }</p>
                { slips }
                { noted }
            </section>
            { parts }
        </>
    }
}

fn refused(language: Language, name: &str, trouble: &Trouble) -> String {
    match trouble {
        Trouble::TooLarge => {
            let values = [("path", name), ("most", &MOST_MEGABYTES.to_string())];
            say_with(language, "ledger.page.too-large", &values)
        }
        Trouble::Unreadable => say_with(language, "ledger.page.unreadable", &[("path", name)]),
        Trouble::Faulty(faulty) => report::faulty(language, name, faulty),
    }
}

/// The entries that are likely to be slips, as `fentan ledger check` lists them.
fn doubts(language: Language, ledger: &Ledger) -> Html {
    const LISTED: usize = 100;
    let all = ledger.doubts().count();
    let told = ledger.doubts().take(LISTED).map(|(line, doubt)| {
        let what = report::doubt(language, doubt);
        say_with(language, "ledger.doubt.at", &[("line", &line.to_string()), ("what", &what)])
    });
    let more = (all > LISTED).then(|| {
        let count = (all - LISTED).to_string();
        say_with(language, "ledger.doubt.more", &[("count", &count)])
    });
    told.chain(more).map(|line| html! { <p class="note">{ line }</p> }).collect()
}

/// A field for a head that somebody noted, and what it says of the ledger.
fn compared(language: Language, link: &Scope<Ledgers>, heads: &[Head], noted: &str) -> Html {
    let oninput = link.callback(|event: InputEvent| {
        Message::Compare(event.target_unchecked_into::<HtmlInputElement>().value())
    });
    let (said, refusal) = match noted.trim() {
        "" => Default::default(),
        noted => match report::noted(language, noted, heads) {
            Ok(said) => (said, String::new()),
            Err(refusal) => (String::new(), refusal),
        },
    };
    html! {
        <>
            <p class="tools">
                <label>
                    { say(language, "ledger.page.noted") }
                    <input
                        id="ledger-noted"
                        autocomplete="off"
                        spellcheck="false"
                        aria-invalid={(!refusal.is_empty()).to_string()}
                        aria-describedby="ledger-noted-refusal"
                        value={noted.to_owned()}
                        {oninput}
                    />
                </label>
            </p>
            <p id="ledger-noted-said" class="note" role="status">{ said }</p>
            <p id="ledger-noted-refusal" role="alert">{ refusal }</p>
        </>
    }
}

/// The compound that is shown, or all that the filter takes and what they come to.
fn read(language: Language, link: &Scope<Ledgers>, opened: &Opened, screen: &Ledgers) -> Html {
    let ledger = &opened.ledger;
    let all = ledger.compounds();
    if let Some(shown) = screen.shown.and_then(|index| all.get(index)) {
        return compound(language, link, opened, shown);
    }
    let looked_at: Vec<(usize, &Compound)> =
        all.iter().enumerate().filter(|(_, one)| screen.filter.takes(one)).collect();
    let compounds: Vec<&Compound> = looked_at.iter().map(|(_, one)| *one).collect();
    let counts = [all.len(), looked_at.len()].map(|count| count.to_string());
    let counts = [("all", counts[0].as_str()), ("count", &counts[1])];
    let totals = ledger.totals(&screen.filter);
    let places: Vec<usize> = (0..totals.columns.len()).collect();
    let rows = totals
        .rows
        .iter()
        .map(|row| cells(language, &totals, &places, row).into_iter().map(Html::from).collect());
    let total_heads = heads(language, &totals, &places);
    html! {
        <>
            <section id="ledger-totals" class="panel" aria-labelledby="ledger-together-heading">
                <h2 id="ledger-together-heading">{ say(language, "ledger.page.together") }</h2>
                { filter(language, link, ledger, screen) }
                <p id="ledger-count" class="note" role="status">
                    { say_with(language, "ledger.page.count", &counts) }
                </p>
                { figures(language, &Table::sum(&compounds)) }
                <h3 id="ledger-totals-heading">{ say(language, "ledger.page.totals") }</h3>
                { table("ledger-totals-heading", &total_heads, rows) }
            </section>
            <section id="ledger-compounds" class="panel" aria-labelledby="ledger-compounds-heading">
                <h2 id="ledger-compounds-heading">{ say(language, "ledger.page.compounds") }</h2>
                if looked_at.len() > LISTED {
                    <p class="note">
                        { say_with(language, "ledger.page.listed", &[("listed", &LISTED.to_string())]) }
                    </p>
                }
                { list(language, link, &ledger.table(&screen.filter), &looked_at) }
            </section>
        </>
    }
}

/// The compounds that are looked at, each with its place among all. Days and who confirmed them stand
/// in a compound's history.
fn list(
    language: Language,
    link: &Scope<Ledgers>,
    compounds: &Table,
    looked_at: &[(usize, &Compound)],
) -> Html {
    let is_of_history = |name: &str| {
        let status = name.strip_suffix("_by").unwrap_or(name);
        Status::ALL.iter().any(|one| one.as_str() == status)
    };
    let columns = compounds.columns.iter().enumerate();
    let places: Vec<usize> =
        columns.filter(|(_, one)| !is_of_history(&one.name)).map(|(place, _)| place).collect();
    let rows = compounds.rows.iter().zip(looked_at).take(LISTED).map(|(row, &(index, _))| {
        let mut texts = cells(language, compounds, &places, row).into_iter();
        let onclick = link.callback(move |_: MouseEvent| Message::Show(index));
        let opener = html! {
            <button type="button" id={opener(index)} class="figure" {onclick}>
                { texts.next().unwrap_or_default() }
            </button>
        };
        std::iter::once(opener).chain(texts.map(Html::from)).collect()
    });
    table("ledger-compounds-heading", &heads(language, compounds, &places), rows)
}

/// The id of what shows the compound at a place among all.
pub fn opener(index: usize) -> String {
    format!("ledger-compound-{index}")
}
