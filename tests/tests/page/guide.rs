//! The guide, followed literally: whoever has only its chapter for committees and two Excel files makes a plan from them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::workbench::{is_kept, type_into, wait_until, write};

/// What stands above the steps.
const STEPS: &str = "<!-- 测试照着做：点、选、填、看 -->";

/// What a reader does, as the guide has it.
#[derive(Debug, PartialEq)]
enum Step {
    /// 点“…”
    Click(String),
    /// 选“…”
    Choose(String),
    /// 填“…”为“…”
    Fill(String, String),
    /// 看“…”
    See(String),
}

fn guide() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/book/src")
}

/// The steps of a text, in order.
fn steps(text: &str) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('“') {
        let (before, after) = rest.split_at(open);
        let (quoted, after) = after['“'.len_utf8()..].split_once('”').context("no end")?;
        let quoted = quoted.to_owned();
        rest = after;
        match before.chars().next_back() {
            Some('点') => steps.push(Step::Click(quoted)),
            Some('选') => steps.push(Step::Choose(quoted)),
            Some('填') => {
                let value = rest.strip_prefix("为“").and_then(|rest| rest.split_once('”'));
                let (value, after) = value.context("a field without a value")?;
                steps.push(Step::Fill(quoted, value.to_owned()));
                rest = after;
            }
            Some('看') => steps.push(Step::See(quoted)),
            other => anyhow::bail!("“{quoted}” stands behind {other:?}, not 点, 选, 填 or 看"),
        }
    }
    Ok(steps)
}

/// What can be clicked on, seen, and is called so: what a tab says behind its name is no part of it.
const CALLED: &str = "
    const is = (one) => one?.textContent.trim() === arguments[0];
    const all = [...document.querySelectorAll('button, a, summary, label')];
    const found = all.find((one) => one.getClientRects().length && (is(one) || is(one.firstChild)));
    found?.scrollIntoView({ block: 'center' });
    found?.click();
    return Boolean(found);";

/// The last field that has this label, marked so that it can be found.
const LABELLED: &str = "
    document.querySelectorAll('[data-guide]').forEach((one) => one.removeAttribute('data-guide'));
    const is = (label) => label.textContent.trim() === arguments[0];
    const all = [...document.querySelectorAll('main input')];
    const found = all.filter((one) => [...(one.labels ?? [])].some(is)).at(-1);
    found?.setAttribute('data-guide', '');
    return Boolean(found);";

async fn holds(browser: &Browser, script: &str, text: &str) -> Result<bool> {
    Ok(browser.page.execute(script, vec![json!(text)]).await? == Value::Bool(true))
}

async fn follow(browser: &Browser, step: &Step) -> Result<()> {
    let what = format!("{step:?}");
    match step {
        Step::Click(name) => wait_until(&what, || holds(browser, CALLED, name)).await,
        Step::Choose(file) => {
            let file = guide().join("files").join(file).canonicalize()?;
            type_into(browser, "#import-file", file.to_str().context("a path")?).await
        }
        Step::Fill(label, value) => {
            wait_until(&what, || holds(browser, LABELLED, label)).await?;
            write(browser, "[data-guide]", value).await
        }
        Step::See(text) => {
            let seen = "return document.body.innerText.includes(arguments[0])";
            wait_until(&what, || holds(browser, seen, text)).await
        }
    }
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_reader_of_the_guide_makes_a_plan_from_two_excel_files() -> Result<()> {
    let chapter = std::fs::read_to_string(guide().join("committee.md"))?;
    let (_, below) = chapter.split_once(STEPS).context("the guide has no steps")?;
    let numbered: Vec<_> = below
        .lines()
        .skip_while(|line| line.is_empty())
        .take_while(|line| line.starts_with(|one: char| one.is_ascii_digit()))
        .collect();
    ensure!(numbered.len() > 5, "{numbered:?}");
    let browser = Browser::first_visit(1280, 900).await?;
    for step in steps(&numbered.join("\n"))? {
        follow(&browser, &step).await?;
        // Nobody is faster than the page: what an edit brings about is drawn by then.
        wait_until("it is kept", || is_kept(&browser)).await?;
    }
    browser.screenshot("guide-1280").await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}
