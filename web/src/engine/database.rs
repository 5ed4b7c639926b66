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
const PLANS: &str = "plans";
/// What is remembered beside them.
const SETTINGS: &str = "settings";
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
            let Record { name, kept, .. } = record.unwrap_or_default();
            Some(Card { plan: place(key)?, name, kept, is_readable })
        });
        // Put in order one by one: plans are few, and a sort of its own is code to load.
        let mut sorted: Vec<Card> = Vec::new();
        for card in cards {
            let at = sorted.iter().position(|one| one.kept < card.kept).unwrap_or(sorted.len());
            sorted.insert(at, card);
        }
        Ok(sorted)
    }

    /// What a place holds; `None` where it was taken away.
    pub async fn load(&self, plan: u32) -> Result<Option<Found>, Failure> {
        let transaction = self.transaction(&[PLANS], TransactionMode::ReadOnly)?;
        let value = transaction.object_store(PLANS)?.get(key(plan))?.await?;
        Ok(value.map(|value| {
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
        // Places are not used again while later ones are there.
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

    /// Takes a plan away.
    pub async fn discard(&self, plan: u32) -> Result<(), Failure> {
        let transaction = self.transaction(&[PLANS], TransactionMode::ReadWrite)?;
        transaction.object_store(PLANS)?.delete(key(plan))?.await?;
        committed(transaction.commit()?.await?)?;
        Ok(())
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

    fn transaction(&self, stores: &[&str], mode: TransactionMode) -> Result<Transaction, Failure> {
        Ok(self.database.transaction(stores, mode)?)
    }
}

/// What is written is there only once its transaction is: where there is no room, browsers take
/// the writing itself and then abort.
fn committed(result: TransactionResult) -> Result<(), Failure> {
    if result.is_committed() { Ok(()) } else { Err(Failure::Full) }
}

/// Places are kept as texts, which need no number of JavaScript's.
fn key(plan: u32) -> JsValue {
    JsValue::from(plan.to_string())
}

fn place(key: &JsValue) -> Option<u32> {
    key.as_string()?.parse().ok()
}

fn written(record: &Record) -> JsValue {
    let Record { name, revision, kept, json } = record;
    let fields = [name, &revision.to_string(), kept, json];
    fields.into_iter().map(JsValue::from).collect::<Array>().into()
}

fn read(value: &JsValue) -> Option<Record> {
    let fields = value.dyn_ref::<Array>()?;
    let text = |at| fields.get(at).as_string();
    Some(Record {
        name: text(0)?,
        revision: text(1)?.parse().ok()?,
        kept: text(2)?,
        json: text(3)?,
    })
}
