//! The plans kept in the browser's own database, one record each.
//!
//! A record is written whole in one transaction, so that it is either as it was or as it is to
//! be, whenever the browser is stopped.

use fentan_core::Document;
use idb::{
    Database, DatabaseEvent, Factory, ObjectStoreParams, Transaction, TransactionMode,
    TransactionResult,
};
use js_sys::{Array, Date, JSON};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

use crate::message::{Card, TextFile};
use crate::session;

/// The database's name and version. A later version must still read what this one wrote.
const NAME: &str = "fentan";
const VERSION: u32 = 1;
/// Plans, by their places on the shelf.
pub(super) const PLANS: &str = "plans";
/// What is remembered beside them.
pub(super) const SETTINGS: &str = "settings";
/// The plan that was open last.
const OPEN: &str = "open";

/// A plan as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// What it is called.
    pub name: String,
    /// How many times it was kept: a window that knows an older number must not write over it.
    pub revision: u32,
    /// When, by the browser's clock.
    pub kept: String,
    /// The plan, as JSON.
    pub json: String,
    /// When it was put into the wastebasket, by the browser's clock; empty on the shelf.
    pub discarded: String,
}

/// A version of a plan that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// What it is called.
    pub name: String,
    /// When it was kept, by the browser's clock.
    pub kept: String,
    /// The plan as it stood, as JSON.
    pub json: String,
}

