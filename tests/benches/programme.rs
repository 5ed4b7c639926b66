//! How long the page takes, in Chromium, to open a programme of 3,000 compounds, and from a filter to what is
//! repainted. Printed, never judged. Run by `cargo xtask bench programme`; compare within one run.

use std::io::{Cursor, Write};
use std::time::Instant;

use anyhow::{Context, Result};
use fantoccini::Locator;
use fentan_bench::{County, id};
use serde_json::json;
use times::{patient_browser, print, show, wait_for};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

#[path = "../tests/page/browser/mod.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod browser;
mod times;

/// What is opened.
const COUNTY: County = County { compounds: 3_000, households: 80, lines: 20 };

/// How many times each thing is done.
const TIMES: usize = 100;

/// Answers how long each of some filters took, in microseconds, from the event that starts it until the frame is
/// painted in which totals and table are those of the filter.
const FILTER: &str = "
    const [times, acts, done] = arguments;
    const field = (id, value, type) => {
      const field = document.getElementById('programme-' + id);
      field.value = value(field);
      field.dispatchEvent(new Event(type, { bubbles: true }));
    };
    const act = {
      county: (time) => field('county', ({ options }) => options[time % options.length].value, 'change'),
      over: (time) => field('over', () => String(100 + 37 * time), 'input'),
      text: (time) => field('text', () => String(time), 'input'),
      findings: (time) => field('findings', ({ options }) => options[time % 2 * 4].value, 'change'),
      colour: (time) => field('colour', ({ options }) => options[time % 4].value, 'change'),
      sort: (time) => document.querySelectorAll('#programme-box thead button')[4 + time % 3].click(),
    }[acts];
    const ends = { colour: ['.tile-legend'], sort: ['#programme-box'] }[acts]
      ?? ['#programme-together .cards', '#programme-box'];
    const content = () => ends.map((end) => document.querySelector(end).outerHTML).join();
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(0);
    }));
    const rest = () => new Promise((resolve) => setTimeout(resolve, 100));
    (async () => {
      const took = [];
      for (let time = 1; time <= times; time++) {
        await rest();
        const before = content();
        const start = performance.now();
        act(time);
        // Some filters take what the one before took.
        do await painted(); while (content() === before && performance.now() - start < 500);
        if (content() !== before) took.push(Math.round(1000 * (performance.now() - start)));
      }
      field('county', () => '', 'change');
      field('over', () => '', 'input');
      field('text', () => '', 'input');
      field('findings', () => '', 'change');
      done(took);
    })();
";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("county.zip");
    std::fs::write(&file, zipped()?)?;
    let browser = patient_browser().await?;
    show(&browser, "programme").await?;
    wait_for(&browser, "#programme-zip").await?;
    let begin = Instant::now();
    let input = browser.page.find(Locator::Css("#programme-zip")).await?;
    input.send_keys(file.to_str().context("a path")?).await?;
    wait_for(&browser, "#programme-box tbody th").await?;
    let County { compounds, households, lines } = COUNTY;
    println!(
        "opening {compounds} compounds x {households} households x {lines} lines: {:.1?}",
        begin.elapsed()
    );
    for (acts, what) in [
        ("county", "choosing a county"),
        ("over", "homes above an amount"),
        ("findings", "choosing what is found"),
        ("text", "typing a part of a name"),
        ("colour", "colouring tiles by another column"),
        ("sort", "sorting by a column"),
    ] {
        let took = browser.page.execute_async(FILTER, vec![json!(TIMES), json!(acts)]).await?;
        let took: Vec<u64> = serde_json::from_value(took)?;
        print(what, &took);
    }
    browser.screenshot("programme-3000-1280").await
}

/// The county as a zip file.
fn zipped() -> Result<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |path: String, text: String| -> Result<()> {
        writer.start_file(path, SimpleFileOptions::default())?;
        Ok(writer.write_all(text.as_bytes())?)
    };
    add("programme.toml".to_owned(), COUNTY.programme())?;
    add("compounds.csv".to_owned(), COUNTY.table())?;
    for compound in 0..COUNTY.compounds {
        add(format!("{}/plan.toml", id(compound)), COUNTY.plan(compound))?;
        add(format!("{}/households.csv", id(compound)), COUNTY.roster(compound))?;
    }
    Ok(writer.finish()?.into_inner())
}
