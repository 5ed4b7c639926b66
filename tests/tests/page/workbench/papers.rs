//! Papers, written in the page.

use std::io::{Cursor, Read};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use fantoccini::Locator;
use fentan_core::Fen;
use serde_json::json;

use crate::browser::Browser;
use crate::workbench::{click, has, saved_file, says, show, type_into, wait_until};
use crate::{example, speak_the_other_language};

/// The buttons of the screen: where, and what they are called.
const BUTTONS: &str = "#papers .tools button:not([data-print])";

/// The screen, and the folder that files are saved in.
async fn open(width: u32) -> Result<(Browser, tempfile::TempDir)> {
    let browser = Browser::open(width, 900).await?;
    let folder = browser.save_into_a_folder().await?;
    show(&browser, "papers").await?;
    Ok((browser, folder))
}

/// Clicks on the button at an index, and gives back the file that it saves: its name and bytes.
async fn saved(browser: &Browser, folder: &Path, index: usize) -> Result<(String, Vec<u8>)> {
    wait_until("another paper can be written", || async {
        Ok(!has(browser, "#papers button:disabled").await?)
    })
    .await?;
    let buttons = browser.page.find_all(Locator::Css(BUTTONS)).await?;
    browser.click_on(buttons.get(index).context("no such button")?).await?;
    saved_file(folder).await
}

