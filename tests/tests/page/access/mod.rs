//! The page for people who see, hear or move less.

use anyhow::Result;

use crate::browser::Browser;
use crate::speak_the_other_language;

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn axe_finds_nothing_in_either_language_and_scheme() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    for language in ["zh-CN", "en"] {
        for dark in [false, true] {
            browser.color_scheme(dark).await?;
            let found = browser.axe().await?;
            assert_eq!(found, Vec::<String>::new(), "{language}, dark: {dark}");
        }
        speak_the_other_language(&browser).await?;
    }
    Ok(())
}

/// WCAG 2.2, 1.4.10: a window 1280 pixels wide at 400 %.
#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn needs_no_sideways_scrolling_when_enlarged_four_times() -> Result<()> {
    let browser = Browser::open(1280, 1024).await?;
    browser.resize(1280 / 4, 1024 / 4, 4).await?;
    assert_eq!(browser.overflow().await?, 0, "pixels beyond the right edge");
    browser.screenshot("enlarged").await
}
