//! Law and policy: a pack chosen, what it fills in and finds, and the owners' vote.

use anyhow::Result;
use fantoccini::Locator;
use fantoccini::key::Key;

use crate::browser::Browser;
use crate::workbench::{clear, click, has, says, show, text, type_into, value, wait_until, write};

/// Chooses in a list, by what is chosen.
async fn choose(browser: &Browser, selector: &str, value: &str) -> Result<()> {
    browser.with(selector, async |list| list.select_by_value(value).await).await
}

/// Unfolds all that is folded in a part of the page.
async fn unfold(browser: &Browser, part: &str) -> Result<()> {
    let unfold = "document.querySelectorAll(arguments[0] + ' details')
        .forEach((details) => { details.open = true; })";
    browser.page.execute(unfold, vec![part.into()]).await?;
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_pack_fills_in_what_is_missing_and_is_checked_against() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    show(&browser, "agreements").await?;
    let basic = "#field-residents-at-least-basic";
    wait_until("the agreements are there", || has(&browser, basic)).await?;
    clear(&browser, basic).await?;

    show(&browser, "basis").await?;
    wait_until("the packs are there", || has(&browser, "#field-policy")).await?;
    choose(&browser, "#field-policy", "wenzhou-2020").await?;
    show(&browser, "agreements").await?;
    let from = format!("{basic}-from");
    wait_until("it is filled in", || says(&browser, &from, "温州市")).await?;
    let field = browser.page.find(Locator::Css(basic)).await?;
    assert_eq!(field.attr("placeholder").await?.as_deref(), Some("10"));
    assert_eq!(field.attr("aria-describedby").await?.as_deref(), from.strip_prefix('#'));

    write(&browser, "#field-residents-at-least-upgraded", "5%").await?;
    show(&browser, "result").await?;
    let found = "#review .warning";
    wait_until("it is found", || says(&browser, "#review", "提升类项目居民承担")).await?;
    unfold(&browser, "#review").await?;
    assert!(says(&browser, "#review", "温州市市级专项补助资金管理办法").await?);
    assert_eq!(browser.axe().await?, Vec::<String>::new());

    // The link leads to the field that mends it.
    let links = browser.page.find_all(Locator::Css(&format!("{found} a"))).await?;
    links.last().expect("a link").click().await?;
    let focused = "return document.activeElement.id";
    wait_until("the field has the focus", || async {
        let id = browser.page.execute(focused, Vec::new()).await?;
        Ok(id == "field-residents-at-least-upgraded")
    })
    .await?;
    write(&browser, "#field-residents-at-least-upgraded", "70%").await?;
    show(&browser, "result").await?;
    wait_until("it is mended", || async {
        Ok(has(&browser, "#review").await?
            && !says(&browser, "#review", "提升类项目居民承担").await?)
    })
    .await
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn what_is_said_of_the_compound_is_checked() -> Result<()> {
    let browser = Browser::open(360, 800).await?;
    show(&browser, "basis").await?;
    wait_until("the packs are there", || has(&browser, "#policy")).await?;
    unfold(&browser, "#policy").await?;
    // What a pack fills in is said by its name.
    assert!(says(&browser, "#policy", "低于首期的这个比例就要续筹 = 30%").await?);
    assert_eq!(browser.overflow().await?, 0);
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    choose(&browser, "#field-compound-structure-safe", "false").await?;
    write(&browser, "#field-compound-year-built", "2004").await?;
    show(&browser, "result").await?;
    wait_until("both are found", || async {
        Ok(browser.page.find_all(Locator::Css("#review .error")).await?.len() == 2)
    })
    .await?;
    click(&browser, "#undo").await?;
    wait_until("the year is right again", || async {
        Ok(browser.page.find_all(Locator::Css("#review .error")).await?.len() == 1)
    })
    .await
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn no_clause_of_another_place_is_cited() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    show(&browser, "basis").await?;
    wait_until("the packs are there", || has(&browser, "#field-policy")).await?;
    choose(&browser, "#field-policy", "chengdu-2022").await?;
    let all = "document.querySelectorAll('details').forEach((one) => { one.open = true; });
        return document.body.innerText.includes('濮政办')";
    for screen in ["works", "sources", "agreements", "result"] {
        show(&browser, screen).await?;
        assert_eq!(browser.page.execute(all, vec![]).await?, false, "{screen}");
    }
    click(&browser, "#lines button.figure").await?;
    wait_until("its reason is shown", || has(&browser, "#reasons .formula")).await?;
    assert_eq!(browser.page.execute(all, vec![]).await?, false);
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn votes_are_counted_as_they_are_entered() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    show(&browser, "roster").await?;
    wait_until("the vote is there", || has(&browser, "#vote .verdict")).await?;
    assert!(says(&browser, "#vote", "0 / 264").await?);
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    click(&browser, ".columns summary").await?;
    for column in ["owner", "vote"] {
        click(&browser, &format!("button[name='column'][value='{column}']")).await?;
    }
    click(&browser, ".columns summary").await?;
    // By keys, as what is said comes in a row: yes, no.
    for household in [0, 1] {
        let vote = format!("[name='households[{household}].vote']");
        let down = char::from(Key::Down).to_string().repeat(household + 1);
        type_into(&browser, &vote, &down).await?;
    }
    wait_until("both are counted", || says(&browser, "#vote", "2 / 264")).await?;
    assert!(says(&browser, "#vote", "1 / 2").await?);
    // Two flats of one owner are one head, undecided where they differ.
    for household in [0, 1] {
        write(&browser, &format!("[name='households[{household}].owner']"), "Li Ming").await?;
    }
    wait_until("they are one", || says(&browser, "#vote", "1 / 263")).await?;

    // Nobody but one of many objects.
    let objection = "use_fund objection ";
    choose(&browser, "#vote .field:nth-child(2) select", objection).await?;
    wait_until("it passes", || has(&browser, "#vote .verdict.passes")).await?;
    assert_eq!(value(&browser, "#vote .field:nth-child(2) select").await?, objection);
    Ok(())
}

/// Whether a text stands somewhere, read at once: what is found is drawn anew after every change.
async fn reads(browser: &Browser, selector: &str, part: &str) -> Result<bool> {
    let script = "return [...document.querySelectorAll(arguments[0])]
        .some((one) => one.textContent.includes(arguments[1]))";
    let found = browser.page.execute(script, vec![selector.into(), part.into()]).await?;
    Ok(found.as_bool() == Some(true))
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn what_is_found_is_mended_with_one_click_and_taken_back_with_another() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    show(&browser, "works").await?;
    write(&browser, "[name='lines[13].name']", "5号楼楼道墙面").await?;
    show(&browser, "result").await?;
    let mend = "#review .mend";
    wait_until("it can be mended", || reads(&browser, mend, "5号楼楼道墙面：受益范围改为 5号楼"))
        .await?;
    let residents = text(&browser, "#residents").await?;
    browser.screenshot("mend-1280").await?;
    click(&browser, "#review .mend button").await?;
    wait_until("it is told", || reads(&browser, "#mended", "5号楼楼道墙面")).await?;
    wait_until("it is mended", || async {
        Ok(!reads(&browser, mend, "5号楼楼道墙面").await?)
    })
    .await?;
    assert!(reads(&browser, "#mended", "受益范围改为 5号楼").await?);
    assert_eq!(browser.axe_within("#review").await?, Vec::<String>::new());
    show(&browser, "works").await?;
    let scope = "#field-lines-13--scope";
    click(&browser, "#works .parts > li:nth-child(14) .more > summary").await?;
    wait_until("the line is unfolded", || has(&browser, scope)).await?;
    let is_some = format!("{scope} option:checked[value='some']");
    wait_until("the scope is narrower", || has(&browser, &is_some)).await?;

    click(&browser, "#undo").await?;
    show(&browser, "result").await?;
    wait_until("it is found again", || reads(&browser, mend, "5号楼楼道墙面")).await?;
    assert!(!has(&browser, "#mended").await?);
    assert_eq!(text(&browser, "#residents").await?, residents);
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}