/// What a file says, opened by whatever opens such files.
async fn opened(browser: &Browser, name: &str, bytes: &[u8]) -> Result<String> {
    Ok(match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("xlsx") => {
            let sheets =
                fentan_import::open(bytes).map_err(|error| anyhow::anyhow!("{error:?}"))?;
            let cells = sheets.iter().flat_map(|sheet| &sheet.rows).flat_map(|row| &row.cells);
            cells.fold(String::new(), |text, cell| text + cell + "\n")
        }
        Some("docx") => {
            let mut text = String::new();
            let mut parts = zip::ZipArchive::new(Cursor::new(bytes))?;
            parts.by_name("word/document.xml")?.read_to_string(&mut text)?;
            let read = "const xml = new DOMParser().parseFromString(arguments[0], 'text/xml');
                return xml.querySelector('parsererror') ? '' : xml.documentElement.textContent;";
            let text = browser.page.execute(read, vec![json!(text)]).await?;
            text.as_str().unwrap_or_default().to_owned()
        }
        Some("html") => {
            let text = String::from_utf8(bytes.to_vec())?;
            ensure!(text.contains("default-src 'none'"), "{name} may load something");
            text
        }
        _ => String::from_utf8(bytes.to_vec())?,
    })
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn every_button_gives_a_file_that_opens() -> Result<()> {
    let (browser, folder) = open(1280).await?;
    let split = example()?;
    let first = split.households.first().context("a household")?;
    let last = split.households.last().context("a household")?;
    for language in ["zh", "en"] {
        let count = browser.page.find_all(Locator::Css(BUTTONS)).await?.len();
        // The workbook, six papers in two forms, the page to pass on, the fund centre's two in three, three tables, and the tariff.
        assert_eq!(count, 1 + 6 * 2 + 1 + 2 * 3 + 3 + 1);
        for index in 0..count {
            let (name, bytes) = saved(&browser, folder.path(), index).await?;
            let text = opened(&browser, &name, &bytes).await?;
            // The workbook's, the funding chapter's and the lines' figures; the homes of the others, by their ids or,
            // where a form has other columns for that, by their shares.
            let budget = fentan_words::plain(split.budget);
            let has_home = |id: &str, share: Fen| {
                // A workbook's numbers have no zeros at their end.
                let number = share.to_string().trim_end_matches(['0', '.']).to_owned();
                let shares = [number, fentan_words::plain(share)];
                text.contains(id) || shares.iter().any(|share| text.contains(share))
            };
            let of_homes = has_home(&first.id, first.share) && has_home(&last.id, last.share);
            let of_works =
                text.contains(&budget) || text.contains(&split.lines[0].amount.to_string());
            let of_sources = text.contains("id,offer,paid");
            assert!(of_homes || of_works || of_sources, "{language} {name}: {text:.200}");
        }
        speak_the_other_language(&browser).await?;
    }
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

/// The tables are the last three buttons.
#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn tables_begin_with_a_mark_where_asked() -> Result<()> {
    let (browser, folder) = open(360).await?;
    let buttons = browser.page.find_all(Locator::Css(BUTTONS)).await?.len();
    let (_, marked) = saved(&browser, folder.path(), buttons - 3).await?;
    click(&browser, "#papers input[type='checkbox']").await?;
    let (_, plain) = saved(&browser, folder.path(), buttons - 3).await?;
    assert_eq!(marked.strip_prefix("\u{feff}".as_bytes()), Some(plain.as_slice()));
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_fund_centres_sheet_is_laid_beside_the_plan() -> Result<()> {
    let (browser, folder) = open(1280).await?;
    let split = example()?;
    // The plan's own sheet, in which three homes are altered.
    let mut sheet = "房屋编号,面积,分摊金额\n".to_owned();
    let document = std::fs::read(crate::examples().join("puyang/households.csv"))?;
    let mut areas = csv::Reader::from_reader(document.as_slice());
    let headings = areas.headers()?.clone();
    let at = headings.iter().position(|one| one == "area").context("areas")?;
    for (index, (home, record)) in split.households.iter().zip(areas.records()).enumerate() {
        let amount = home.due - home.individual;
        let amount = if index < 3 { amount + Fen(10_000) } else { amount };
        sheet += &format!("{},{},{amount}\n", home.id, &record?[at]);
    }
    let file = folder.path().join("sheet.csv");
    std::fs::write(&file, sheet)?;
    wait_until("the part is there", || has(&browser, "#reconcile-file")).await?;
    type_into(&browser, "#reconcile-file", file.to_str().context("a path")?).await?;
    let wrong = "#reconcile tr[data-state='wrong']";
    wait_until("the homes are told", || has(&browser, wrong)).await?;
    let told = browser.page.find_all(Locator::Css("#reconcile tbody tr")).await?;
    assert_eq!(told.len(), 3);
    for (row, home) in told.iter().zip(&split.households) {
        let said = row.text().await?;
        assert!(said.contains(&*home.id) && said.contains("¥100.00"), "{said}");
    }
    assert!(says(&browser, "#reconcile-sums", "¥300.00").await?);
    assert_eq!(browser.axe_within("#reconcile").await?, Vec::<String>::new());
    browser.screenshot("reconcile-1280").await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_paper_is_printed_from_the_page() -> Result<()> {
    let (browser, folder) = open(1280).await?;
    // In place of the dialogue of a printer: what it would print.
    let watch = "window.prints = 0;
        new MutationObserver((changes) => {
            for (const frame of changes.flatMap((one) => [...one.addedNodes])) {
                if (frame.id === 'printed') frame.contentWindow.print = () => { window.prints += 1; };
            }
        }).observe(document.body, { childList: true });";
    browser.page.execute(watch, Vec::new()).await?;
    let split = example()?;
    for (print, paper) in [(1, "notice"), (2, "funding"), (3, "poster")] {
        click(&browser, &format!("#paper-{paper} [data-print]")).await?;
        wait_until("it is printed", || async {
            Ok(browser.page.execute("return window.prints", Vec::new()).await? == print)
        })
        .await?;
        let read = "const paper = document.getElementById('printed').contentDocument;
            const cell = paper.querySelector('table:not(.by-hand) td, table td');
            const style = cell && paper.defaultView.getComputedStyle(cell);
            const widths = [...paper.querySelectorAll('col')].map((one) => one.style.width);
            return [paper.title, paper.body.innerText || paper.body.textContent,
                style ? style.borderTopStyle : 'solid', widths.every((one) => one.endsWith('%')),
                paper.querySelectorAll('script').length];";
        let read = browser.page.execute(read, Vec::new()).await?;
        let text = read[1].as_str().context("a text")?;
        let year = browser.page.execute("return `${new Date().getFullYear()}`", Vec::new()).await?;
        let year = year.as_str().context("a year")?;
        for part in ["某机械厂家属院改造", year, &fentan_words::money(split.budget)] {
            assert!(text.contains(part), "{paper}: {part}: {text}");
        }
        assert!(text.contains("居民"), "{paper}");
        // The page's policy lets no style of a text apply: these do all the same.
        assert_eq!(
            (&read[2], &read[3], &read[4]),
            (&json!("solid"), &json!(true), &json!(0)),
            "{paper}"
        );
    }
    // Nothing was saved, and nothing of it is seen.
    assert_eq!(std::fs::read_dir(folder.path())?.count(), 0);
    assert_eq!(browser.overflow().await?, 0);
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}
