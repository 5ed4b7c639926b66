//! Scenarios: made, compared, swept, sought, stressed, passed on.

use anyhow::{Context, Result};
use fantoccini::Locator;
use fentan_core::scenario::{
    Base, Condition, Measure, Pinned, Range, Scenario, Seek, StressTest, Sweep, compare, seek,
};
use fentan_core::{Document, Fen, Packs, Plan, RosterFile};
use fentan_words::money;
use serde_json::json;

use crate::browser::Browser;
use crate::workbench::{click, has, is_kept, rows, says, show, text, value, wait_until, write};
use crate::{examples, speak_the_other_language};

/// The number that scenarios of these tests change.
const COUNTY: &str = "sources.county.per_household";

/// The example, as the page opens on it.
fn base() -> Result<Base> {
    let plan = std::fs::read(examples().join("puyang/plan.toml"))?;
    let bytes = std::fs::read(examples().join("puyang/households.csv"))?;
    let roster = RosterFile { file: "households.csv", bytes: &bytes };
    let document = Document::from_toml(&plan)?;
    let plan = Plan::read(&document, Some(roster))?;
    Ok(Base::new(plan, &document, Packs::default()))
}

/// The example with a scenario in which the county pays so much for each household.
async fn open_with_scenario(width: u32, to: &str) -> Result<Browser> {
    let browser = Browser::open(width, 900).await?;
    show(&browser, "scenarios").await?;
    wait_until("the screen is there", || has(&browser, "#scenarios")).await?;
    click(&browser, "#scenarios > .tools button").await?;
    choose(&browser, "#scenarios li select", COUNTY).await?;
    let field = "[name='scenarios[0].changes[0].to']";
    wait_until("the number is there", || has(&browser, field)).await?;
    enter(&browser, field, to).await?;
    Ok(browser)
}

/// Chooses in a list, by what is chosen.
async fn choose(browser: &Browser, selector: &str, value: &str) -> Result<()> {
    browser.with(selector, async |list| list.select_by_value(value).await).await
}

/// Writes into a field and leaves it.
async fn enter(browser: &Browser, selector: &str, text: &str) -> Result<()> {
    write(browser, selector, text).await?;
    let leave = "document.activeElement.blur()";
    browser.page.execute(leave, Vec::new()).await?;
    Ok(())
}

