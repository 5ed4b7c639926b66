//! What follows a split: payments typed, kept, reversed, taken from a statement, joined; the final account;
//! cash over time; who must pay for one charge.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use fantoccini::Locator;
use fantoccini::key::Key;

use crate::browser::{Browser, address};
use crate::workbench::{
    click, has, is_kept, rows, saved_file, says, text, type_into, value, wait_until, write,
};

/// The page at one of its screens.
async fn at(browser: &Browser, screen: &str) -> Result<()> {
    browser.go(&format!("{}{screen}", address()?)).await
}

async fn is_ready(browser: &Browser) -> Result<bool> {
    has(browser, "#payment-record:not([disabled])").await
}

/// Types a payment as somebody does who has many: door, amount, Enter.
async fn pay(browser: &Browser, door: &str, amount: &str) -> Result<()> {
    write(browser, "#payment-door", door).await?;
    let amount = format!("{amount}{}", char::from(Key::Enter));
    write(browser, "#payment-amount", &amount).await
}

/// The receipts that are listed, the latest first.
async fn receipts(browser: &Browser) -> Result<Vec<String>> {
    let listed =
        "return [...document.querySelectorAll('#entries tbody th')].map(one => one.textContent)";
    let listed = browser.page.execute(listed, Vec::new()).await?;
    Ok(serde_json::from_value(listed)?)
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn killed_while_payments_are_typed_it_loses_none_that_it_said_and_repeats_no_receipt()
-> Result<()> {
    let mut browser = Browser::start(tempfile::tempdir()?).await?;
    browser.begin(&address()?).await?;
    let mut given = BTreeSet::new();
    for moment in 0..20 {
        at(&browser, "#collection").await?;
        wait_until("payments can be recorded", || is_ready(&browser)).await?;
        let before: BTreeSet<String> = receipts(&browser).await?.into_iter().collect();
        let latest: BTreeSet<String> = given.iter().rev().take(3).cloned().collect();
        ensure!(latest.is_subset(&before), "{latest:?} was given out and is not in {before:?}");
        pay(&browser, "3-1-101", &(moment + 1).to_string()).await?;
        if moment % 2 == 0 {
            // At every other moment it is killed before it says so.
            wait_until("it is recorded", || async {
                Ok(value(&browser, "#payment-door").await?.is_empty())
            })
            .await?;
            let said = receipts(&browser).await?;
            let new = said.iter().find(|one| !before.contains(*one) && !given.contains(*one));
            let new = new.context("no new receipt is listed")?.clone();
            ensure!(given.insert(new.clone()), "{new} was given out twice");
        }
        browser = Browser::start(browser.kill().await?).await?;
    }
    at(&browser, "#collection").await?;
    wait_until("payments can be recorded", || is_ready(&browser)).await?;
    let all = receipts(&browser).await?;
    ensure!(all.iter().collect::<BTreeSet<_>>().len() == all.len(), "{all:?}");
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_payment_is_recorded_reversed_taken_from_a_statement_and_joined() -> Result<()> {
    let browser = Browser::start(tempfile::tempdir()?).await?;
    browser.begin(&address()?).await?;
    let folder = browser.save_into_a_folder().await?;
    at(&browser, "#collection").await?;
    wait_until("payments can be recorded", || is_ready(&browser)).await?;
    // The example has no calls: two are written, and what is owed follows.
    wait_until("the calls can be written", || has(&browser, "#calls-draft")).await?;
    click(&browser, "#calls-take").await?;
    wait_until("the plan has calls", || async { Ok(!has(&browser, "#calls-draft").await?) })
        .await?;
    wait_until("the plan is kept", || is_kept(&browser)).await?;
    wait_until("calls are listed", || has(&browser, "#stand-calls tbody tr")).await?;

    pay(&browser, "9-9-999", "5").await?;
    wait_until("an unknown door is told", || async {
        Ok(text(&browser, "#payment-refusal").await?.contains("9-9-999"))
    })
    .await?;
    pay(&browser, "3 1 101", "1200.50").await?;
    wait_until("it is recorded", || async {
        let said = text(&browser, "#payment-said").await?;
        Ok(said.contains("3-1-101") && said.contains("¥1,200.50"))
    })
    .await?;
    assert_eq!(value(&browser, "#payment-door").await?, "");
    click(&browser, "[data-reverse]").await?;
    click(&browser, "#reverse").await?;
    wait_until("a reason is asked for", || async {
        Ok(!text(&browser, "#payment-refusal").await?.is_empty())
    })
    .await?;
    write(&browser, "#reverse-reason", "付了两次").await?;
    click(&browser, "#reverse").await?;
    wait_until("it is reversed", || async {
        Ok(text(&browser, "#entries tbody").await?.contains("付了两次"))
    })
    .await?;

    let statement = folder.path().join("wechat.csv");
    let rows = "微信支付账单明细\n\
        交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\n\
        2026-03-02 09:12:44,转账,网名,转账备注:3-1-101,收入,¥1000.00,/,已存入零钱,1001,/,/\n\
        2026-03-02 09:14:44,转账,谁,转账备注:改造款,收入,¥900.00,/,已存入零钱,1003,/,/\n";
    std::fs::write(&statement, rows)?;
    let chosen = statement.to_str().context("the path is not UTF-8")?;
    type_into(&browser, "#statement-file", chosen).await?;
    wait_until("the statement is read", || has(&browser, "#statement-take")).await?;
    browser.screenshot("collection-statement").await?;
    click(&browser, "#statement-take").await?;
    wait_until("what fits is recorded", || async {
        Ok(text(&browser, "#entries tbody").await?.contains("1,000.00"))
    })
    .await?;
    // What fits no home is left, until somebody names it.
    assert!(text(&browser, "#statement").await?.contains("¥900.00"));
    write(&browser, "#statement .account-row input", "3-1-102").await?;
    click(&browser, "#statement-take").await?;
    wait_until("the rest is recorded", || async {
        Ok(text(&browser, "#entries tbody").await?.contains("900.00"))
    })
    .await?;
    std::fs::remove_file(&statement)?;

    // A book that is saved and joined elsewhere has all of it, and once more nothing new.
    click(&browser, "#book-save").await?;
    let (name, book) = saved_file(folder.path()).await?;
    assert!(name.ends_with(".book"), "{name}");
    let other = Browser::start(tempfile::tempdir()?).await?;
    other.begin(&address()?).await?;
    at(&other, "#collection").await?;
    wait_until("payments can be recorded", || is_ready(&other)).await?;
    pay(&other, "3-1-102", "7").await?;
    wait_until("it is recorded", || async { Ok(receipts(&other).await?.len() == 1) }).await?;
    let saved = tempfile::tempdir()?;
    let path = saved.path().join("one.book");
    std::fs::write(&path, book)?;
    let path = path.to_str().context("the path is not UTF-8")?;
    for count in ["4", "0"] {
        type_into(&other, "#book-join", path).await?;
        let joined = format!("合并了 {count} 条");
        wait_until(&joined, || async {
            Ok(text(&other, "#payment-said").await?.contains(&joined))
        })
        .await?;
    }
    assert_eq!(receipts(&other).await?.len(), 4);
    other.reload().await?;
    wait_until("all of it is kept", || async { Ok(receipts(&other).await?.len() == 4) }).await?;

    for (width, dark) in [(360, false), (1280, false), (1280, true)] {
        browser.resize(width, 1600, 1).await?;
        browser.color_scheme(dark).await?;
        assert_eq!(browser.overflow().await?, 0, "{width}");
        browser
            .screenshot(&format!("collection-{width}{}", if dark { "-dark" } else { "" }))
            .await?;
    }
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn the_final_account_settles_what_was_paid() -> Result<()> {
    let browser = Browser::start(tempfile::tempdir()?).await?;
    browser.begin(&address()?).await?;
    at(&browser, "#final-account").await?;
    wait_until("the account is settled", || has(&browser, "#final-homes tbody tr")).await?;
    let before = text(&browser, "#final-sum").await?;
    write(&browser, "#final-lines tbody tr:first-child input", "999999").await?;
    click(&browser, "#final-search").await?;
    wait_until("it is settled anew", || says(&browser, "#final-lines", "319,999.00")).await?;
    assert_ne!(text(&browser, "#final-sum").await?, before);
    assert_eq!(text(&browser, "#final-refusal").await?, "");
    for width in [360, 1280] {
        browser.resize(width, 1600, 1).await?;
        assert_eq!(browser.overflow().await?, 0, "{width}");
        browser.screenshot(&format!("final-account-{width}")).await?;
    }
    at(&browser, "#joining").await?;
    wait_until("joining is asked about", || has(&browser, "#joining-ask:not([disabled])")).await?;
    write(&browser, "#joining-household", "9-9-999").await?;
    click(&browser, "#joining-ask").await?;
    wait_until("what is missing is told", || async {
        Ok(!text(&browser, "#joining-refusal").await?.is_empty())
    })
    .await?;
    browser.screenshot("joining").await?;
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn it_says_in_which_month_how_much_is_missing() -> Result<()> {
    let browser = Browser::start(tempfile::tempdir()?).await?;
    browser.begin(&address()?).await?;
    let folder = browser.save_into_a_folder().await?;
    at(&browser, "#cash").await?;
    wait_until("the schedule can be written", || has(&browser, "[name='evenly']")).await?;
    // Two clicks: works in the coming half a year, and all aid after acceptance.
    click(&browser, "[name='evenly']").await?;
    click(&browser, "[name='all-after']").await?;
    // Six months of works, and that of the aid.
    wait_until("sources stand in a month", || async {
        Ok(rows(&browser, "#cash-months").await?.len() == 7)
    })
    .await?;
    assert!(says(&browser, "#cash-said", "最多缺").await?);
    let before = text(&browser, "#cash-said").await?;
    assert!(has(&browser, "#cash-chart rect.gap").await?);

    // A source pays a part in advance: less is missing.
    click(&browser, "[name='sources 0 0']").await?;
    wait_until("it says nothing", || has(&browser, "[name='sources 0 advance']")).await?;
    click(&browser, "[name='sources 0 advance']").await?;
    wait_until("less is missing", || async {
        let said = text(&browser, "#cash-said").await?;
        Ok(said.contains("最多缺") && said != before)
    })
    .await?;
    // What is wrong is told at once, and mended.
    write(&browser, "[name='sources 0 1 part']", "55").await?;
    click(&browser, "[name='sources 0 0 part']").await?;
    wait_until("it is told", || says(&browser, "#cash-wrong", "资金计划")).await?;
    write(&browser, "[name='sources 0 1 part']", "60").await?;
    click(&browser, "[name='sources 0 0 part']").await?;
    wait_until("it is right again", || says(&browser, "#cash-said", "最多缺")).await?;
    assert_eq!(text(&browser, "#cash-wrong").await?, "");
    wait_until("the plan is kept", || is_kept(&browser)).await?;
    browser.reload().await?;
    wait_until("it is still there", || has(&browser, "[name='sources 0 1 part']")).await?;
    assert_eq!(value(&browser, "[name='sources 0 1 part']").await?, "60%");

    wait_until("the paper can be written", || has(&browser, "[name='cash']:not([disabled])"))
        .await?;
    click(&browser, "[name='cash']").await?;
    let (name, paper) = saved_file(folder.path()).await?;
    assert!(name.ends_with("资金计划表.docx") && paper.starts_with(b"PK"), "{name}");
    wait_until("months are drawn", || has(&browser, "#cash-months tbody tr")).await?;
    for (width, dark) in [(360, false), (1280, false), (360, true), (1280, true)] {
        browser.resize(width, 2400, 1).await?;
        browser.color_scheme(dark).await?;
        assert_eq!(browser.overflow().await?, 0, "{width}");
        browser.screenshot(&format!("cash-{width}{}", if dark { "-dark" } else { "" })).await?;
    }
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_link_asks_who_must_pay_at_a_place() -> Result<()> {
    let browser = Browser::start(tempfile::tempdir()?).await?;
    at(&browser, "#who-pays=gas_meter/%E9%9D%92%E5%B2%9B").await?;
    wait_until("it is answered", || has(&browser, "#who-pays-answer article")).await?;
    assert_eq!(value(&browser, "#who-pays-place").await?, "青岛");
    let answer = text(&browser, "#who-pays").await?;
    for said in ["由谁承担", "依据", "不是法律意见"] {
        assert!(answer.contains(said), "{said}: {answer}");
    }
    write(&browser, "#who-pays-place", "无此地").await?;
    wait_until("that there is no pack is told", || async {
        Ok(text(&browser, "#who-pays-answer").await?.contains("没有收录"))
    })
    .await?;
    let link = browser.page.find(Locator::Css("#who-pays-link")).await?.attr("href").await?;
    assert_eq!(link.as_deref(), Some("#who-pays=gas_meter/%E6%97%A0%E6%AD%A4%E5%9C%B0"));
    browser.reload().await?;
    wait_until("it is answered again", || has(&browser, "#who-pays-answer")).await?;
    assert_eq!(value(&browser, "#who-pays-place").await?, "无此地");
    for width in [360, 1280] {
        browser.resize(width, 1200, 1).await?;
        assert_eq!(browser.overflow().await?, 0, "{width}");
        browser.screenshot(&format!("who-pays-{width}")).await?;
    }
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    Ok(())
}
