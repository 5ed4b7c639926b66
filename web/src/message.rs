//! What the page and its engine say to each other.
//!
//! The engine works in a thread of its own (a worker), so that typing never waits for it: it
//! holds the plan, splits it, sorts the roster and keeps all in the browser's database. The
//! page holds the plan without its households, and what it shows.

use fentan_core::internal::quoted;
use fentan_core::{Change, Fen, Figure};
use fentan_import::Content;
use fentan_words::{Explanation, Language};
use gloo::worker::Codec;
use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use crate::by_payer::ByPayer;
use crate::figures::{Dues, Proof};
use crate::packed::Packed;
use crate::screens::consult::{Asked, Told};
use crate::screens::result::charts::{Distribution, Figures};
use crate::screens::result::law::{Law, Question};
use crate::screens::result::statement::Statement;
use crate::screens::scenarios::outcome::{Asked as Compared, Seen};

/// How messages travel. Gloo's own form would bring the words of errors that can't happen between
/// two halves of one program, and the printing of floats with them.
#[derive(Debug)]
pub struct Postcard;

impl Codec for Postcard {
    fn encode<I: Serialize>(message: I) -> JsValue {
        let bytes = postcard::to_allocvec(&message).expect("a message can be written");
        Uint8Array::from(bytes.as_slice()).into()
    }

    fn decode<O: for<'de> Deserialize<'de>>(message: JsValue) -> O {
        let bytes = Uint8Array::from(message).to_vec();
        postcard::from_bytes(&bytes).expect("a message of this program can be read")
    }
}

/// What the page asks of the engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Open what was open last, or a plan with nothing in it on a first visit.
    Begin(Language),
    /// Word problems and reasons in this language from now on.
    Speak(Language),
    /// Make these changes of the plan, which are undone together.
    Change(Vec<Change>),
    /// Take the last changes back.
    Undo,
    /// Make the changes again that were taken back last.
    Redo,
    /// Answer with these households.
    Look(Look),
    /// Answer with the statement of a household, by its place in the roster; none closes it.
    State(Option<usize>),
    /// Answer with the reason of a figure.
    Explain(Packed<Figure>),
    /// Answer with the law, and with the vote that this asks for from now on.
    Question(Question),
    /// Start a plan with nothing in it.
    New,
    /// Open a plan of the shelf.
    Open(u32),
    /// Put a copy of the open plan on the shelf and open it.
    Copy,
    /// Put a plan into the wastebasket.
    Discard(u32),
    /// Put a plan back on the shelf, and open it.
    Restore(u32),
    /// Take a plan out of the wastebasket for good.
    Purge(u32),
    /// Open a plan, take in a roster, or a plan with its roster.
    Read(Box<Read>),
    /// Take in what was read from cells or from a file of an office.
    TakeIn(Box<Taken>),
    /// Answer with the whole plan, where it is of another edition than this.
    Plan(u64),
    /// Answer with what the scenarios come to, by what is asked of them from now on.
    Compare(Box<Compared>),
    /// Make changes that come from no field.
    Make(Vec<Change>),
    /// Take the stand-in roster for the real one.
    Confirm,
    /// Put a household into the roster, after this one and like it; none for the last.
    Add(Option<usize>),
    /// Write cells into columns of the households listed, from a place among them on.
    Fill(Box<Filling>),
    /// Answer with a file of the plan, to open again.
    Save,
    /// Answer with a file of its split.
    SaveSplit,
    /// Answer with this too, now and whenever the plan has changed.
    Follow(Follow),
    /// Answer what a view asks of households or of their votes.
    Consult(Packed<Asked>),
}

/// What a screen shows besides how the plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Follow {
    /// Nothing.
    #[default]
    Nothing,
    /// The charts of the result.
    Charts,
    /// What the scenarios come to.
    Scenarios,
}

/// A file that was chosen from disk, or text that was pasted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TextFile {
    /// What it is called.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// What was read from files that were opened together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Read {
    /// A plan, in JSON.
    pub plan: Option<TextFile>,
    /// A roster.
    pub roster: Option<Taken>,
}

