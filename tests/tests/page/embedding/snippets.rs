//! The page where a county picks tariff, look and language, and copies what its own page needs.

use anyhow::Result;
use serde_json::json;

use super::{calculator, host, wait_for};
use crate::browser::Browser;

async fn choose(browser: &Browser, name: &str, value: &str) -> Result<()> {
    let script = "
        const field = document.getElementById(arguments[0]);
        field.value = arguments[1];
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    browser.page.execute(script, vec![json!(name), json!(value)]).await?;
    Ok(())
}

async fn snippet(browser: &Browser, name: &str) -> Result<String> {
    let script = "return document.getElementById(`snippet-${arguments[0]}`)?.textContent ?? ''";
    let text = browser.page.execute(script, vec![json!(name)]).await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_county_copies_what_its_page_needs() -> Result<()> {
    let calculator = calculator()?;
    let address = format!("{calculator}widget/snippets.html?lang=zh");
    let browser = Browser::within(&address, 1280).await?;
    wait_for(&browser, 0, "form").await?;
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    browser.screenshot("snippets-1280").await?;
    choose(&browser, "view", "overview").await?;
    choose(&browser, "lang", "en").await?;
    choose(&browser, "accent", "#117722").await?;
    wait_for(&browser, 0, ".works").await?;
    let tag = snippet(&browser, "tag").await?;
    assert!(tag.contains("widget/fentan-calculator.js\"></script>"), "{tag}");
    assert!(
        tag.contains("tariff.json\" view=\"overview\" lang=\"en\"></fentan-calculator>"),
        "{tag}"
    );
    assert!(snippet(&browser, "style").await?.contains("--fentan-accent: #117722"));
    choose(&browser, "site", "https://county.example/a?b").await?;
    let origin = calculator.trim_end_matches('/');
    assert!(snippet(&browser, "policy").await?.contains(&format!("connect-src 'self' {origin};")));
    choose(&browser, "server", "Caddy").await?;
    assert!(snippet(&browser, "headers").await?.contains("immutable"));
    choose(&browser, "way", "frame").await?;
    let frame = snippet(&browser, "tag").await?;
    assert!(frame.contains("host=https%3A%2F%2Fcounty.example\""), "{frame}");
    choose(&browser, "spoken", "en").await?;
    browser.resize(360, 800, 1).await?;
    browser.screenshot("snippets-360").await?;
    assert_eq!(browser.overflow().await?, 0, "pixels beyond the right edge");
    assert_eq!(browser.axe().await?, Vec::<String>::new());

    // What is copied works as it is, on a page of another origin.
    choose(&browser, "way", "element").await?;
    choose(&browser, "version", "fixed").await?;
    let tag = snippet(&browser, "tag").await?;
    assert!(tag.contains(" integrity=\"sha256-"), "{tag}");
    // A county's own tariff stands on its own site.
    let tag = tag.replace(&format!("{calculator}county-site/"), "/");
    let tariff = std::fs::read(crate::examples().join("county-site/tariff.json"))?;
    let files = [("tariff.json".to_owned(), tariff)];
    let county = Browser::within(&host::publish_plain(&calculator, &tag, &files)?, 1280).await?;
    wait_for(&county, 0, ".works").await?;
    Ok(())
}
