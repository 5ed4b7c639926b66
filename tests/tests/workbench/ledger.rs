//! Ledgers, opened in the page.

use std::path::Path;

use anyhow::{Context, Result};
use fantoccini::Locator;
use fentan_core::Fen;
use fentan_ledger::{Entry, Event, Ledger};
use fentan_words::money;

use crate::browser::Browser;
use crate::speak_the_other_language;
use crate::workbench::{click, has, says, show, text, wait_until, write};

/// Two counties, three compounds, and all that happened to the first of them.
fn ledger() -> Result<(Ledger, String)> {
    let registered = |name: &str, county: &str, year| Event::Registered {
        name: Some(name.into()),
        county: Some(county.into()),
        year: Some(year),
    };
    let planned = |households, budget: &str, central: &str| -> Result<Event> {
        let (budget, central): (Fen, Fen) = (budget.parse()?, central.parse()?);
        Ok(Event::Planned {
            households,
            budget,
            residents: budget.less(central),
            sources: [("central".to_owned(), central)].into(),
            findings: 1,
        })
    };
    let events = [
        ("north", registered("北街小区", "华龙区", 2020)),
        ("north", planned(200, "1000000.01", "600000")?),
        ("south", registered("南园", "华龙区", 2021)),
        ("south", planned(120, "500000", "300000.50")?),
        ("east", registered("East", "清丰县", 2020)),
        ("north", Event::UnderWay {}),
        ("north", Event::Paid { source: "central".into(), amount: "40000.10".parse()? }),
        ("north", Event::Paid { source: "residents".into(), amount: "12.34".parse()? }),
        ("north", Event::Accepted {}),
        ("华龙区", Event::Target { year: 2020, compounds: 3 }),
    ];
    let (mut ledger, mut file) = (Ledger::default(), String::new());
    for (day, (compound, event)) in (10..).zip(events) {
        let (date, by) = (format!("2020-08-{day}"), "住建局".to_owned());
        file += &ledger.append(&Entry { date, by, compound: compound.to_owned(), event })?;
    }
    Ok((ledger, file))
}

/// Chooses a ledger of these lines.
async fn choose(browser: &Browser, folder: &Path, file: &str) -> Result<()> {
    show(browser, "ledger").await?;
    wait_until("the screen is loaded", || has(browser, "#ledger-file")).await?;
    let path = folder.join("ledger.jsonl");
    std::fs::write(&path, file)?;
    let input = browser.page.find(Locator::Css("#ledger-file")).await?;
    Ok(input.send_keys(path.to_str().context("a path")?).await?)
}

/// The rows of a table of the screen, each as its cells.
async fn rows(browser: &Browser, part: &str) -> Result<Vec<Vec<String>>> {
    let script = "return [...document.querySelectorAll(arguments[0] + ' tbody tr')]
        .map((row) => [...row.cells].map((cell) => cell.textContent));";
    let rows = browser.page.execute(script, vec![part.into()]).await?;
    Ok(serde_json::from_value(rows)?)
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_ledger_is_checked_filtered_added_up_and_told() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    let folder = tempfile::tempdir()?;
    let (ledger, file) = ledger()?;
    choose(&browser, folder.path(), &file).await?;
    let head = ledger.head().to_string();
    wait_until("it is whole", || says(&browser, "#ledger-head", &head)).await?;

    let totals = rows(&browser, "#ledger-totals").await?;
    let both: Vec<_> = totals.iter().map(|row| row[..3].join(" ")).collect();
    assert_eq!(both, ["华龙区 2020 1", "华龙区 2021 1", "清丰县 2020 1"]);
    // Target and done of the first, and what the central budget has paid.
    assert_eq!(totals[0][8..10], ["3", "1"]);
    assert_eq!(totals[0].last(), Some(&money("40000.10".parse()?)));
    assert_eq!(rows(&browser, "#ledger-compounds").await?.len(), 3);
    browser.screenshot("ledger-1280").await?;

    let county = browser.page.find(Locator::Css("#ledger-county")).await?;
    county.select_by_value("华龙区").await?;
    wait_until("it is filtered", || async {
        Ok(rows(&browser, "#ledger-compounds").await?.len() == 2)
    })
    .await?;
    assert_eq!(rows(&browser, "#ledger-totals").await?.len(), 2);
    write(&browser, "#ledger-text", "北").await?;
    let one = || async { Ok(rows(&browser, "#ledger-compounds").await?.len() == 1) };
    wait_until("it is searched", one).await?;

    click(&browser, "#ledger-compounds tbody button").await?;
    wait_until("it is told", || says(&browser, "#ledger-compound h2", "北街小区")).await?;
    let focused = "return document.activeElement.id;";
    let focused = browser.page.execute(focused, Vec::new()).await?;
    assert_eq!(focused, "ledger-compound-heading");
    let told = text(&browser, "#ledger-compound").await?;
    for amount in ["600000", "40000.10", "400000.01", "12.34"] {
        assert!(told.contains(&money(amount.parse()?)), "{amount} is not in {told}");
    }
    let history = rows(&browser, "#ledger-compound div:nth-of-type(2)").await?;
    let lines: Vec<_> = history.iter().map(|row| row[..2].join(" ")).collect();
    let days = [(1, 10), (2, 11), (6, 15), (7, 16), (8, 17), (9, 18)];
    assert_eq!(lines, days.map(|(line, day)| format!("{line} 2020-08-{day}")));
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    browser.screenshot("ledger-compound-1280").await?;

    speak_the_other_language(&browser).await?;
    wait_until("it speaks English", || says(&browser, "#ledger-compound", "Confirmed by")).await?;
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_ledger_that_was_changed_is_refused_with_its_line() -> Result<()> {
    let browser = Browser::open(360, 740).await?;
    let folder = tempfile::tempdir()?;
    let (_, file) = ledger()?;
    choose(&browser, folder.path(), &file.replace("40000.10", "90000.10")).await?;
    wait_until("it is refused", || says(&browser, "#ledger [role='alert']", "第 7 行")).await?;
    assert!(!has(&browser, "#ledger-compounds").await?);
    browser.screenshot("ledger-refused-360").await?;
    choose(&browser, folder.path(), &file).await?;
    wait_until("it is read", || has(&browser, "#ledger-compounds")).await?;
    assert_eq!(browser.overflow().await?, 0, "pixels beyond the right edge");
    Ok(())
}
