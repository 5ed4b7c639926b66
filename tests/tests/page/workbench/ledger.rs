//! Ledgers, opened in the page.

use std::path::Path;

use anyhow::{Context, Result};
use fantoccini::key::Key;
use fentan_core::{Day, Fen};
use fentan_ledger::{Entry, Event, Filter, Ledger, Status, Table, report};
use fentan_words::{Language, money};

use crate::browser::Browser;
use crate::speak_the_other_language;
use crate::workbench::{has, rows, says, show, text, type_into, wait_until, write};

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
        let (date, by) = (Day::of(2020, 8, day).context("a day")?, "住建局".to_owned());
        file += &ledger.append(&Entry { date, by, compound: compound.to_owned(), event })?;
    }
    Ok((ledger, file))
}

/// The heads that a ledger had, line by line.
fn heads(file: &str) -> Result<Vec<String>> {
    let mut heads = Vec::new();
    let read = Ledger::read_with(file.as_bytes(), |_, head| heads.push(head.to_string()));
    read.map(|_| heads).map_err(|faulty| anyhow::anyhow!("{faulty:?}"))
}

/// Chooses a file of these lines, kept in a folder until it is read, on the screen that is shown.
async fn choose(browser: &Browser, folder: &Path, file: &str) -> Result<()> {
    let path = folder.join("ledger.jsonl");
    std::fs::write(&path, file)?;
    type_into(browser, "#ledger-file", path.to_str().context("a path")?).await
}

/// Opens a ledger on the screen that is shown.
pub async fn open_ledger(browser: &Browser) -> Result<Ledger> {
    let folder = tempfile::tempdir()?;
    let (ledger, file) = ledger()?;
    choose(browser, folder.path(), &file).await?;
    let head = ledger.head().to_string();
    wait_until("it is whole", || says(browser, "#ledger-head", &head)).await?;
    Ok(ledger)
}

/// The rows of a table as `fentan ledger show` words them.
fn words(table: &Table) -> Vec<Vec<String>> {
    let word = |row: &Vec<_>| {
        let cells = table.columns.iter().zip(row);
        cells.map(|(column, cell)| report::cell(Language::Chinese, &column.name, cell)).collect()
    };
    table.rows.iter().map(word).collect()
}

/// Chooses a county, a year and a status (empty for all), and waits until what is shown is what the
/// ledger comes to.
async fn look(browser: &Browser, chosen: [&str; 3], ledger: &Ledger) -> Result<()> {
    for (name, value) in ["county", "year", "status"].into_iter().zip(chosen) {
        let select = format!("#ledger-{name}");
        browser.with(&select, async |select| select.select_by_value(value).await).await?;
    }
    let [county, year, status] = chosen;
    let filter = Filter {
        county: Some(county.to_owned()).filter(|county| !county.is_empty()),
        year: year.parse().ok(),
        status: Status::ALL.into_iter().find(|one| one.as_str() == status),
        ..Filter::default()
    };
    let first = |row: &Vec<String>| row.first().cloned();
    let totals = words(&ledger.totals(&filter));
    let compounds: Vec<_> = words(&ledger.table(&filter)).iter().map(first).collect();
    wait_until(&format!("{chosen:?} is what the ledger comes to"), || async {
        let listed = rows(browser, "#ledger-compounds").await?;
        let listed: Vec<_> = listed.iter().map(first).collect();
        Ok(rows(browser, "#ledger-totals").await? == totals && listed == compounds)
    })
    .await
}

/// Presses a key where the keyboard is.
async fn press(browser: &Browser, key: Key) -> Result<()> {
    let focused = browser.page.active_element().await?;
    Ok(focused.send_keys(&char::from(key).to_string()).await?)
}

