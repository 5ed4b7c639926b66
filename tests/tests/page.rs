//! The built page, used as people use it. Run by `cargo xtask test page`.

#![cfg(not(target_arch = "wasm32"))]

mod browser;

use std::path::Path;

use anyhow::{Context, Result};
use browser::Browser;
use fantoccini::Locator;
use fantoccini::key::Key;
use fentan_core::{Document, Plan, Roster, Split};

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
    let rows = text(&browser, "#households").await?;
    for household in split.households.iter().take(50) {
        let due = fentan_words::money(household.due);
        let due = due.trim_start_matches('¥');
        assert!(rows.contains(&household.id) && rows.contains(due), "{}: {due}", household.id);
    }
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn follows_an_edit_and_keeps_the_last_good_result() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    let before = text(&browser, "#budget").await?;

    write(&browser, "lines[0].amount", "680000.50").await?;
    let after = text(&browser, "#budget").await?;
    assert_ne!(before, after);
    assert!(after.contains("¥9,706,759.50"), "{after}");

    write(&browser, "lines[0].amount", ",5").await?;
    let problems = text(&browser, "#problems").await?;
    assert!(problems.contains("lines[0].amount") && problems.contains("bad-number"), "{problems}");
    let field = browser.page.find(Locator::Css("[name='lines[0].amount']")).await?;
    assert_eq!(field.attr("aria-invalid").await?.as_deref(), Some("true"));
    assert_eq!(text(&browser, "#budget").await?, after);
    assert!(has(&browser, "[data-stale]").await?);
    browser.screenshot("problem-1280").await?;

    write(&browser, "lines[0].amount", "680000.00").await?;
    assert_eq!(text(&browser, "#budget").await?, before);
    assert!(!has(&browser, "[data-stale]").await?);
    assert!(!has(&browser, "#problems").await?);
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn speaks_english_when_asked() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    assert!(text(&browser, "#who-pays").await?.contains("谁出钱"));
    browser.page.find(Locator::Css("#language")).await?.click().await?;
    let html = browser.page.find(Locator::Css("html")).await?;
    assert_eq!(html.attr("lang").await?.as_deref(), Some("en"));
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
        let shown = Locator::XPath("//*[@id='budget']");
        browser.page.wait().for_element(shown).await?;
        for _ in 0..100 {
            if text(&browser, "#budget").await?.contains(budget) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert!(text(&browser, "#budget").await?.contains(budget), "{plan}");
        assert!(!has(&browser, "#problems").await?, "{plan}");
    }
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn loads_compressed_and_from_its_own_origin() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    let loaded = browser
        .page
        .execute(
            "return [
                ...performance.getEntriesByType('navigation'),
                ...performance.getEntriesByType('resource'),
            ].map((file) => [file.name, file.encodedBodySize, file.decodedBodySize])",
            Vec::new(),
        )
        .await?;
    let loaded: Vec<(String, u64, u64)> = serde_json::from_value(loaded)?;
    assert!(loaded.len() > 1);
    let page = browser.page.current_url().await?;
    for (name, encoded, decoded) in &loaded {
        assert!(encoded < decoded, "{name} came as it is: {decoded} bytes");
        assert!(name.starts_with(page.as_str()), "{name} is not of {page}");
    }
    Ok(())
}

fn examples() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples")
}

fn example() -> Result<Split> {
    let plan = std::fs::read(examples().join("puyang/plan.toml"))?;
    let bytes = std::fs::read(examples().join("puyang/households.csv"))?;
    let roster = Roster { file: "households.csv", bytes: &bytes };
    let plan = Plan::read(&Document::from_toml(&plan)?, Some(roster))?;
    Ok(fentan_core::split(&plan)?)
}

async fn text(browser: &Browser, selector: &str) -> Result<String> {
    let found = browser.page.find(Locator::Css(selector)).await;
    Ok(found.with_context(|| format!("no {selector}"))?.text().await?)
}

async fn has(browser: &Browser, selector: &str) -> Result<bool> {
    Ok(!browser.page.find_all(Locator::Css(selector)).await?.is_empty())
}

/// Types a text into the field of a path, in place of what stands there.
async fn write(browser: &Browser, path: &str, text: &str) -> Result<()> {
    let field = browser.page.find(Locator::Css(&format!("[name='{path}']"))).await?;
    field.click().await?;
    let select_all = format!("{}a{}", char::from(Key::Control), char::from(Key::Null));
    field.send_keys(&select_all).await?;
    field.send_keys(text).await?;
    Ok(())
}

/// Chooses files of the examples, one on each line.
async fn choose(browser: &Browser, files: &str) -> Result<()> {
    let paths: Vec<_> = files
        .lines()
        .map(|file| examples().join(file).canonicalize())
        .collect::<std::io::Result<_>>()?;
    let paths: Vec<_> = paths.iter().map(|path| path.to_string_lossy()).collect();
    let input = browser.page.find(Locator::Css("#open")).await?;
    input.send_keys(&paths.join("\n")).await?;
    Ok(())
}
