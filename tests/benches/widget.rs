//! How long `<fentan-calculator>` takes on a slow telephone, from the first request to the first
//! figure: 1.6 Mb/s with 150 ms to the server and back, a processor a quarter as fast, nothing kept
//! from before. Printed, never judged. Run by `cargo xtask bench widget`.

use anyhow::{Context, Result};
use browser::Browser;
use serde_json::json;

#[path = "../tests/page/browser/mod.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod browser;

/// How many times it is opened anew.
const TIMES: usize = 10;

/// Fills in the form as soon as it is there and answers, in milliseconds since the address was asked
/// for, when the form was drawn and when the first figure.
const FIRST_FIGURE: &str = "
    const [flat, done] = arguments;
    const calculator = document.querySelector('fentan-calculator');
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(0);
    }));
    const until = async (selector) => {
      while (!calculator.shadowRoot?.querySelector(selector)) await painted();
      await painted();
      return Math.round(performance.now());
    };
    (async () => {
      const form = await until('form');
      for (const [name, value] of Object.entries(flat)) {
        const field = calculator.shadowRoot.querySelector(`[name='${name}']`);
        field.value = value;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
      calculator.shadowRoot.querySelector('button').click();
      done([form, await until('[part=amount]')]);
    })();
";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let page = std::env::var("FENTAN_PAGE").context("run this as `cargo xtask bench widget`")?;
    let address = format!("{page}widget/frame.html?src=/county-site/lift.json");
    let (mut forms, mut figures) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        let browser = Browser::start(tempfile::tempdir()?).await?;
        browser.resize(360, 800, 2).await?;
        let slow = json!({ "offline": false, "latency": 150,
            "downloadThroughput": 200_000, "uploadThroughput": 93_750 });
        browser.ask_chromium("Network.enable", json!({})).await?;
        browser.ask_chromium("Network.emulateNetworkConditions", slow).await?;
        browser.ask_chromium("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await?;
        browser.open_roots().await?;
        browser.page.goto(&address).await?;
        let flat = json!({ "floor": "5", "area": "60.00" });
        let took = browser.page.execute_async(FIRST_FIGURE, vec![flat]).await?;
        let (form, figure): (u64, u64) = serde_json::from_value(took)?;
        forms.push(form);
        figures.push(figure);
    }
    for (name, times) in [("the form", &mut forms), ("the first figure", &mut figures)] {
        times.sort_unstable();
        let at =
            |part: usize| times.get((times.len() - 1) * part / 10).copied().unwrap_or_default();
        println!("{name}: median {} ms, fastest {} ms, slowest {} ms", at(5), at(0), at(10));
    }
    Ok(())
}