/// The id of the element where the keyboard is.
async fn focused(browser: &Browser) -> Result<String> {
    Ok(browser.page.active_element().await?.prop("id").await?.unwrap_or_default())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_ledger_is_filtered_and_added_up_as_on_the_command_line() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    show(&browser, "ledger").await?;
    browser.requests().await?;
    let ledger = open_ledger(&browser).await?;
    look(&browser, ["", "", ""], &ledger).await?;
    let totals = rows(&browser, "#ledger-totals").await?;
    let groups: Vec<_> = totals.iter().map(|row| row[..3].join(" ")).collect();
    assert_eq!(groups, ["华龙区 2020 1", "华龙区 2021 1", "清丰县 2020 1"]);
    // Target and done of the first, and what the central budget has paid.
    assert_eq!(totals[0][8..10], ["3", "1"]);
    assert_eq!(totals[0].last(), Some(&money("40000.10".parse()?)));
    let together = text(&browser, "#ledger-totals .cards").await?;
    assert!(together.contains(&money("1500000.01".parse()?)), "{together}");
    browser.screenshot("ledger-1280").await?;

    for chosen in [
        ["华龙区", "", ""],
        ["华龙区", "2021", ""],
        ["", "2020", ""],
        ["", "", "accepted"],
        ["清丰县", "", "planned"],
        ["", "", ""],
    ] {
        look(&browser, chosen, &ledger).await?;
    }
    let heads = heads(&self::ledger()?.1)?;
    for (noted, said) in [
        (heads.last().context("a head")?, "此后没有变动"),
        (&heads[6], "第 7 条的摘要：到那一条为止没有改动，此后新增 3 条"),
    ] {
        write(&browser, "#ledger-noted", noted).await?;
        wait_until(said, || says(&browser, "#ledger-noted-said", said)).await?;
    }
    browser.screenshot("ledger-noted-1280").await?;
    let other = "1".repeat(64);
    for (noted, said) in [(&heads[0][1..], "不是末尾摘要"), (&other, "从未有过")] {
        write(&browser, "#ledger-noted", noted).await?;
        wait_until(said, || says(&browser, "#ledger-noted-refusal", said)).await?;
    }
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    write(&browser, "#ledger-text", "北").await?;
    let count = || says(&browser, "#ledger-count", "3 个小区中的 1 个");
    wait_until("it is searched", count).await?;
    assert_eq!(rows(&browser, "#ledger-compounds").await?[0][..2], ["north", "北街小区"]);
    assert_eq!(browser.requests().await?, Vec::<String>::new(), "of a ledger nothing is sent");
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_compound_of_a_ledger_is_told_and_left_by_keyboard() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    show(&browser, "ledger").await?;
    open_ledger(&browser).await?;
    browser.page.execute("document.getElementById('ledger-county').focus()", Vec::new()).await?;
    // The boxes of both tables can be scrolled by keyboard, too.
    let path = ["ledger-year", "ledger-status", "ledger-text", "", "", "ledger-compound-0"];
    for id in path {
        press(&browser, Key::Tab).await?;
        assert_eq!(focused(&browser).await?, id);
    }
    press(&browser, Key::Enter).await?;
    wait_until("it is told", || says(&browser, "#ledger-compound h2", "北街小区")).await?;
    assert_eq!(focused(&browser).await?, "ledger-compound-heading");
    assert!(!has(&browser, "#ledger-compounds").await?);
    let told = rows(&browser, "#ledger-compound h3 + .table-box").await?;
    let amounts = |planned: &str, paid: &str| -> Result<[String; 2]> {
        Ok([money(planned.parse()?), money(paid.parse()?)])
    };
    assert_eq!(told[0][1..], amounts("600000", "40000.10")?);
    assert_eq!(told[1][1..], amounts("400000.01", "12.34")?);
    // The day, and the line that tells of it.
    let history: Vec<_> =
        told[2..].iter().map(|row| [row[0].as_str(), &row[3]].join(" ")).collect();
    let lines = [(1, 10), (2, 11), (6, 15), (7, 16), (8, 17), (9, 18)];
    assert_eq!(history, lines.map(|(line, day)| format!("2020-08-{day} {line}")));
    browser.screenshot("ledger-compound-1280").await?;

    for _ in 0..2 {
        assert_eq!(browser.axe().await?, Vec::<String>::new());
        speak_the_other_language(&browser).await?;
    }
    wait_until("it speaks Chinese", || says(&browser, "#ledger-compound", "确认人")).await?;
    browser.page.execute("document.getElementById('ledger-back').focus()", Vec::new()).await?;
    press(&browser, Key::Enter).await?;
    wait_until("all are shown", || has(&browser, "#ledger-compounds")).await?;
    assert_eq!(focused(&browser).await?, "ledger-compound-0");
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_ledger_that_was_changed_is_refused_with_its_line() -> Result<()> {
    let browser = Browser::open(360, 740).await?;
    show(&browser, "ledger").await?;
    let folder = tempfile::tempdir()?;
    let (_, file) = ledger()?;
    let without = |number: usize| -> String {
        let lines = file.split_inclusive('\n').enumerate();
        lines.filter(|(index, _)| index + 1 != number).map(|(_, line)| line).collect()
    };
    for (changed, line) in [
        (file.replace("40000.10", "90000.10"), "第 7 行"),
        (without(3), "第 3 行"),
        (file.trim_end().to_owned(), "第 10 行"),
    ] {
        open_ledger(&browser).await?;
        choose(&browser, folder.path(), &changed).await?;
        let refused = || says(&browser, "#ledger [role='alert']", line);
        wait_until(&format!("it is refused at {line}"), refused).await?;
        assert!(!has(&browser, "#ledger-compounds").await?);
    }
    browser.screenshot("ledger-refused-360").await?;
    open_ledger(&browser).await?;
    assert_eq!(browser.overflow().await?, 0, "pixels beyond the right edge");
    Ok(())
}
