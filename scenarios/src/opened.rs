//! The plan that the screen was given, read once: scenarios are compared on one engine.

use std::cell::RefCell;
use std::rc::Rc;

use fentan_core::scenario::{Base, Pinned, Scenario};
use fentan_core::{Change, Document, Error, Packs, Plan, Split, Value, split};
use fentan_words::{Language, problem};

/// A plan, apart from the scenarios that it holds and from what may go wrong with it: where these
/// lead nowhere any more, they are to be mended on this screen.
#[derive(Debug)]
pub struct Opened {
    /// As it was given, roster and all, for threads of their own.
    pub plan: Rc<str>,
    /// Without its households, but with all changes made on this screen.
    pub document: Document<'static>,
    /// What scenarios start from; none where the plan can't be split.
    pub base: Option<Rc<RefCell<Base>>>,
    /// The plan's own split.
    pub split: Option<Rc<Split>>,
    /// What scenarios were compared with last, and the scenario that this is: split once, it is there
    /// while a slider moves.
    pub pinned: Rc<RefCell<Option<LastPinned>>>,
}

/// What is pinned, with the scenario that it is; none for the plan itself.
pub type LastPinned = (Option<Scenario>, Rc<Pinned>);

/// Equal only to itself, which makes comparing it quick.
impl PartialEq for Opened {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Opened {
    /// Reads a plan written in JSON.
    pub fn read(plan: Rc<str>) -> Opened {
        let document = Document::from_json(plan.as_bytes());
        let mut document = document.map(Document::into_owned).unwrap_or_default();
        let apart = ["scenarios", "stress"].map(|name| {
            let path = name.to_owned();
            document.change(&Change::Remove { path })
        });
        let read = Plan::read(&document, None)
            .map_err(Error::from)
            .and_then(|plan| split(&plan).map(|split| (plan, split)));
        let (base, split) = read.ok().map_or((None, None), |(plan, split)| {
            let base = Base::new(plan, &document, Packs::default());
            (Some(Rc::new(RefCell::new(base))), Some(Rc::new(split)))
        });
        document.change(&Change::Remove { path: "households".to_owned() });
        for back in apart.into_iter().flatten() {
            document.change(&back);
        }
        Opened { plan, document, base, split, pinned: Rc::default() }
    }

    /// The plan after changes that leave its own split as it is.
    pub fn changed(&self, changes: &[Change]) -> Opened {
        let mut document = self.document.clone();
        for change in changes {
            document.change(change);
        }
        let (plan, pinned) = (Rc::clone(&self.plan), Rc::clone(&self.pinned));
        Opened { plan, document, base: self.base.clone(), split: self.split.clone(), pinned }
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
