//! Prints a paper from the page: in a frame of its own, so that neither the page nor a saved file has to be printed by hand.
//!
//! The page's policy lets no style apply that stands in a text, and a frame within the page is under it, too. So the paper
//! is read first, as text of no page, and its styles are given to the frame the way a program gives them.

use gloo::timers::callback::Timeout;
use gloo::utils::{body, document};
use js_sys::{Array, Function, Reflect, global};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Node};

/// The id of the frame.
const ID: &str = "printed";

/// Has the browser print a paper, an HTML file of ours; `None` where it can't.
pub fn print(html: &str) -> Option<()> {
    if let Some(before) = document().get_element_by_id(ID) {
        before.remove();
    }
    // The only styles in attributes are widths of columns; a text that says so has its brackets escaped.
    let html = html.replace("<col style=", "<col data-style=");
    let parser = made(&global(), "DOMParser", &Array::new())?;
    let parsed: Document =
        called(&parser, "parseFromString", &[html.into(), "text/html".into()])?.unchecked_into();
    let styles = parsed.query_selector("style").ok()??.text_content()?;

    let frame = document().create_element("iframe").ok()?;
    frame.set_attribute("id", ID).ok()?;
    frame.set_attribute("title", &parsed.title()).ok()?;
    body().append_child(&frame).ok()?;
    let window = Reflect::get(&frame, &"contentWindow".into()).ok()?;
    let paper: Document = Reflect::get(&frame, &"contentDocument".into()).ok()?.unchecked_into();
    let sheet = made(&window, "CSSStyleSheet", &Array::new())?;
    called(&sheet, "replaceSync", &[styles.into()])?;
    Reflect::set(&paper, &"adoptedStyleSheets".into(), &Array::of1(&sheet)).ok()?;
    paper.set_title(&parsed.title());
    let root = paper.document_element()?;
    let language = parsed.document_element()?.get_attribute("lang").unwrap_or_default();
    root.set_attribute("lang", &language).ok()?;
    let read = paper.import_node_with_deep(parsed.body()?.unchecked_ref::<Node>(), true).ok()?;
    root.replace_child(&read, paper.body()?.unchecked_ref()).ok()?;
    widen(&paper)?;
    // Once the page has said that the paper is written.
    Timeout::new(0, move || drop(called(&window, "print", &[]))).forget();
    Some(())
}

/// Gives columns the widths that are written at them.
fn widen(paper: &Document) -> Option<()> {
    let columns = paper.query_selector_all("[data-style]").ok()?;
    for index in 0..columns.length() {
        let column: Element = columns.get(index)?.unchecked_into();
        let style = Reflect::get(&column, &"style".into()).ok()?;
        let width = column.get_attribute("data-style")?;
        Reflect::set(&style, &"cssText".into(), &width.into()).ok()?;
    }
    Some(())
}

/// An object of a class that a window has.
fn made(window: &JsValue, class: &str, arguments: &Array) -> Option<JsValue> {
    let class: Function = Reflect::get(window, &class.into()).ok()?.dyn_into().ok()?;
    Reflect::construct(&class, arguments).ok()
}

/// What a method of an object gives back.
fn called(object: &JsValue, method: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let method: Function = Reflect::get(object, &method.into()).ok()?.unchecked_into();
    method.apply(object, &arguments.iter().collect::<Array>()).ok()
}
