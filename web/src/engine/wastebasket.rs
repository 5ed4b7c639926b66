//! The wastebasket: plans that were taken from the shelf, for thirty days. It is loaded when one is moved.

use std::pin::Pin;
use std::rc::Rc;

use idb::TransactionMode;
use js_sys::JSON;

use super::database::{
    Failure, PLANS, Record, SETTINGS, Shelf, committed, key, read, versions_key, written,
};

/// Where a plan is moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    /// Into the wastebasket, at this time.
    Discard(String),
    /// Back on the shelf.
    Restore,
    /// Out of the wastebasket for good.
    Purge,
}

/// Its record where it was moved; `None` where it is gone.
pub type Moving = Pin<Box<dyn Future<Output = Result<Option<Record>, Failure>>>>;

/// Moves a plan.
pub fn move_plan(shelf: Rc<Shelf>, plan: u32, to: Move) -> Moving {
    Box::pin(async move {
        match to {
            Move::Discard(at) => put(&shelf, plan, at).await,
            Move::Restore => put(&shelf, plan, String::new()).await,
            Move::Purge => purge(&shelf, plan).await.map(|()| None),
        }
    })
}

/// Puts a plan into the wastebasket at this time, or takes it out again where that is empty. Windows in which it is
/// open know an older revision, and write over neither.
async fn put(shelf: &Shelf, plan: u32, discarded: String) -> Result<Option<Record>, Failure> {
    let transaction = shelf.transaction(&[PLANS], TransactionMode::ReadWrite)?;
    let store = transaction.object_store(PLANS)?;
    let Some(value) = store.get(key(plan))?.await? else { return Ok(None) };
    // What can't be read is kept whole, as the text of a plan that can't.
    let unreadable = || Record {
        kept: discarded.clone(),
        json: JSON::stringify(&value).ok().map(String::from).unwrap_or_default(),
        ..Record::default()
    };
    let record = read(&value).unwrap_or_else(unreadable);
    let revision = record.revision.wrapping_add(1);
    let record = Record { revision, discarded, ..record };
    store.put(&written(&record), Some(&key(plan)))?.await?;
    committed(transaction.commit()?.await?)?;
    Ok(Some(record))
}

/// Takes a plan away for good with its versions, where it is in the wastebasket.
async fn purge(shelf: &Shelf, plan: u32) -> Result<(), Failure> {
    let transaction = shelf.transaction(&[PLANS, SETTINGS], TransactionMode::ReadWrite)?;
    let store = transaction.object_store(PLANS)?;
    let record = store.get(key(plan))?.await?.as_ref().and_then(read);
    if record.is_some_and(|record| !record.discarded.is_empty()) {
        store.delete(key(plan))?.await?;
        // Its place may be another plan's later.
        transaction.object_store(SETTINGS)?.delete(versions_key(plan))?.await?;
    }
    committed(transaction.commit()?.await?)?;
    Ok(())
}
