//! What a plan leaves out, filled in from its policy; the roster is never touched.

use std::borrow::Cow;

use super::{Filled, Subject};
use crate::document::Value;
use crate::place::Place;

/// The half of a policy pack that fills a plan: all that splitting needs of it.
#[derive(Debug, Clone)]
pub(crate) struct Values {
    pub(crate) id: String,
    /// The pack of the wider place.
    pub(crate) within: Option<String>,
    /// The values, as a plan writes them.
    pub(crate) defaults: Value<'static>,
    /// By field of the plan, the clauses that its values rest on.
    pub(crate) grounds: Vec<(String, Vec<String>)>,
}

impl Values {
    pub(crate) fn grounds_of(&self, field: &str) -> &[String] {
        let found = self.grounds.iter().find(|(name, _)| name == field);
        found.map_or(&[], |(_, clauses)| clauses)
    }
}

/// Fills in what a plan leaves out, and notes what it filled in.
#[derive(Debug, Default)]
pub(crate) struct Filling<'p> {
    /// The plan's pack and those it lies within, the nearest first.
    packs: Vec<&'p Values>,
    pub(crate) filled: Vec<Filled>,
}

impl<'p> Filling<'p> {
    /// From a plan's pack and those it lies within, the nearest first.
    pub(crate) fn of(packs: Vec<&'p Values>) -> Filling<'p> {
        Filling { packs, filled: Vec::new() }
    }

    /// A field of the plan, with what the packs add to it.
    pub(crate) fn fill<'v>(
        &mut self,
        name: &'static str,
        own: Option<&'v Value<'v>>,
    ) -> Option<Cow<'v, Value<'v>>>
    where
        'p: 'v,
    {
        let mut value = own.map(Cow::Borrowed);
        for pack in std::mem::take(&mut self.packs) {
            if let Some(default) = pack.defaults.get(name) {
                value = self.merge(pack, name, value, default);
            }
            self.packs.push(pack);
        }
        value
    }

    fn merge<'v>(
        &mut self,
        pack: &Values,
        name: &'static str,
        own: Option<Cow<'v, Value<'v>>>,
        default: &'v Value<'v>,
    ) -> Option<Cow<'v, Value<'v>>> {
        let mut mark = |path, value: &Value<'_>| self.note(pack, name, path, value);
        let Some(own) = own else {
            // Which source pays less for a minimum only a plan knows.
            if name == "minimum" {
                return None;
            }
            match default {
                Value::Fields(fields) => {
                    fields.iter().for_each(|(key, value)| mark(format!("{name}.{key}"), value));
                }
                _ => mark(name.to_owned(), default),
            }
            return Some(Cow::Borrowed(default));
        };
        let merged = match name {
            "sources" => with_missing_limits(&own, default, &mut mark),
            // The order of channels is one agreement, and so is a rule of the odd fen.
            "channels" | "odd_fen" => None,
            "maintenance" => {
                let default = without_other_target(&own, default);
                with_missing(&own, &default, name, false, &mut mark)
            }
            _ => with_missing(&own, default, name, name == "relief", &mut mark),
        };
        Some(merged.map_or(own, Cow::Owned))
    }

    /// How a line about a subject is shared that does not say so itself.
    pub(crate) fn share_by(
        &mut self,
        subject: Subject,
        place: &Place<'_>,
    ) -> Option<&'p Value<'static>> {
        let (pack, value) = self
            .packs
            .iter()
            .find_map(|pack| Some((pack, pack.defaults.get("share_by")?.get(subject.as_str())?)))?;
        self.note(pack, "share_by", place.to_string(), value);
        Some(value)
    }

    /// Notes that a value came from a field of a pack.
    fn note(&mut self, pack: &Values, name: &str, path: String, value: &Value<'_>) {
        let value = value.clone().into_owned();
        let clauses = pack.grounds_of(name).to_vec();
        self.filled.push(Filled { path, value, pack: pack.id.clone(), clauses });
    }
}

/// A table with the fields that it leaves out, and if `deeper` those of the tables in it; `None` if it
/// leaves out nothing.
fn with_missing<'v>(
    own: &Value<'v>,
    default: &Value<'v>,
    path: &str,
    deeper: bool,
    mark: &mut impl FnMut(String, &Value<'_>),
) -> Option<Value<'v>> {
    let Value::Fields(given) = own else {
        return None;
    };
    let mut fields = given.clone();
    let mut is_changed = false;
    for (key, value) in default.fields() {
        let path = format!("{path}.{key}");
        match fields.iter_mut().find(|(name, _)| name == key) {
            None => {
                fields.push((key.clone(), value.clone()));
                mark(path, value);
                is_changed = true;
            }
            Some((_, inner)) if deeper => {
                if let Some(merged) = with_missing(inner, value, &path, false, mark) {
                    *inner = merged;
                    is_changed = true;
                }
            }
            Some(_) => {}
        }
    }
    is_changed.then_some(Value::Fields(fields))
}

/// The default rules of the maintenance fund, without a target if the plan has one of either kind.
fn without_other_target<'v>(own: &Value<'_>, default: &'v Value<'v>) -> Cow<'v, Value<'v>> {
    const TARGETS: [&str; 2] = ["target", "target_per_area"];
    if !TARGETS.iter().any(|target| own.get(target).is_some()) {
        return Cow::Borrowed(default);
    }
    let fields = default.fields().iter().filter(|(name, _)| !TARGETS.contains(&name.as_ref()));
    Cow::Owned(Value::Fields(fields.cloned().collect()))
}

/// The sources, each with the fields it leaves out that the pack's source of the same id has.
fn with_missing_limits<'v>(
    own: &Value<'v>,
    default: &Value<'v>,
    mark: &mut impl FnMut(String, &Value<'_>),
) -> Option<Value<'v>> {
    let id = |source: &Value<'v>| match source.get("id") {
        Some(Value::Text(id)) => Some(id.clone()),
        _ => None,
    };
    let mut is_changed = false;
    let mut sources = own.list().to_vec();
    for (index, source) in sources.iter_mut().enumerate() {
        let known = id(source);
        let of_pack = default.list().iter().find(|one| known.is_some() && id(one) == known);
        let path = format!("sources[{index}]");
        let merged = of_pack.and_then(|one| with_missing(source, one, &path, false, mark));
        if let Some(merged) = merged {
            *source = merged;
            is_changed = true;
        }
    }
    is_changed.then_some(Value::List(sources))
}
