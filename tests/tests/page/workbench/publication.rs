//! The tariff, saved from the page.

use anyhow::Result;
use fentan_core::Document;
use fentan_core::tariff::Tariff;

use super::{click, saved_file, says, show, text, wait_until, write};
use crate::browser::Browser;

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn the_tariff_is_saved_and_what_it_leaves_out_is_told() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    let folder = browser.save_into_a_folder().await?;
    show(&browser, "papers").await?;
    let (edition, save) = ("#paper-tariff input", "#paper-tariff button");
    write(&browser, edition, "0").await?;
    click(&browser, save).await?;
    wait_until("edition 0 is refused", || says(&browser, "#paper-tariff [role=alert]", "第几版"))
        .await?;

    write(&browser, edition, "2").await?;
    click(&browser, save).await?;
    let told = "#paper-tariff [role=status]";
    wait_until("what is left out is told", || says(&browser, told, "没有公开的内容")).await?;
    let (name, bytes) = saved_file(folder.path()).await?;
    assert!(name.ends_with(".json"), "{name}");
    let tariff = Tariff::read(&Document::from_json(&bytes)?)?;
    assert_eq!(tariff.edition.number, 2);
    let words = text(&browser, told).await?;
    assert!(tariff.left_out.len() > 3);
    for what in tariff.left_out {
        let why = fentan_words::left_out(fentan_words::Language::Chinese, what);
        assert!(words.contains(&why), "{why} is not told");
    }
    browser.screenshot("publication-1280").await?;
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    browser.resize(360, 800, 1).await?;
    let scroll = "document.getElementById('paper-tariff').scrollIntoView()";
    browser.page.execute(scroll, Vec::new()).await?;
    browser.screenshot("publication-360").await?;
    assert_eq!(browser.overflow().await?, 0, "pixels beyond the right edge");
    Ok(())
}
