//! Undo and redo.

use fentan_core::{Change, Document};

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
}

impl History {
    /// How many steps can be taken back; the oldest are forgotten.
    const MOST_STEPS: usize = 1000;

    /// Makes changes; answers whether the roster is among what changed. What is typed into one field
    /// is one step however many letters it has.
    pub fn make(&mut self, document: &mut Document<'static>, changes: &[Change]) -> bool {
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
        self.done.push(Step { back, typed });
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

    /// Whether there is something to take back.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is something to make again.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }
}

/// Makes the last step of one list, and puts its way back into the other.
fn turn(from: &mut Vec<Step>, to: &mut Vec<Step>, document: &mut Document<'static>) -> bool {
    let Some(step) = from.pop() else {
        return false;
    };
    let back = make(document, &step.back);
    let is_of_roster = is_of_roster(&back);
    to.push(Step { back, typed: None });
    is_of_roster
}

/// Whether some of these changes are of the households; charges are of their lines.
fn is_of_roster(changes: &[Change]) -> bool {
    changes.iter().any(|change| change.path().starts_with("households"))
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
