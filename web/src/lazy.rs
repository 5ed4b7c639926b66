//! The boundaries at which the program is split, all of them: what stands behind one is a chunk of its own, which a
//! browser loads when it is first needed. `cargo xtask build` splits the program and lists what each chunk takes.
//!
//! A boundary gives a function and no more: whatever is called by its name on this side stands in the program that every
//! visitor loads, and a type with its code. A chunk that can't be loaded, or is of another build, is an error here, and is
//! asked for again when it is needed next.

use std::rc::Rc;

use fentan_core::{Document, Figure, Problem, policy};
use fentan_words::{Explanation, Language, take_in, texts};
use gloo::file::File;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::Html;

use crate::engine::database::Shelf;
use crate::engine::wastebasket::{Move, Moving, move_plan};
use crate::message::TextFile;
use crate::packed::Packed;
use crate::page::{Page, Screen};
use crate::parts::editing::Editing;
use crate::parts::open_files::{Reading, reading};
use crate::screens::consult::{Asked, Told};
use crate::screens::result::charts::Figures;
use crate::screens::result::law::{Law, Question};
use crate::screens::result::statement::Statement;
use crate::screens::scenarios::comparing::Compares;
use crate::session::Session;
use crate::work::Task;
use crate::work::thread::Does;
use crate::{screens, work};

/// A part of the page that is loaded when it is first shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A screen.
    Screen(Screen),
    /// What comes before the page until it is closed.
    Dialogs,
}

/// What draws a part.
pub type Draw = fn(&Page, &Editing) -> Html;

