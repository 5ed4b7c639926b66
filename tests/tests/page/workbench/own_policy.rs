//! A policy pack that the plan brings with it: written on the page, kept, saved, opened again, and refused where it is wrong.

use anyhow::{Context, Result};
use fantoccini::Locator;

use crate::browser::Browser;
use crate::speak_the_other_language;
use crate::workbench::{
    clear, click, has, is_kept, saved_file, says, show, text, type_into, value, wait_until, write,
};

const PART: &str = "#own-policy";

async fn open(width: u32) -> Result<Browser> {
    let browser = Browser::open(width, 900).await?;
    show(&browser, "basis").await?;
    wait_until("the packs are there", || has(&browser, "#own-policy-new")).await?;
    Ok(browser)
}

/// Clicks on the button of this name.
async fn press(browser: &Browser, name: &str) -> Result<()> {
    let button = format!("//*[@id='own-policy']//button[.='{name}']");
    browser.click_on(&browser.page.find(Locator::XPath(&button)).await?).await
}

/// A folder with a file of this text.
fn file(name: &str, text: &str) -> Result<(tempfile::TempDir, String)> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join(name);
    std::fs::write(&path, text)?;
    let path = path.to_str().context("UTF-8")?.to_owned();
    Ok((folder, path))
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn one_is_written_followed_kept_and_saved() -> Result<()> {
    let browser = open(1280).await?;
    let folder = browser.save_into_a_folder().await?;
    click(&browser, "#own-policy-new").await?;
    let name = "#field-own-policy-name-zh";
    wait_until("its fields are there", || has(&browser, name)).await?;
    wait_until("it is followed", || async { Ok(value(&browser, "#field-policy").await? == "own") })
        .await?;
    // What is written first is right: the result stays.
    wait_until("it is read", || async {
        Ok(!has(&browser, "#problems").await? && says(&browser, "#review", "没有核实").await?)
    })
    .await?;
    write(&browser, name, "平湖市维修资金管理办法").await?;
    write(&browser, "#field-own-policy-documents-0--title", "平湖市维修资金管理办法").await?;
    write(&browser, "#field-own-policy-documents-0--clauses-0--article", "第十八条").await?;

    // The figure of the rule is asked for, and nothing stands in for it.
    press(&browser, "公共收益的经营支出").await?;
    let rate = "#field-own-policy-checks-0--rate";
    wait_until("the check is there", || has(&browser, rate)).await?;
    assert_eq!(value(&browser, rate).await?, "");
    wait_until("it says what is missing", || has(&browser, "#problems")).await?;
    write(&browser, rate, "30").await?;
    wait_until("nothing is", || async { Ok(!has(&browser, "#problems").await?) }).await?;

    // The check finds, and cites its clause for what it is.
    let unfold =
        "document.querySelectorAll('#policy details').forEach((one) => { one.open = true; })";
    browser.page.execute(unfold, Vec::new()).await?;
    write(&browser, "#field-compound-public-revenue-gross", "100000").await?;
    write(&browser, "#field-compound-public-revenue-cost", "40000").await?;
    let cited = "《平湖市维修资金管理办法》第十八条（自带政策包，没有核实）";
    wait_until("it is found", || says(&browser, "#review", cited)).await?;
    assert!(says(&browser, "#review", "公共收益的经营支出").await?);
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    browser.screenshot("own-policy-1280").await?;

    // A value is filled in where the plan has none; who must pay is said for the place.
    press(&browser, "维修资金补足标准").await?;
    let target = "#field-own-policy-defaults-maintenance-target";
    wait_until("the value is asked for", || has(&browser, "#problems")).await?;
    write(&browser, target, "60").await?;
    press(&browser, "写一笔费用").await?;
    let payer = "#field-own-policy-charges-0--payer";
    wait_until("the charge is there", || has(&browser, payer)).await?;
    browser.with(payer, async |list| list.select_by_value("household").await).await?;
    let meter = "//*[@id='field-own-policy-charges-0--items']//label[contains(., '燃气表')]/input";
    browser.click_on(&browser.page.find(Locator::XPath(meter)).await?).await?;
    wait_until("nothing is wrong", || async { Ok(!has(&browser, "#problems").await?) }).await?;
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    browser.screenshot("own-policy-charges-1280").await?;
    show(&browser, "who-pays").await?;
    write(&browser, "#who-pays-place", "本市").await?;
    for part in ["本户自己", cited] {
        wait_until("it is answered", || says(&browser, "#who-pays-answer", part)).await?;
    }
    show(&browser, "basis").await?;

    // It is kept with the plan.
    wait_until("it is kept", || is_kept(&browser)).await?;
    browser.reload().await?;
    show(&browser, "basis").await?;
    wait_until("it is there again", || has(&browser, name)).await?;
    assert_eq!(value(&browser, name).await?, "平湖市维修资金管理办法");
    wait_until("it is found again", || says(&browser, "#review", cited)).await?;

    // Saved as a file, it is a pack that anybody can check.
    click(&browser, "#own-policy-save").await?;
    let (file_name, bytes) = saved_file(folder.path()).await?;
    assert_eq!(file_name, "平湖市维修资金管理办法.fentan-policy.json");
    let pack =
        fentan_core::Document::from_json(&bytes).map_err(|error| anyhow::anyhow!("{error}"))?;
    let pack =
        fentan_core::policy::Pack::read(&pack).map_err(|error| anyhow::anyhow!("{error}"))?;
    assert_eq!((pack.id(), pack.within()), ("own", Some("puyang-2020")));
    let saved = std::str::from_utf8(&bytes)?;
    assert!(saved.contains(r#""target": "60%""#), "{saved}");

    // Taken out by mistake, it comes back.
    click(&browser, "#own-policy-remove").await?;
    wait_until("it is gone", || has(&browser, "#own-policy-new")).await?;
    wait_until("nothing is wrong", || async { Ok(!has(&browser, "#problems").await?) }).await?;
    click(&browser, "#undo").await?;
    wait_until("it is back", || has(&browser, name)).await?;
    assert_eq!(value(&browser, name).await?, "平湖市维修资金管理办法");
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

const PACK: &str = r#"
fentan_policy = 1
id = "pinghu"
name = { zh = "平湖市物业管理条例" }
place = { zh = "浙江省平湖市" }
within = "zhejiang"
[[documents]]
title = "平湖市物业管理条例"
published = "市人大常委会网站"
verified = "text"
[[documents.clauses]]
id = "50"
article = "第五十条"
[[checks]]
id = "management-cost"
severity = "error"
rate = "@rate"
clauses = ["pinghu/50"]
[defaults.residents_at_least]
basic = "12%"
[grounds]
residents_at_least = ["pinghu/50"]
"#;

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn one_is_opened_from_a_file_or_refused_with_words() -> Result<()> {
    let browser = open(1280).await?;
    let (_folder, wrong) = file("错的.toml", &PACK.replace("@rate", "三成"))?;
    type_into(&browser, "#own-policy-file", &wrong).await?;
    wait_until("it is refused", || has(&browser, "#refused")).await?;
    let told = text(&browser, "#refused").await?;
    for part in ["错的.toml", "第1项核对“公共收益的经营支出”的比例", "三成"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!told.contains("checks["), "{told}");
    assert!(has(&browser, "#own-policy-new").await?, "it is not in the plan");
    click(&browser, "#refused button").await?;

    // A plan is none, and says where it goes.
    let (_of_plan, plan) = file("方案.json", r#"{ "fentan": 1, "lines": [], "households": [] }"#)?;
    type_into(&browser, "#own-policy-file", &plan).await?;
    wait_until("a plan is refused", || says(&browser, "#refused", "打开文件")).await?;
    click(&browser, "#refused button").await?;

    let (_right, right) = file("平湖.toml", &PACK.replace("@rate", "30%"))?;
    // Where plans are opened it says where it goes.
    type_into(&browser, "#open", &right).await?;
    wait_until("a pack is refused there", || says(&browser, "#refused", "政策包")).await?;
    click(&browser, "#refused button").await?;
    type_into(&browser, "#own-policy-file", &right).await?;
    wait_until("it is followed", || async {
        Ok(value(&browser, "#field-policy").await? == "pinghu")
    })
    .await?;
    wait_until("it is read", || says(&browser, "#review", "平湖市物业管理条例（自带，没有核实）"))
        .await?;
    assert!(!has(&browser, "#problems").await?);

    // It fills in like one of the list, and says from where.
    show(&browser, "agreements").await?;
    let basic = "#field-residents-at-least-basic";
    wait_until("the agreements are there", || has(&browser, basic)).await?;
    clear(&browser, basic).await?;
    let from = format!("{basic}-from");
    wait_until("it is filled in", || says(&browser, &from, "自带，没有核实")).await?;
    let field = browser.page.find(Locator::Css(basic)).await?;
    assert_eq!(field.attr("placeholder").await?.as_deref(), Some("12"));
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_plan_of_another_city_is_offered_its_policies() -> Result<()> {
    let browser = open(360).await?;
    let unfold =
        "document.querySelectorAll('#policy details').forEach((one) => { one.open = true; })";
    browser.page.execute(unfold, Vec::new()).await?;
    write(&browser, "#field-compound-place", "浙江省丽水市").await?;
    let offer = "#policy-offer button";
    wait_until("they are offered", || says(&browser, "#policy-offer", "浙江省丽水市")).await?;
    assert_eq!(browser.overflow().await?, 0);
    click(&browser, offer).await?;
    wait_until("it is chosen", || async {
        Ok(value(&browser, "#field-policy").await?.starts_with("lishui"))
    })
    .await?;
    wait_until("nothing more is offered", || async { Ok(!has(&browser, "#policy-offer").await?) })
        .await?;

    // On a telephone, in both languages, dark, the fields of an own pack stand on the page.
    click(&browser, "#own-policy-new").await?;
    wait_until("its fields are there", || has(&browser, "#field-own-policy-name-zh")).await?;
    assert_eq!(value(&browser, "#field-own-policy-place-zh").await?, "浙江省丽水市");
    press(&browser, "管线责任分界").await?;
    wait_until("the check is there", || has(&browser, "#field-own-policy-checks-0--pipelines"))
        .await?;
    for dark in [false, true] {
        browser.color_scheme(dark).await?;
        speak_the_other_language(&browser).await?;
        assert_eq!(browser.overflow().await?, 0, "pixels beyond the right edge");
        assert_eq!(browser.axe_within(PART).await?, Vec::<String>::new());
        let scroll = "document.querySelector('#own-policy').scrollIntoView()";
        browser.page.execute(scroll, Vec::new()).await?;
        browser.screenshot(&format!("own-policy-360-{dark}")).await?;
    }
    browser.color_scheme(false).await
}
