//! A newcomer's way from nothing to a split that the command line gives too.

use anyhow::{Context, Result};
use fentan_core::{Document, Plan};
use fentan_words::money;

use crate::browser::Browser;
use crate::workbench::{
    click, has, is_kept, paste, saved_file, says, show, text, wait_until, write,
};

/// What the summary shows.
const FIGURES: [&str; 5] =
    ["#budget", "#sources-together", "#residents", "#cash-median", "#cash-highest"];

/// Three hundred homes as an office keeps them: a title, merged cells, a total.
fn roster() -> String {
    let mut cells = "某小区住户名册\n楼号\t单元\t楼层\t房号\t建筑面积（㎡）\n".to_owned();
    for building in 1..=5 {
        for unit in 1..=3 {
            for home in 0..20 {
                let (floor, number) = (home / 4 + 1, home % 4 + 1);
                let named =
                    if home == 0 { format!("{building}号楼\t{unit}单元") } else { "\t".into() };
                cells.push_str(&format!(
                    "{named}\t{floor}\t{building}-{unit}-{floor}0{number}\t{}.{:02}\n",
                    50 + (home * 7 + building) % 40,
                    (home * 13 + unit) % 100,
                ));
            }
        }
    }
    cells + "合计\t\t\t300\t20000\n"
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_newcomer_comes_from_nothing_to_the_same_split() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    let folder = browser.save_into_a_folder().await?;

    click(&browser, ".shelf summary").await?;
    click(&browser, "#new-plan").await?;
    wait_until("the new plan asks for its works", || has(&browser, "#next")).await?;
    click(&browser, "#paste-works").await?;
    paste(&browser, "项目\t金额（万元）\n供水管网改造\t68\n外墙保温\t123.45\n合计\t191.45\n")
        .await?;
    wait_until("the works are there", || has(&browser, "[name='lines[1].amount']")).await?;

    show(&browser, "roster").await?;
    click(&browser, "#roster button[name='paste']").await?;
    paste(&browser, &roster()).await?;
    wait_until("it is split", || says(&browser, "#budget", "1,914,500.00")).await?;
    assert!(
        text(&browser, "#pasted").await?.contains("300"),
        "{}",
        text(&browser, "#pasted").await?
    );

    show(&browser, "sources").await?;
    click(&browser, "#sources .tools button:last-of-type").await?;
    wait_until("a source is there", || has(&browser, "[name='sources[0].rate']")).await?;
    write(&browser, "[name='sources[0].rate']", "40%").await?;
    wait_until("it pays", || says(&browser, "#sources-together", "765,800.00")).await?;
    write(&browser, "[name='sources[0].amount']", "50万元").await?;
    wait_until("no more than it has", || says(&browser, "#sources-together", "500,000.00")).await?;

    show(&browser, "result").await?;
    browser.screenshot("newcomer-result").await?;
    let mut shown = Vec::new();
    for figure in FIGURES {
        shown.push(text(&browser, figure).await?);
    }
    click(&browser, "#save-plan").await?;
    let (name, saved) = saved_file(folder.path()).await?;
    assert_eq!(name, "新方案.fentan.json");
    let plan = Plan::read(&Document::from_json(&saved)?, None)?;
    let split = fentan_core::split(&plan)?;
    assert_eq!(split.households.len(), 300);
    let highest = split.households.iter().map(|one| one.paid.cash).max().context("nobody")?;
    for (shown, amount) in
        [(&shown[0], split.budget), (&shown[2], split.residents), (&shown[4], highest)]
    {
        assert_eq!(*shown, money(amount));
    }

    wait_until("all is kept", || is_kept(&browser)).await?;
    browser.reload().await?;
    wait_until("it is split again", || says(&browser, "#budget", "1,914,500.00")).await?;
    for (figure, before) in FIGURES.iter().zip(&shown) {
        assert_eq!(text(&browser, figure).await?, *before, "{figure}");
    }
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_figure_tells_how_it_comes_about() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    show(&browser, "result").await?;
    click(&browser, "#lines button.figure").await?;
    wait_until("its reason is shown", || has(&browser, "#reasons .formula")).await?;
    browser.screenshot("reason-1280").await
}
