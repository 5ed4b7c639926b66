//! Changing a document, and changing it back.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{Document, Step, Value, steps};
use crate::problem::Problems;

/// One change of a document. Values are texts, so that a change can be kept, sent and listed.
///
/// A path names fields, and elements of lists by index: `lines[3].amount`. A field whose name holds a dot
/// or a bracket is quoted: `lines[0].charges."3.1.101"`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Replaces the value at a path by a text. Missing tables on the path are created.
    Write {
        /// The path.
        path: String,
        /// The text.
        text: String,
    },
    /// Replaces the value at a path. Missing tables on the path are created.
    Put {
        /// The path.
        path: String,
        /// The value, as JSON.
        json: String,
        /// The index of a new field in its table; `None` = last.
        at: Option<usize>,
    },
    /// Inserts a value into a list, before the element at a path.
    Insert {
        /// The path of the next element; one past the last for the end of the list.
        path: String,
        /// The value, as JSON.
        json: String,
    },
    /// Removes the value at a path.
    Remove {
        /// The path.
        path: String,
    },
    /// Removes the value at a path, and the tables around it that this would leave empty.
    Clear {
        /// The path.
        path: String,
    },
    /// Moves the element at a path to another index of its list.
    Move {
        /// The path.
        path: String,
        /// Its new index.
        to: usize,
    },
}

impl Change {
    /// The path of what it changes.
    pub fn path(&self) -> &str {
        match self {
            Change::Write { path, .. }
            | Change::Put { path, .. }
            | Change::Insert { path, .. }
            | Change::Remove { path }
            | Change::Clear { path }
            | Change::Move { path, .. } => path,
        }
    }
}

