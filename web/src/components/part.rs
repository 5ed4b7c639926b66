use std::rc::Rc;

use fentan_words::Language;
use yew::{Component, Context, Html, Properties};

use super::editing::Editing;
use super::household_rows::household_rows;
use super::line_table::line_table;
use super::proof::proof;
use super::source_table::source_table;
use super::summary::summary;
use super::who_pays::who_pays;
use crate::state::Shown;

/// A part of the result.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// The figures that everybody asks for first.
    Summary,
    /// Who pays, in all and by line.
    WhoPays,
    /// Every line by payer.
    Lines(Editing),
    /// Every source.
    Sources(Editing),
    /// These households, by their places in the roster.
    HouseholdRows(Vec<usize>),
    /// The sums that must agree.
    Proof,
}

/// What a part shows.
#[derive(PartialEq, Properties)]
pub struct ViewProperties {
    /// The language.
    pub language: Language,
    /// The plan and its split.
    pub shown: Rc<Shown>,
    /// Which part.
    pub part: Part,
}

/// A part of the result, drawn again only when what it shows changes.
#[derive(Debug)]
pub struct View;

impl Component for View {
    type Message = ();
    type Properties = ViewProperties;

    fn create(_: &Context<Self>) -> View {
        View
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let ViewProperties { language, shown, part } = context.props();
        match part {
            Part::Summary => summary(*language, shown),
            Part::WhoPays => who_pays(*language, shown),
            Part::Lines(editing) => line_table(editing, shown),
            Part::Sources(editing) => source_table(editing, shown),
            Part::HouseholdRows(households) => household_rows(shown, households),
            Part::Proof => proof(*language, shown),
        }
    }
}
