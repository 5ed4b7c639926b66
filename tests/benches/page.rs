//! How long the page takes, in Chromium, from an edit to what is repainted, and how smoothly its
//! roster scrolls. Printed, never judged. Run by `cargo xtask bench page`; compare within one run.

use std::path::Path;

use anyhow::{Context, Result};
use browser::Browser;
use fantoccini::Locator;
use serde_json::{Value, json};
use times::{patient_browser, print, show, wait_for};

#[path = "../tests/page/browser/mod.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod browser;
mod times;

/// How many times each thing is done.
const TIMES: usize = 100;

/// Answers how long each of some actions took, in microseconds, from the event that starts it until
/// the frame that shows its end is painted. An action is an event of an element; it ends when a
/// text changes.
const TIME: &str = "
    const [times, target, ends, acts, done] = arguments;
    const act = {
      type: (time) => {
        const field = document.querySelector(target);
        field.value = String(100000 + 7 * time);
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      },
      slide: (time) => {
        const slider = document.querySelector(target);
        slider.value = (7 * time) % 100;
        slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
      },
      undo: (time) => document.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, shiftKey: time % 2 === 1, bubbles: true })),
    }[acts];
    const content = () => ends.map((end) => document.querySelector(end)?.outerHTML);
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(0);
    }));
    const rest = () => new Promise((resolve) => setTimeout(resolve, 250));
    (async () => {
      const took = ends.map(() => []);
      for (let time = 0; time < times; time++) {
        await rest();
        const before = content();
        const ended = ends.map(() => false);
        const start = performance.now();
        act(time);
        while (ended.some((one) => !one) && performance.now() - start < 3000) {
          await painted();
          const now = performance.now() - start;
          content().forEach((one, index) => {
            if (!ended[index] && one !== before[index]) {
              ended[index] = true;
              took[index].push(Math.round(1000 * now));
            }
          });
        }
      }
      done(took);
    })();
";

/// Scrolls through the roster for some seconds and answers how long each frame took, in
/// microseconds.
const SCROLL: &str = "
    const [seconds, step, done] = arguments;
    const box = document.getElementById('roster-box');
    const took = [];
    let last;
    const end = performance.now() + 1000 * seconds;
    const frame = (now) => {
      if (last) took.push(Math.round(1000 * (now - last)));
      last = now;
      box.scrollTop += step;
      if (now < end) requestAnimationFrame(frame); else done(took);
    };
    requestAnimationFrame(frame);
";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let browser = patient_browser().await?;

    open(&browser, folder.path(), 1_000, 20).await?;
    show(&browser, "works").await?;
    let field = "[name='lines[0].amount']";
    for (name, times) in time(&browser, "type", field, &["#summary"]).await? {
        print(&format!("typing an amount, 1,000 households x 20 lines, until {name}"), &times);
    }
    show(&browser, "result").await?;
    let parts = ["#summary", "#lines", "#flow"];
    for (name, times) in time(&browser, "undo", field, &parts).await? {
        print(&format!("undoing and redoing it at the result, until {name}"), &times);
    }

    show(&browser, "scenarios").await?;
    let slider = "#scenarios [type=range]";
    wait_for(&browser, slider).await?;
    let parts = ["#scenarios .figures", "#compare .table-box"];
    for (name, times) in time(&browser, "slide", slider, &parts).await? {
        print(&format!("moving a slider, 1,000 households x 20 lines, until {name}"), &times);
    }
    for (task, result) in [("stress", "#stress .chart"), ("seek", "#seek .sought")] {
        let begin = std::time::Instant::now();
        let start = format!("#{task} .tools .button");
        browser.page.find(Locator::Css(&start)).await?.click().await?;
        wait_for(&browser, result).await?;
        println!(
            "{task} in a thread of the page, until its result is drawn: {:.1?}",
            begin.elapsed()
        );
    }

    open(&browser, folder.path(), 10_000, 20).await?;
    show(&browser, "roster").await?;
    for step in [40, 400] {
        let took = browser.page.execute_async(SCROLL, vec![json!(5), json!(step)]).await?;
        let took: Vec<u64> = serde_json::from_value(took)?;
        let whole: u64 = took.iter().sum();
        let frames = took.len() as u64;
        println!(
            "scrolling 10,000 households by {step} pixels a frame: {} frames a second",
            (frames * 1_000_000).checked_div(whole).unwrap_or_default()
        );
        print("    a frame", &took);
    }
    Ok(())
}

