//! The screen, drawn.

use fentan_import::{Content, report};
use fentan_words::{Language, say, say_with};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::html::Scope;
use yew::{Context, Event, Html, MouseEvent, TargetCast, html};

use super::view::{Asked, Fault, Lines, Listed, Reading, Sheet, View};
use super::{Import, Message, State};
use crate::parts::file::choose_file;

/// All of the screen.
pub fn screen(context: &Context<Import>, state: &State, has_forgotten: bool) -> Html {
    let language = context.props().language;
    let link = context.link();
    let said = match state {
        State::Waiting => Html::default(),
        State::Reading => html! { <p role="status">{ say(language, "import.page.reading") }</p> },
        State::Refused(name, unreadable) => {
            let detail = match unreadable {
                Some(unreadable) => {
                    say(language, &format!("import.unreadable.{}", unreadable.as_str()))
                }
                None => say(language, "page.refused.not-loaded"),
            };
            let values = [("path", name.as_str()), ("detail", detail.as_str())];
            html! { <p class="note bad" role="alert">{ say_with(language, "import.file", &values) }</p> }
        }
        State::Read(view, is_accepted) => {
            let fields = fields(language, view, &context.props().lines);
            read(language, link, view, &fields, *is_accepted)
        }
        State::Taken(content, count) => {
            let key = format!("import.page.taken-{}", content.as_str());
            let (part, screen) = match content {
                Content::Roster => ("#roster", "import.page.to-roster"),
                Content::Works => ("#works", "import.page.to-works"),
            };
            html! {
                <p class="note" role="status">
                    { say_with(language, &key, &[("count", &count.to_string())]) }
                    { " " }<a href={part}>{ say(language, screen) }</a>
                </p>
            }
        }
    };
    let choose = choose_file(
        "import-file",
        ".xlsx,.xls,.ods,.csv,.tsv,.txt,.xlsm,.et,.xml,.htm,.html",
        say(language, "import.page.choose"),
        link.callback(Message::Choose),
    );
    html! {
        <section id="import" class="panel" aria-labelledby="import-heading">
            <link rel="stylesheet" href="import.css" />
            <h2 id="import-heading">{ say(language, "import.page.heading") }</h2>
            <p class="note">{ say(language, "import.page.note") }</p>
            <p class="tools">{ choose }</p>
            if has_forgotten {
                <p class="note" role="status">{ say(language, "import.page.forgotten") }</p>
            }
            { said }
        </section>
    }
}

/// How a file was understood, what came of it, and what was left out.
fn read(
    language: Language,
    link: &Scope<Import>,
    view: &View,
    fields: &Fields,
    is_accepted: bool,
) -> Html {
    let sheets = view.sheets.iter().enumerate();
    let sheets =
        sheets.map(|(index, one)| sheet(language, link, fields, view.first_sheet + index, one));
    let conclusions = view.conclusions.iter().map(|one| html! { <li>{ one }</li> });
    html! {
        <>
            <h3>{ view.name.clone() }</h3>
            { contents(language, link, view.content) }
            { other_sheets(language, link, view) }
            { for sheets }
            if conclusions.len() > 0 {
                <ul class="note">{ for conclusions }</ul>
            }
            { values(language, view) }
            { checks(language, view) }
            { left_out(language, link, view) }
            { asks(language, link, view, is_accepted) }
            { take(language, link, view, is_accepted) }
        </>
    }
}

/// Which of the sheets are shown, where there are more, and the way to those before and behind.
fn other_sheets(language: Language, link: &Scope<Import>, view: &View) -> Html {
    let (first, shown) = (view.first_sheet, view.sheets.len());
    if shown == view.sheet_count {
        return Html::default();
    }
    let way = |key: &str, to: Option<usize>| {
        let onclick = to.map(|to| link.callback(move |_| Message::Ask(Asked::Sheets(to))));
        html! {
            <button type="button" disabled={onclick.is_none()} {onclick}>{ say(language, key) }</button>
        }
    };
    let before = (first > 0).then(|| first.saturating_sub(View::MOST_SHEETS));
    let behind = Some(first + shown).filter(|next| *next < view.sheet_count);
    let numbers = [first + 1, first + shown, view.sheet_count].map(|number| number.to_string());
    let [from, to, all] = numbers.each_ref().map(String::as_str);
    let values = [("from", from), ("to", to), ("all", all)];
    html! {
        <p id="import-sheets" class="tools">
            <span role="status">{ say_with(language, "import.page.sheets", &values) }</span>
            { way("import.page.sheets-before", before) }
            { way("import.page.sheets-behind", behind) }
        </p>
    }
}

fn contents(language: Language, link: &Scope<Import>, content: Content) -> Html {
    let onchange = link.callback(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        let works = select.value() == Content::Works.as_str();
        Message::Ask(Asked::Understand(if works { Content::Works } else { Content::Roster }))
    });
    let options = Content::ALL.iter().map(|&one| {
        let name = say(language, &format!("import.page.{}", one.as_str()));
        html! { <option value={one.as_str()} selected={one == content}>{ name }</option> }
    });
    html! {
        <p class="tools">
            <label>
                { say(language, "import.page.content") }
                <select id="import-content" {onchange}>{ for options }</select>
            </label>
        </p>
    }
}

