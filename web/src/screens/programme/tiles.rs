//! The compounds as tiles, by county: with names where there is room for them, else as squares. What a colour says a
//! width says, too; the table has the same figures.

use std::collections::BTreeMap;
use std::fmt::Write;

use fentan_words::{Language, say, say_with};
use web_sys::HtmlSelectElement;
use yew::html::Scope;
use yew::{Event, Html, MouseEvent, TargetCast, html};

use super::shading::{CLASSES, Shading, WIDTHS};
use super::table::{Column, columns, words};
use super::{Message, Screen};
use crate::work::programme::Programme;

/// The most compounds that are drawn with their names.
const NAMED: usize = 60;
/// How many squares stand beside each other, and how wide the place of each is.
const ACROSS: usize = 20;
const PLACE: usize = 14;

/// The chart.
pub fn tiles(
    language: Language,
    link: &Scope<Screen>,
    screen: &Screen,
    programme: &Programme,
) -> Html {
    let text = |key: &str| say(language, &format!("view.programme.{key}"));
    let shading = Shading::of(language, screen, programme);
    let is_named = screen.found.len() <= NAMED;
    let mut counties: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, &compound) in screen.found.iter().enumerate() {
        counties.entry(&programme.compounds[compound].county).or_default().push(place);
    }
    let counties = counties.into_iter().map(|(county, places)| {
        let name = if county.is_empty() { text("no-county") } else { county.to_owned() };
        let heading = format!("{name} · {}", places.len());
        let drawn = match is_named {
            true => named(language, link, screen, programme, &shading, &places),
            false => squares(link, screen, &shading, &places, &heading),
        };
        html! { <div class="county"><h4>{ heading }</h4>{ drawn }</div> }
    });
    let note = match is_named {
        true => text("chart-note"),
        false => say_with(language, "view.programme.chart-small", &[("most", &NAMED.to_string())]),
    };
    let legend = shading.legend.iter().map(|(class, label, count)| {
        let values = [("label", label.as_str()), ("count", &count.to_string())];
        html! {
            <li>
                <i class={CLASSES[*class]}></i>
                { say_with(language, "view.programme.legend", &values) }
            </li>
        }
    });
    html! {
        <>
            <h3 id="programme-chart">{ text("chart") }</h3>
            <p class="tools">{ colours(language, link, screen, programme) }</p>
            <p class="note">{ note }</p>
            <ul class="tile-legend">{ for legend }</ul>
            <div class="counties">{ for counties }</div>
        </>
    }
}

/// The choice of what the tiles show.
fn colours(
    language: Language,
    link: &Scope<Screen>,
    screen: &Screen,
    programme: &Programme,
) -> Html {
    let columns: Vec<Column> = columns(screen, programme);
    let columns: Vec<Column> = columns.into_iter().filter(|column| !column.is_text()).collect();
    let options = columns.iter().map(|&column| {
        html! {
            <option value={column.key()} selected={column == screen.colour}>
                { column.name(language, screen, programme) }
            </option>
        }
    });
    let options: Html = options.collect();
    let onchange = link.batch_callback(move |event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        let column = columns.iter().find(|column| column.key() == value);
        column.map(|&column| Message::Colour(column))
    });
    html! {
        <label>
            { say(language, "view.programme.colour") }
            <select id="programme-colour" {onchange}>{ options }</select>
        </label>
    }
}

/// Tiles with names, each of which opens its compound.
fn named(
    language: Language,
    link: &Scope<Screen>,
    screen: &Screen,
    programme: &Programme,
    shading: &Shading,
    places: &[usize],
) -> Html {
    let tiles = places.iter().map(|&place| {
        let compound = screen.found[place];
        let onclick = link.callback(move |_: MouseEvent| Message::Show(Some(compound)));
        html! {
            <li>
                <button type="button" class={CLASSES[shading.classes[place]]} {onclick}>
                    <b>{ &programme.compounds[compound].name }</b>
                    <span>{ words(language, &shading.values[place]) }</span>
                </button>
            </li>
        }
    });
    html! { <ul class="tiles">{ for tiles }</ul> }
}

/// Squares, in one drawing: thousands of elements would be slow.
fn squares(
    link: &Scope<Screen>,
    screen: &Screen,
    shading: &Shading,
    places: &[usize],
    heading: &str,
) -> Html {
    let mut shapes = vec![String::new(); CLASSES.len()];
    for (at, &place) in places.iter().enumerate() {
        let class = shading.classes[place];
        let width = WIDTHS[class];
        let inset = (PLACE - width) / 2;
        let (left, top) = (at % ACROSS * PLACE + inset, at / ACROSS * PLACE + inset);
        // Writing to a text can't fail.
        let _ = write!(shapes[class], "M{left} {top}h{width}v{width}h-{width}z");
    }
    let shapes = shapes.into_iter().enumerate().filter(|(_, shape)| !shape.is_empty());
    let shapes = shapes.map(|(class, shape)| html! { <path class={CLASSES[class]} d={shape} /> });
    let width = (ACROSS * PLACE).to_string();
    let height = (places.len().div_ceil(ACROSS) * PLACE).to_string();
    let compounds: Vec<usize> = places.iter().map(|&place| screen.found[place]).collect();
    let onclick = link.batch_callback(move |event: MouseEvent| {
        let place = |pixels: i32| usize::try_from(pixels).unwrap_or_default() / PLACE;
        let (across, down) = (place(event.offset_x()), place(event.offset_y()));
        let compound = compounds.get(down * ACROSS + across.min(ACROSS - 1));
        compound.map(|&compound| Message::Show(Some(compound)))
    });
    html! {
        <svg class="squares" role="img" aria-label={heading.to_owned()} {width} {height} {onclick}>
            { for shapes }
        </svg>
    }
}
