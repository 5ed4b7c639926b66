//! What programs share that draw a screen of the page: they are loaded when it is first shown.
//!
//! Such a program is a component that is [`Given`] the plan, and the functions that the page calls,
//! which [`program!`] writes:
//!
//! ```ignore
//! fentan_guest::program!(Scenarios);
//! ```

#![forbid(unsafe_code)]

mod file;

use std::rc::Rc;

use fentan_core::Change;
use fentan_words::Language;
use js_sys::{Function, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;
use yew::{AppHandle, BaseComponent, Callback, Component, Context, Html, Properties, Renderer};

pub use file::{bytes_of, choose_file, once_drawn};
#[doc(hidden)]
pub use wasm_bindgen::prelude;

/// What a screen is given to draw.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Given {
    /// The whole plan, roster and all, as JSON.
    pub plan: Rc<str>,
    /// The language to draw it in.
    pub language: Language,
    /// Changes the plan, as if that were done on a screen of the page's own: kept, undone and made
    /// again together. The plan so changed is then given anew.
    pub change: Callback<Vec<Change>>,
}

/// A screen that is open.
#[derive(Debug)]
pub struct Guest<Screen: BaseComponent<Properties = Given>> {
    app: AppHandle<Screen>,
    change: Callback<Vec<Change>>,
}

impl<Screen: BaseComponent<Properties = Given>> Guest<Screen> {
    /// Opens a screen in an element of the page. Changes go to a function of the page's, in the form
    /// that its programs talk in (postcard).
    pub fn open(root: JsValue, plan: &str, language: &str, change: JsValue) -> Guest<Screen> {
        // Yew numbers the roots of a program from one and tells by those numbers, written into the
        // document, whose events are whose: the first is the number of the page around this root.
        if let Ok(nowhere) = gloo::utils::document().create_element("div") {
            Renderer::<Nothing>::with_root(nowhere).render().destroy();
        }
        let change: Function = change.unchecked_into();
        let change = Callback::from(move |changes: Vec<Change>| {
            let bytes = postcard::to_allocvec(&changes).unwrap_or_default();
            // The page catches what goes wrong.
            let _ = change.call1(&JsValue::UNDEFINED, &Uint8Array::from(bytes.as_slice()));
        });
        let root: Element = root.unchecked_into();
        let given = given(plan, language, &change);
        Guest { app: Renderer::<Screen>::with_root_and_props(root, given).render(), change }
    }

    /// Draws another plan, or in another language.
    pub fn show(&mut self, plan: &str, language: &str) {
        self.app.update(given(plan, language, &self.change));
    }

    /// Closes the screen.
    pub fn close(self) {
        self.app.destroy();
    }
}

fn given(plan: &str, language: &str, change: &Callback<Vec<Change>>) -> Given {
    let language = Language::of_tag(language).unwrap_or_default();
    Given { plan: plan.into(), language, change: change.clone() }
}

/// A root that draws nothing.
#[derive(Debug)]
struct Nothing;

impl Component for Nothing {
    type Message = ();
    type Properties = ();

    fn create(_: &Context<Self>) -> Nothing {
        Nothing
    }

    fn view(&self, _: &Context<Self>) -> Html {
        Html::default()
    }
}

/// Writes the functions by which the page opens, draws and closes a screen.
#[macro_export]
macro_rules! program {
    ($screen:ty) => {
        std::thread_local! {
            static OPEN: std::cell::RefCell<Option<$crate::Guest<$screen>>> =
                const { std::cell::RefCell::new(None) };
        }

        /// Opens the screen in an element of the page, with a function that takes changes.
        #[$crate::prelude::wasm_bindgen]
        pub fn open(
            root: $crate::prelude::JsValue,
            plan: &str,
            language: &str,
            change: $crate::prelude::JsValue,
        ) {
            OPEN.set(Some($crate::Guest::open(root, plan, language, change)));
        }

        /// Draws another plan, or in another language.
        #[$crate::prelude::wasm_bindgen]
        pub fn show(plan: &str, language: &str) {
            OPEN.with_borrow_mut(|open| {
                if let Some(open) = open {
                    open.show(plan, language);
                }
            });
        }

        /// Closes the screen.
        #[$crate::prelude::wasm_bindgen]
        pub fn close() {
            if let Some(open) = OPEN.take() {
                open.close();
            }
        }
    };
}
