//! The book of payments of each plan, in a database of its own in the browser: an entry is a record,
//! written once and never again.
//!
//! A record is added and never put: two windows that give out one receipt can't both, and the second
//! reads what the first did and takes the next number.

use fentan_ledger::book::{Book, Broken, Desk, Receipt};
use idb::{Database, DatabaseEvent, Factory, KeyRange, ObjectStoreParams, Query, TransactionMode};
use js_sys::Math;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

/// The database's name and version. A later version must still read what this one wrote.
const NAME: &str = "fentan-payments";
const VERSION: u32 = 1;
/// Entries, by `PLAN/RECEIPT`.
const ENTRIES: &str = "entries";
/// The desk that this browser is for a plan.
const DESKS: &str = "desks";

/// Why an entry was not kept, or a book can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Another window has given out the receipt.
    Overtaken,
    /// There is no room.
    Full,
    /// Anything else: the browser keeps nothing, as in some private windows.
    Other,
    /// The entries are not what they were when they were written.
    Broken(Broken),
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
            Some("ConstraintError") => Failure::Overtaken,
            _ => Failure::Other,
        }
    }
}

async fn open() -> Result<Database, Failure> {
    let mut request = Factory::new()?.open(NAME, Some(VERSION))?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            // A store that is there already is not made again.
            let _ = database.create_object_store(ENTRIES, ObjectStoreParams::new());
            let _ = database.create_object_store(DESKS, ObjectStoreParams::new());
        }
    });
    Ok(request.await?)
}

fn key(plan: u32, receipt: Receipt) -> JsValue {
    JsValue::from(format!("{plan}/{receipt}"))
}

/// The book of a plan, and the desk that this browser is.
pub async fn load(plan: u32) -> Result<(Book, Desk), Failure> {
    let database = open().await?;
    let transaction = database.transaction(&[ENTRIES, DESKS], TransactionMode::ReadWrite)?;
    let (first, last) = (format!("{plan}/"), format!("{plan}/~"));
    let range = KeyRange::bound(&JsValue::from(first), &JsValue::from(last), None, None)?;
    let entries = transaction.object_store(ENTRIES)?;
    let lines = entries.get_all(Some(Query::KeyRange(range)), None)?.await?;
    let desks = transaction.object_store(DESKS)?;
    let of_plan = JsValue::from(plan.to_string());
    let known = desks.get(of_plan.clone())?.await?.and_then(|name| name.as_string());
    let desk = match known.as_deref().and_then(Desk::read) {
        Some(desk) => desk,
        None => {
            let desk = Desk::of_random(random());
            desks.add(&JsValue::from(desk.to_string()), Some(&of_plan))?.await?;
            desk
        }
    };
    transaction.commit()?.await?;
    database.close();
    let lines: Vec<String> = lines.iter().filter_map(JsValue::as_string).collect();
    let book = Book::of_lines(lines.iter().map(String::as_str)).map_err(Failure::Broken)?;
    Ok((book, desk))
}

/// Random bytes for the name of a desk: nothing secret.
fn random() -> [u8; 4] {
    // The middle of its digits: the first and last bits of a float are not all as likely.
    let [.., one, two, three, four, _, _] = Math::random().to_bits().to_le_bytes();
    [one, two, three, four]
}

/// Keeps entries of a book, all of them or none.
pub async fn keep(plan: u32, lines: Vec<(Receipt, String)>) -> Result<(), Failure> {
    let database = open().await?;
    let transaction = database.transaction(&[ENTRIES], TransactionMode::ReadWrite)?;
    let entries = transaction.object_store(ENTRIES)?;
    let mut requests = Vec::with_capacity(lines.len());
    for (receipt, line) in lines {
        requests.push(entries.add(&JsValue::from(line), Some(&key(plan, receipt)))?);
    }
    for request in requests {
        request.await?;
    }
    let is_kept = transaction.commit()?.await?.is_committed();
    database.close();
    if is_kept { Ok(()) } else { Err(Failure::Full) }
}
