//! The pictures of README, taken from the running page: `cargo xtask pictures`.

use std::path::Path;

use anyhow::Result;

use crate::browser::{Browser, address};
use crate::workbench::{click, has, says, wait_until};
use crate::{example, speak_the_other_language};

/// What a picture may weigh; more is no picture of a README.
const LIMIT: usize = 250_000;

async fn take(browser: &Browser, folder: &Path, name: &str) -> Result<()> {
    let picture = browser.page.screenshot().await?;
    assert!(picture.len() < LIMIT, "{name} is {} bytes", picture.len());
    Ok(std::fs::write(folder.join(name).with_extension("png"), picture)?)
}

#[tokio::test]
#[ignore = "writes docs/pictures: cargo xtask pictures"]
async fn pictures_are_taken_of_what_is_there() -> Result<()> {
    let Ok(folder) = std::env::var("FENTAN_PICTURES") else {
        println!("not asked for: cargo xtask pictures");
        return Ok(());
    };
    let folder = Path::new(&folder);
    let budget = fentan_words::money(example()?.budget);
    let browser = Browser::open(1120, 760).await?;
    wait_until("the example is split", || says(&browser, "#budget", &budget)).await?;
    wait_until("its charts are there", || has(&browser, "main svg")).await?;
    take(&browser, folder, "result").await?;
    click(&browser, "#lines button.figure").await?;
    wait_until("its reason is shown", || has(&browser, "#reasons .formula")).await?;
    take(&browser, folder, "reason").await?;

    let browser = Browser::open(1120, 760).await?;
    wait_until("the example is split", || says(&browser, "#budget", &budget)).await?;
    speak_the_other_language(&browser).await?;
    wait_until("its charts are there", || has(&browser, "main svg")).await?;
    take(&browser, folder, "result-en").await?;

    let calculator = Browser::at(&format!("{}county-site/", address()?), 400).await?;
    let found = "return document.querySelector('fentan-calculator')?.state === 'ready'";
    wait_until("the calculator is there", || async {
        Ok(calculator.page.execute(found, Vec::new()).await?.as_bool() == Some(true))
    })
    .await?;
    take(&calculator, folder, "calculator").await
}