fn sheet(
    language: Language,
    link: &Scope<Import>,
    fields: &Fields,
    index: usize,
    sheet: &Sheet,
) -> Html {
    let choose = link.callback(move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        Message::Ask(Asked::Sheet(index, input.checked()))
    });
    let name = match &*sheet.name {
        "" => say(language, "import.page.text"),
        name if sheet.is_hidden => say_with(language, "import.page.hidden", &[("sheet", name)]),
        name => name.to_owned(),
    };
    let reading = sheet.reading.as_ref();
    html! {
        <fieldset>
            <legend>
                <label id={format!("import-sheet-{index}")}>
                    <input type="checkbox" checked={reading.is_some()} onchange={choose} />
                    { name }
                </label>
            </legend>
            { for reading.map(|reading| columns(language, link, fields, index, reading)) }
        </fieldset>
    }
}

/// Which column becomes what, each to be corrected.
fn columns(
    language: Language,
    link: &Scope<Import>,
    fields: &Fields,
    index: usize,
    reading: &Reading,
) -> Html {
    let head = link.batch_callback(move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let row = input.value().trim().parse().ok();
        row.map(|row| Message::Ask(Asked::Heading(index, row)))
    });
    let columns = reading.columns.iter().enumerate().map(|(position, column)| {
        let zeros = column.is_in_ten_thousands.then(|| say(language, "import.in-ten-thousands"));
        html! {
            <tr>
                <th scope="row">{ report::column_letters(position) }</th>
                <td>{ column.heading.clone() }</td>
                <td>{ column.samples.join(" · ") }</td>
                <td>
                    { field(language, link, fields, index, position, column.field.as_deref()) }
                    { " " }{ zeros }
                </td>
            </tr>
        }
    });
    let head_of = |name: &str| say(language, &format!("import.table.{name}"));
    html! {
        <>
            <label>
                { say(language, "import.page.heading-row") }
                <input type="number" min="0" value={reading.heading_row.to_string()} onchange={head} />
            </label>
            <div class="table-box" role="group" tabindex="0" aria-labelledby={format!("import-sheet-{index}")}>
                <table>
                    <thead><tr>
                        <th scope="col">{ head_of("column") }</th>
                        <th scope="col">{ head_of("heading") }</th>
                        <th scope="col">{ head_of("samples") }</th>
                        <th scope="col">{ head_of("field") }</th>
                    </tr></thead>
                    <tbody>{ for columns }</tbody>
                </table>
            </div>
            if !reading.further.is_empty() {
                <p class="note">{ say(language, "import.page.further") }</p>
                <ul class="note">{ for reading.further.iter().map(|one| html! { <li>{ one }</li> }) }</ul>
            }
        </>
    }
}

/// What a column may become, each with what it is called.
type Fields = Vec<(String, String)>;

/// The fields of what the file holds. Of a roster a column may say, too, who takes part in a shared line of the plan.
fn fields(language: Language, view: &View, lines: &Lines) -> Fields {
    let own = view.content.fields().iter();
    let mut fields: Fields =
        own.map(|&one| (one.to_owned(), report::field(language, one))).collect();
    if view.content == Content::Roster {
        fields.extend(lines.iter().map(|(id, name)| {
            let name = if name.is_empty() { id } else { name };
            let called = say_with(language, "import.field.joins", &[("name", name)]);
            (["joins:", id].concat(), called)
        }));
    }
    fields
}

/// What a column becomes, to choose from.
fn field(
    language: Language,
    link: &Scope<Import>,
    fields: &Fields,
    sheet: usize,
    column: usize,
    field: Option<&str>,
) -> Html {
    let onchange = link.callback(move |event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        let field = Some(select.value()).filter(|value| !value.is_empty());
        Message::Ask(Asked::Assign(sheet, column, field))
    });
    // A weight or charge of another name stands only where its heading says so.
    let further = field.filter(|field| fields.iter().all(|(one, _)| one != field));
    let further = further.map(|one| (one.to_owned(), report::field(language, one)));
    let options = fields.iter().cloned().chain(further).map(|(one, name)| {
        let selected = field == Some(&*one);
        html! { <option value={one} {selected}>{ name }</option> }
    });
    let values = [("column", report::column_letters(column))];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    html! {
        <select aria-label={say_with(language, "import.page.becomes", &values)} {onchange}>
            <option value="" selected={field.is_none()}>{ say(language, "import.page.aside") }</option>
            { for options }
        </select>
    }
}

