//! The screen, drawn.

use fentan_core::Value;
use fentan_guest::choose_file;
use fentan_import::{Content, LeftOut, Mapping, Table, report};
use fentan_words::{Language, say, say_with};
use gloo::utils::document;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlElement, HtmlInputElement, HtmlSelectElement, Url};
use yew::html::Scope;
use yew::{Context, Event, Html, MouseEvent, TargetCast, html};

use crate::opened::Opened;
use crate::{Message, State, Workbooks};

/// The values and rows that are shown; the file has them all.
const SHOWN: usize = 5;
const LISTED: usize = 20;
/// The cells of a column that show what is in it.
const SAMPLES: usize = 3;

/// All of the screen.
pub fn screen(context: &Context<Workbooks>, state: &State) -> Html {
    let language = context.props().language;
    let link = context.link();
    let said = match state {
        State::Waiting => Html::default(),
        State::Reading => html! { <p role="status">{ say(language, "import.page.reading") }</p> },
        State::Refused(name, unreadable) => {
            let detail = say(language, &format!("import.unreadable.{}", unreadable.as_str()));
            let values = [("path", name.as_str()), ("detail", detail.as_str())];
            html! { <p class="note bad" role="alert">{ say_with(language, "import.file", &values) }</p> }
        }
        State::Read(opened) => read(language, link, opened),
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
        ".xlsx,.xls,.ods,.csv,.tsv,.txt",
        say(language, "import.page.choose"),
        link.callback(Message::Choose),
    );
    html! {
        <section id="import" class="panel" aria-labelledby="import-heading">
            <link rel="stylesheet" href="fentan-workbooks.css" />
            <h2 id="import-heading">{ say(language, "import.page.heading") }</h2>
            <p class="note">{ say(language, "import.page.note") }</p>
            <p class="tools">{ choose }</p>
            { said }
        </section>
    }
}

/// How a file was understood, what came of it, and what was left out.
fn read(language: Language, link: &Scope<Workbooks>, opened: &Opened) -> Html {
    let sheets =
        opened.tables.iter().zip(&opened.mappings).enumerate().map(|(index, (table, mapping))| {
            sheet(language, link, opened.content, index, table, mapping.as_ref())
        });
    let conclusions = opened.imported.conclusions.iter();
    let conclusions =
        conclusions.map(|&one| html! { <li>{ report::conclusion(language, one) }</li> });
    let (unusable, needless): (Vec<_>, Vec<_>) =
        opened.imported.left_out.iter().partition(|one| one.reason.is_unusable());
    html! {
        <>
            <h3>{ opened.name.clone() }</h3>
            { contents(language, link, opened.content) }
            { for sheets }
            if conclusions.len() > 0 {
                <ul class="note">{ for conclusions }</ul>
            }
            { values(language, opened) }
            { left_out(language, link, &unusable, needless.len()) }
            { take(language, link, opened) }
        </>
    }
}

fn contents(language: Language, link: &Scope<Workbooks>, content: Content) -> Html {
    let onchange = link.callback(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        let works = select.value() == Content::Works.as_str();
        Message::Understand(if works { Content::Works } else { Content::Roster })
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
    link: &Scope<Workbooks>,
    content: Content,
    index: usize,
    table: &Table,
    mapping: Option<&Mapping>,
) -> Html {
    let choose = link.callback(move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        Message::Sheet(index, input.checked())
    });
    let name = match &*table.name {
        "" => say(language, "import.page.text"),
        name if table.hidden => say_with(language, "import.page.hidden", &[("sheet", name)]),
        name => name.to_owned(),
    };
    html! {
        <fieldset>
            <legend>
                <label id={format!("import-sheet-{index}")}>
                    <input type="checkbox" checked={mapping.is_some()} onchange={choose} />
                    { name }
                </label>
            </legend>
            { for mapping.map(|mapping| columns(language, link, content, index, table, mapping)) }
        </fieldset>
    }
}

