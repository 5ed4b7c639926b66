//! A plan made, understood and kept in the page.

mod account;
mod agreed;
mod homes;
mod import;
mod kept;
mod law;
mod ledger;
mod own_policy;
mod papers;
pub mod path;
mod programme;
mod publication;
mod scenarios;
pub mod screens;

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::json;

use crate::browser::{Browser, PATIENCE, PAUSE};

/// What stands in a field.
pub async fn value(browser: &Browser, selector: &str) -> Result<String> {
    let value = browser.with(selector, async |field| field.prop("value").await).await?;
    Ok(value.unwrap_or_default())
}

/// Empties a field as people do: all of it chosen, and deleted.
pub async fn clear(browser: &Browser, selector: &str) -> Result<()> {
    click(browser, selector).await?;
    let all = format!("{}a{}", char::from(Key::Control), char::from(Key::Null));
    type_into(browser, selector, &all).await?;
    type_into(browser, selector, &char::from(Key::Delete).to_string()).await
}

/// Types a text into a field, in place of what stands there.
pub async fn write(browser: &Browser, selector: &str, text: &str) -> Result<()> {
    clear(browser, selector).await?;
    type_into(browser, selector, text).await
}

/// Types a text into a field, behind what stands there; into a field for files, their paths.
pub async fn type_into(browser: &Browser, selector: &str, text: &str) -> Result<()> {
    browser.with(selector, async |field| field.send_keys(text).await).await
}

/// Clicks on something, as soon as it is there: a part of the page may still be loading.
pub async fn click(browser: &Browser, selector: &str) -> Result<()> {
    browser.with(selector, async |found| found.click().await).await
}

/// Chooses something of the menu.
pub async fn choose_in_menu(browser: &Browser, item: &str) -> Result<()> {
    click(browser, "#menu > summary").await?;
    click(browser, item).await
}

/// What is written somewhere; empty where nothing is.
pub async fn text(browser: &Browser, selector: &str) -> Result<String> {
    loop {
        let Some(found) = browser.page.find_all(Locator::Css(selector)).await?.into_iter().next()
        else {
            return Ok(String::new());
        };
        match found.text().await {
            // It was drawn anew meanwhile.
            Err(error) if error.is_stale_element_reference() => {}
            text => return Ok(text?),
        }
    }
}

/// Waits until something holds that the page brings about by itself.
pub async fn wait_until<F, T>(what: &str, mut holds: F) -> Result<()>
where
    F: FnMut() -> T,
    T: Future<Output = Result<bool>>,
{
    let begin = Instant::now();
    while !holds().await? {
        if begin.elapsed() > PATIENCE {
            bail!("waited in vain until {what}");
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}

/// Waits for the file that the browser saves in an empty folder, and takes it out: its name and bytes.
pub async fn saved_file(folder: &Path) -> Result<(String, Vec<u8>)> {
    let file = || -> Result<Option<PathBuf>> {
        let files = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
        let files = files.collect::<std::io::Result<Vec<_>>>()?;
        // What is still being saved has another ending; Chromium holds its place with nothing.
        let is_whole = |file: &PathBuf| {
            file.extension().is_some_and(|ending| ending != "crdownload")
                && file.metadata().is_ok_and(|file| file.len() > 0)
        };
        Ok(files.into_iter().find(is_whole))
    };
    wait_until("a file is saved", || async { Ok(file()?.is_some()) }).await?;
    let file = file()?.context("a file")?;
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = std::fs::read(&file)?;
    std::fs::remove_file(&file)?;
    Ok((name, bytes))
}

/// Shows a screen by the links of its stage, and waits until it is loaded and drawn.
pub async fn show(browser: &Browser, screen: &str) -> Result<()> {
    let stage = match screen {
        "works" | "roster" | "health" | "import" => "prepare",
        "sources" | "agreements" | "scenarios" | "basis" => "discuss",
        "collection" | "cash" | "final-account" | "joining" => "settle",
        "shelf" | "programme" | "ledger" | "who-pays" | "lift" => "shelf",
        _ => "decide",
    };
    let tab = format!(".views a[href='#{screen}']");
    if !has(browser, &tab).await? {
        click(browser, &format!("[data-stage='{stage}']")).await?;
        wait_until("the stage is shown", || has(browser, &tab)).await?;
    }
    click(browser, &tab).await?;
    let shown = format!("{tab}[aria-current]");
    // A screen that waits for its figures has none yet.
    let heading = format!("[data-screen='#{screen}'] :is(h1, h2)");
    // The style of a screen comes with it; that of the screen before stays until it is there.
    let styled = "return [...document.querySelectorAll('link[rel=stylesheet]')]
        .every(({ href, sheet }) => sheet?.href === href)";
    wait_until("the screen is drawn", || async {
        let is_drawn = has(browser, &shown).await? && has(browser, &heading).await?;
        Ok(is_drawn && browser.page.execute(styled, Vec::new()).await? == true)
    })
    .await
}

/// Pastes cells in place of what is there.
pub async fn paste(browser: &Browser, cells: &str) -> Result<()> {
    wait_until("the box for cells opens", || has(browser, "#paste-cells")).await?;
    let paste = "document.getElementById('paste-cells').value = arguments[0]";
    browser.page.execute(paste, vec![json!(cells)]).await?;
    click(browser, "#paste-instead").await
}

/// Whether something is on the page.
pub async fn has(browser: &Browser, selector: &str) -> Result<bool> {
    Ok(!browser.page.find_all(Locator::Css(selector)).await?.is_empty())
}

/// The rows of a table of the page, each as its cells.
pub async fn rows(browser: &Browser, table: &str) -> Result<Vec<Vec<String>>> {
    let script = "return [...document.querySelectorAll(arguments[0] + ' tbody tr')]
        .map((row) => [...row.cells].map((cell) => cell.textContent));";
    let rows = browser.page.execute(script, vec![table.into()]).await?;
    Ok(serde_json::from_value(rows)?)
}

/// Whether what is written somewhere holds a text.
pub async fn says(browser: &Browser, selector: &str, part: &str) -> Result<bool> {
    Ok(text(browser, selector).await?.contains(part))
}

/// Whether all that was done to the plan is kept. The page says so of itself at once, before it is
/// drawn.
pub async fn is_kept(browser: &Browser) -> Result<bool> {
    has(browser, "html[data-plan='kept']").await
}
