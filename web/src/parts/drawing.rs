//! Draws parts of a plan one after another, as an opening and a closing mark stand around what
//! is in them. Every call is a few bytes of a program that every visitor loads.

use yew::{Html, html};

use crate::parts::editing::Editing;
use crate::parts::elements::{all, element};
use crate::parts::field::{
    Blank, Choice, choice, dot, fields, fill_note, input_id, pick, problem_note,
};

/// What is being drawn.
pub struct Drawing<'e> {
    /// The plan.
    pub editing: &'e Editing,
    /// The part of it that is being drawn: the fields named are of this table.
    pub path: String,
    /// Whether what comes next is not drawn: it is folded away, and would cost time with every key.
    pub is_folded: bool,
    parts: Vec<Html>,
    open: Vec<(&'static str, &'static str, usize)>,
}

impl<'e> Drawing<'e> {
    /// Nothing yet.
    pub fn new(editing: &'e Editing) -> Drawing<'e> {
        Drawing {
            editing,
            path: String::new(),
            is_folded: false,
            parts: Vec::new(),
            open: Vec::new(),
        }
    }

    /// All of it.
    pub fn finish(self) -> Html {
        all(self.parts)
    }

    /// Starts an element of a class, which may be empty.
    pub fn open(&mut self, tag: &'static str, class: &'static str) {
        self.open.push((tag, class, self.parts.len()));
    }

    /// Ends the element started last.
    pub fn close(&mut self) {
        if let Some((tag, class, start)) = self.open.pop() {
            let inside = all(self.parts.split_off(start));
            self.parts.push(element(tag, class, inside));
        }
    }

    /// Ends the element of a list started last, which keeps its place in the page by this key
    /// whatever comes and goes before it.
    pub fn close_as(&mut self, key: String) {
        if let Some((.., start)) = self.open.pop() {
            let inside = all(self.parts.split_off(start));
            self.parts.push(html! { <li {key}>{ inside }</li> });
        }
    }

    /// Takes what was drawn since this element was started, without the element.
    pub fn take(&mut self) -> Html {
        let (.., start) = self.open.pop().unwrap_or_default();
        all(self.parts.split_off(start))
    }

    /// Draws a part from the plan and the path, if it is not folded away.
    pub fn draw(&mut self, part: impl FnOnce(&'e Editing, &str) -> Html) {
        if !self.is_folded {
            let part = part(self.editing, &self.path);
            self.parts.push(part);
        }
    }

    /// Something drawn elsewhere.
    pub fn put(&mut self, html: Html) {
        self.draw(|_, _| html);
    }

    /// An element with a text.
    pub fn text(&mut self, tag: &'static str, class: &'static str, text: &str) {
        self.draw(|_, _| element(tag, class, text));
    }

    /// An element with the text under a key.
    pub fn say(&mut self, tag: &'static str, class: &'static str, key: &str) {
        self.draw(|editing, _| element(tag, class, editing.say(key)));
    }

    /// What is written in a field.
    pub fn written(&self, field: &str) -> &'e str {
        self.editing.text(&dot(&self.path, field))
    }

    /// Inputs for fields.
    pub fn fields(&mut self, blanks: &[Blank]) {
        self.draw(|editing, path| fields(editing, path, blanks));
    }

    /// A choice for a field, by keys: what it is called, what none is called, and what the
    /// names of its values begin with.
    pub fn choice(&mut self, field: &str, [name, none, names]: [&str; 3], values: &[&'static str]) {
        self.draw(|editing, path| {
            let mut options = vec![("", editing.say(none))];
            for value in values {
                options.push((value, editing.say(&dot(names, value))));
            }
            choice(editing, &dot(path, field), editing.say(name), false, options)
        });
    }

    /// A choice that is more than a text in a field, by the key of its name.
    pub fn pick(&mut self, field: &str, name: &str, chosen: &str, choices: Vec<Choice>) {
        self.draw(|editing, path| {
            pick(editing, &dot(path, field), editing.say(name), false, chosen, choices)
        });
    }

    /// What is wrong with the part as a whole.
    pub fn problems(&mut self) {
        let problems = self.editing.problems_at(&self.path);
        // Nothing has its place, too: what stands around it is not to be drawn anew.
        let id = input_id(&self.path);
        self.parts.push(problem_note(&id, problems).unwrap_or_default());
        self.fills();
    }

    /// What a policy pack filled into the part as a whole.
    pub fn fills(&mut self) {
        let fills = self.editing.fills(&self.path).map(|fill| fill_note("", fill)).collect();
        self.parts.push(all(fills));
    }
}
