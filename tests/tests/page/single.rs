//! The page as one file, opened from the disk: nothing is asked of any server.

use anyhow::{Context, Result};
use fentan_core::{Document, Plan};

use crate::browser::Browser;
use crate::example;
use crate::workbench::{
    choose_in_menu, click, has, is_kept, paste, saved_file, says, show, text, value, wait_until,
    write,
};

/// The address of the file.
fn address() -> Result<String> {
    let path = std::env::var("FENTAN_SINGLE")
        .context("there is no page in one file: run this as `cargo xtask test page`")?;
    Ok(format!("file://{path}"))
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn the_single_file_splits_keeps_and_exports_from_a_disk() -> Result<()> {
    let address = address()?;
    let browser = Browser::start(tempfile::tempdir()?).await?;
    browser.resize(1280, 900, 1).await?;
    let folder = browser.save_into_a_folder().await?;
    browser.begin(&address).await?;

    // The example, split as it is here.
    let split = example()?;
    for (id, amount) in [("#budget", split.budget), ("#residents", split.residents)] {
        let shown = text(&browser, id).await?;
        assert!(shown.contains(&fentan_words::money(amount)), "{id} shows {shown}");
    }
    assert!(says(&browser, "#single", "不需要网络").await?);

    // A plan that is typed and pasted.
    choose_in_menu(&browser, "#new-plan").await?;
    click(&browser, "#paste-works").await?;
    paste(&browser, "项目\t金额（万元）\n供水管网改造\t68\n外墙保温\t123.45\n合计\t191.45\n")
        .await?;
    wait_until("the works are there", || has(&browser, "[name='lines[1].amount']")).await?;
    show(&browser, "roster").await?;
    click(&browser, "#roster button[name='paste']").await?;
    paste(&browser, "户号\t面积\n101\t60\n102\t80\n").await?;
    wait_until("it is split", || says(&browser, "#budget", "1,914,500.00")).await?;
    show(&browser, "works").await?;
    write(&browser, "[name='lines[0].amount']", "680000.07").await?;
    wait_until("it is split anew", || says(&browser, "#budget", "1,914,500.07")).await?;
    wait_until("it is kept", || is_kept(&browser)).await?;

    // Every screen, with its style and its program; and a paper, written in a thread.
    for screen in
        ["sources", "agreements", "scenarios", "import", "ledger", "programme", "result", "papers"]
    {
        show(&browser, screen).await?;
    }
    browser.screenshot("single-1280").await?;
    click(&browser, "#papers .tools button").await?;
    let (name, paper) = saved_file(folder.path()).await?;
    assert!(paper.starts_with(b"PK"), "{name}");

    // It is there again, and comes out as a file that splits the same.
    browser.reload().await?;
    show(&browser, "works").await?;
    assert_eq!(value(&browser, "[name='lines[0].amount']").await?, "680000.07");
    choose_in_menu(&browser, "#save-plan").await?;
    let (name, plan) = saved_file(folder.path()).await?;
    assert!(name.ends_with(".json"), "{name}");
    let plan = Plan::read(&Document::from_json(&plan)?, None)?;
    assert_eq!(fentan_words::money(fentan_core::split(&plan)?.budget), "¥1,914,500.07");

    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    for asked in browser.requests().await? {
        assert!(
            asked == address || asked.starts_with("blob:") || asked.starts_with("data:"),
            "{asked}"
        );
    }
    Ok(())
}