impl Document<'static> {
    /// Makes a change and returns the one that undoes it; `None` if the path does not exist, and then
    /// nothing is changed.
    ///
    /// ```
    /// use fentan_core::{Change, Document};
    /// let mut document = Document::from_json(br#"{"lines":[{"id":"gate"}]}"#)?.into_owned();
    /// let before = document.clone();
    /// let path = "minimum.per_household".to_owned();
    /// let back = document.change(&Change::Write { path, text: "500".to_owned() });
    /// assert_eq!(document.text("minimum.per_household"), Some("500"));
    /// document.change(&back.expect("a way back"));
    /// assert_eq!(document, before);
    /// # Ok::<(), fentan_core::Problems>(())
    /// ```
    pub fn change(&mut self, change: &Change) -> Option<Change> {
        match change {
            Change::Write { path, text } => {
                self.put(path, Value::Text(Cow::Owned(text.clone())), None)
            }
            Change::Put { path, json, at } => self.put(path, value(json).ok()?, *at),
            Change::Insert { path, json } => self.insert(path, value(json).ok()?),
            Change::Remove { path } => self.take(steps(path).collect()),
            Change::Clear { path } => self.take(self.outermost(path)?),
            Change::Move { path, to } => self.move_to(path, *to),
        }
    }

    fn put(&mut self, path: &str, value: Value<'static>, at: Option<usize>) -> Option<Change> {
        let mut steps: Vec<_> = steps(path).collect();
        let last = steps.pop()?;
        let mut parent = &mut self.root;
        let mut parent_path = String::new();
        // The first table that is created: removing it removes all that was inserted.
        let mut made = None;
        // Create missing tables only below the last list index: a new table has no elements.
        let last_index = steps.iter().rposition(|step| matches!(step, Step::Index(_)));
        let last_index =
            if matches!(last, Step::Index(_)) { Some(steps.len()) } else { last_index };
        for (depth, step) in steps.into_iter().enumerate() {
            extend(&mut parent_path, &step);
            if let (Value::Fields(fields), Step::Field(name)) = (&mut *parent, &step)
                && last_index.is_none_or(|index| index < depth)
                && !fields.iter().any(|(key, _)| key == name)
            {
                fields.push((Cow::Owned(name.to_string()), Value::Fields(Vec::new())));
                made = made.or_else(|| Some(parent_path.clone()));
            }
            parent = parent.step_mut(&step)?;
        }
        let old = match (parent, last) {
            (Value::List(list), Step::Index(index)) => {
                Some(std::mem::replace(list.get_mut(index)?, value))
            }
            (Value::Fields(fields), Step::Field(name)) => {
                match fields.iter_mut().find(|(key, _)| *key == name) {
                    Some((_, old)) => Some(std::mem::replace(old, value)),
                    None => {
                        let at = at.unwrap_or(fields.len()).min(fields.len());
                        fields.insert(at, (Cow::Owned(name.into_owned()), value));
                        None
                    }
                }
            }
            _ => return None,
        };
        Some(match old {
            Some(old) => back(path.to_owned(), &old, None),
            None => Change::Remove { path: made.unwrap_or_else(|| path.to_owned()) },
        })
    }

    fn insert(&mut self, path: &str, value: Value<'static>) -> Option<Change> {
        let (list, index) = self.list_of(path)?;
        let index = index.min(list.len());
        list.insert(index, value);
        let (list, _) = path.rsplit_once('[')?;
        Some(Change::Remove { path: format!("{list}[{index}]") })
    }

    fn take(&mut self, mut steps: Vec<Step<'_>>) -> Option<Change> {
        let mut path = String::new();
        steps.iter().for_each(|step| extend(&mut path, step));
        let last = steps.pop()?;
        let parent =
            steps.into_iter().try_fold(&mut self.root, |value, step| value.step_mut(&step));
        match (parent?, last) {
            (Value::Fields(fields), Step::Field(name)) => {
                let at = fields.iter().position(|(key, _)| *key == *name)?;
                Some(back(path, &fields.remove(at).1, Some(at)))
            }
            (Value::List(list), Step::Index(index)) if index < list.len() => {
                Some(Change::Insert { path, json: json(&list.remove(index)) })
            }
            _ => None,
        }
    }

    /// The outermost table around the value at a path that holds nothing else.
    fn outermost<'p>(&self, path: &'p str) -> Option<Vec<Step<'p>>> {
        let mut steps: Vec<_> = steps(path).collect();
        self.value_at(&steps)?;
        while let [outer @ .., Step::Field(_)] = steps.as_slice()
            && matches!(outer.last(), Some(Step::Field(_)))
            && matches!(self.value_at(outer)?, Value::Fields(fields) if fields.len() == 1)
        {
            steps.pop();
        }
        Some(steps)
    }

    fn move_to(&mut self, path: &str, to: usize) -> Option<Change> {
        let (list, from) = self.list_of(path)?;
        if from >= list.len() || to >= list.len() {
            return None;
        }
        let value = list.remove(from);
        list.insert(to, value);
        let (list, _) = path.rsplit_once('[')?;
        Some(Change::Move { path: format!("{list}[{to}]"), to: from })
    }

    /// The list that holds the element of a path such as `lines[3]`, and its index there.
    fn list_of(&mut self, path: &str) -> Option<(&mut Vec<Value<'static>>, usize)> {
        let mut steps: Vec<_> = steps(path).collect();
        let Some(Step::Index(index)) = steps.pop() else {
            return None;
        };
        let parent =
            steps.into_iter().try_fold(&mut self.root, |value, step| value.step_mut(&step));
        match parent? {
            Value::List(list) => Some((list, index)),
            _ => None,
        }
    }

    fn value_at(&self, steps: &[Step<'_>]) -> Option<&Value<'static>> {
        steps.iter().try_fold(&self.root, |value, step| value.step(step))
    }
}

/// The change that puts a value back.
fn back(path: String, value: &Value<'_>, at: Option<usize>) -> Change {
    match (value, at) {
        (Value::Text(text), None) => Change::Write { path, text: text.to_string() },
        _ => Change::Put { path, json: json(value), at },
    }
}

fn value(json: &str) -> Result<Value<'static>, Problems> {
    Ok(super::json::read(json).map(Value::into_owned)?)
}

fn json(value: &Value<'_>) -> String {
    // A value that was read can be written: nothing in it fails, and a text takes all of it.
    serde_json::to_string(value).unwrap_or_default()
}

pub(crate) fn extend(path: &mut String, step: &Step<'_>) {
    match step {
        Step::Index(index) => path.push_str(&format!("[{index}]")),
        Step::Field(name) => {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&quoted(name));
        }
    }
}

/// A field's name as a path holds it: quoted where it holds a dot, a bracket or a quote.
///
/// ```
/// assert_eq!(fentan_core::internal::quoted("3-1-101"), "3-1-101");
/// assert_eq!(fentan_core::internal::quoted("3.1.101"), "\"3.1.101\"");
/// ```
pub fn quoted(name: &str) -> Cow<'_, str> {
    if name.contains(['.', '[', '"']) || name.is_empty() {
        Cow::Owned(format!("\"{}\"", name.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(name)
    }
}
