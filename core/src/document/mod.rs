//! A plan as it was written, before anything in it is known to be right.

mod change;
mod json;
mod toml;

use std::borrow::Cow;

use serde::Serialize;

use crate::problem::{Cause, Problem, Problems};

pub(crate) use change::extend;
pub use change::{Change, quoted};

/// A value of a plan as it was written: numbers keep their digits, tables their order and their
/// duplicate keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// True or false.
    Boolean(bool),
    /// A quoted text.
    Text(Cow<'a, str>),
    /// An unquoted number, as written.
    Number(Cow<'a, str>),
    /// A TOML date or time.
    Moment,
    /// A list.
    List(Vec<Value<'a>>),
    /// A table of fields.
    Fields(Vec<(Cow<'a, str>, Value<'a>)>),
}

/// A plan file as it was read, still to be checked by [`Plan::read`](crate::Plan::read).
///
/// Values can be changed in place, which is how a page edits a plan:
///
/// ```
/// use fentan_core::{Change, Document};
/// let toml = b"fentan = 1\n[[lines]]\nid = \"gate\"\namount = \"100\"\n";
/// let mut document = Document::from_toml(toml)?.into_owned();
/// let write = |path: &str, text: &str| Change::Write { path: path.into(), text: text.into() };
/// assert!(document.change(&write("lines[0].amount", "250.00")).is_some());
/// assert_eq!(document.text("lines[0].amount"), Some("250.00"));
/// assert!(document.change(&write("lines[7].amount", "1")).is_none());
/// # Ok::<(), fentan_core::Problems>(())
/// ```
///
/// Serialized as JSON it keeps every number as it was written:
///
/// ```
/// let toml = b"fentan = 1\nlines = [{ id = \"gate\", amount = 1.50 }]";
/// let document = fentan_core::Document::from_toml(toml)?;
/// let json = r#"{"fentan":1,"lines":[{"id":"gate","amount":1.50}]}"#;
/// assert_eq!(serde_json::to_string(&document)?, json);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Document<'a> {
    root: Value<'a>,
    /// Duplicate keys, if the format of the file refuses them.
    #[serde(skip)]
    duplicate_keys: Vec<String>,
}

/// An empty document.
impl Default for Document<'_> {
    fn default() -> Self {
        Document { root: Value::Fields(Vec::new()), duplicate_keys: Vec::new() }
    }
}

/// A document of values that were read elsewhere, such as from a workbook.
impl<'a> From<Value<'a>> for Document<'a> {
    fn from(root: Value<'a>) -> Self {
        Document { root, duplicate_keys: Vec::new() }
    }
}

impl<'a> Document<'a> {
    /// The most values a document may hold: enough for a million households written out in it,
    /// few enough to keep memory within about a gigabyte. Larger rosters come as CSV.
    pub const MOST_VALUES: usize = 10_000_000;

    /// Reads JSON.
    ///
    /// # Errors
    /// `bad-syntax` with line and column; `too-large` past [`Self::MOST_VALUES`].
    pub fn from_json(bytes: &'a [u8]) -> Result<Self, Problems> {
        let root = json::read(utf8(bytes)?)?;
        Ok(Document { root, duplicate_keys: Vec::new() })
    }

    /// Reads TOML.
    ///
    /// # Errors
    /// `bad-syntax` with line and column; `too-large` past [`Self::MOST_VALUES`].
    pub fn from_toml(bytes: &'a [u8]) -> Result<Self, Problems> {
        let (root, duplicate_keys) = toml::read(utf8(bytes)?)?;
        Ok(Document { root, duplicate_keys })
    }

    /// Reads JSON if the first character is a brace, else TOML.
    ///
    /// # Errors
    /// Those of [`Self::from_json`] or [`Self::from_toml`].
    pub fn read(bytes: &'a [u8]) -> Result<Self, Problems> {
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match text.trim_ascii_start().first() {
            Some(b'{') => Document::from_json(bytes),
            _ => Document::from_toml(bytes),
        }
    }