/// What words a problem.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// What is wrong with a plan, and what to do about it.
    pub problem: fn(Language, &Problem, &Document<'_>) -> String,
    /// The same behind its place.
    pub line: fn(Language, &Problem, &Document<'_>) -> String,
    /// What a place of a plan is called, by its path.
    pub place: fn(Language, &str, &Document<'_>) -> String,
}

/// What reads files that are opened.
pub type Opening = fn(Language, Vec<File>) -> Reading;

/// What moves a plan between the shelf and the wastebasket.
pub type Moves = fn(Rc<Shelf>, u32, Move) -> Moving;

/// What opens a plan for its scenarios to be compared.
pub type Opens = fn(&Session) -> Box<dyn Compares>;

/// What answers what a view asks of the households of the open plan.
pub type Consults = fn(&Session, &Packed<Asked>) -> Packed<Told>;

/// What explains the open plan.
#[derive(Clone, Copy)]
pub struct Explains {
    /// What its charts show.
    pub charts: fn(&Session) -> Option<Packed<Figures>>,
    /// What law and policy say of it.
    pub law: fn(&Session, Question) -> Law,
    /// A file of the split.
    pub split: fn(&Session) -> Option<TextFile>,
    /// The reason of a figure.
    pub reason: fn(&Session, &Packed<Figure>) -> Option<Packed<Explanation>>,
    /// The statement of a household.
    pub statement: fn(&Session, usize) -> Option<Packed<Statement>>,
}

macro_rules! boundaries {
    ($($chunk:ident: fn $name:ident() -> $answer:ty $body:block)*) => { $(
        #[wasm_split($chunk, fallible)]
        fn $name() -> Result<$answer, SplitLoaderError> {
            let part = $body;
            Ok(part)
        }
    )* };
}

boundaries! {
    english: fn english() -> () {
        take_in(&[&texts::TERMS_ENGLISH, &texts::PAGE_ENGLISH]);
    }
    problems: fn problems() -> Words {
        take_in_of_problems();
        // That the plan's policy is none of those at hand is a problem, too: here are the others.
        policy::take_in();
        Words {
            problem: fentan_words::problem_in_plan,
            line: fentan_words::problem_at,
            place: fentan_words::place,
        }
    }

    editing: fn works() -> Draw {
        take_in_of_editing();
        take_in(&texts::GIVEN);
        screens::works::works
    }
    editing: fn sources() -> Draw {
        take_in_of_editing();
        screens::sources::sources
    }
    editing: fn agreements() -> Draw {
        take_in_of_editing();
        screens::agreements::agreements
    }
    editing: fn roster() -> Draw {
        take_in_of_editing();
        screens::roster::roster
    }

    result: fn result() -> Draw {
        take_in_of_law();
        take_in(&texts::CHARTS);
        take_in(&texts::RESULT);
        screens::result::result
    }
    result: fn dialogs() -> Draw {
        take_in(&texts::EDITING);
        take_in(&texts::OPENING);
        take_in(&texts::RESULT);
        take_in(&texts::HOUSEHOLD_FIGURES);
        screens::dialogs
    }
    result: fn explaining() -> Explains {
        take_in_of_law();
        take_in_of_reasons();
        Explains {
            charts: screens::result::charts::figures,
            law: screens::result::law::law,
            split: screens::result::saving::split_file,
            reason: screens::result::reason::reason,
            statement: screens::result::statement::statement_of,
        }
    }

    scenarios: fn scenarios() -> Draw {
        take_in_of_scenarios();
        screens::scenarios::draw
    }
    scenarios: fn comparing() -> Opens {
        take_in_of_scenarios();
        screens::scenarios::comparing::open
    }
    scenarios: fn scenario_tasks() -> Does {
        take_in_of_scenarios();
        screens::scenarios::work::perform
    }

    scenarios: fn programme() -> (Draw, Does) {
        take_in_of_law();
        take_in_of_problems();
        take_in_of_reasons();
        take_in(&texts::VIEW_PROGRAMME);
        policy::take_in();
        (screens::programme::draw as Draw, work::programme::perform as Does)
    }

    papers: fn papers() -> Draw {
        take_in_of_papers();
        take_in(&texts::TARIFF);
        take_in(&texts::RECONCILE);
        screens::papers::draw
    }
    paper: fn write_paper() -> Does {
        take_in_of_law();
        take_in_of_problems();
        take_in_of_papers();
        take_in(&texts::CHANGES);
        policy::take_in();
        work::papers::perform
    }
    paper: fn publish_tariff() -> Does {
        take_in_of_papers();
        policy::take_in();
        take_in_of_problems();
        work::tariff::perform
    }

    example: fn writes_example() -> fn() -> TextFile {
        screens::example::example
    }
    opening: fn shelf() -> Draw {
        take_in(&texts::SHELF);
        screens::shelf::draw
    }

    opening: fn wastebasket() -> Moves {
        move_plan
    }
    opening: fn open_files() -> Opening {
        take_in(&texts::OPENING);
        reading
    }

    files: fn import() -> Draw {
        take_in(&texts::IMPORT);
        screens::import::draw
    }
    workbooks: fn read_file() -> Does {
        take_in(&texts::IMPORT);
        take_in_of_problems();
        screens::import::opened::perform
    }
    workbooks: fn reconcile() -> Does {
        take_in(&texts::IMPORT);
        take_in_of_problems();
        take_in(&texts::RECONCILE);
        policy::take_in();
        work::reconcile::perform
    }
    files: fn take_cells() -> Does {
        take_in(&texts::IMPORT);
        take_in_of_problems();
        work::cells::perform
    }
    workbooks: fn account_tasks() -> Does {
        take_in_of_account();
        take_in_of_law();
        take_in_of_problems();
        take_in_of_papers();
        [texts::IMPORT, texts::LIFT, texts::VIEW_LIFT, texts::CASH]
            .iter()
            .for_each(|one| take_in(one));
        policy::take_in();
        work::account::perform
    }
    files: fn read_toml() -> Does {
        take_in_of_problems();
        work::toml::perform
    }

    ledger: fn ledger() -> Draw {
        take_in(&texts::PROGRAMME);
        screens::ledger::draw
    }

    lookup: fn consulting() -> Consults {
        take_in_of_law();
        take_in_of_reasons();
        [texts::VIEW_LOOKUP, texts::VIEW_VOTE].iter().for_each(|one| take_in(one));
        screens::consult::answer
    }
    lookup: fn lookup() -> Draw {
        take_in(&texts::VIEW_LOOKUP);
        take_in(&texts::RESULT);
        take_in(&texts::CHARTS);
        screens::lookup::draw
    }
    lookup: fn vote() -> Draw {
        take_in_of_law();
        take_in(&texts::RESULT);
        take_in(&texts::VIEW_VOTE);
        screens::vote::draw
    }
    lookup: fn versions() -> Draw {
        take_in(&texts::VIEW_VERSIONS);
        take_in(&texts::CHANGES);
        screens::versions::draw
    }
    lookup: fn tell_changes() -> Does {
        policy::take_in();
        take_in_of_problems();
        work::changes::perform
    }
    account: fn collection() -> [Draw; 2] {
        take_in_of_account();
        take_in(&texts::VIEW_COLLECTION);
        [texts::CASH, texts::VIEW_CASH].iter().for_each(|one| take_in(one));
        [screens::collection::draw, screens::cash::draw]
    }
    account: fn final_account() -> Draw {
        take_in_of_account();
        take_in(&texts::VIEW_FINAL_ACCOUNT);
        screens::final_account::draw
    }
    account: fn joining() -> Draw {
        take_in_of_account();
        take_in(&texts::VIEW_JOINING);
        screens::joining::draw
    }
    account: fn who_pays() -> Draw {
        policy::take_in();
        [texts::WHO_PAYS, texts::POLICY, texts::FINDINGS].iter().for_each(|one| take_in(one));
        take_in(&texts::VIEW_WHO_PAYS);
        screens::who_pays::draw
    }
    account: fn lift() -> Draw {
        take_in_of_account();
        take_in(&texts::LIFT);
        take_in(&texts::VIEW_LIFT);
        screens::lift::draw
    }
    editing: fn health() -> Draw {
        take_in_of_editing();
        take_in(&texts::VIEW_HEALTH);
        screens::health::draw
    }
    editing: fn basis() -> Draw {
        take_in_of_editing();
        take_in(&texts::GIVEN);
        take_in(&texts::WHO_PAYS);
        take_in(&texts::VIEW_BASIS);
        screens::basis::draw
    }
}

/// Takes in the texts of what follows a split.
fn take_in_of_account() {
    [texts::ACCOUNT, texts::BOOK, texts::COLLECTION].iter().for_each(|one| take_in(one));
}

/// Takes in the texts of the screens that edit a plan, which say what law says, too.
fn take_in_of_editing() {
    take_in_of_law();
    take_in(&texts::EDITING);
}

/// Takes in the texts of scenarios, which say what is wrong with one, too, and the policies that plans
/// may have.
fn take_in_of_scenarios() {
    policy::take_in();
    take_in_of_problems();
    [texts::SCENARIO, texts::SCENARIOS].iter().for_each(|one| take_in(one));
}

/// Takes in the texts of how figures come about.
fn take_in_of_reasons() {
    [texts::GIVEN, texts::HOUSEHOLD_FIGURES, texts::REASONS].iter().for_each(|one| take_in(one));
}

/// Takes in the texts of papers.
fn take_in_of_papers() {
    [texts::HOUSEHOLD_FIGURES, texts::PAPERS].iter().for_each(|one| take_in(one));
}

/// Takes in the texts of what is wrong, and of where it stands in a plan.
fn take_in_of_problems() {
    [texts::PROBLEMS, texts::PROBLEMS_OF_PLANS].iter().for_each(|one| take_in(one));
}

/// Takes in the texts of law and policy.
fn take_in_of_law() {
    [texts::FINDINGS, texts::POLICY, texts::VOTE, texts::LAW].iter().for_each(|one| take_in(one));
}

/// Takes in the texts that are said from the start.
pub fn begin() {
    take_in(&[&texts::TERMS_CHINESE, &texts::PAGE_CHINESE]);
}

/// Loads the texts of a language that are said from the start; tells whether they are here.
pub async fn speaks(language: Language) -> bool {
    match language {
        Language::Chinese => true,
        Language::English => english().await.is_ok(),
    }
}

/// Loads a part of the page; `None` where it can't be loaded, or needs no loading.
pub async fn part(part: Part) -> Option<Draw> {
    let draw = match part {
        Part::Dialogs => dialogs().await,
        Part::Screen(screen) => match screen {
            Screen::Works => works().await,
            Screen::Sources => sources().await,
            Screen::Agreements => agreements().await,
            Screen::Roster => roster().await,
            Screen::Result => result().await,
            Screen::Scenarios => scenarios().await,
            Screen::Papers => papers().await,
            Screen::Import => import().await,
            Screen::Ledger => ledger().await,
            Screen::Programme => programme().await.map(|(draw, _)| draw),
            Screen::Lookup => lookup().await,
            Screen::Vote => vote().await,
            Screen::Versions => versions().await,
            Screen::Collection | Screen::Cash => {
                collection().await.map(|draws| draws[usize::from(screen == Screen::Cash)])
            }
            Screen::FinalAccount => final_account().await,
            Screen::Joining => joining().await,
            Screen::WhoPays => who_pays().await,
            Screen::Lift => lift().await,
            Screen::Health => health().await,
            Screen::Basis => basis().await,
            Screen::Shelf => shelf().await,
        },
    };
    draw.ok()
}

/// Loads what words a problem.
pub async fn words() -> Option<Words> {
    problems().await.ok()
}

/// Loads the example, as a plan in JSON.
pub async fn example() -> Option<TextFile> {
    writes_example().await.ok().map(|write| write())
}

/// Loads what reads files that are opened.
pub async fn opening() -> Option<Opening> {
    open_files().await.ok()
}

/// Loads what moves plans between the shelf and the wastebasket.
pub async fn moves() -> Option<Moves> {
    wastebasket().await.ok()
}

/// Loads what explains the open plan.
pub async fn explains() -> Option<Explains> {
    explaining().await.ok()
}

/// Loads what opens a plan for its scenarios to be compared.
pub async fn compares() -> Option<Opens> {
    comparing().await.ok()
}

/// Loads what answers what a view asks of households.
pub async fn consults() -> Option<Consults> {
    consulting().await.ok()
}

/// Loads what does a task.
pub async fn task(task: Task) -> Option<Does> {
    let does = match task {
        Task::Toml => read_toml().await,
        Task::Cells => take_cells().await,
        Task::Import => read_file().await,
        Task::Paper => write_paper().await,
        Task::Tariff => publish_tariff().await,
        Task::Reconcile => reconcile().await,
        Task::Scenarios => scenario_tasks().await,
        Task::Changes => tell_changes().await,
        Task::Account => account_tasks().await,
        Task::Programme => programme().await.map(|(_, does)| does),
    };
    does.ok()
}