/// Starts the task of a part of the screen and waits for what it comes to.
async fn run(browser: &Browser, part: &str, result: &str) -> Result<()> {
    click(browser, &format!("#{part} .tools .button")).await?;
    let result = format!("#{part} {result}");
    wait_until("it is done", || has(browser, &result)).await
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_scenario_is_compared_as_the_engine_does_here_and_kept_with_the_plan() -> Result<()> {
    let browser = open_with_scenario(1280, "4,000元").await?;
    let setting = Scenario::setting("more", &[(COUNTY.to_owned(), "4000".to_owned())]);
    let mut base = base()?;
    let pinned = Pinned::new(&mut base, None)?;
    let comparison = compare(&mut base, &pinned, &[setting], None)?;
    let after = &comparison.scenarios[0];
    let shown = "#scenarios .figures";
    let residents = money(after.totals.residents);
    wait_until("it is compared", || says(&browser, shown, &residents)).await?;
    for amount in [after.totals.cash.highest, after.less.amount, comparison.base.residents] {
        assert!(says(&browser, "#compare .table-box", &money(amount)).await?, "{amount}");
    }

    // The slider moves the same number.
    let slide = "const slider = document.querySelector('#scenarios [type=range]');
        slider.value = 0;
        for (const type of ['input', 'change']) {
          slider.dispatchEvent(new Event(type, { bubbles: true }));
        }";
    browser.page.execute(slide, Vec::new()).await?;
    let field = "[name='scenarios[0].changes[0].to']";
    wait_until("it is nought", || async { Ok(value(&browser, field).await? == "0.00") }).await?;
    wait_until("it follows", || async { Ok(!says(&browser, shown, &residents).await?) }).await?;

    // Taken back as anything else, all that was done to one number at once; and kept.
    click(&browser, "#undo").await?;
    wait_until("it is taken back", || async { Ok(value(&browser, field).await? != "0.00") })
        .await?;
    enter(&browser, field, "4,000元").await?;
    wait_until("it is as it was", || says(&browser, shown, &residents)).await?;
    wait_until("it is kept", || is_kept(&browser)).await?;
    browser.reload().await?;
    wait_until("it is still there", || says(&browser, shown, &residents)).await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

/// Chooses the first of a group of changes for the scenario.
async fn choose_of(browser: &Browser, group: &str) -> Result<()> {
    let choose = "const select = document.querySelector('#scenarios li select');
        const group = [...select.querySelectorAll('optgroup')].find((one) => one.label === arguments[0]);
        select.value = group.querySelector('option').value;
        select.dispatchEvent(new Event('change', { bubbles: true }));";
    browser.page.execute(choose, vec![json!(group)]).await?;
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_scenario_adds_a_source_and_puts_another_first() -> Result<()> {
    let browser = open_with_scenario(1280, "4000").await?;
    choose_of(&browser, "加一项").await?;
    let amount = "[name='scenarios[0].changes[1].value.amount']";
    wait_until("it is added", || has(&browser, amount)).await?;
    enter(&browser, amount, "5万元").await?;
    choose_of(&browser, "排到最前").await?;
    let moved = "市财政奖补 排到 中央补助资金 之前";
    wait_until("another is first", || says(&browser, "#scenarios .changes", moved)).await?;

    let scenarios = Document::from_json(
        br#"{ "scenarios": [{ "id": "more", "changes": [
            { "set": "sources.county.per_household", "to": "4000" },
            { "add": "sources", "value": { "id": "new", "amount": "50000.00" } },
            { "move": "sources.city", "before": "central" }
        ] }] }"#,
    )?;
    let scenario = scenarios.value("scenarios[0]").context("a scenario")?;
    let scenario = Scenario::read(scenario)?;
    let mut base = base()?;
    let pinned = Pinned::new(&mut base, None)?;
    let comparison = compare(&mut base, &pinned, &[scenario], None)?;
    let residents = money(comparison.scenarios[0].totals.residents);
    wait_until("it is compared", || says(&browser, "#scenarios .figures", &residents)).await?;
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_value_is_sought_and_found_as_the_engine_does_here() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    show(&browser, "scenarios").await?;
    wait_until("the screen is there", || has(&browser, "#seek")).await?;
    choose(&browser, "#seek .limits .field:nth-child(2) select", COUNTY).await?;
    run(&browser, "seek", ".sought").await?;
    let base = base()?;
    let asked = Seek {
        range: Range::read(&base, COUNTY)?,
        greatest: false,
        conditions: vec![Condition::read("highest_cash<=3000")?],
        most: 10_000,
    };
    let found = seek(&base, &asked, &mut |_| true)?.and_then(|sought| sought.found);
    let shown = text(&browser, "#seek .sought").await?;
    match found {
        Some(trial) => {
            let fen: u128 = trial.value.replace('.', "").parse()?;
            assert!(shown.contains(&money(Fen(fen))), "{} is not in {shown}", trial.value);
        }
        None => assert!(shown.contains("没有找到"), "{shown}"),
    }
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn numbers_are_swept_over_one_range_and_over_two() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    show(&browser, "scenarios").await?;
    wait_until("the screen is there", || has(&browser, "#sweep")).await?;
    choose(&browser, "#sweep .limits select", COUNTY).await?;
    run(&browser, "sweep", ".curve").await?;
    let mut range = Vec::new();
    for input in browser.page.find_all(Locator::Css("#sweep .limits input")).await? {
        range.push(input.prop("value").await?.context("a value")?);
    }
    let [from, to, step] = &range[..] else { anyhow::bail!("the range is {range:?}") };
    let base = base()?;
    let range = Range::read(&base, &format!("{COUNTY}={from}..{to}/{step}"))?;
    let measures = [Measure::read("highest_cash")?, Measure::read("residents")?];
    let mut sweep = Sweep::new(base, vec![range], measures.into())?;
    let rows = rows(&browser, "#sweep .curve + .table-box").await?;
    assert_eq!(rows.len(), sweep.count());
    for (index, row) in rows.iter().enumerate() {
        let point = sweep.point(index)?;
        let measured = point.measures.context("a plan that can be split")?;
        let amount = |amount: &str| -> Result<String> { Ok(money(amount.parse()?)) };
        // Steps of whole yuan are shown so.
        let steps = point.at.iter().map(|at| Ok(amount(at)?.trim_end_matches(".00").to_owned()));
        let measured = measured.iter().map(|one| amount(&one.to_string()));
        for shown in steps.chain(measured) {
            let shown = shown?;
            assert!(row.contains(&shown), "{shown} is not in {row:?}");
        }
    }
    choose(&browser, "#sweep .limits:nth-of-type(2) select", "relief.rates.disabled").await?;
    run(&browser, "sweep", ".heat").await?;
    let cells = browser.page.find_all(Locator::Css("#sweep .heat td")).await?;
    assert!(cells.len() > 20, "{} cells", cells.len());
    Ok(())
}

