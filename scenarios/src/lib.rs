//! The screen of scenarios: what would come out if some of the plan were otherwise. A program of
//! its own, loaded when the screen is first shown.

#![forbid(unsafe_code)]

mod compare;

use fentan_core::{Document, Error, Plan};
use fentan_guest::Given;
use yew::{Component, Context, Html};

fentan_guest::program!(Scenarios);

/// The screen.
#[derive(Debug)]
pub struct Scenarios;

impl Component for Scenarios {
    type Message = ();
    type Properties = Given;

    fn create(_: &Context<Self>) -> Scenarios {
        Scenarios
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let given = context.props();
        let compared = Document::from_json(given.plan.as_bytes())
            .map_err(Error::from)
            .and_then(|document| Ok((Plan::read(&document, None)?, document)))
            .and_then(|(plan, document)| compare::compared(&plan, &document));
        match compared {
            Ok(comparison) => compare::table(given.language, &comparison),
            Err(error) => compare::refused(given.language, &error),
        }
    }
}
