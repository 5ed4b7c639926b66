//! The page and the calculator in browsers of other engines than Chromium's. Run by `cargo xtask test engines`.

use anyhow::{Context, Result};
use serde_json::json;

use crate::browser::{Browser, address};
use crate::embedding::element::{TAG, assert_wide_in_every_container, published};
use crate::example;
use crate::workbench::path::{lead_to_a_result, samples};
use crate::workbench::screens::SCREENS;
use crate::workbench::{click, says, show, wait_until, write};

/// Has the page remember what it gives the browser to save.
const REMEMBER: &str = "
    const create = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
        blob.text().then((text) => { window.saved = text; });
        return create.call(URL, blob);
    };";

/// Saves the notice as a page.
const NOTICE: &str = "#paper-notice .tools button:last-of-type";

#[tokio::test]
#[ignore = "needs another browser: cargo xtask test engines"]
async fn a_newcomer_is_led_to_a_notice_in_any_engine() -> Result<()> {
    let browser = Browser::of_any_engine(1280, 900).await?;
    browser.go(&address()?).await?;
    lead_to_a_result(&browser, &samples()?, "12").await?;
    show(&browser, "papers").await?;
    browser.page.execute(REMEMBER, Vec::new()).await?;
    click(&browser, NOTICE).await?;
    let text = "return window.saved ?? ''";
    let saved = async || browser.page.execute(text, Vec::new()).await;
    wait_until("a paper is saved", || async { Ok(saved().await? != json!("")) }).await?;
    let paper = saved().await?;
    let paper = paper.as_str().context("a text")?;
    assert!(paper.contains("2,459,500.50"), "{paper:.500}");
    // What was entered is there again.
    browser.reload().await?;
    wait_until("it is split again", || says(&browser, "#budget", "2,459,500.50")).await
}

#[tokio::test]
#[ignore = "needs another browser: cargo xtask test engines"]
async fn the_example_is_split_and_follows_an_edit_in_any_engine() -> Result<()> {
    let browser = Browser::of_any_engine(1280, 900).await?;
    browser.begin(&address()?).await?;
    let split = example()?;
    for (id, amount) in [("#budget", split.budget), ("#residents", split.residents)] {
        let shown = fentan_words::money(amount);
        wait_until(&shown, || says(&browser, id, &shown)).await?;
    }
    show(&browser, "works").await?;
    write(&browser, "[name='lines[0].amount']", "68.00005万").await?;
    wait_until("it is split", || says(&browser, "#budget", "¥9,706,759.50")).await
}

#[tokio::test]
#[ignore = "needs another browser: cargo xtask test engines"]
async fn every_screen_fits_a_telephone_in_any_engine() -> Result<()> {
    let browser = Browser::of_any_engine(390, 844).await?;
    browser.begin(&address()?).await?;
    for screen in SCREENS {
        show(&browser, screen).await?;
        browser.screenshot(&format!("{screen}-telephone")).await?;
        assert_eq!(browser.overflow().await?, 0, "{screen}");
    }
    Ok(())
}

#[tokio::test]
#[ignore = "needs another browser: cargo xtask test engines"]
async fn the_calculator_is_as_wide_as_can_be_read_in_any_engine() -> Result<()> {
    let browser = Browser::of_any_engine(1280, 900).await?;
    browser.page.goto(&published(TAG)?).await?;
    let is_drawn = "return document.querySelector('fentan-calculator').offsetHeight > 200";
    wait_until("it is drawn", || async {
        Ok(browser.page.execute(is_drawn, Vec::new()).await? == json!(true))
    })
    .await?;
    assert_wide_in_every_container(&browser).await
}
