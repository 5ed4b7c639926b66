//! The built page, used as people use it. Run by `cargo xtask test page`.

#![cfg(not(target_arch = "wasm32"))]

mod browser;

use anyhow::Result;
use browser::Browser;

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
async fn loads_compressed() -> Result<()> {
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
    for (name, encoded, decoded) in &loaded {
        assert!(encoded < decoded, "{name} came as it is: {decoded} bytes");
    }
    Ok(())
}