/// What a place of the shelf holds: a plan with its record, or, where that can't be read, a file of all that stands there.
pub type Found = Result<(Record, Document<'static>), TextFile>;

/// Why something was not kept.
#[derive(Debug)]
pub enum Failure {
    /// There is no room.
    Full,
    /// Another window has kept a later revision, or taken the plan away.
    Overtaken,
    /// Anything else: the browser keeps nothing, as in some private windows.
    Other,
}

impl From<idb::Error> for Failure {
    fn from(error: idb::Error) -> Failure {
        use idb::Error::{AddFailed, TransactionCommitError, TransactionOpenFailed, UpdateFailed};
        let reason = match &error {
            idb::Error::DomException(exception) => exception.as_ref(),
            AddFailed(reason) | UpdateFailed(reason) => reason,
            TransactionCommitError(reason) | TransactionOpenFailed(reason) => reason,
            _ => return Failure::Other,
        };
        let name = reason.dyn_ref::<DomException>().map(DomException::name);
        match name.as_deref() {
            Some("QuotaExceededError") => Failure::Full,
            _ => Failure::Other,
        }
    }
}

/// The database, open.
#[derive(Debug)]
pub struct Shelf {
    database: Database,
}

impl Shelf {
    /// Opens the database, and makes it on a first visit.
    pub async fn open() -> Result<Shelf, Failure> {
        let factory = Factory::new()?;
        let mut request = factory.open(NAME, Some(VERSION))?;
        request.on_upgrade_needed(|event| {
            if let Ok(database) = event.database() {
                // A store that is there already is not made again.
                let _ = database.create_object_store(PLANS, ObjectStoreParams::new());
                let _ = database.create_object_store(SETTINGS, ObjectStoreParams::new());
            }
        });
        Ok(Shelf { database: request.await? })
    }

    /// All plans, without what they hold; the one kept last first. A record that can't be read is among them: it is
    /// shown, and stays as it is.
    pub async fn cards(&self) -> Result<Vec<Card>, Failure> {
        let transaction = self.transaction(&[PLANS], TransactionMode::ReadOnly)?;
        let store = transaction.object_store(PLANS)?;
        let keys = store.get_all_keys(None, None)?.await?;
        let values = store.get_all(None, None)?.await?;
        let cards = keys.iter().zip(&values).filter_map(|(key, value)| {
            let record = read(value);
            let is_readable = record.is_some();
            let Record { name, kept, discarded, .. } = record.unwrap_or_default();
            Some(Card { plan: place(key)?, name, kept, is_readable, discarded })
        });
        // Put in order one by one: plans are few, and a sort of its own is code to load.
        let mut sorted: Vec<Card> = Vec::new();
        for card in cards {
            let at = sorted.iter().position(|one| one.kept < card.kept).unwrap_or(sorted.len());
            sorted.insert(at, card);
        }
        Ok(sorted)
    }

    /// What a place holds; `None` where it was taken away or put into the wastebasket.
    pub async fn load(&self, plan: u32) -> Result<Option<Found>, Failure> {
        let transaction = self.transaction(&[PLANS], TransactionMode::ReadOnly)?;
        let value = transaction.object_store(PLANS)?.get(key(plan))?.await?;
        let is_kept = |value: &JsValue| read(value).is_none_or(|one| one.discarded.is_empty());
        Ok(value.filter(is_kept).map(|value| {
            let record = read(&value);
            let name = record.as_ref().map_or("fentan", |record| &record.name);
            let name = [name, ".unreadable.json"].concat();
            let found = record.and_then(|record| {
                let document = session::read(&record.json).ok()?;
                Some((record, document))
            });
            found.ok_or_else(|| {
                let text = JSON::stringify(&value).ok().map(String::from);
                TextFile { name, text: text.unwrap_or_default() }
            })
        }))
    }

    /// Keeps a plan in place of the revision before it. A record that can't be read is nobody's revision, and is not
    /// written over.
    pub async fn keep(&self, plan: u32, record: &Record) -> Result<(), Failure> {
        let transaction = self.transaction(&[PLANS], TransactionMode::ReadWrite)?;
        let store = transaction.object_store(PLANS)?;
        let before = store.get(key(plan))?.await?;
        let revision = match &before {
            None => Some(0),
            Some(before) => read(before).map(|before| before.revision),
        };
        if revision.map(|revision| revision.wrapping_add(1)) != Some(record.revision) {
            return Err(Failure::Overtaken);
        }
        store.put(&written(record), Some(&key(plan)))?.await?;
        committed(transaction.commit()?.await?)?;
        Ok(())
    }

    /// Keeps a plan that is new, and answers its place.
    pub async fn add(&self, record: &Record) -> Result<u32, Failure> {
        let transaction = self.transaction(&[PLANS], TransactionMode::ReadWrite)?;
        let store = transaction.object_store(PLANS)?;
        let keys = store.get_all_keys(None, None)?.await?;
        // Payments are kept by the place of their plan, and stay when it is taken away: the clock sees to
        // it that another plan does not get it.
        let seconds = (Date::now() as u64 / 1000) as u32;
        let last = keys.iter().filter_map(place).max().unwrap_or_default();
        let plan = seconds.max(last.wrapping_add(1));
        // Nothing that stands at a place is written over.
        store.add(&written(record), Some(&key(plan)))?.await?;
        committed(transaction.commit()?.await?)?;
        Ok(plan)
    }

    /// The plan that was open last.
    pub async fn open_last(&self) -> Result<Option<u32>, Failure> {
        let transaction = self.transaction(&[SETTINGS], TransactionMode::ReadOnly)?;
        let value = transaction.object_store(SETTINGS)?.get(JsValue::from(OPEN))?.await?;
        Ok(value.as_ref().and_then(place))
    }

    /// Remembers which plan is open.
    pub async fn remember(&self, plan: u32) -> Result<(), Failure> {
        let transaction = self.transaction(&[SETTINGS], TransactionMode::ReadWrite)?;
        let key = JsValue::from(OPEN);
        transaction
            .object_store(SETTINGS)?
            .put(&JsValue::from(plan.to_string()), Some(&key))?
            .await?;
        committed(transaction.commit()?.await?)?;
        Ok(())
    }

    /// The versions of a plan that have a name, the one kept last first.
    pub async fn versions(&self, plan: u32) -> Result<Vec<Version>, Failure> {
        let transaction = self.transaction(&[SETTINGS], TransactionMode::ReadOnly)?;
        let value = transaction.object_store(SETTINGS)?.get(versions_key(plan))?.await?;
        Ok(value.as_ref().map(read_versions).unwrap_or_default())
    }

    /// Keeps a version of a plan before the others, or takes the one away that was kept at a time.
    pub async fn keep_version(
        &self,
        plan: u32,
        kept: Option<&Version>,
        gone: Option<&str>,
    ) -> Result<Vec<Version>, Failure> {
        let transaction = self.transaction(&[SETTINGS], TransactionMode::ReadWrite)?;
        let store = transaction.object_store(SETTINGS)?;
        let key = versions_key(plan);
        let before = store.get(key.clone())?.await?;
        let mut versions = before.as_ref().map(read_versions).unwrap_or_default();
        versions.retain(|one| Some(one.kept.as_str()) != gone);
        versions.extend(kept.cloned());
        // One by one: versions are few, and each was kept at a time of its own.
        versions.sort_by(|one, other| other.kept.cmp(&one.kept));
        let written = versions.iter().map(|Version { name, kept, json }| {
            let fields = [name, kept, json].into_iter().map(JsValue::from);
            JsValue::from(fields.collect::<Array>())
        });
        let written = JsValue::from(written.collect::<Array>());
        store.put(&written, Some(&key))?.await?;
        committed(transaction.commit()?.await?)?;
        Ok(versions)
    }

    pub(super) fn transaction(
        &self,
        stores: &[&str],
        mode: TransactionMode,
    ) -> Result<Transaction, Failure> {
        Ok(self.database.transaction(stores, mode)?)
    }
}

/// What is written is there only once its transaction is: where there is no room, browsers take
/// the writing itself and then abort.
pub(super) fn committed(result: TransactionResult) -> Result<(), Failure> {
    if result.is_committed() { Ok(()) } else { Err(Failure::Full) }
}

/// Places are kept as texts, which need no number of JavaScript's.
pub(super) fn key(plan: u32) -> JsValue {
    JsValue::from(plan.to_string())
}

/// The versions of a plan stand with the settings, so that programs from before there were any open the database, too.
pub(super) fn versions_key(plan: u32) -> JsValue {
    JsValue::from(format!("versions-{plan}"))
}

/// Those that can be read.
fn read_versions(value: &JsValue) -> Vec<Version> {
    let Some(list) = value.dyn_ref::<Array>() else { return Vec::new() };
    let versions = (0..list.length()).filter_map(|at| {
        let value = list.get(at);
        let fields = value.dyn_ref::<Array>()?;
        let text = |at| fields.get(at).as_string();
        Some(Version { name: text(0)?, kept: text(1)?, json: text(2)? })
    });
    versions.collect()
}

fn place(key: &JsValue) -> Option<u32> {
    key.as_string()?.parse().ok()
}

pub(super) fn written(record: &Record) -> JsValue {
    let Record { name, revision, kept, json, discarded } = record;
    let fields = [name, &revision.to_string(), kept, json, discarded];
    fields.into_iter().map(JsValue::from).collect::<Array>().into()
}

pub(super) fn read(value: &JsValue) -> Option<Record> {
    let fields = value.dyn_ref::<Array>()?;
    let text = |at| fields.get(at).as_string();
    Some(Record {
        name: text(0)?,
        revision: text(1)?.parse().ok()?,
        kept: text(2)?,
        json: text(3)?,
        // Records from before there was a wastebasket have four fields.
        discarded: text(4).unwrap_or_default(),
    })
}
