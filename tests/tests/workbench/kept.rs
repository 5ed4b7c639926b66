//! Nothing that was typed is lost: whatever ends the page, however little room there is, and
//! however many windows show the plan.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use fantoccini::Locator;

use crate::browser::Browser;
use crate::workbench::{clear, has, says, text, value, wait_until};

/// The name of the plan: a field that any text may stand in.
const NAME: &str = "[name='name']";
/// How long the page waits for the engine before it says so, and a moment.
const PATIENCE: Duration = Duration::from_millis(350);
/// The most that may be lost, counted back from the end.
const LOST: Duration = Duration::from_secs(1);

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn killed_in_mid_typing_it_loses_the_last_second_at_most() -> Result<()> {
    let mut browser = Browser::open(1280, 900).await?;
    let address = browser.page.current_url().await?;
    // Twenty moments, spread over where typing, waiting and writing happen.
    for moment in 0..20 {
        let until = Duration::from_millis(200 + 137 * moment % 1900);
        clear(&browser, NAME).await?;
        wait_until("the empty name is kept", || is_kept(&browser)).await?;
        let field = browser.page.find(Locator::Css(NAME)).await?;
        let begin = Instant::now();
        let mut typed = Vec::new();
        while begin.elapsed() < until {
            let letter = char::from(b'a' + u8::try_from(typed.len() % 26)?);
            field.send_keys(&letter.to_string()).await?;
            typed.push((begin.elapsed(), letter));
        }
        let end = begin.elapsed();
        let folder = browser.kill().await?;

        browser = Browser::start(folder).await?;
        browser.go(address.as_str()).await?;
        let kept = value(&browser, NAME).await?;
        let all: String = typed.iter().map(|(_, letter)| *letter).collect();
        ensure!(all.starts_with(&kept), "{kept:?} is not how {all:?} begins");
        let lost = typed.get(kept.len()).map(|(at, _)| end - *at);
        ensure!(lost.is_none_or(|lost| lost <= LOST), "lost {lost:?}: {kept:?} of {all:?}");
    }
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_full_disk_is_said_and_nothing_is_left_behind() -> Result<()> {
    let address = std::env::var("FENTAN_PAGE").context("there is no page to open")?;
    let browser = Browser::start(tempfile::tempdir()?).await?;
    browser.page.goto(&format!("{address}icons/icon.svg")).await?;
    browser.quota(1000).await?;
    browser.go(&address).await?;
    clear(&browser, NAME).await?;
    browser.page.find(Locator::Css(NAME)).await?.send_keys("no room").await?;
    wait_until("it says that it is not kept", || has(&browser, "#save-now")).await?;
    // Another plan is not opened as long as this one would be lost.
    browser.page.find(Locator::Css(".shelf summary")).await?.click().await?;
    browser.page.find(Locator::Css("#new-plan")).await?.click().await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(value(&browser, NAME).await?, "no room");

    browser.quota(1 << 30).await?;
    browser.page.find(Locator::Css(NAME)).await?.send_keys("!").await?;
    wait_until("it is kept", || is_kept(&browser)).await?;
    browser.reload().await?;
    assert_eq!(value(&browser, NAME).await?, "no room!");
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn out_of_memory_is_said_and_what_was_kept_is_there_again() -> Result<()> {
    let address = std::env::var("FENTAN_PAGE").context("there is no page to open")?;
    // No program may have more than 12 MB: some for the example, too little for what comes.
    let little = ["--js-flags=--wasm-max-mem-pages=192"];
    let browser = Browser::start_with(tempfile::tempdir()?, &little).await?;
    browser.go(&address).await?;
    clear(&browser, NAME).await?;
    browser.page.find(Locator::Css(NAME)).await?.send_keys("before").await?;
    wait_until("it is kept", || is_kept(&browser)).await?;

    let files = tempfile::tempdir()?;
    let large = files.path().join("large.json");
    let household = |id| format!(r#"{{ "id": "{id}", "area": "60" }}"#);
    let households: Vec<_> = (0..60_000).map(household).collect();
    let plan =
        format!(r#"{{ "fentan": 1, "lines": [], "households": [{}] }}"#, households.join(","));
    std::fs::write(&large, plan)?;
    let chosen = large.to_str().context("the path is not UTF-8")?;
    let chooser = Locator::Css("input[type=file]");
    browser.page.find(chooser).await?.send_keys(chosen).await?;
    wait_until("it says that it has stopped", || has(&browser, "#stopped")).await?;

    let browser = Browser::start(browser.kill().await?).await?;
    browser.go(&address).await?;
    assert_eq!(value(&browser, NAME).await?, "before");
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_worker_out_of_memory_leaves_the_plan_as_it_is() -> Result<()> {
    let address = std::env::var("FENTAN_PAGE").context("there is no page to open")?;
    let little = ["--js-flags=--wasm-max-mem-pages=192"];
    let browser = Browser::start_with(tempfile::tempdir()?, &little).await?;
    browser.go(&address).await?;
    let residents = text(&browser, "#summary").await?;
    let files = tempfile::tempdir()?;
    let large = files.path().join("large.csv");
    let rows: String = (0..200_000).map(|id| format!("{id},60\n")).collect();
    std::fs::write(&large, format!("id,area\n{rows}"))?;
    let chosen = large.to_str().context("the path is not UTF-8")?;
    browser.page.find(Locator::Css("input[type=file]")).await?.send_keys(chosen).await?;
    wait_until("it says that the file was not opened", || has(&browser, "#refused")).await?;
    assert!(says(&browser, "#refused", "large.csv").await?);
    assert!(!has(&browser, "#stopped").await?);
    assert_eq!(text(&browser, "#summary").await?, residents);
    clear(&browser, NAME).await?;
    browser.page.find(Locator::Css(NAME)).await?.send_keys("after").await?;
    wait_until("the plan is kept", || is_kept(&browser)).await?;
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn two_windows_on_a_plan_lose_neither() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    let address = browser.page.current_url().await?;
    let first = browser.page.window().await?;
    let second = browser.page.new_window(true).await?.handle;
    browser.page.switch_to_window(second.clone()).await?;
    browser.go(address.as_str()).await?;
    wait_until("the second says so", || has(&browser, "#keeping")).await?;

    // What one window keeps, the other shows where nothing was changed in it.
    clear(&browser, NAME).await?;
    browser.page.find(Locator::Css(NAME)).await?.send_keys("second").await?;
    wait_until("the second has kept it", || is_kept(&browser)).await?;
    browser.page.switch_to_window(first.clone()).await?;
    wait_until("the first says so", || has(&browser, "#keeping")).await?;
    wait_until("the first shows it", || reads(&browser, "second")).await?;

    // Changed in both before either hears of the other, both are there.
    let change = "const field = document.querySelector(arguments[0]);
        const before = field.value;
        const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
        set.call(field, arguments[1]);
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        return before;";
    let both = |text: &str| vec![NAME.into(), text.into()];
    let mut attempts = 0..3;
    // On a busy machine the second may have followed the first already, and nothing meets.
    loop {
        let mine = format!("mine {}", attempts.next().context("the second always followed")?);
        browser.page.switch_to_window(first.clone()).await?;
        browser.page.execute(change, both(&mine)).await?;
        browser.page.switch_to_window(second.clone()).await?;
        if browser.page.execute(change, both("yours")).await? != mine.as_str() {
            break;
        }
        wait_until("the second has kept it", || is_kept(&browser)).await?;
    }
    wait_until("both are kept", || async {
        let plans = "return [...document.querySelectorAll('.shelf li button:first-child')].length";
        Ok(browser.page.execute(plans, Vec::new()).await? == 2)
    })
    .await?;
    Ok(())
}

async fn reads(browser: &Browser, text: &str) -> Result<bool> {
    Ok(value(browser, NAME).await? == text)
}

/// Whether all that was typed is kept: the page says so in words of its own. That something is not
/// kept yet it says with the engine's answer, or where that takes longer than it has patience.
async fn is_kept(browser: &Browser) -> Result<bool> {
    tokio::time::sleep(PATIENCE).await;
    let note = browser.page.find(Locator::Css(".keeping")).await?;
    Ok(note.attr("data-kept").await?.context("the page does not say how it keeps")? == "kept")
}
