use std::rc::Rc;

use fentan_words::say;
use gloo::file::ObjectUrl;
use web_sys::{Document, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::{Callback, Component, Context, Html, html};

use super::editing::Editing;
use super::household_table::household_table;
use super::language_choice::language_choice;
use super::open_files::open_files;
use super::part::{Part, View};
use super::problem_panel::problem_panel;
use super::save_split::{save, save_split};
use super::stale_note::stale_note;
use super::top_bar::top_bar;
use crate::state::{Action, Draft, Shown, State};

/// The page.
pub struct App {
    state: State,
    /// Where actions of the parts go; made once, so that parts see that it stays the same.
    send: Callback<Action>,
    /// Where the browser reads the file saved last.
    saved: Option<ObjectUrl>,
}

/// What happens on the page.
#[derive(Debug)]
pub enum Message {
    /// The state changes.
    Act(Action),
    /// The split is saved.
    Save,
}

impl Component for App {
    type Message = Message;
    type Properties = ();

    fn create(context: &Context<Self>) -> App {
        App { state: State::example(), send: context.link().callback(Message::Act), saved: None }
    }

    fn update(&mut self, _: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Act(action) => self.state = self.state.reduce(action),
            Message::Save => self.saved = self.state.shown.as_deref().and_then(save),
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let App { state, send, .. } = self;
        let language = state.language;
        let stale = state.trouble.is_some();
        let actions = [
            open_files(language, send),
            save_split(language, (!stale).then(|| context.link().callback(|_| Message::Save))),
            language_choice(language, send),
        ];
        let problems = state.draft.as_ref().map(|draft| {
            let editing = self.editing(Rc::clone(draft), true);
            problem_panel(state, &editing)
        });
        html! {
            <>
                <a class="skip" href="#summary">{ say(language, "page.skip") }</a>
                { top_bar(language, self.plan_name(), actions) }
                <main>
                    { problems }
                    { state.shown.as_ref().map(|shown| self.result(shown, stale)) }
                </main>
            </>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        let document = gloo::utils::document();
        document.set_title(&say(self.state.language, "page.title"));
        if let Some(root) = document.document_element() {
            // The attribute can be set on any element.
            let _ = root.set_attribute("lang", self.state.language.tag());
        }
        if self.state.trouble.is_some() {
            keep_focus_in_view(&document);
        }
    }
}

/// Brings what is being typed in out from under the note that covers the foot of the window.
fn keep_focus_in_view(document: &Document) {
    if let Some(focus) = document.active_element() {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        focus.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

impl App {
    fn editing(&self, draft: Rc<Draft>, open: bool) -> Editing {
        Editing {
            language: self.state.language,
            draft,
            trouble: self.state.trouble.clone().filter(|_| open),
            open,
            send: self.send.clone(),
        }
    }

    fn plan_name(&self) -> String {
        let name = self.state.shown.as_ref().and_then(|shown| shown.plan.name());
        name.map_or_else(|| say(self.state.language, "page.unnamed"), str::to_owned)
    }

    fn result(&self, shown: &Rc<Shown>, stale: bool) -> Html {
        let App { state, send, .. } = self;
        let language = state.language;
        let shows_draft = state.shows_draft();
        let draft = state.draft.clone().filter(|_| shows_draft);
        let editing = self.editing(draft.unwrap_or_else(|| shown.draft()), shows_draft);
        let view = |part| html! { <View {language} shown={Rc::clone(shown)} {part} /> };
        let name = self.plan_name();
        html! {
            <div id="result" data-stale={stale.then_some("")}>
                { for [
                    Part::Summary,
                    Part::WhoPays,
                    Part::Lines(editing.clone()),
                    Part::Sources(editing),
                ].map(view) }
                { household_table(language, shown, &state.search, send) }
                { view(Part::Proof) }
                if stale {
                    { stale_note(language, Some(name.as_str()).filter(|_| !shows_draft)) }
                }
            </div>
        }
    }
}
