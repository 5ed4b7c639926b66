//! The engine in a browser: what it comes to is what it comes to here.

use anyhow::{Context, Result};
use serde_json::json;

use crate::browser::Browser;
use crate::embedding::{files_in, host};

/// Has the browser run one of the tests of `tests/wasm/`.
async fn run(test: &str) -> Result<()> {
    let folder = std::env::var("FENTAN_WASM")
        .context("there are no tests to run: run this as `cargo xtask test wasm`")?;
    let files = files_in(folder.as_ref(), "wasm")?;
    let browser = Browser::at(&host::publish("/", "", &files)?, 1280).await?;
    let script = "return import('/wasm/tests.js').then(async (tests) => {
            await tests.default();
            tests[arguments[0]]();
            return 'passed';
        })";
    let result = browser.page.execute(script, vec![json!(test)]).await?;
    assert_eq!(result, json!("passed"));
    Ok(())
}

#[tokio::test]
#[ignore = "needs a browser: cargo xtask test wasm"]
async fn every_vector_is_answered_in_the_browser() -> Result<()> {
    run("vectors").await
}

#[tokio::test]
#[ignore = "needs a browser: cargo xtask test wasm"]
async fn a_seed_gives_the_same_draws_in_the_browser() -> Result<()> {
    run("draws").await
}

#[tokio::test]
#[ignore = "needs a browser: cargo xtask test wasm"]
async fn receipts_are_the_same_in_the_browser() -> Result<()> {
    run("receipts").await
}

#[tokio::test]
#[ignore = "needs a browser: cargo xtask test wasm"]
async fn files_of_offices_are_read_to_the_same_in_the_browser() -> Result<()> {
    run("office_files").await
}

#[tokio::test]
#[ignore = "needs a browser: cargo xtask test wasm"]
async fn what_is_wrong_with_a_tariff_is_said_in_the_browser() -> Result<()> {
    run("refused_tariffs").await
}