/// What was taken from cells or from a file of an office, for the plan to take in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// What it is.
    pub content: Content,
    /// Whether it comes in addition to what is there, or in its place.
    pub adding: bool,
    /// The households or lines as a plan holds them: a JSON list.
    pub values: String,
    /// How many they are.
    pub count: usize,
    /// Charges of a roster: the id of an individual line, and its charges as JSON.
    pub charges: Vec<(String, String)>,
    /// What the page is to say of it; missing where its screen has said that.
    pub report: Option<Report>,
}

/// What is said of cells that were taken.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Report {
    /// What was understood: the headings, what each column became, what was concluded.
    pub understood: Vec<String>,
    /// Rows that were left out, each with its place and why, and what it holds.
    pub left_out: Vec<(String, String)>,
}

/// Dwellings of one type, for a stand-in roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dwelling {
    /// The area of each, in m², as it is written.
    pub area: String,
    /// How many buildings there are of this type.
    pub buildings: u32,
    /// How many units a building has.
    pub units: u32,
    /// How many floors.
    pub floors: u32,
    /// How many on a floor of a unit.
    pub on_a_floor: u32,
}

impl Dwelling {
    /// The most homes of a stand-in roster.
    pub const MOST: u64 = 100_000;

    /// How many homes these are together; `None` where they are too many.
    pub fn count(dwellings: &[Dwelling]) -> Option<u64> {
        let few = |homes: u64| Some(homes).filter(|homes| *homes <= Dwelling::MOST);
        dwellings.iter().try_fold(0, |sum, one| {
            let factors = [one.buildings, one.units, one.floors, one.on_a_floor];
            let homes =
                factors.iter().try_fold(1, |product, &factor| few(product * u64::from(factor)))?;
            few(sum + homes)
        })
    }
}

/// A slab of the usual kind, to start from.
impl Default for Dwelling {
    fn default() -> Self {
        Dwelling { area: "70".to_owned(), buildings: 1, units: 3, floors: 6, on_a_floor: 2 }
    }
}

/// Which households the page shows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Look {
    /// A part of the id, or of any other text of the household; empty for all.
    pub search: String,
    /// Only this building; empty for all.
    pub building: String,
    /// Only this unit; empty for all.
    pub unit: String,
    /// What they are sorted by; none for the roster's own order.
    pub sort: Option<Sort>,
    /// The first shown, counted among those found.
    pub start: usize,
    /// The most shown.
    pub count: usize,
}

impl Look {
    /// How many households are asked for at first.
    pub const FIRST: usize = 40;

    /// The first households of the roster.
    pub fn first() -> Look {
        Look { count: Look::FIRST, ..Look::default() }
    }

    /// The part of the households found that a box shows, and some around it, as the first and
    /// how many: the box is so high, and of `whole` pixels of all rows the first `above` are
    /// scrolled past.
    ///
    /// It moves in steps, so that not every pixel scrolled asks anew.
    pub fn part(found: usize, above: i32, height: i32, whole: i32) -> (usize, usize) {
        const STEP: u64 = 8;
        let rows = |pixels: i32| {
            let pixels = u64::from(pixels.unsigned_abs());
            (pixels * found as u64).checked_div(whole.unsigned_abs().into()).unwrap_or_default()
        };
        let start = (rows(above) / STEP).saturating_sub(1) * STEP;
        let count = (rows(height) / STEP + 3) * STEP;
        (start as usize, count as usize)
    }
}

/// Cells for the households that are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Filling {
    /// The columns, by the names of [`Column`].
    pub columns: Vec<String>,
    /// The first household, counted among those listed.
    pub start: usize,
    /// The cells, row by row, as a plan holds them; those past the last household are left out.
    pub rows: Vec<Vec<String>>,
    /// Whether the first row is for all households listed.
    pub is_for_all: bool,
}

/// What households are sorted by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    /// The column: a field of a household, `charge:LINE`, or a figure of its split.
    pub column: String,
    /// Whether the greatest comes first.
    pub descending: bool,
}