/// The same seed gives the same draws in the page's thread and on this machine.
#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn what_may_go_wrong_is_drawn_as_the_engine_does_here() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    show(&browser, "scenarios").await?;
    wait_until("the screen is there", || has(&browser, "#stress")).await?;
    choose(&browser, "#stress-add-line select", "water").await?;
    wait_until("the line is there", || has(&browser, "[name='stress.lines.water.most']")).await?;
    enter(&browser, "[name='stress.lines.water.most']", "30%").await?;
    choose(&browser, "#stress-add-source select", "county").await?;
    wait_until("the source is there", || has(&browser, "[name='stress.sources.county.chance']"))
        .await?;
    enter(&browser, "[name='stress.draws']", "200").await?;
    run(&browser, "stress", ".chart").await?;

    let plan = std::fs::read(examples().join("puyang/plan.toml"))?;
    let bytes = std::fs::read(examples().join("puyang/households.csv"))?;
    let roster = RosterFile { file: "households.csv", bytes: &bytes };
    let mut document = Document::from_toml(&plan)?.into_owned();
    let stress = json!({
        "draws": 200,
        "lines": { "water": { "least": "0%", "most": "30%" } },
        "sources": { "county": { "chance": "10%" } },
    });
    let (path, json) = ("stress".to_owned(), stress.to_string());
    document.change(&fentan_core::Change::Put { path, json, at: None });
    let plan = Plan::read(&document, Some(roster))?;
    let test = StressTest::new(&plan, plan.stress().clone())?;
    let draws = (0..test.count()).map(|index| test.draw(index)).collect::<Result<Vec<_>, _>>()?;
    let fan = test.fan(&draws);
    click(&browser, "#stress .chart summary").await?;
    let shown = text(&browser, "#stress .chart table").await?;
    let payers = fan.payers.iter().map(|payer| payer.paid);
    for one in payers.chain([fan.residents, fan.median_cash, fan.highest_cash]) {
        for amount in [one.base, one.tenth, one.half, one.ninetieth] {
            assert!(shown.contains(&money(amount)), "{amount} is not in {shown}");
        }
    }
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_link_offers_its_scenarios_on_the_plan_that_is_open() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    let setting = Scenario::setting("more", &[(COUNTY.to_owned(), "4000".to_owned())]);
    let link = Scenario::link(std::slice::from_ref(&setting));
    browser.page.execute("location.hash = arguments[0]", vec![json!(link)]).await?;
    wait_until("it is offered", || says(&browser, "[data-screen] .message", "more")).await?;
    assert!(!has(&browser, "#scenarios li").await?, "nothing is taken in without being asked for");
    click(&browser, "[data-screen] .message .button").await?;
    wait_until("it is taken in", || has(&browser, "[name='scenarios[0].changes[0].to']")).await?;
    assert!(!has(&browser, "[data-screen] .message").await?);
    // It is passed on as it came, without the roster.
    let passed_on = value(&browser, "#scenarios .link input").await?;
    assert_eq!(Scenario::from_link(&passed_on)?[0].changes, setting.changes);
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn all_that_scenarios_come_to_is_for_everyone() -> Result<()> {
    let browser = open_with_scenario(1280, "4000").await?;
    choose(&browser, "#stress-add-line select", "water").await?;
    choose(&browser, "#investment select", "0").await?;
    wait_until("all is there", || has(&browser, "#investment table")).await?;
    run(&browser, "sweep", ".curve").await?;
    run(&browser, "seek", ".sought").await?;
    run(&browser, "stress", ".chart").await?;
    let unfold = "document.querySelectorAll('[data-screen] details')
        .forEach((details) => { details.open = true; })";
    let mut found = Vec::new();
    for language in ["zh", "en"] {
        browser.page.execute(unfold, Vec::new()).await?;
        for dark in [false, true] {
            browser.color_scheme(dark).await?;
            let wrong = browser.axe().await?;
            found.extend(wrong.iter().map(|one| format!("{language} {dark}: {one}")));
        }
        browser.resize(360, 800, 1).await?;
        assert_eq!(browser.overflow().await?, 0, "{language}");
        browser.screenshot(&format!("scenarios-360-{language}")).await?;
        browser.resize(1280, 900, 1).await?;
        speak_the_other_language(&browser).await?;
    }
    assert_eq!(found, Vec::<String>::new());
    Ok(())
}
