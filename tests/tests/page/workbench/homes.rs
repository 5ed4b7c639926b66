//! Looking up a home, what a meeting sees, the desk of the vote, versions, and scenarios as sentences.

use anyhow::{Result, ensure};
use fantoccini::Locator;
use fantoccini::key::Key;

use crate::browser::Browser;
use crate::workbench::{
    clear, click, has, rows, saved_file, says, show, text, type_into, value, wait_until, write,
};

/// Opens the page with the example.
async fn with_example() -> Result<Browser> {
    Browser::open(1280, 900).await
}

/// Presses a key wherever the focus is.
async fn press(browser: &Browser, key: Key) -> Result<()> {
    type_into(browser, "body", &char::from(key).to_string()).await
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_home_is_looked_up_and_two_stand_side_by_side() -> Result<()> {
    let browser = with_example().await?;
    show(&browser, "lookup").await?;
    write(&browser, "#lookup-search", "3-1-50").await?;
    let first = ".found li a";
    wait_until("homes are found", || says(&browser, first, "3-1-501")).await?;
    click(&browser, first).await?;
    wait_until("it is shown", || says(&browser, ".home h3", "3-1-501")).await?;
    let sentence = text(&browser, ".home .sentences").await?;
    ensure!(sentence.contains("m²") && sentence.contains("每平方米 ¥"), "{sentence}");
    // What it pays of each line adds up to what is due.
    let fen = |text: &str| -> i64 {
        let sign = if text.starts_with('−') { -1 } else { 1 };
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        sign * digits.parse::<i64>().unwrap_or_default()
    };
    let parts = rows(&browser, ".home table").await?;
    let sum: i64 = parts.iter().map(|cells| fen(&cells[1])).sum();
    let due = fen(&text(&browser, ".home .due strong").await?);
    assert_eq!(sum, due);

    click(&browser, ".found .beside").await?;
    wait_until("the other stands beside it", || has(&browser, ".home + .home")).await?;
    let whys = rows(&browser, ".whys table").await?;
    ensure!(!whys.is_empty(), "nothing says why the two differ");
    let total = text(&browser, ".whys tfoot td:last-child").await?;
    assert_eq!(whys.iter().map(|cells| fen(&cells[3])).sum::<i64>(), fen(&total));
    // The browser's way back leads to the first alone.
    browser.page.back().await?;
    wait_until("the first stands alone", || async { Ok(!has(&browser, ".whys").await?) }).await?;
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn charts_lead_to_the_homes_behind_them_and_a_meeting_sees_one_at_a_time() -> Result<()> {
    let browser = with_example().await?;
    show(&browser, "result").await?;
    click(&browser, "#floors .table-box a").await?;
    wait_until("its homes are listed", || has(&browser, "#lookup .found li")).await?;
    ensure!(text(&browser, "#lookup [role='status']").await?.contains("层"));
    click(&browser, "#lookup .groups a").await?;
    wait_until("the highest is found", || says(&browser, "#lookup [role='status']", "最多"))
        .await?;
    click(&browser, ".found li a").await?;
    wait_until("it is shown", || has(&browser, ".home")).await?;

    click(&browser, "#meeting").await?;
    wait_until("the meeting sees the home", || has(&browser, ".meeting .home")).await?;
    press(&browser, Key::PageUp).await?;
    wait_until("it sees a chart", || has(&browser, ".meeting #floors")).await?;
    for _ in 0..3 {
        press(&browser, Key::Left).await?;
    }
    wait_until("it sees the whole", || has(&browser, ".meeting .total")).await?;
    press(&browser, Key::PageDown).await?;
    wait_until("it sees who pays", || has(&browser, ".meeting #who-pays")).await?;
    press(&browser, Key::Escape).await?;
    wait_until("it is over", || async { Ok(!has(&browser, ".meeting").await?) }).await?;
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn votes_are_entered_door_by_door_and_pasted() -> Result<()> {
    let browser = with_example().await?;
    show(&browser, "vote").await?;
    let count = |place: usize| {
        let browser = &browser;
        async move {
            let selector = format!(".vote-counts li:nth-child({place}) strong");
            Ok::<_, anyhow::Error>(
                text(browser, &selector).await?.parse::<usize>().unwrap_or_default(),
            )
        }
    };
    wait_until("votes are counted", || async { Ok(count(1).await? + count(5).await? > 0) }).await?;
    let before = count(2).await?;
    write(&browser, "#vote-door", "3-1-501").await?;
    wait_until("the door is found", || says(&browser, ".doors .sure", "3-1-501")).await?;
    type_into(&browser, "#vote-door", "*").await?;
    wait_until("it is entered", || says(&browser, ".entered", "3-1-501")).await?;
    wait_until("it is counted", || async { Ok(count(2).await? == before + 1) }).await?;
    assert_eq!(value(&browser, "#vote-door").await?, "");

    click(&browser, ".panel:has(#vote-column) summary").await?;
    write(&browser, "#vote-column", "3-1-501,同意\n9-9-999,同意").await?;
    wait_until("it is understood", || has(&browser, "#take-votes:not([disabled])")).await?;
    ensure!(says(&browser, ".panel:has(#vote-column) .wrong", "9-9-999").await?);
    click(&browser, "#take-votes").await?;
    wait_until("it is counted", || async { Ok(count(2).await? == before) }).await?;
    click(&browser, "#list-silent").await?;
    wait_until("doors are listed", || has(&browser, ".knock li")).await?;
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_version_is_kept_brought_back_and_that_is_undone() -> Result<()> {
    const NAME: &str = "[name='name']";
    let browser = with_example().await?;
    show(&browser, "versions").await?;
    let was = value(&browser, NAME).await?;
    write(&browser, "#version-name", "10月8日公示稿").await?;
    click(&browser, "#keep-version").await?;
    wait_until("it is kept", || says(&browser, ".versions", "10月8日公示稿")).await?;
    show(&browser, "works").await?;
    write(&browser, "[name='lines[0].amount']", "999999").await?;
    write(&browser, NAME, "changed").await?;
    show(&browser, "versions").await?;
    wait_until("causes are told", || says(&browser, "#changes thead", "工程预算变了")).await?;
    write(&browser, "#changes-search", "3-1-501").await?;
    wait_until("a home is told of", || says(&browser, "#changes .told", "3-1-501")).await?;
    // Statements say it, too, of the version that is chosen.
    let folder = browser.save_into_a_folder().await?;
    show(&browser, "papers").await?;
    click(&browser, "#statements-since option:nth-child(2)").await?;
    click(&browser, "#paper-statements button[data-format='html']").await?;
    let (_, statements) = saved_file(folder.path()).await?;
    let statements = String::from_utf8(statements)?;
    assert!(statements.contains("与“10月8日公示稿”相比"), "{statements:.500}");
    show(&browser, "versions").await?;
    click(&browser, ".versions .restore").await?;
    wait_until("it is brought back", || async { Ok(value(&browser, NAME).await? == was) }).await?;
    wait_until("nothing differs", || says(&browser, "#changes", "都没有变")).await?;
    click(&browser, "#undo-restore").await?;
    wait_until("that is undone", || async { Ok(value(&browser, NAME).await? == "changed") })
        .await?;
    // Undo leads to what it took back.
    show(&browser, "versions").await?;
    click(&browser, ".versions .remove").await?;
    wait_until("it is gone", || async { Ok(!has(&browser, ".versions li").await?) }).await?;
    click(&browser, "#put-back").await?;
    wait_until("it is back", || says(&browser, ".versions", "10月8日公示稿")).await?;
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_sentence_becomes_a_scenario_and_the_chart_shows_what_is_chosen() -> Result<()> {
    let browser = with_example().await?;
    show(&browser, "scenarios").await?;
    let scenarios = "#scenarios .parts > li";
    wait_until("sentences are there", || has(&browser, "#sentence-more-amount")).await?;
    let before = browser.page.find_all(Locator::Css(scenarios)).await?.len();
    for amount in ["500", "800"] {
        clear(&browser, "#sentence-more-amount").await?;
        write(&browser, "#sentence-more-amount", amount).await?;
        click(&browser, "#sentence-more button:not([disabled])").await?;
        let shown = || async {
            let found = browser.page.find_all(Locator::Css(scenarios)).await?.len();
            Ok(found == before + if amount == "500" { 1 } else { 2 })
        };
        wait_until("a scenario is there", shown).await?;
    }
    // The select says what the charts show, whichever is drawn.
    let agrees = "const select = [...document.querySelectorAll('#compare select')].pop();
        const key = document.querySelector('#compare .key.pairs span:last-child');
        return select && key && select.selectedOptions[0].textContent === key.textContent;";
    wait_until("select and chart agree", || async {
        Ok(browser.page.execute(agrees, Vec::new()).await? == true)
    })
    .await
}