    /// Reads a file by the ending of its name, `.json` or `.toml`; under any other as [`Self::read`] does.
    ///
    /// ```
    /// let document = fentan_core::Document::read_named("a/plan.TOML", b"fentan = 1")?;
    /// assert_eq!(document.text("fentan"), Some("1"));
    /// # Ok::<(), fentan_core::Problems>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Self::from_json`] or [`Self::from_toml`].
    pub fn read_named(name: &str, bytes: &'a [u8]) -> Result<Self, Problems> {
        match name.rsplit_once('.') {
            Some((_, ending)) if ending.eq_ignore_ascii_case("json") => Document::from_json(bytes),
            Some((_, ending)) if ending.eq_ignore_ascii_case("toml") => Document::from_toml(bytes),
            _ => Document::read(bytes),
        }
    }

    /// Reads what this program wrote itself, of any size.
    pub(crate) fn of_own_json(json: &str) -> Document<'static> {
        // What was written can be read: nothing in it fails.
        let root = json::read_within(json, usize::MAX).map_or(Value::Null, Value::into_owned);
        Document { root, duplicate_keys: Vec::new() }
    }

    /// A document of this value.
    pub(crate) fn of(root: Value<'a>) -> Document<'a> {
        Document { root, duplicate_keys: Vec::new() }
    }

    /// The document with another root.
    pub(crate) fn with_root(&self, root: Value<'static>) -> Document<'static> {
        Document { root, duplicate_keys: self.duplicate_keys.clone() }
    }

    pub(crate) fn root(&self) -> &Value<'a> {
        &self.root
    }

    /// The paths of duplicate keys, if the format of the file refuses them by itself.
    pub fn duplicate_keys(&self) -> &[String] {
        &self.duplicate_keys
    }

    /// Whether the plan itself holds a roster.
    pub fn has_households(&self) -> bool {
        self.root.get("households").is_some()
    }

    /// The value at a path such as `lines[3]`.
    pub fn value(&self, path: &str) -> Option<&Value<'a>> {
        steps(path).try_fold(&self.root, |value, step| value.step(&step))
    }

    /// The document without one of its outermost fields, as JSON writes it.
    pub fn without<'d>(&'d self, name: &'d str) -> impl Serialize + 'd {
        json::Without { document: self, name }
    }

    /// The text or number written at a path such as `lines[3].amount`.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.value(path)?.text()
    }

    /// A copy without households, scenarios and stress.
    pub(crate) fn rules(&self) -> Document<'static> {
        self.apart_from(&["households", "scenarios", "stress"])
    }

    /// A copy without these of its outermost fields, which borrows from no bytes.
    pub fn apart_from(&self, names: &[&str]) -> Document<'static> {
        let fields = self.root.fields().iter();
        let fields = fields.filter(|(key, _)| !names.contains(&key.as_ref())).cloned();
        Document { root: Value::Fields(fields.collect()).into_owned(), duplicate_keys: Vec::new() }
    }

    /// The document as one that borrows from no bytes.
    pub fn into_owned(self) -> Document<'static> {
        Document { root: self.root.into_owned(), duplicate_keys: self.duplicate_keys }
    }
}