/// Which column becomes what, each to be corrected.
fn columns(
    language: Language,
    link: &Scope<Workbooks>,
    content: Content,
    index: usize,
    table: &Table,
    mapping: &Mapping,
) -> Html {
    let head = link.batch_callback(move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        input.value().trim().parse().ok().map(|row| Message::Heading(index, row))
    });
    let row = mapping.heading_row.unwrap_or_default().to_string();
    let below = table.rows.iter().filter(|row| Some(row.number) > mapping.heading_row);
    let below: Vec<_> = below.skip(mapping.heading_rows.saturating_sub(1)).take(LISTED).collect();
    let columns = mapping.columns.iter().enumerate().map(|(position, column)| {
        let cells = below.iter().filter_map(|row| row.cells.get(position)).map(|cell| cell.trim());
        let samples: Vec<_> = cells.filter(|cell| !cell.is_empty()).take(SAMPLES).collect();
        let zeros = (column.zeros == 4).then(|| say(language, "import.in-ten-thousands"));
        html! {
            <tr>
                <th scope="row">{ report::column_letters(position) }</th>
                <td>{ column.heading.clone() }</td>
                <td>{ samples.join(" · ") }</td>
                <td>
                    { field(language, link, content, index, position, column.field.as_deref()) }
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
                <input type="number" min="0" value={row} onchange={head} />
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
        </>
    }
}

/// What a column becomes, to choose from.
fn field(
    language: Language,
    link: &Scope<Workbooks>,
    content: Content,
    sheet: usize,
    column: usize,
    field: Option<&str>,
) -> Html {
    let onchange = link.callback(move |event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        Message::Assign(sheet, column, Some(select.value()).filter(|value| !value.is_empty()))
    });
    // A weight or charge of another name stands only where its heading says so.
    let further = field.filter(|field| !content.fields().contains(field));
    let options = content.fields().iter().copied().chain(further).map(|one| {
        let name = report::field(language, one);
        html! { <option value={one.to_owned()} selected={field == Some(one)}>{ name }</option> }
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
fn values(language: Language, opened: &Opened) -> Html {
    let shown = opened.imported.values.iter().take(SHOWN);
    let mut fields: Vec<&str> = Vec::new();
    for (name, value) in shown.clone().flat_map(Value::fields) {
        if value.text().is_some() && !fields.contains(&name.as_ref()) {
            fields.push(name);
        }
    }
    let class = |field: &str| opened.content.is_number(field).then_some("number");
    let heads = fields.iter().map(|one| {
        html! { <th scope="col" class={class(one)}>{ report::field(language, one) }</th> }
    });
    let rows = shown.map(|value| {
        let cells = fields.iter().map(|field| {
            let text = value.get(field).and_then(Value::text).unwrap_or_default();
            html! { <td class={class(field)}>{ text.to_owned() }</td> }
        });
        html! { <tr>{ for cells }</tr> }
    });
    let read = format!("import.read-{}", opened.content.as_str());
    let count = opened.imported.values.len().to_string();
    let read = say_with(language, &read, &[("count", &count)]);
    html! {
        <>
            <h3 id="import-read">{ read }</h3>
            <div class="table-box" role="group" tabindex="0" aria-labelledby="import-read">
                <table><thead><tr>{ for heads }</tr></thead><tbody>{ for rows }</tbody></table>
            </div>
        </>
    }
}

fn left_out(
    language: Language,
    link: &Scope<Workbooks>,
    unusable: &[&LeftOut],
    needless: usize,
) -> Html {
    let count = |key: &str, count: usize| say_with(language, key, &[("count", &count.to_string())]);
    let rows = unusable.iter().take(LISTED).map(|one| {
        html! { <li>{ report::left_out(language, one) }</li> }
    });
    let download = link.callback(|_: MouseEvent| Message::Download);
    html! {
        <>
            if !unusable.is_empty() {
                <div id="import-left-out" class="note bad" role="alert">
                    <p>{ count("import.unusable", unusable.len()) }</p>
                    <ul>{ for rows }</ul>
                    <button type="button" id="import-download" onclick={download}>
                        { say(language, "import.page.download") }
                    </button>
                </div>
            }
            if needless > 0 {
                <p class="note">{ count("import.needless", needless) }</p>
            }
        </>
    }
}

fn take(language: Language, link: &Scope<Workbooks>, opened: &Opened) -> Html {
    let does = |adding| link.callback(move |_: MouseEvent| Message::Take(adding));
    let nothing = opened.imported.values.is_empty();
    html! {
        <p class="tools">
            <button type="button" id="import-instead" disabled={nothing} onclick={does(false)}>
                { say(language, "import.page.instead") }
            </button>
            <button type="button" id="import-adding" disabled={nothing} onclick={does(true)}>
                { say(language, "import.page.adding") }
            </button>
        </p>
    }
}

/// Hands a file to the browser to keep.
pub fn download(name: &str, bytes: &[u8]) {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type("text/csv");
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options);
    let address = blob.and_then(|blob| Url::create_object_url_with_blob(&blob));
    let link = document().create_element("a");
    if let (Ok(address), Ok(link)) = (address, link) {
        // What can't be set can't be clicked either.
        let _ = link.set_attribute("href", &address);
        let _ = link.set_attribute("download", name);
        link.unchecked_into::<HtmlElement>().click();
        let _ = Url::revoke_object_url(&address);
    }
}
