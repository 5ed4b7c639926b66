//! The plan as the screen shows it.

use fentan_core::{Change, Document, Error, Value};
use fentan_words::{Language, problem};

/// The plan without its households, with the changes that are shown but not made yet.
#[derive(Debug)]
pub struct Opened {
    /// Its document.
    pub document: Document<'static>,
}

/// Equal only to itself, which makes comparing it quick.
impl PartialEq for Opened {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Opened {
    /// Of a document.
    pub fn of(document: Document<'static>) -> Opened {
        Opened { document }
    }

    /// The plan after changes.
    pub fn changed(&self, changes: &[Change]) -> Opened {
        let mut document = self.document.clone();
        for change in changes {
            document.change(change);
        }
        Opened { document }
    }

    /// What is written at a path; empty where nothing is.
    pub fn text(&self, path: &str) -> &str {
        self.document.text(path).unwrap_or_default()
    }

    /// The elements of the list at a path.
    pub fn list(&self, path: &str) -> &[Value<'static>] {
        self.document.value(path).map_or(&[], Value::list)
    }

    /// The fields of the table at a path.
    pub fn names(&self, path: &str) -> impl Iterator<Item = &str> {
        let fields = self.document.value(path).map_or(&[][..], Value::fields);
        fields.iter().map(|(name, _)| name.as_ref())
    }

    /// The scenarios as they are written.
    pub fn scenarios(&self) -> &[Value<'static>] {
        self.list("scenarios")
    }
}

/// What something in a list is called: its name, else its id or kind.
pub fn title<'v>(value: &'v Value<'_>) -> &'v str {
    let named = |field| value.get(field).and_then(Value::text).filter(|text| !text.is_empty());
    ["name", "id", "kind"].into_iter().find_map(named).unwrap_or_default()
}

/// What something in a list is found by: its id, or the kind of a channel.
pub fn id<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    ["id", "kind"].into_iter().find_map(|field| value.get(field).and_then(Value::text))
}

/// The first id of so many numbered alike that is not taken.
pub fn free_id(prefix: &str, taken: &[&str]) -> String {
    let mut ids = (1..).map(|number: usize| format!("{prefix}-{number}"));
    ids.find(|id| !taken.contains(&id.as_str())).unwrap_or_default()
}

/// What keeps a plan from being split, in words.
pub fn words(language: Language, error: &Error) -> Vec<String> {
    match error {
        Error::Problems(problems) => problems.iter().map(|one| problem(language, one)).collect(),
        unreconciled => vec![unreconciled.to_string()],
    }
}