/// What the engine answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// Another plan is open, or this one was changed by undo, redo or paste.
    Form(Form),
    /// The changes asked for so far are made, and this is how the plan stands.
    Standing(Box<Standing>),
    /// The households asked for.
    Rows(Rows),
    /// The statement asked for.
    Statement(Option<Packed<Statement>>),
    /// The reason asked for; none if the figure has none.
    Reason(Option<Packed<Explanation>>),
    /// What law and policy say.
    Law(Law),
    /// What the charts of the result show.
    Charts(Packed<Figures>),
    /// The plans that are kept, and how the open one is.
    Shelf(Shelf),
    /// A file to save.
    File(TextFile),
    /// The edition of the plan as it stands, and that as JSON where another was known.
    Plan(u64, Option<String>),
    /// What the scenarios come to.
    Compared(Packed<Seen>),
    /// What became of cells that were pasted.
    Pasted(Pasted),
    /// Files were not opened.
    Refused(Refusal),
    /// What was asked of households or of their votes.
    Consulted(Packed<Told>),
}

/// The open plan as its fields show it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Form {
    /// The plan without its households, as JSON.
    pub json: String,
    /// Whether another plan is open than before.
    pub is_another: bool,
}

/// How a plan stands.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Standing {
    /// How many requests to change, undo or redo are answered by this.
    pub answered: usize,
    /// What can be undone; missing where there is nothing.
    pub undo: Option<Step>,
    /// What can be made again; missing where there is nothing.
    pub redo: Option<Step>,
    /// How many households the roster has.
    pub households: usize,
    /// What is wrong; empty where the plan could be split.
    pub wrong: Vec<Wrong>,
    /// How many further problems are not listed.
    pub left_out: usize,
    /// The split; where something is wrong, none: the last one stays on screen.
    pub outcome: Option<Outcome>,
}

/// What was done to a plan, for undo and redo to say.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Step {
    /// What was done.
    pub kind: StepKind,
    /// The path of the first value that it was done to.
    pub path: String,
    /// What that is called: a name, or an id; empty where it has neither.
    pub name: String,
}

/// What can be done to a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum StepKind {
    /// A value was written.
    #[default]
    Write,
    /// Something was added.
    Add,
    /// Something was taken out.
    Remove,
    /// Something was moved.
    Move,
}

impl StepKind {
    /// The end of its key in the texts.
    pub fn key(self) -> &'static str {
        match self {
            StepKind::Write => "write",
            StepKind::Add => "add",
            StepKind::Remove => "remove",
            StepKind::Move => "move",
        }
    }
}

/// Something wrong with a plan, worded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// The path to the value.
    pub path: String,
    /// What that place is called; empty before it can be worded.
    pub place: String,
    /// The stable code of spec §5.
    pub code: String,
    /// What is wrong and what to do.
    pub words: String,
}

/// A split, as the page shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Every line by payer.
    pub by_payer: ByPayer,
    /// The most that each source gives in all, in the plan's order, the pot last; none =
    /// unlimited.
    pub offers: Vec<Option<Fen>>,
    /// What is left of the public revenue; none without that channel.
    pub pool_left: Option<Fen>,
    /// All households together.
    pub dues: Dues,
    /// What households pay in cash.
    pub cash: Distribution,
    /// The sums that must agree.
    pub proof: Proof,
}

/// Households that the page shows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rows {
    /// What was asked for.
    pub look: Look,
    /// How many were found.
    pub found: usize,
    /// The buildings there are.
    pub buildings: Vec<String>,
    /// The units there are of the building looked at.
    pub units: Vec<String>,
    /// All units of the roster, as a plan writes them: `3/1`.
    pub all_units: Vec<String>,
    /// The floors there are, from below.
    pub floors: Vec<String>,
    /// What can be written of a household.
    pub columns: Vec<Column>,
    /// The households.
    pub rows: Vec<Row>,
    /// How many households of the roster are but estimated.
    pub estimated: usize,
}

impl Rows {
    /// Whether a change types into a cell of the roster.
    pub fn shows(change: &Change) -> bool {
        match change {
            Change::Write { path, .. } | Change::Clear { path } => is_of_roster(path),
            _ => false,
        }
    }

    /// Shows a change of the plan at once, before the engine answers with it.
    pub fn write(&mut self, change: &Change) {
        let (path, text) = match change {
            Change::Write { path, text } => (path, text.as_str()),
            Change::Clear { path } => (path, ""),
            _ => return,
        };
        if !is_of_roster(path) {
            return;
        }
        for row in &mut self.rows {
            let mut columns = self.columns.iter();
            if let Some(at) = columns.position(|column| column.path(row) == *path) {
                row.cells[at] = text.to_owned();
            }
        }
    }
}