/// What ends where, and how long it took until then, in microseconds.
async fn time<'e>(
    browser: &Browser,
    acts: &str,
    target: &str,
    ends: &[&'e str],
) -> Result<Vec<(&'e str, Vec<u64>)>> {
    let arguments = vec![json!(TIMES), json!(target), json!(ends), json!(acts)];
    let took = browser.page.execute_async(TIME, arguments).await?;
    let took: Vec<Vec<u64>> =
        serde_json::from_value(took.clone()).with_context(|| took.to_string())?;
    Ok(ends.iter().copied().zip(took).collect())
}

/// Opens a plan of so many households and lines, as from a file.
async fn open(browser: &Browser, folder: &Path, households: usize, lines: usize) -> Result<()> {
    let file = folder.join(format!("{households}.fentan.json"));
    std::fs::write(&file, plan(households, lines).to_string())?;
    let input = browser.page.find(Locator::Css("#open")).await?;
    input.send_keys(&file.display().to_string()).await?;
    let begin = std::time::Instant::now();
    let count = format!("{households}");
    while begin.elapsed().as_secs() < 60 {
        let summary = browser.page.find(Locator::Css("#summary")).await?.text().await?;
        if summary.replace(',', "").contains(&count) {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    anyhow::bail!("the plan of {households} households does not open")
}

/// A compound as large as asked for, which uses the rules that take longest.
fn plan(households: usize, lines: usize) -> Value {
    let lines: Vec<_> = (0..lines)
        .map(|line| {
            let share_by = match line % 3 {
                0 => json!("area"),
                1 => json!("household"),
                _ => json!({ "table": "lift", "times": "area" }),
            };
            let amount = format!("{}.07", 680_000 + 977 * line);
            json!({ "id": format!("line-{line}"), "amount": amount, "share_by": share_by })
        })
        .collect();
    let households: Vec<_> = (0..households)
        .map(|place| {
            let (building, floor) = (1 + place / 60, 1 + place % 6);
            let area = format!("{}.{:02}", 40 + place % 57, place % 100);
            let id = format!("{building}-{}-{floor}0{}", 1 + place % 3, 1 + place / 18 % 4);
            json!({
                "id": format!("{id}-{place}"), "building": building.to_string(), "floor": floor,
                "area": area, "fund_balance": "3000.00", "provident": "20000.00",
            })
        })
        .collect();
    let overruns = lines.iter().filter_map(|line| {
        let overrun = json!({ "least": "-5%", "likely": "3%", "most": "20%" });
        Some((line["id"].as_str()?.to_owned(), overrun))
    });
    let overruns: serde_json::Map<_, _> = overruns.collect();
    let more = json!([{ "set": "sources.county.per_household", "to": "3000" }]);
    json!({
        "fentan": 1,
        "scenarios": [{ "id": "more", "changes": more }],
        "stress": { "lines": overruns, "sources": { "county": { "chance": "10%", "pays": "50%" } } },
        "name": format!("{} households", households.len()),
        "tables": { "lift": { "1": "0", "2": "0.5", "3": "1", "4": "1.1", "5": "1.2", "6": "1.3" } },
        "lines": lines,
        "sources": [
            { "id": "central", "rate": "30%" },
            { "id": "county", "per_household": "2000" },
            { "id": "grid", "amount": "500000", "covers": { "lines": ["line-1", "line-2"] } },
        ],
        "channels": [{ "kind": "maintenance_fund" }, { "kind": "provident_fund" }],
        "households": households,
    })
}
