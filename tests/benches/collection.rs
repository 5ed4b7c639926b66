//! How long the page's view of payments takes, in Chromium, with 10,000 homes, twelve calls and 50,000 payments: from
//! what is done until it is repainted. Printed, never judged. Run by `cargo xtask bench collection`.

use std::time::Instant;

use anyhow::{Context, Result};
use fantoccini::Locator;
use fentan_core::collection::Method;
use fentan_core::{Day, Fen};
use fentan_ledger::book::{Book, Desk, Paid};
use serde_json::{Value, json};
use times::{patient_browser, print, show, wait_for};

#[path = "../tests/page/browser/mod.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod browser;
mod times;

const HOMES: usize = 10_000;
const CALLS: usize = 12;
const PAYMENTS: usize = 50_000;

/// How many times each thing is done.
const TIMES: usize = 50;

/// Answers how long each of some acts took, in microseconds, from the event that starts it until the frame is painted in
/// which what it changes is changed.
const ACT: &str = "
    const [times, acts, done] = arguments;
    const field = (id, value, type) => {
      const field = document.getElementById(id);
      field.value = value;
      field.dispatchEvent(new Event(type, { bubbles: true }));
    };
    const day = (time) => `2027-${String(1 + time % 12).padStart(2, '0')}-${String(1 + time % 28).padStart(2, '0')}`;
    const [act, end] = {
      search: [(time) => field('stand-search', `${1 + time}-`, 'input'), '#stand-homes'],
      building: [(time) => {
        const { options } = document.getElementById('stand-building');
        field('stand-building', options[time % options.length].value, 'change');
      }, '#stand-homes'],
      behind: [() => document.getElementById('stand-behind').click(), '#stand-homes'],
      day: [(time) => field('stand-on', day(time), 'input'), '#stand-said'],
      door: [(time) => field('payment-door', `${1 + time % 100}-${60 * (time % 100)}`, 'input'), '#payment-home'],
      pay: [(time) => {
        field('payment-door', `${1 + time % 100}-${60 * (time % 100)}`, 'input');
        field('payment-amount', `${10 + time}.07`, 'input');
        document.getElementById('payment-record').click();
      }, '#entries'],
    }[acts];
    const content = () => document.querySelector(end)?.outerHTML;
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(0);
    }));
    const rest = () => new Promise((resolve) => setTimeout(resolve, 250));
    (async () => {
      // All homes are listed again, whatever was done before.
      field('stand-search', '', 'input');
      field('stand-building', '', 'change');
      const took = [];
      for (let time = 1; time <= times; time++) {
        await rest();
        const before = content();
        const start = performance.now();
        act(time);
        do await painted(); while (content() === before && performance.now() - start < 3000);
        if (content() !== before) took.push(Math.round(1000 * (performance.now() - start)));
      }
      done(took);
    })();
";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (plan, book) = (folder.path().join("homes.fentan.json"), folder.path().join("homes.book"));
    std::fs::write(&plan, homes().to_string())?;
    std::fs::write(&book, payments()?.to_bytes())?;
    let browser = patient_browser().await?;
    let open = async |input: &str, file: &std::path::Path| {
        wait_for(&browser, input).await?;
        let input = browser.page.find(Locator::Css(input)).await?;
        anyhow::Ok(input.send_keys(file.to_str().context("a path")?).await?)
    };
    open("#open", &plan).await?;
    wait_for(&browser, "#summary dd").await?;
    show(&browser, "collection").await?;
    wait_for(&browser, "#stand-homes tbody tr").await?;
    let begin = Instant::now();
    open("#book-join", &book).await?;
    wait_for(&browser, "#entries tbody tr").await?;
    println!("joining a book of {PAYMENTS} payments: {:.1?}", begin.elapsed());
    for (acts, what) in [
        ("search", "searching for a home"),
        ("building", "choosing a building"),
        ("behind", "those in arrears, or all"),
        ("day", "another day"),
        ("door", "typing a door"),
        ("pay", "recording a payment"),
    ] {
        let took = browser.page.execute_async(ACT, vec![json!(TIMES), json!(acts)]).await?;
        print(what, &serde_json::from_value::<Vec<u64>>(took)?);
    }
    browser.screenshot("collection-10000-1280").await
}

fn id(place: usize) -> String {
    format!("{}-{place}", 1 + place / 60)
}

/// A plan with calls in every month of a year.
fn homes() -> Value {
    let homes = (0..HOMES).map(|place| {
        let area = format!("{}.{:02}", 40 + place % 57, place % 100);
        json!({ "id": id(place), "building": (1 + place / 60).to_string(), "area": area })
    });
    let calls = (1..=CALLS).map(|month| {
        let part = if month == CALLS { "12%" } else { "8%" };
        json!({ "id": month.to_string(), "due": format!("2027-{month:02}-01"), "part": part })
    });
    json!({
        "fentan": 1,
        "name": "10,000 homes",
        "lines": [{ "id": "pipes", "amount": "48000000.07", "share_by": "area" }],
        "collection": { "calls": calls.collect::<Vec<_>>() },
        "households": homes.collect::<Vec<_>>(),
    })
}

fn payments() -> Result<Book> {
    let (mut book, desk) = (Book::default(), Desk::read("B").context("a desk")?);
    for one in 0..PAYMENTS {
        let date = format!("2027-{:02}-{:02}", 1 + one * 12 / PAYMENTS, 1 + one % 28);
        let paid = Paid {
            date: Day::read(&date).ok().context("a day")?,
            household: id(one % HOMES),
            amount: Fen(30_000 + one as u128 % 977),
            method: Method::Cash,
            reference: None,
            note: None,
        };
        book.pay(desk, paid).map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
    }
    Ok(book)
}
