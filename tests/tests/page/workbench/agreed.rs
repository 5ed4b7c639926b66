//! Who takes part in a line, what homes are used for, and who gets the odd fen, as agreed on in the page.

use anyhow::Result;
use fantoccini::Locator;

use crate::browser::Browser;
use crate::workbench::{click, has, says, show, text, value, wait_until};

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_household_that_is_unticked_shares_nothing_of_the_line() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    show(&browser, "works").await?;
    click(&browser, "#works .parts > li .more > summary").await?;
    wait_until("the line is unfolded", || has(&browser, ".joins summary")).await?;
    click(&browser, ".joins summary").await?;
    click(&browser, ".joins .tick input").await?;
    wait_until("the household left", || says(&browser, ".joins [role='status']", "1")).await?;
    assert_eq!(browser.axe().await?, Vec::<String>::new());

    // The roster says the same, and takes it back.
    show(&browser, "roster").await?;
    let cell = "#roster-box select[name^='households[0].joins.']";
    wait_until("there is a column", || has(&browser, cell)).await?;
    assert_eq!(value(&browser, cell).await?, "no");
    click(&browser, "#undo").await?;
    wait_until("the column is gone", || async { Ok(!has(&browser, cell).await?) }).await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_whole_unit_leaves_a_line_with_one_tick() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    show(&browser, "works").await?;
    click(&browser, "#works .parts > li .more > summary").await?;
    wait_until("the line is unfolded", || has(&browser, ".joins summary")).await?;
    click(&browser, ".joins summary").await?;
    // Unfolded, all are listed: a unit's tick is there once nobody of it is left out.
    let unit = ".joins .homes .place";
    wait_until("the units have ticks", || has(&browser, unit)).await?;
    let said = text(&browser, unit).await?;
    let count = said.rsplit_once('/').map(|(_, count)| count.to_owned()).unwrap_or_default();
    click(&browser, &format!("{unit} input")).await?;
    let [none, all] = ["0", &count].map(|taking| format!("{taking}/{count}"));
    wait_until("the unit left", || says(&browser, unit, &none)).await?;
    assert!(says(&browser, ".joins [role='status']", &count).await?);
    assert_eq!(browser.axe_within("#works").await?, Vec::<String>::new());
    browser.screenshot("joins-1280").await?;
    click(&browser, "#undo").await?;
    wait_until("it is back", || says(&browser, unit, &all)).await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn the_rules_for_the_odd_fen_are_shown_by_two_households() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    show(&browser, "agreements").await?;
    let first = "#odd-fen [value='first']";
    wait_until("the screen is loaded", || has(&browser, first)).await?;
    click(&browser, "#odd-fen-show").await?;
    wait_until("two households are shown", || has(&browser, "#odd-fen small")).await?;
    let shown = browser.page.find_all(Locator::Css("#odd-fen small")).await?;
    let mut owed = Vec::new();
    for one in &shown {
        let words = one.text().await?;
        assert_eq!(words.matches('¥').count(), 2, "{words}");
        owed.push(words);
    }
    assert_eq!(owed.len(), 3);
    assert!(owed[0] != owed[1] && owed[1] != owed[2], "{owed:?}");
    browser.screenshot("odd-fen-1280").await?;

    click(&browser, first).await?;
    let checked = format!("{first}:checked");
    wait_until("it is chosen", || has(&browser, &checked)).await?;
    // The rule changes nothing of what the rules do.
    assert!(has(&browser, "#odd-fen small").await?);
    click(&browser, "#odd-fen [value='lots']").await?;
    wait_until("what was drawn is asked for", || says(&browser, "#odd-fen .wrong", "填写")).await?;
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_use_that_is_added_can_be_chosen_in_the_roster() -> Result<()> {
    let browser = Browser::open(360, 800).await?;
    show(&browser, "agreements").await?;
    wait_until("the screen is loaded", || has(&browser, "#uses .tools button")).await?;
    click(&browser, "#uses .tools button").await?;
    wait_until("it is added", || says(&browser, "#uses .uses", "车库")).await?;
    // A garage is no household, until somebody says otherwise.
    assert_eq!(value(&browser, "#field-uses-garage-household").await?, "false");
    assert_eq!(browser.overflow().await?, 0);

    show(&browser, "roster").await?;
    click(&browser, "#roster .columns summary").await?;
    click(&browser, "#roster .columns [value='use']").await?;
    let garage = "#roster-box select[name='households[0].use'] option[value='garage']";
    wait_until("it can be chosen", || has(&browser, garage)).await?;
    click(&browser, garage).await?;
    let chosen = || async { Ok(value(&browser, "[name='households[0].use']").await? == "garage") };
    wait_until("it is chosen", chosen).await?;
    assert!(!has(&browser, "#problems").await?);
    Ok(())
}
