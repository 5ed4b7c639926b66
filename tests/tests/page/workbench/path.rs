//! A newcomer's way from nothing to a split that the command line gives too.

use std::path::Path;

use anyhow::{Context, Result};
use fentan_core::{Document, Plan};
use fentan_words::money;
use rust_xlsxwriter::Workbook;

use crate::browser::Browser;
use crate::workbench::{
    choose_in_menu, click, has, is_kept, paste, saved_file, says, show, text, type_into, value,
    wait_until, write,
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

    choose_in_menu(&browser, "#new-plan").await?;
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
    choose_in_menu(&browser, "#save-plan").await?;
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

/// A sample file of the page: its path.
fn sample(name: &str) -> Result<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/static/samples");
    let path = folder.join(name).canonicalize()?;
    Ok(path.to_str().context("the path is not UTF-8")?.to_owned())
}

/// The sample files of the page: a budget and a roster.
pub fn samples() -> Result<String> {
    Ok([sample("works.xlsx")?, sample("roster.xlsx")?].join("\n"))
}

/// A roster of three hundred homes in Excel, with a title, notes and a total: its path.
fn roster_in_excel(folder: &Path) -> Result<String> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "某小区住户名册")?;
    sheet.write_row(1, 0, ["房号", "户主", "建筑面积（㎡）", "备注"])?;
    for home in 0..300_u32 {
        let (unit, floor, number) = (home / 24 + 1, home % 24 / 4 + 1, home % 4 + 1);
        let row = home + 2;
        sheet.write(row, 0, format!("1-{unit}-{floor}0{number}"))?;
        sheet.write(row, 1, format!("住户{}", home + 1))?;
        sheet.write(row, 2, 60 + home % 30)?;
        sheet.write(row, 3, if home % 50 == 0 { "已出租" } else { "" })?;
    }
    sheet.write(302, 0, "合计")?;
    sheet.write(302, 2, (0..300_u32).map(|home| 60 + home % 30).sum::<u32>())?;
    let path = folder.join("roster.xlsx");
    book.save(&path)?;
    Ok(path.to_str().context("the path is not UTF-8")?.to_owned())
}

/// Counts what a person does: presses of the pointer and of keys, and files that are chosen.
const COUNT_ACTIONS: &str = "
    window.actions = 0;
    const count = () => { window.actions += 1; };
    for (const one of ['pointerdown', 'keydown']) addEventListener(one, count, true);
    addEventListener('change', ({ target }) => { if (target.type === 'file') count(); }, true);";

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_newcomer_with_two_excel_files_is_led_to_a_notice() -> Result<()> {
    let browser = Browser::first_visit(1280, 900).await?;
    let folder = browser.save_into_a_folder().await?;
    browser.page.execute(COUNT_ACTIONS, Vec::new()).await?;
    let office = tempfile::tempdir()?;
    let files = [sample("works.xlsx")?, roster_in_excel(office.path())?].join("\n");
    lead_to_a_result(&browser, &files, "300").await?;
    show(&browser, "papers").await?;
    click(&browser, "#paper-notice button[data-format='docx']").await?;
    let (notice, _) = saved_file(folder.path()).await?;
    assert!(notice.ends_with(".docx"), "{notice}");
    // Two files, each looked at and taken; a stage and two views; the notice.
    let actions = browser.page.execute("return window.actions", Vec::new()).await?;
    println!("from the first visit to the notice: {actions} actions");
    assert_eq!(actions, 7);
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

/// Goes from the first visit to a result, with a budget and a roster of Excel that has so many homes.
pub async fn lead_to_a_result(browser: &Browser, files: &str, homes: &str) -> Result<()> {
    // Three doors, nothing in red, and no figures of anybody else.
    for door in ["#begin-new", "#begin-open", "#example"] {
        wait_until(door, || has(browser, door)).await?;
    }
    browser.screenshot("first-visit-1280").await?;
    for wrong in [".count", ".message.bad", "#summary", ".stages li"] {
        assert!(!has(browser, wrong).await?, "{wrong}");
    }
    assert_eq!(browser.axe().await?, Vec::<String>::new());

    // Both files at once: each is shown as it is understood before it is taken.
    type_into(browser, "#begin-open", files).await?;
    for (name, part) in [("works.xlsx", "4"), ("roster.xlsx", homes)] {
        wait_until(name, || says(browser, "#import h3", name)).await?;
        assert!(!has(browser, ".message.bad").await?, "{name}");
        assert!(says(browser, "#import-read", part).await?, "{name}");
        browser.screenshot(&format!("first-visit-{name}")).await?;
        click(browser, "#import-instead").await?;
    }
    wait_until("it is split", || says(browser, "#budget", "2,459,500.50")).await?;
    show(browser, "result").await?;
    assert!(says(browser, "#residents", "2,459,500.50").await?);
    // What is still missing is said, calmly.
    assert!(says(browser, "[data-stage='prepare']", "好了").await?);
    assert!(says(browser, ".checklist", "表决").await?);
    browser.screenshot("first-visit-result").await?;
    wait_until("all is kept", || is_kept(browser)).await
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_field_takes_what_people_type() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    show(&browser, "sources").await?;
    let rate = "#sources .parts > li:nth-child(4) [name$='.rate']";
    wait_until("the sources are there", || has(&browser, rate)).await?;
    for (typed, shown) in [("40", "40"), ("0.35", "35"), ("+5", "40"), ("=80/2", "40")] {
        write(&browser, rate, typed).await?;
        type_into(&browser, rate, "\t").await?;
        wait_until(typed, || async { Ok(value(&browser, rate).await? == shown) }).await?;
    }
    let amount = "#sources .parts > li:nth-child(4) [name$='.amount']";
    for (typed, shown) in
        [("12万", "120000"), ("=480000*1.15", "552000"), ("+500", "552500"), ("-10%", "497250")]
    {
        write(&browser, amount, typed).await?;
        type_into(&browser, amount, "\t").await?;
        wait_until(typed, || async { Ok(value(&browser, amount).await? == shown) }).await?;
    }
    // What it comes to is shown.
    assert!(says(&browser, "#sources", "552500 -10% = 497250").await?);
    browser.screenshot("typed-1280").await?;
    assert!(!has(&browser, "#problems").await?);
    Ok(())
}
