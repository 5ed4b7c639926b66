//! Files of offices, taken into the plan of the page.

use std::io::{Cursor, Write};
use std::path::Path;

use anyhow::{Context, Result};
use fantoccini::Locator;
use serde_json::json;

use crate::browser::Browser;
use crate::speak_the_other_language;
use crate::workbench::{
    choose_in_menu, click, has, saved_file, says, show, text, type_into, value, wait_until,
};

/// Chooses a file of the import's tests.
async fn choose(browser: &Browser, name: &str) -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/import/tests/files");
    choose_file(browser, &folder.join(name).canonicalize()?).await
}

/// Chooses a file, and waits until it is read.
async fn choose_file(browser: &Browser, file: &Path) -> Result<()> {
    show(browser, "import").await?;
    wait_until("the screen is loaded", || has(browser, "#import-file")).await?;
    let name = file.file_name().and_then(|name| name.to_str()).context("a name")?;
    type_into(browser, "#import-file", file.to_str().context("a path")?).await?;
    wait_until("the file is read", || says(browser, "#import h3", name)).await
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_workbook_is_understood_corrected_and_taken_in() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    choose_in_menu(&browser, "#new-plan").await?;
    choose(&browser, "works-budget.xlsx").await?;
    // Its total, and that of a title, are not what their rows add up to.
    click(&browser, "#import-accept").await?;
    wait_until("it is accepted", || has(&browser, "#import-instead:enabled")).await?;
    browser.screenshot("import-works-1280").await?;
    click(&browser, "#import-instead").await?;
    wait_until("the works are taken in", || says(&browser, "#import [role='status']", "4")).await?;

    choose(&browser, "merged-headings.xls").await?;
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    browser.screenshot("import-roster-1280").await?;
    click(&browser, "#import-instead").await?;
    show(&browser, "result").await?;
    wait_until("it is split", || says(&browser, "#budget", "1,501,234.56")).await?;

    // 套内面积 in place of 建筑面积, for this file and the next with these headings.
    choose(&browser, "merged-headings.ods").await?;
    let script = "const select = document.querySelectorAll('#import td select')[6];
        select.value = 'area'; select.dispatchEvent(new Event('change', { bubbles: true }));";
    browser.page.execute(script, vec![]).await?;
    wait_until("it is read anew", || shows(&browser, "56.5")).await?;
    choose(&browser, "merged-headings.xlsx").await?;
    wait_until("it is remembered", || shows(&browser, "56.5")).await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn an_open_file_is_legible_for_everyone_and_on_a_telephone() -> Result<()> {
    let browser = Browser::open(360, 740).await?;
    for language in ["zh", "en"] {
        choose(&browser, "twice.xlsx").await?;
        assert_eq!(browser.overflow().await?, 0, "{language}");
        // The tab of this screen is in sight.
        let in_sight = "const tab = document.querySelector('.views [aria-current]');
            const { left, right } = tab.getBoundingClientRect();
            return left >= 0 && right <= document.documentElement.clientWidth;";
        assert_eq!(browser.page.execute(in_sight, vec![]).await?, json!(true));
        for dark in [false, true] {
            browser.color_scheme(dark).await?;
            assert_eq!(browser.axe().await?, Vec::<String>::new(), "{language}, dark: {dark}");
        }
        let aligned = "return ['.number', 'td:not(.number)'].map((cell) =>
            getComputedStyle(document.querySelector(`#import ${cell}`)).textAlign)";
        let aligned = browser.page.execute(aligned, vec![]).await?;
        assert_eq!(aligned, json!(["right", "left"]));
        speak_the_other_language(&browser).await?;
    }
    Ok(())
}