/// The first values as they were read.
fn values(language: Language, view: &View) -> Html {
    let class = |field: &str| view.content.is_number(field).then_some("number");
    let heads = view.fields.iter().map(|one| {
        html! { <th scope="col" class={class(one)}>{ report::field(language, one) }</th> }
    });
    let rows = view.values.iter().map(|texts| {
        let cells = view.fields.iter().zip(texts).map(|(field, text)| {
            html! { <td class={class(field)}>{ text }</td> }
        });
        html! { <tr>{ for cells }</tr> }
    });
    html! {
        <>
            <h3 id="import-read">{ view.sums.clone() }</h3>
            <div class="table-box" role="group" tabindex="0" aria-labelledby="import-read">
                <table><thead><tr>{ for heads }</tr></thead><tbody>{ for rows }</tbody></table>
            </div>
        </>
    }
}

/// Sentences of a kind, and how many more there are.
fn listed(language: Language, said: &Listed) -> Html {
    let more = (said.count - said.shown.len()).to_string();
    html! {
        <ul>
            { for said.shown.iter().map(|one| html! { <li>{ one }</li> }) }
            if said.count > said.shown.len() {
                <li>{ say_with(language, "import.page.more", &[("count", &more)]) }</li>
            }
        </ul>
    }
}

/// What the file says of itself and is so, and what is told besides.
fn checks(language: Language, view: &View) -> Html {
    html! {
        <>
            if view.agrees.count > 0 {
                <div id="import-agrees" class="told">
                    <h3>{ say(language, "import.page.agrees") }</h3>
                    { listed(language, &view.agrees) }
                </div>
            }
            if view.notes.count > 0 {
                <div id="import-notes" class="told">
                    <h3>{ say(language, "import.page.notes") }</h3>
                    { listed(language, &view.notes) }
                </div>
            }
        </>
    }
}

/// What has to be looked at before anything is taken in, with what accepts it.
fn asks(language: Language, link: &Scope<Import>, view: &View, is_accepted: bool) -> Html {
    let onchange = link.callback(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        Message::Accept(input.checked())
    });
    let accept =
        say_with(language, "import.page.accept", &[("count", &view.asks.count.to_string())]);
    html! {
        if view.asks.count > 0 {
            <div id="import-asks" role="group" aria-labelledby="import-asks-heading">
                <h3 id="import-asks-heading">{ say(language, "import.page.asks") }</h3>
                { listed(language, &view.asks) }
                <label>
                    <input type="checkbox" id="import-accept" checked={is_accepted} {onchange} />
                    { accept }
                </label>
            </div>
        }
    }
}

fn left_out(language: Language, link: &Scope<Import>, view: &View) -> Html {
    let count = |key: &str, count: usize| say_with(language, key, &[("count", &count.to_string())]);
    let download = link.callback(|_: MouseEvent| Message::Ask(Asked::LeftOut));
    html! {
        <>
            if view.unusable_count > 0 {
                <div id="import-left-out" class="note bad" role="alert">
                    <p>{ count("import.unusable", view.unusable_count) }</p>
                    <ul>{ for view.faults.iter().map(|one| fault(language, link, one)) }</ul>
                    <button type="button" id="import-download" onclick={download}>
                        { say(language, "import.page.download") }
                    </button>
                </div>
            }
            if view.needless > 0 {
                <p class="note">{ count("import.needless", view.needless) }</p>
            }
        </>
    }
}

/// Rows left out for one reason, with what mends them at once where something does.
fn fault(language: Language, link: &Scope<Import>, fault: &Fault) -> Html {
    let aside = fault.aside.map(|(sheet, column)| {
        let onclick =
            link.callback(move |_: MouseEvent| Message::Ask(Asked::Assign(sheet, column, None)));
        let letters = report::column_letters(column);
        let words = say_with(language, "import.page.set-aside", &[("column", &letters)]);
        html! { <button type="button" class="cure" {onclick}>{ words }</button> }
    });
    html! { <li>{ &fault.words }{ " " }{ aside }</li> }
}

fn take(language: Language, link: &Scope<Import>, view: &View, is_accepted: bool) -> Html {
    let does = |adding| link.callback(move |_: MouseEvent| Message::Ask(Asked::Take(adding)));
    let count = view.asks.count.to_string();
    let why = if view.count == 0 {
        Some(say(language, "import.page.empty"))
    } else if view.asks.count > 0 && !is_accepted {
        Some(say_with(language, "import.page.first-accept", &[("count", &count)]))
    } else {
        None
    };
    let disabled = why.is_some();
    let described = why.is_some().then_some("import-why");
    html! {
        <>
            if let Some(why) = why {
                <p id="import-why" class="note" role="status">{ why }</p>
            }
            <p class="tools">
                <button
                    type="button" id="import-instead" {disabled} aria-describedby={described}
                    onclick={does(false)}
                >
                    { say(language, "import.page.instead") }
                </button>
                <button
                    type="button" id="import-adding" {disabled} aria-describedby={described}
                    onclick={does(true)}
                >
                    { say(language, "import.page.adding") }
                </button>
            </p>
        </>
    }
}