impl<'a> Value<'a> {
    /// The text or number; `None` for any other value.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) | Value::Number(text) => Some(text),
            _ => None,
        }
    }

    /// The field of a table; `None` if it is missing or the value is no table.
    pub fn get(&self, name: &str) -> Option<&Value<'a>> {
        self.step(&Step::Field(Cow::Borrowed(name)))
    }

    /// The fields of a table; empty for any other value.
    pub fn fields(&self) -> &[(Cow<'a, str>, Value<'a>)] {
        match self {
            Value::Fields(fields) => fields,
            _ => &[],
        }
    }

    /// The elements of a list; empty for any other value.
    pub fn list(&self) -> &[Value<'a>] {
        match self {
            Value::List(list) => list,
            _ => &[],
        }
    }

    /// Every text and number in it, by path.
    pub(crate) fn leaves<'v>(&'v self, path: &str, found: &mut dyn FnMut(String, &'v str)) {
        match self {
            Value::Text(text) | Value::Number(text) => found(path.to_owned(), text),
            Value::List(list) => {
                for (index, value) in list.iter().enumerate() {
                    value.leaves(&format!("{path}[{index}]"), found);
                }
            }
            Value::Fields(fields) => {
                for (key, value) in fields {
                    value.leaves(&format!("{path}.{key}"), found);
                }
            }
            _ => {}
        }
    }

    fn step(&self, step: &Step<'_>) -> Option<&Value<'a>> {
        match (self, step) {
            (Value::Fields(fields), Step::Field(name)) => {
                fields.iter().find(|(key, _)| *key == *name).map(|(_, value)| value)
            }
            (Value::List(list), Step::Index(index)) => list.get(*index),
            _ => None,
        }
    }

    fn step_mut(&mut self, step: &Step<'_>) -> Option<&mut Value<'a>> {
        match (self, step) {
            (Value::Fields(fields), Step::Field(name)) => {
                fields.iter_mut().find(|(key, _)| *key == *name).map(|(_, value)| value)
            }
            (Value::List(list), Step::Index(index)) => list.get_mut(*index),
            _ => None,
        }
    }

    pub(crate) fn into_owned(self) -> Value<'static> {
        let owned = |text: Cow<'a, str>| Cow::Owned(text.into_owned());
        match self {
            Value::Null => Value::Null,
            Value::Boolean(value) => Value::Boolean(value),
            Value::Text(text) => Value::Text(owned(text)),
            Value::Number(text) => Value::Number(owned(text)),
            Value::Moment => Value::Moment,
            Value::List(list) => Value::List(list.into_iter().map(Value::into_owned).collect()),
            Value::Fields(fields) => Value::Fields(
                fields.into_iter().map(|(key, value)| (owned(key), value.into_owned())).collect(),
            ),
        }
    }
}

/// A step of a path: into a table or into a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step<'p> {
    /// To the field of a table.
    Field(Cow<'p, str>),
    /// To an element of a list.
    Index(usize),
}

/// The steps of a path: `lines[3].charges."3.1.101"` is field, index, field, field.
pub fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
    let mut rest = path;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(index) = rest.strip_prefix('[') {
            let (index, after) = index.split_once(']').unwrap_or((index, ""));
            rest = after.strip_prefix('.').unwrap_or(after);
            return Some(index.parse().map_or(Step::Field(Cow::Borrowed(index)), Step::Index));
        }
        if let Some(name) = rest.strip_prefix('"') {
            // The quote that is not doubled ends the name.
            let letters = name.as_bytes();
            let mut end = 0;
            while end < letters.len()
                && (letters[end] != b'"' || letters.get(end + 1) == Some(&b'"'))
            {
                end += if letters[end] == b'"' { 2 } else { 1 };
            }
            let end = end.min(name.len());
            let after = &name[(end + 1).min(name.len())..];
            rest = after.strip_prefix('.').unwrap_or(after);
            return Some(Step::Field(Cow::Owned(name[..end].replace("\"\"", "\""))));
        }
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        rest = after.strip_prefix('.').unwrap_or(after);
        Some(Step::Field(Cow::Borrowed(name)))
    })
}

/// The text of a file, without the byte order mark that Windows editors put before it.
pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, Problem> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let (line, column) = position(bytes, error.valid_up_to());
            Err(Problem::of_file(Cause::NotUtf8 { line, column }))
        }
    }
}

/// Line and column, from 1, of a byte.
fn position(bytes: &[u8], offset: usize) -> (u64, u64) {
    let before = &bytes[..offset.min(bytes.len())];
    let line = before.iter().filter(|&&byte| byte == b'\n').count() as u64 + 1;
    let column = before.iter().rev().take_while(|&&byte| byte != b'\n').count() as u64 + 1;
    (line, column)
}
