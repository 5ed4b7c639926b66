//! Undo and redo.

use fentan_core::{Change, Document};

use crate::message::{Step as Told, StepKind};

/// What was changed, so that it can be taken back and made again.
#[derive(Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// Changes that are taken back together.
#[derive(Debug)]
struct Step {
    /// The way back, in the order to be made.
    back: Vec<Change>,
    /// The field that was typed into, if that is all.
    typed: Option<String>,
    /// What was done, for people.
    told: Told,
}

impl History {
    /// How many steps can be taken back; the oldest are forgotten.
    const MOST_STEPS: usize = 1000;

    /// Makes changes; answers whether the roster is among what changed. What is typed into one field
    /// is one step however many letters it has.
    pub fn make(&mut self, document: &mut Document<'static>, changes: &[Change]) -> bool {
        let told = told(document, changes);
        let back = make(document, changes);
        let is_of_roster = is_of_roster(&back);
        if back.is_empty() {
            return is_of_roster;
        }
        let typed = typed(changes);
        self.undone.clear();
        if let Some(last) = self.done.last()
            && typed.is_some()
            && last.typed == typed
        {
            return is_of_roster;
        }
        if self.done.len() == Self::MOST_STEPS {
            self.done.remove(0);
        }
        self.done.push(Step { back, typed, told });
        is_of_roster
    }

    /// Takes the last step back; answers whether the roster is among what changed.
    pub fn undo(&mut self, document: &mut Document<'static>) -> bool {
        turn(&mut self.done, &mut self.undone, document)
    }

    /// Makes the step again that was taken back last; answers whether the roster is among what changed.
    pub fn redo(&mut self, document: &mut Document<'static>) -> bool {
        turn(&mut self.undone, &mut self.done, document)
    }

    /// What can be taken back.
    pub fn undo_next(&self) -> Option<Told> {
        self.done.last().map(|step| step.told.clone())
    }

    /// What can be made again.
    pub fn redo_next(&self) -> Option<Told> {
        self.undone.last().map(|step| step.told.clone())
    }
}

/// Makes the last step of one list, and puts its way back into the other.
fn turn(from: &mut Vec<Step>, to: &mut Vec<Step>, document: &mut Document<'static>) -> bool {
    let Some(step) = from.pop() else {
        return false;
    };
    let back = make(document, &step.back);
    let is_of_roster = is_of_roster(&back);
    to.push(Step { back, typed: None, told: step.told });
    is_of_roster
}

/// Whether some of these changes are of the households; charges are of their lines.
fn is_of_roster(changes: &[Change]) -> bool {
    changes.iter().any(|change| change.path().starts_with("households"))
}

/// What changes do, before they are made: the last of them decides, as what it takes out is taken out with what names it.
fn told(document: &Document<'static>, changes: &[Change]) -> Told {
    let Some(change) = changes.last() else { return Told::default() };
    let kind = match change {
        Change::Insert { .. } => StepKind::Add,
        Change::Remove { .. } => StepKind::Remove,
        Change::Move { .. } => StepKind::Move,
        _ => StepKind::Write,
    };
    let path = change.path().to_owned();
    let element = path.find(']').map_or("", |end| &path[..=end]);
    let field = |name: &str| document.text(&[element, name].concat());
    let name = if element.is_empty() { None } else { field(".name").or_else(|| field(".id")) };
    Told { kind, name: name.unwrap_or_default().to_owned(), path }
}

/// Makes changes; answers their way back.
fn make(document: &mut Document<'static>, changes: &[Change]) -> Vec<Change> {
    let mut back: Vec<_> = changes.iter().filter_map(|change| document.change(change)).collect();
    back.reverse();
    back
}

/// The field that these changes type into, if that is all they do.
fn typed(changes: &[Change]) -> Option<String> {
    let mut fields = changes.iter().map(|change| match change {
        Change::Write { path, .. } | Change::Put { path, .. } | Change::Clear { path } => {
            Some(path)
        }
        _ => None,
    });
    let first = fields.next()??;
    fields.all(|field| field == Some(first)).then(|| first.clone())
}
