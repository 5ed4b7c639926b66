//! A long table: of thousands of rows those in sight are drawn, and some around them; room is kept for the others.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::{Callback, Event, Html, TargetCast, html};

use crate::message::Look;

/// How high a row is, in hundredths of a rem, as in the style sheet.
const ROW_HEIGHT: usize = 275;

/// A long table.
pub struct List<'l> {
    /// The id of the box that it scrolls in.
    pub id: &'static str,
    /// The id of its heading.
    pub heading: &'static str,
    /// The headings of its columns.
    pub heads: Vec<Html>,
    /// How many rows there are.
    pub count: usize,
    /// The first row that is drawn, and how many.
    pub seen: (usize, usize),
    /// What hears of other rows in sight.
    pub scroll: Callback<(usize, usize)>,
    /// The row at a place.
    pub row: &'l dyn Fn(usize) -> Vec<Html>,
}

/// Draws such a table.
pub fn list(list: List<'_>) -> Html {
    let List { id, heading, heads, count, seen, scroll, row } = list;
    let width = heads.len();
    let start = seen.0.min(count);
    let end = count.min(start + seen.1);
    // Rows have no keys: those that are there take the texts of others, which is quicker than to make new ones.
    let rows = (start..end).map(|place| {
        html! { <tr aria-rowindex={(place + 2).to_string()}>{ for row(place) }</tr> }
    });
    let onscroll = Callback::from(move |event: Event| {
        let found = in_sight(count, &event.target_unchecked_into());
        if let Some(found) = found.filter(|found| *found != seen) {
            scroll.emit(found);
        }
    });
    html! {
        <div {id} class="table-box long" role="group" tabindex="0" aria-labelledby={heading} {onscroll}>
            <table aria-rowcount={(count + 1).to_string()}>
                <thead><tr aria-rowindex="1">{ for heads }</tr></thead>
                <tbody>
                    { room(start, width) }
                    { for rows }
                    { room(count - end, width) }
                </tbody>
            </table>
        </div>
    }
}

/// Brings the first rows of the box with this id into sight.
pub fn to_top(id: &str) {
    if let Some(scrolling) = gloo::utils::document().get_element_by_id(id) {
        scrolling.set_scroll_top(0);
    }
}

/// The rows that a box shows, scrolled as it is.
fn in_sight(count: usize, scrolling: &HtmlElement) -> Option<(usize, usize)> {
    let body = scrolling.query_selector("tbody").ok()??.dyn_into::<HtmlElement>().ok()?;
    let (above, height) = (scrolling.scroll_top(), scrolling.client_height());
    Some(Look::part(count, above, height, body.offset_height()))
}

/// Room for so many rows that are not drawn.
fn room(rows: usize, width: usize) -> Html {
    if rows == 0 {
        return Html::default();
    }
    let height = rows * ROW_HEIGHT;
    let height = format!("{}.{:02}rem", height / 100, height % 100);
    html! {
        <tr class="room" aria-hidden="true">
            <td colspan={width.to_string()}><svg width="1" {height}></svg></td>
        </tr>
    }
}