/// Whether the value at a path is shown in the roster.
pub fn is_of_roster(path: &str) -> bool {
    path.starts_with("households[") || path.contains("].charges.")
}

/// What can be written of a household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// A field of a household, `weights.COLUMN`, or `charge:LINE`.
    pub name: String,
    /// The individual line whose charges it holds, by its place in the plan.
    pub line: Option<usize>,
    /// Whether any household has something in it, or the plan asks for it.
    pub is_used: bool,
}

impl Column {
    /// Whether the value at a path stands in this column.
    pub fn is_at(&self, path: &str) -> bool {
        match self.line {
            Some(line) => path.starts_with(&format!("lines[{line}].charges.")),
            None => {
                path.starts_with("households[")
                    && path.split_once("].").is_some_and(|(_, name)| name == self.name)
            }
        }
    }

    /// The path to a household's value.
    pub fn path(&self, row: &Row) -> String {
        match self.line {
            Some(line) => format!("lines[{line}].charges.{}", quoted(row.id())),
            None => format!("households[{}].{}", row.index, self.name),
        }
    }
}

/// A household that the page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its place in the roster.
    pub index: usize,
    /// What is written in each column.
    pub cells: Vec<String>,
    /// What is wrong, with the column it stands in.
    pub wrong: Vec<(String, String)>,
    /// What it owes and how it pays; missing where it has not been split yet.
    pub dues: Option<Dues>,
}

impl Row {
    /// The household's id: the first column.
    pub fn id(&self) -> &str {
        self.cells.first().map_or("", String::as_str)
    }
}

/// The plans that are kept in the browser.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Shelf {
    /// The plans, the one changed last first.
    pub plans: Vec<Card>,
    /// Those in the wastebasket.
    pub discarded: Vec<Card>,
    /// The one that is open.
    pub open: u32,
    /// How the open one is kept.
    pub keeping: Keeping,
    /// Whether something was changed that is not kept.
    pub is_behind: bool,
}

/// A plan on the shelf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its place.
    pub plan: u32,
    /// What it is called.
    pub name: String,
    /// When it was kept last, by the browser's clock: `2026-11-24T15:39:20Z`.
    pub kept: String,
    /// Whether it can be read. What can't be stays as it is.
    pub is_readable: bool,
    /// When it was put into the wastebasket; empty on the shelf.
    pub discarded: String,
}

/// How the open plan is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Keeping {
    /// All of it is kept.
    #[default]
    Kept,
    /// The last changes are about to be kept.
    Pending,
    /// It can't be kept: the disk is full, or the browser keeps nothing.
    Failed {
        /// Whether because there is no room.
        full: bool,
    },
    /// It is open in another window too.
    Shared,
    /// It was changed in another window meanwhile: what was changed here went into a copy.
    Forked,
}

/// What became of cells that were taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pasted {
    /// What they were.
    pub content: Content,
    /// How many rows were taken.
    pub count: usize,
    /// What is said of them.
    pub report: Report,
}

/// Why files that were chosen were not opened; the plan before them stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The file.
    pub file: String,
    /// What is the matter.
    pub reason: Refused,
}

/// What is the matter with a file that was not opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refused {
    /// It can't be read, and why, in words.
    Words(Vec<String>),
    /// A second plan or roster beside the first.
    TooMany,
    /// Larger than the page opens.
    TooLarge,
    /// The browser can't read it.
    Unreadable,
    /// A part of the program could not be loaded, or broke off.
    NotLoaded,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn covers(found: usize, above: i32, height: i32, first: usize, last: usize) {
        let (start, count) = Look::part(found, above, height, found as i32 * 36);
        assert!(start <= first && start + count > last, "{start} and {count} more");
        assert!(count < 64, "{count} rows are many");
    }

    #[test]
    fn the_part_drawn_holds_what_the_box_shows() {
        covers(10_000, 0, 700, 0, 20);
        covers(10_000, 7 * 36, 700, 7, 27);
        covers(10_000, 5_003 * 36 + 35, 700, 5_003, 5_023);
        covers(10_000, 9_981 * 36, 700, 9_981, 9_999);
        assert_eq!(Look::part(0, 0, 700, 0).0, 0);
    }
}