/// Whether a cell of the preview holds a text.
async fn shows(browser: &Browser, cell: &str) -> Result<bool> {
    let script = "return [...document.querySelectorAll('[aria-labelledby=\"import-read\"] td')]
        .some((cell) => cell.textContent === arguments[0]);";
    Ok(browser.page.execute(script, vec![json!(cell)]).await?.as_bool() == Some(true))
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn rows_left_out_are_listed_and_kept_as_a_file() -> Result<()> {
    let browser = Browser::open(360, 740).await?;
    let folder = browser.save_into_a_folder().await?;
    choose(&browser, "twice.xlsx").await?;
    let listed = text(&browser, "#import-left-out").await?;
    assert!(listed.contains("约500") && listed.contains('C'), "{listed}");
    browser.screenshot("import-left-out-360").await?;
    click(&browser, "#import-download").await?;
    let (name, saved) = saved_file(folder.path()).await?;
    assert_eq!(name, "twice.未导入.csv");
    let saved = String::from_utf8(saved)?;
    assert!(saved.starts_with('\u{feff}') && saved.contains("约500"), "{saved}");
    assert_eq!(saved.lines().count(), 4, "{saved}");
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_total_that_differs_is_looked_at_before_anything_is_taken_in() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    choose_in_menu(&browser, "#new-plan").await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("wrong-total.csv");
    std::fs::write(
        &file,
        "项目,金额（元）,做法\n防水,120000,SBS\n保温,300000,EPS\n合计,520000,\n",
    )?;
    choose_file(&browser, &file).await?;
    assert!(says(&browser, "#import-read", "¥420,000.00").await?);
    let asks = text(&browser, "#import-asks").await?;
    for told in ["第 4 行", "¥520,000.00", "¥420,000.00", "¥100,000.00", "第 2–3 行"] {
        assert!(asks.contains(told), "{told} in {asks}");
    }
    // A column that isn't used is named.
    assert!(says(&browser, "#import", "做法").await?);
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    for button in ["#import-instead", "#import-adding"] {
        assert!(has(&browser, &format!("{button}:disabled")).await?, "{button}");
    }
    browser.screenshot("import-difference-1280").await?;

    click(&browser, "#import-accept").await?;
    wait_until("it is accepted", || has(&browser, "#import-instead:enabled")).await?;
    // What is asked in other words is looked at again.
    speak_the_other_language(&browser).await?;
    wait_until("it is asked again", || has(&browser, "#import-instead:disabled")).await?;
    click(&browser, "#import-accept").await?;
    wait_until("it is accepted", || has(&browser, "#import-instead:enabled")).await?;
    click(&browser, "#import-instead").await?;
    wait_until("the works are taken in", || says(&browser, "#import [role='status']", "2")).await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn many_rows_with_one_fault_are_one_message_with_its_cure() -> Result<()> {
    let browser = Browser::open(360, 740).await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("floors.csv");
    let rows = (1..=30).map(|flat| format!("3-1-{flat}01,60,顶\n"));
    std::fs::write(&file, format!("房号,建筑面积,楼层\n{}", rows.collect::<String>()))?;
    choose_file(&browser, &file).await?;
    let list = "#import-left-out li";
    let count = browser.page.find_all(Locator::Css(list)).await?.len();
    assert_eq!(count, 1, "{}", text(&browser, "#import-left-out").await?);
    assert!(says(&browser, list, "30").await?);
    browser.screenshot("import-one-fault-360").await?;
    click(&browser, "#import-left-out .cure").await?;
    wait_until("the rows are read", || says(&browser, "#import-read", "30")).await?;
    assert!(!has(&browser, "#import-left-out").await?);
    assert_eq!(browser.overflow().await?, 0);
    Ok(())
}

/// A workbook with so many sheets, all of which are the same part.
fn workbook(sheets: usize) -> Result<Vec<u8>> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let named =
        (1..=sheets).map(|one| format!(r#"<sheet name="{one}号楼" sheetId="{one}" r:id="rId1"/>"#));
    let named: String = named.collect();
    let cell = |text: &str| format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#);
    let row = |cells: [&str; 2]| format!("<row>{}{}</row>", cell(cells[0]), cell(cells[1]));
    let rows = row(["房号", "建筑面积"]) + &row(["1-101", "60"]) + &row(["1-102", "61"]);
    let parts = [
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{named}</sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(r#"<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>"#),
        ),
    ];
    let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        file.start_file(name, zip::write::SimpleFileOptions::default())?;
        file.write_all(part.as_bytes())?;
    }
    Ok(file.finish()?.into_inner())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_workbook_of_thousands_of_sheets_is_shown_a_few_at_a_time() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("many.xlsx");
    std::fs::write(&file, workbook(4000)?)?;
    choose_file(&browser, &file).await?;
    let count = "return [document.querySelectorAll('#import fieldset').length,
        document.querySelectorAll('#import *').length]";
    let count = browser.page.execute(count, vec![]).await?;
    let count: [usize; 2] = serde_json::from_value(count)?;
    assert_eq!(count[0], 8);
    assert!(count[1] < 3000, "{} elements are drawn at once", count[1]);
    assert!(says(&browser, "#import-sheets", "4000").await?);
    click(&browser, "#import-sheets button:last-child").await?;
    wait_until("the next are shown", || says(&browser, "#import legend", "9号楼")).await?;
    assert_eq!(browser.axe_within("#import").await?, Vec::<String>::new());
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_column_says_who_takes_part_in_a_line() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    let folder = tempfile::tempdir()?;
    let works = folder.path().join("works.csv");
    std::fs::write(&works, "项目,金额（元）\n屋面防水,120000\n加装电梯,510000\n")?;
    choose_in_menu(&browser, "#new-plan").await?;
    choose_file(&browser, &works).await?;
    click(&browser, "#import-instead").await?;
    wait_until("the works are taken in", || says(&browser, "#import [role='status']", "2")).await?;
    let roster = folder.path().join("roster.csv");
    let rows = "3-1-101,60,不参加\n3-1-201,60,参加\n3-1-301,60,参加\n";
    std::fs::write(&roster, format!("房号,建筑面积,是否参加加装电梯\n{rows}"))?;
    choose_file(&browser, &roster).await?;
    let chosen =
        "return document.querySelectorAll('#import td select')[2].selectedOptions[0].textContent";
    let chosen = browser.page.execute(chosen, vec![]).await?;
    assert!(chosen.as_str().is_some_and(|chosen| chosen.contains("加装电梯")), "{chosen}");
    if has(&browser, "#import-accept").await? {
        click(&browser, "#import-accept").await?;
    }
    wait_until("it can be taken in", || has(&browser, "#import-instead:enabled")).await?;
    browser.screenshot("import-joins-1280").await?;
    click(&browser, "#import-instead").await?;
    show(&browser, "roster").await?;
    let cell = "#roster-box select[name^='households[0].joins.']";
    wait_until("there is a column", || has(&browser, cell)).await?;
    assert_eq!(value(&browser, cell).await?, "no");
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn corrections_that_cannot_be_read_are_told_and_kept_aside() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    let torn = "localStorage.setItem('fentan-import-corrections', '{\"roster\": [')";
    browser.page.execute(torn, vec![]).await?;
    show(&browser, "import").await?;
    wait_until("it is told", || says(&browser, "#import", "更正列的记录读不出来")).await?;
    let aside = "return localStorage.getItem('fentan-import-corrections-unreadable')";
    let aside = browser.page.execute(aside, vec![]).await?;
    assert_eq!(aside, json!(r#"{"roster": ["#));
    Ok(())
}
