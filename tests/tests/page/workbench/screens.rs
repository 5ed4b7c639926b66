//! Every screen, for everyone.

use anyhow::Result;
use fantoccini::key::Key;

use crate::browser::Browser;
use crate::speak_the_other_language;
use crate::workbench::ledger::open_ledger;
use crate::workbench::programme::open_programme;
use crate::workbench::{choose_in_menu, click, has, show, type_into, wait_until, write};

pub const SCREENS: [&str; 22] = [
    "shelf",
    "health",
    "basis",
    "works",
    "sources",
    "agreements",
    "roster",
    "result",
    "scenarios",
    "papers",
    "import",
    "lookup",
    "vote",
    "versions",
    "collection",
    "cash",
    "final-account",
    "joining",
    "who-pays",
    "lift",
    "ledger",
    "programme",
];

/// Shows a screen, with a ledger opened on that of ledgers, and a programme on that of programmes.
async fn show_filled(browser: &Browser, screen: &str) -> Result<()> {
    show(browser, screen).await?;
    if screen == "ledger" {
        open_ledger(browser).await?;
    }
    if screen == "programme" {
        open_programme(browser).await?;
    }
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn axe_finds_nothing_on_any_screen_in_either_language_and_scheme() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    let mut found = Vec::new();
    for language in ["zh", "en"] {
        for screen in SCREENS {
            show_filled(&browser, screen).await?;
            for dark in [false, true] {
                browser.color_scheme(dark).await?;
                let wrong = browser.axe().await?;
                found.extend(wrong.iter().map(|one| format!("{screen} {language} {dark}: {one}")));
                let scheme = if dark { "dark" } else { "light" };
                browser.screenshot(&format!("{screen}-1280-{language}-{scheme}")).await?;
            }
        }
        speak_the_other_language(&browser).await?;
    }
    assert_eq!(found, Vec::<String>::new());
    Ok(())
}

/// What opens before the page: the screen it opens from, what opens it, and what it is.
const DIALOGS: [(&str, &str, &str); 4] = [
    ("works", "#paste-works", "#paste-cells"),
    ("roster", "#roster button[name='paste']", "#paste-cells"),
    ("roster", "#roster button[name='state']", "#statement tbody"),
    ("result", "#lines button.figure", "#reasons .formula"),
];

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn axe_finds_nothing_in_any_dialog_in_either_language_and_scheme() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    let mut found = Vec::new();
    for language in ["zh", "en"] {
        for (screen, opener, dialog) in DIALOGS {
            show(&browser, screen).await?;
            click(&browser, opener).await?;
            wait_until(&format!("{dialog} opens"), || has(&browser, dialog)).await?;
            for dark in [false, true] {
                browser.color_scheme(dark).await?;
                let wrong = browser.axe().await?;
                found.extend(wrong.iter().map(|one| format!("{dialog} {language} {dark}: {one}")));
                let of =
                    dialog.split([' ', '-']).next().unwrap_or_default().trim_start_matches('#');
                let scheme = if dark { "dark" } else { "light" };
                browser.screenshot(&format!("dialog-{screen}-{of}-{language}-{scheme}")).await?;
            }
            let escape = char::from(Key::Escape).to_string();
            type_into(&browser, "dialog[open]", &escape).await?;
            let closed = || async { Ok(!has(&browser, "dialog[open]").await?) };
            wait_until("it closes", closed).await?;
        }
        speak_the_other_language(&browser).await?;
    }
    assert_eq!(found, Vec::<String>::new());
    Ok(())
}

/// What people know by its Latin letters.
const KNOWN: [&str; 15] = [
    "Excel",
    "XLSX",
    "WPS",
    "Word",
    "LibreOffice",
    "CSV",
    "JSON",
    "TOML",
    "HTML",
    "DOCX",
    "SHA",
    "English",
    "fentan",
    "GBK",
    "MB",
];

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn no_screen_says_a_code_in_chinese() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    // Where a text stands in public is said by its address; a desk has the name that was drawn for it.
    let runs = "document.querySelectorAll('details').forEach((one) => { one.open = true; });
        const said = document.body.innerText.replaceAll(/见于 \\S+|收款点是 [A-Z0-9]+/g, '');
        return [...new Set(said.match(/[A-Za-z_]{2,}/g))];";
    let mut found = Vec::new();
    let mut look = async |screen: &str| -> Result<()> {
        let runs = browser.page.execute(runs, vec![]).await?;
        let runs: Vec<String> = serde_json::from_value(runs)?;
        let codes = runs.iter().filter(|one| !KNOWN.contains(&one.as_str()));
        found.extend(codes.map(|one| format!("{screen}: {one}")));
        Ok(())
    };
    for screen in SCREENS {
        show(&browser, screen).await?;
        look(screen).await?;
    }
    // A source without a limit, and a floor that is none.
    show(&browser, "sources").await?;
    click(&browser, "#sources .tools button:last-of-type").await?;
    show(&browser, "roster").await?;
    write(&browser, "[name='households[0].floor']", "?").await?;
    wait_until("it is told", || has(&browser, "#problems")).await?;
    look("problems").await?;
    assert_eq!(found, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn on_a_telephone_a_view_begins_in_the_first_third() -> Result<()> {
    let browser = Browser::open(360, 740).await?;
    // The first view of a stage begins with its checklist, the result with its figures.
    let top = "scrollTo(0, 0);
        return document.querySelector('#summary.cards, .checklist, [data-screen]')
            .getBoundingClientRect().top";
    for screen in SCREENS {
        show(&browser, screen).await?;
        let top = browser.page.execute(top, vec![]).await?;
        let top = top.as_f64().unwrap_or(f64::MAX);
        assert!((0.0..740.0 / 3.0).contains(&top), "{screen} begins at {top}");
    }
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn larger_type_fits_and_is_remembered() -> Result<()> {
    let browser = Browser::open(360, 800).await?;
    choose_in_menu(&browser, "#larger").await?;
    // Every stage is within reach: they stand still, so that the page is no wider where they are.
    let stages = "return document.querySelector('.stages').scrollWidth - innerWidth";
    for language in ["zh", "en"] {
        for screen in SCREENS {
            show(&browser, screen).await?;
            assert_eq!(browser.overflow().await?, 0, "{screen} {language}");
            let beyond = browser.page.execute(stages, Vec::new()).await?;
            assert!(beyond.as_i64().is_some_and(|pixels| pixels <= 0), "{screen} {language}");
        }
        browser.screenshot(&format!("larger-360-{language}")).await?;
        speak_the_other_language(&browser).await?;
    }
    browser.reload().await?;
    assert!(has(&browser, "html.larger").await?);
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn no_screen_is_wider_than_a_telephone() -> Result<()> {
    let browser = Browser::open(360, 800).await?;
    for language in ["zh", "en"] {
        for screen in SCREENS {
            show_filled(&browser, screen).await?;
            browser.screenshot(&format!("{screen}-360-{language}")).await?;
            assert_eq!(browser.overflow().await?, 0, "{screen} {language}");
        }
        speak_the_other_language(&browser).await?;
    }
    Ok(())
}
