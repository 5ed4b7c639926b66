//! Prints a paper from the page: in a frame of its own, so that no saved file has to be opened and printed by hand.
//!
//! The page's policy lets no style apply that stands in a text, and a frame within the page is under it, too. So the
//! styles of a paper are taken out of it, and given to the frame the way a program gives them. All is done with what
//! the page calls of a browser anyway: each further call would be a part of what every visitor loads.

use gloo::timers::callback::Timeout;
use gloo::utils::{body, document};
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element};

/// The id of the frame.
const ID: &str = "printed";

/// Has the browser print a paper, an HTML file of ours; `None` where it can't.
pub fn print(html: &str) -> Option<()> {
    let (before, rest) = html.split_once("<style>")?;
    let (styles, after) = rest.split_once("</style>")?;
    // The only styles in attributes are widths of columns; in a text, brackets are escaped.
    let paper = [before, &after.replace("<col style=", "<col data-style=")].concat();

    if let Some(last) = document().get_element_by_id(ID) {
        body().remove_child(&last).ok()?;
    }
    let frame = document().create_element("iframe").ok()?;
    frame.set_attribute("id", ID).ok()?;
    // It is only printed: nothing of it is read out or focused.
    frame.set_attribute("aria-hidden", "true").ok()?;
    frame.set_attribute("tabindex", "-1").ok()?;
    body().append_child(&frame).ok()?;
    let window = of(&frame, "contentWindow")?;
    let written: Document = of(&frame, "contentDocument")?.unchecked_into();
    method(&written, "open")?.call0(&written).ok()?;
    method(&written, "write")?.call1(&written, &paper.into()).ok()?;
    method(&written, "close")?.call0(&written).ok()?;
    let sheet = Reflect::construct(&method(&window, "CSSStyleSheet")?, &Array::new()).ok()?;
    method(&sheet, "replaceSync")?.call1(&sheet, &styles.into()).ok()?;
    Reflect::set(&written, &"adoptedStyleSheets".into(), &Array::of1(&sheet)).ok()?;
    widen(&written)?;
    // Once the page has said that the paper is written.
    Timeout::new(0, move || drop(method(&window, "print").map(|does| does.call0(&window))))
        .forget();
    Some(())
}

/// Gives columns the widths that are written at them.
fn widen(paper: &Document) -> Option<()> {
    let columns = paper.query_selector_all("[data-style]").ok()?;
    for index in 0..columns.length() {
        let column: Element = columns.get(index)?.unchecked_into();
        let width = column.get_attribute("data-style")?;
        Reflect::set(&of(&column, "style")?, &"cssText".into(), &width.into()).ok()?;
    }
    Some(())
}

/// What an object has under a name.
fn of(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok()
}

/// A method or class of an object.
fn method(object: &JsValue, name: &str) -> Option<Function> {
    of(object, name).filter(JsValue::is_function).map(JsCast::unchecked_into)
}
