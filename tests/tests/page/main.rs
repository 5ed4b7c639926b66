//! The built page, used as people use it. Run by `cargo xtask test page`.

mod access;
mod browser;
mod embedding;
mod engines;
mod guide;
mod nginx;
mod offline;
mod pictures;
mod single;
mod wasm;
mod workbench;

use std::path::Path;

use crate::workbench::{click, has, says, show, text, type_into, wait_until, write};
use anyhow::{Context, Result};
use browser::{Browser, address};
use fantoccini::Locator;
use fentan_core::{Document, Plan, RosterFile, Split};

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn opens_on_a_wide_screen() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    opens(&browser, "opens-1280").await
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn opens_on_a_telephone() -> Result<()> {
    let browser = Browser::open(360, 800).await?;
    opens(&browser, "opens-360").await
}

async fn opens(browser: &Browser, name: &str) -> Result<()> {
    browser.screenshot(name).await?;
    assert_eq!(browser.page.title().await?, "分摊 fentan");
    assert_eq!(browser.overflow().await?, 0, "pixels beyond the right edge");
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn shows_the_example_as_the_engine_splits_it_here() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    let split = example()?;
    for (id, amount) in [("#budget", split.budget), ("#residents", split.residents)] {
        let shown = text(&browser, id).await?;
        assert!(shown.contains(&fentan_words::money(amount)), "{id} shows {shown}");
    }
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn follows_an_edit_and_keeps_the_last_good_result() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    show(&browser, "works").await?;
    let before = text(&browser, "#budget").await?;
    let amount = "[name='lines[0].amount']";

    write(&browser, amount, "68.00005万").await?;
    wait_until("it is split", || says(&browser, "#budget", "¥9,706,759.50")).await?;

    write(&browser, amount, "many").await?;
    let problem = "#problems [data-path='lines[0].amount'][data-code='bad-number']";
    wait_until("it says so", || says(&browser, problem, "第1项工程“")).await?;
    // People read where it is: no path, no code.
    for code in ["lines[", "bad-number"] {
        assert!(!says(&browser, "#problems", code).await?, "{code}");
    }
    let field = browser.page.find(Locator::Css(amount)).await?;
    assert_eq!(field.attr("aria-invalid").await?.as_deref(), Some("true"));
    assert!(says(&browser, "#budget", "¥9,706,759.50").await?);
    assert!(has(&browser, "[data-stale]").await?);
    browser.screenshot("problem-1280").await?;

    for _ in 0..2 {
        click(&browser, "#undo").await?;
    }
    wait_until("it is as it was", || async { Ok(text(&browser, "#budget").await? == before) })
        .await?;
    assert!(!has(&browser, "#problems").await?);
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn speaks_english_when_asked() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    assert!(text(&browser, "#who-pays").await?.contains("谁出钱"));
    speak_the_other_language(&browser).await?;
    assert!(text(&browser, "#who-pays").await?.contains("Who pays"));
    assert_eq!(browser.overflow().await?, 0, "pixels beyond the right edge");
    browser.screenshot("english-1280").await
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn opens_plans_from_disk_in_toml_and_json() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    for (plan, budget) in [
        ("lift-percent/plan.toml", "¥510,000.00"),
        ("sold-public-housing/plan.json", "¥100,000.00"),
        ("puyang/plan.toml\npuyang/households.csv", "¥9,706,759.00"),
    ] {
        choose(&browser, plan).await?;
        wait_until(plan, || says(&browser, "#budget", budget)).await?;
        assert!(!has(&browser, "#problems").await?, "{plan}");
    }
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn loads_compressed_and_from_its_own_origin() -> Result<()> {
    let browser = Browser::start(tempfile::tempdir()?).await?;
    browser.begin(&address()?).await?;
    let loaded = browser
        .page
        .execute(
            "return [
                ...performance.getEntriesByType('navigation'),
                ...performance.getEntriesByType('resource'),
            ]
                // What the service worker gives is no longer compressed.
                .filter((file) => file.workerStart === 0)
                .map((file) => [file.name, file.encodedBodySize, file.decodedBodySize])",
            Vec::new(),
        )
        .await?;
    let loaded: Vec<(String, u64, u64)> = serde_json::from_value(loaded)?;
    assert!(loaded.len() > 1);
    let mut page = browser.page.current_url().await?;
    // The view that is shown stands behind it.
    page.set_fragment(None);
    for (name, encoded, decoded) in &loaded {
        // What fits into one packet comes as fast either way.
        assert!(encoded < decoded || *decoded < 1000, "{name} came as it is: {decoded} bytes");
        assert!(name.starts_with(page.as_str()), "{name} is not of {page}");
    }
    let requests = browser.requests().await?;
    assert!(requests.len() >= loaded.len());
    for address in requests {
        assert!(address.starts_with(page.as_str()), "{address} is not of {page}");
    }
    Ok(())
}

fn examples() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples")
}

fn example() -> Result<Split> {
    let plan = std::fs::read(examples().join("puyang/plan.toml"))?;
    let bytes = std::fs::read(examples().join("puyang/households.csv"))?;
    let roster = RosterFile { file: "households.csv", bytes: &bytes };
    let plan = Plan::read(&Document::from_toml(&plan)?, Some(roster))?;
    Ok(fentan_core::split(&plan)?)
}

/// Switches to the language that a button offers in its own words, and waits until it is spoken.
async fn speak_the_other_language(browser: &Browser) -> Result<()> {
    browser.page.execute("document.getElementById('menu').open = true", Vec::new()).await?;
    const BUTTON: &str = "button[lang]";
    let language = browser.with(BUTTON, async |button| button.attr("lang").await).await?;
    let language = language.context("no language")?;
    click(browser, BUTTON).await?;
    let spoken = format!("html[lang='{language}']");
    browser.there(&spoken).await
}

/// Chooses files of the examples, one on each line.
async fn choose(browser: &Browser, files: &str) -> Result<()> {
    let paths: Vec<_> = files
        .lines()
        .map(|file| examples().join(file).canonicalize())
        .collect::<std::io::Result<_>>()?;
    let paths: Vec<_> = paths.iter().map(|path| path.to_string_lossy()).collect();
    type_into(browser, "#open", &paths.join("\n")).await
}
