//! A recorder on the page, as counties have them for statistics: what it can learn of a visitor.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{TARIFF, calculator, host};
use crate::browser::Browser;
use crate::workbench::wait_until;

/// Listens to all that passes the document, on its way down and up, and reads all that it can reach.
const RECORDER: &str = "
    window.recorded = [];
    const native = ['input', 'beforeinput', 'change', 'click', 'keydown', 'keyup', 'focusin', 'focusout', 'paste', 'pointerdown'];
    for (const name of native) {
        for (const capture of [true, false]) {
            document.addEventListener(name, (event) => {
                const path = event.composedPath();
                recorded.push([name, capture, ...path.map((one) => `${one.nodeName ?? ''} ${one.name ?? ''} ${one.value ?? ''}`)]);
            }, capture);
        }
    }
    for (const name of ['ready', 'change', 'shares', 'loaderror', 'fentan-split', 'fentan-error']) {
        addEventListener(name, ({ detail }) => recorded.push([name, JSON.stringify(detail ?? null)]));
    }";

/// Presses a key, as a keyboard does.
async fn press(browser: &Browser, key: &str, code: u32) -> Result<()> {
    super::press(browser, key, code).await
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_recorder_learns_nothing_of_what_was_filled_in() -> Result<()> {
    let files =
        [("tariff.json".to_owned(), TARIFF.into()), ("recorder.js".to_owned(), RECORDER.into())];
    let body = "<script src=/recorder.js></script>
        <fentan-calculator src=/tariff.json prefill='building=1&unit=1&floor=3'></fentan-calculator>";
    let address = host::publish_plain(&calculator()?, body, &files)?;
    let browser = Browser::at(&address, 1280).await?;
    let run = |script: &'static str| browser.page.execute(script, Vec::new());
    let state = "return document.querySelector('fentan-calculator').state ?? ''";
    wait_until("it is ready", || async { Ok(run(state).await? == json!("ready")) }).await?;
    assert_eq!(
        run("return document.querySelector('fentan-calculator').shadowRoot").await?,
        Value::Null
    );

    // As a visitor does it: by tab to the area, then to the next field, and Enter.
    run("document.querySelector('fentan-calculator').scrollIntoView()").await?;
    press(&browser, "Tab", 9).await?;
    for _ in 0..3 {
        press(&browser, "Tab", 9).await?;
    }
    super::type_in(&browser, "7436").await?;
    press(&browser, "Tab", 9).await?;
    super::type_in(&browser, "dibao").await?;
    press(&browser, "Enter", 13).await?;
    let heard = "return recorded.filter(([name]) => name === 'change').length";
    wait_until("it is told that something changed", || async {
        Ok(run(heard).await?.as_i64().unwrap_or(0) > 0)
    })
    .await?;
    let recorded =
        run("return JSON.stringify(recorded) + document.documentElement.outerHTML").await?;
    let recorded = recorded.as_str().context("a text")?;
    for private in ["7436", "hardship", "INPUT", "SELECT", "dibao", "困难"] {
        assert!(!recorded.contains(private), "{private} in {recorded}");
    }
    // On their way down it sees that there was an event at the element; on their way up not even that.
    let up = "return recorded.filter(([name, capture, ...path]) =>
        capture === false && name !== 'change' && path.some((one) => one.startsWith('FENTAN-'))).length";
    assert_eq!(run(up).await?, json!(0));
    Ok(())
}
