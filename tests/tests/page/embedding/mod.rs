//! `<fentan-calculator>` on a county's page, and on one that is hostile to it.

pub mod element;
mod frameworks;
pub mod host;
mod programs;
mod recorder;
mod served;
mod snippets;

pub use programs::files_in;

use anyhow::{Context, Result};
use fentan_core::tariff::{Edition, Flat, Tariff, estimate};
use fentan_core::{Document, Packs, Plan};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::workbench::wait_until;

/// The example's tariff.
static TARIFF: &str = include_str!("../../../../examples/county-site/tariff.json");

/// A calculator's shadow root, by its place on the page.
const ROOT: &str =
    "const root = document.querySelectorAll('fentan-calculator')[arguments[0]].shadowRoot;";

fn calculator() -> Result<String> {
    std::env::var("FENTAN_PAGE")
        .context("there is no calculator: run this as `cargo xtask test page`")
}

/// Runs a script on what is in the shadow root of one of the calculators.
async fn inside(browser: &Browser, at: usize, script: &str) -> Result<Value> {
    Ok(browser.page.execute(&format!("{ROOT} {script}"), vec![json!(at)]).await?)
}

async fn wait_for(browser: &Browser, at: usize, selector: &str) -> Result<()> {
    let script = format!("return !!root.querySelector(`{selector}`)");
    wait_until(selector, || async { Ok(inside(browser, at, &script).await? == json!(true)) }).await
}

/// What is written somewhere in a calculator.
async fn text(browser: &Browser, at: usize, selector: &str) -> Result<String> {
    let script = format!("return root.querySelector(`{selector}`)?.textContent ?? ''");
    Ok(inside(browser, at, &script).await?.as_str().unwrap_or_default().to_owned())
}

/// Presses a key, as a keyboard does.
async fn press(browser: &Browser, key: &str, code: u32) -> Result<()> {
    for kind in ["keyDown", "keyUp"] {
        let mut event =
            json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code });
        if key == "Enter" && kind == "keyDown" {
            event["text"] = json!("\r");
        }
        browser.ask_chromium("Input.dispatchKeyEvent", event).await?;
    }
    Ok(())
}

async fn type_in(browser: &Browser, text: &str) -> Result<()> {
    browser.ask_chromium("Input.insertText", json!({ "text": text })).await?;
    Ok(())
}

/// The field that has the focus, within a calculator.
async fn focused(browser: &Browser, at: usize) -> Result<String> {
    let script = "return root.activeElement?.name || root.activeElement?.type || ''";
    Ok(inside(browser, at, script).await?.as_str().unwrap_or_default().to_owned())
}

/// Fills in a field of the first calculator as its user does.
async fn fill(browser: &Browser, at: usize, name: &str, value: &str) -> Result<()> {
    let script = "
        const field = root.querySelector(`[name='${arguments[1]}']`);
        field.value = arguments[2];
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    let arguments = vec![json!(at), json!(name), json!(value)];
    browser.page.execute(&format!("{ROOT} {script}"), arguments).await?;
    Ok(())
}

/// The engines that were loaded.
async fn engines(browser: &Browser) -> Result<Vec<String>> {
    let loaded =
        "return performance.getEntriesByType('resource').map(({ name }) => name.split('/').pop())
        .map((name) => name.replace(/\\.[0-9a-f]{16}\\./, '.'))
        .filter((name) => name.endsWith('.wasm'))";
    Ok(serde_json::from_value(browser.page.execute(loaded, Vec::new()).await?)?)
}

/// What the flat of the example's first household would pay by its tariff.
fn expected() -> Result<(Value, String)> {
    let document = Document::from_json(TARIFF.as_bytes())?;
    let tariff = Tariff::read(&document)?;
    let flat = json!({ "building": "1", "unit": "1", "floor": 3, "area": "74.36",
        "weights": { "parking": "1", "heads": "3" } });
    let mut told = flat.clone();
    let known = |column: &String| tariff.columns.contains(column);
    let weights = flat["weights"].as_object().context("weights")?;
    told["weights"] = weights
        .iter()
        .filter(|(name, _)| known(name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let text = told.to_string();
    let flat = Flat::read(&Document::from_json(text.as_bytes())?, &tariff)?;
    Ok((told, fentan_words::money(estimate(&tariff, &flat).due)))
}

async fn fill_in(browser: &Browser, at: usize, flat: &Value) -> Result<()> {
    for name in ["building", "unit", "floor", "area"] {
        let value = flat[name].as_str().map_or_else(|| flat[name].to_string(), str::to_owned);
        fill(browser, at, name, &value).await?;
    }
    for (column, value) in flat["weights"].as_object().into_iter().flatten() {
        fill(browser, at, &format!("weights.{column}"), value.as_str().unwrap_or_default()).await?;
    }
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn three_calculators_stand_on_a_county_s_page() -> Result<()> {
    let browser = Browser::within(&format!("{}county-site/", calculator()?), 1280).await?;
    for at in 0..3 {
        wait_for(&browser, at, "#title").await?;
    }
    let (flat, due) = expected()?;
    fill_in(&browser, 0, &flat).await?;
    inside(&browser, 0, "root.querySelector('button').click()").await?;
    wait_for(&browser, 0, "[part=amount]").await?;
    assert_eq!(text(&browser, 0, "[part=amount]").await?, due);
    assert!(text(&browser, 0, "form + #answer").await?.contains("分摊额"));
    assert!(text(&browser, 1, "table").await?.contains("Left to residents"));
    assert_eq!(text(&browser, 1, "tr.total th").await?, "Total");
    assert!(text(&browser, 2, ".digest").await?.contains("摘要"));

    assert_eq!(engines(&browser).await?, ["fentan-widget_bg.wasm"], "one engine for all");
    let kept = "return [document.cookie, localStorage.length, sessionStorage.length].join()";
    assert_eq!(browser.page.execute(kept, Vec::new()).await?, json!(",0,0"));
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    browser.screenshot("county-site-1280").await?;
    for at in 1..3 {
        let show = "root.host.scrollIntoView()";
        inside(&browser, at, show).await?;
        browser.screenshot(&format!("county-site-1280-{at}")).await?;
    }

    browser.resize(360, 800, 1).await?;
    for at in 0..3 {
        inside(&browser, at, "root.host.scrollIntoView()").await?;
        browser.screenshot(&format!("county-site-360-{at}")).await?;
    }
    inside(&browser, 0, "root.querySelector('#answer').scrollIntoView()").await?;
    browser.screenshot("county-site-360-answer").await?;
    assert_eq!(browser.overflow().await?, 0, "pixels beyond the right edge");
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_keyboard_is_enough_and_a_screen_reader_is_told_each_name() -> Result<()> {
    let browser = Browser::within(&format!("{}county-site/", calculator()?), 1280).await?;
    wait_for(&browser, 0, "form").await?;
    inside(&browser, 0, "root.querySelector('[name=area]').focus()").await?;
    type_in(&browser, "many").await?;
    press(&browser, "Enter", 13).await?;
    // The first field that is wrong has the focus, and says what is wrong.
    wait_for(&browser, 0, "[aria-invalid]").await?;
    assert_eq!(focused(&browser, 0).await?, "building");
    assert!(text(&browser, 0, "[id='field-area-wrong']").await?.contains("many"));
    press(&browser, "Tab", 9).await?;
    assert_eq!(focused(&browser, 0).await?, "unit");

    let tree = browser.ask_chromium("Accessibility.getFullAXTree", json!({})).await?;
    let nodes = tree["nodes"].as_array().context("no tree")?;
    let has = |role: &str, name: &str| {
        nodes.iter().any(|node| {
            node["role"]["value"] == role
                && node["name"]["value"].as_str().is_some_and(|one| one == name)
        })
    };
    for (role, name) in [
        ("combobox", "楼号"),
        ("combobox", "单元"),
        ("textbox", "面积（m²）"),
        ("combobox", "困难类别"),
        ("button", "算一算"),
        ("form", "我家要出多少？"),
        ("table", "Who pays, and how much"),
        ("rowheader", "供水管网改造 by area"),
    ] {
        assert!(has(role, name), "no {role} {name}");
    }
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn another_language_view_or_tariff_keeps_what_was_filled_in() -> Result<()> {
    let browser = Browser::within(&format!("{}county-site/", calculator()?), 1280).await?;
    wait_for(&browser, 0, "form").await?;
    let (flat, due) = expected()?;
    fill_in(&browser, 0, &flat).await?;
    inside(&browser, 0, "root.querySelector('button').click()").await?;
    wait_for(&browser, 0, "[part=amount]").await?;

    inside(&browser, 0, "root.host.setAttribute('lang', 'en')").await?;
    assert_eq!(text(&browser, 0, "button").await?, "Work it out");
    assert_eq!(text(&browser, 0, "[part=amount]").await?, due);
    inside(&browser, 0, "root.host.view = 'full'").await?;
    assert!(!text(&browser, 0, ".works").await?.is_empty());
    assert_eq!(text(&browser, 0, "[part=amount]").await?, due);
    inside(&browser, 0, "root.host.src = 'lift.json'").await?;
    wait_until("the lift is open", || async {
        Ok(text(&browser, 0, "#title").await?.contains("电梯"))
    })
    .await?;
    let area = inside(&browser, 0, "return root.querySelector('[name=area]').value").await?;
    assert_eq!(area, flat["area"]);
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

/// A tariff whose every text would be markup where texts were taken for it.
fn markup() -> Result<String> {
    let text = "<img src=x onerror=\"failures.push('markup')\"><style>*{display:none}</style>";
    let plan = json!({ "fentan": 1, "name": text,
        "lines": [{ "id": text, "name": text, "amount": "10" }],
        "sources": [{ "id": text, "rate": "50%" }],
        "households": [{ "id": "1", "area": "60" }, { "id": "2", "area": "60" }] })
    .to_string();
    let plan = Plan::read(&Document::from_json(plan.as_bytes())?, None)?;
    let edition = Edition::read(1, "2026-11-27").expect("an edition");
    let tariff = Tariff::publish(&plan, &Packs::default(), &edition)?;
    Ok(serde_json::to_string(&tariff.to_document())?)
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_hostile_page_of_another_origin_gets_nothing_in_or_out() -> Result<()> {
    let calculator = calculator()?;
    let frame = format!("{calculator}widget/frame.html?src=/county-site/tariff.json&view=overview");
    let (_, plan) =
        fentan_tests::examples().find(|(name, _)| *name == "lift-percent").context("an example")?;
    let wrong = r#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": 0.5 }], "households": [] }"#;
    let body = format!(
        "<fentan-calculator id=good src=/tariff.json><p slot=note>county</p></fentan-calculator>
        <fentan-calculator id=english src=/tariff.json lang=en view=full></fentan-calculator>
        <fentan-calculator id=plan src=/plan.json view=full></fentan-calculator>
        <fentan-calculator id=markup src=/markup.json view=full></fentan-calculator>
        <fentan-calculator id=broken src=/broken.json></fentan-calculator>
        <fentan-calculator id=large src=/large.json></fentan-calculator>
        <fentan-calculator id=deep src=/deep.json></fentan-calculator>
        <fentan-calculator id=none src=/none.json lang=en></fentan-calculator>
        <fentan-calculator id=wrong src=/wrong.json lang=en></fentan-calculator>
        <iframe title=frame src=\"{frame}\"></iframe>"
    );
    let files = [
        ("tariff.json", TARIFF.into()),
        ("plan.json", plan.to_string().into_bytes()),
        ("markup.json", markup()?.into_bytes()),
        ("broken.json", b"{\"fentan_tariff\": 1,".into()),
        ("large.json", format!("[{}]", "0,".repeat(1 << 20)).into_bytes()),
        ("deep.json", "[".repeat(100_000).into_bytes()),
        ("wrong.json", wrong.into()),
    ]
    .map(|(name, bytes): (_, Vec<u8>)| (String::from(name), bytes));
    let address = host::publish(&calculator, &body, &files)?;
    let browser = Browser::within(&address, 1280).await?;
    let heard = "return heard.filter(([name]) => name !== 'change').length";
    wait_until("all are open or refused", || async {
        Ok(browser.page.execute(heard, Vec::new()).await? == json!(9))
    })
    .await?;

    let heard = "return heard.map(([name, id, detail]) => [id, name, detail.errors?.[0].code ?? ''].join(' ')).sort()";
    let heard: Vec<String> =
        serde_json::from_value(browser.page.execute(heard, Vec::new()).await?)?;
    assert_eq!(
        heard,
        [
            "broken loaderror bad-syntax",
            "deep loaderror bad-syntax",
            "english ready ",
            "good ready ",
            "large loaderror too-large",
            "markup ready ",
            "none loaderror no-file",
            "plan ready ",
            "wrong loaderror float",
        ]
    );
    let failures = browser.page.execute("return failures", Vec::new()).await?;
    assert_eq!(failures, json!([]), "the page around meets no error");
    assert!(text(&browser, 7, "[role=alert]").await?.contains("none.json"));
    let elements = "return root.querySelectorAll('img, style, script').length";
    assert_eq!(inside(&browser, 3, elements).await?, json!(0));
    assert!(text(&browser, 3, "#title").await?.starts_with("<img"));

    // Nothing of the page's styles inside, nothing of the calculator's outside.
    let styles = "
        const style = (element) => getComputedStyle(element);
        const button = style(root.querySelector('button'));
        return [style(root.host).display, style(root.host).visibility, button.display, button.fontSize,
            button.backgroundColor, style(root.querySelector('h2')).letterSpacing].join('; ')";
    let styles = inside(&browser, 0, styles).await?;
    assert_eq!(styles, json!("block; visible; inline-block; 48px; rgb(11, 92, 173); normal"));
    let theirs = "
        const { display, color, fontSize } = getComputedStyle(document.getElementById('theirs'));
        return [display, color, fontSize].join('; ')";
    let theirs = browser.page.execute(theirs, Vec::new()).await?;
    assert_eq!(theirs, json!("block; rgb(255, 0, 0); 60px"));
    assert_eq!(browser.axe_within("fentan-calculator").await?, Vec::<String>::new());
    for width in [1280, 360] {
        browser.resize(width, 800, 1).await?;
        for at in 0..3 {
            inside(&browser, at, "root.host.scrollIntoView()").await?;
            browser.screenshot(&format!("hostile-{width}-{at}")).await?;
        }
    }

    // Of what was filled in and of hardship the page hears nothing, nor of shares unless it asks.
    let (flat, due) = expected()?;
    fill_in(&browser, 0, &flat).await?;
    fill(&browser, 0, "hardship", "dibao").await?;
    inside(&browser, 0, "root.querySelector('button').click()").await?;
    wait_for(&browser, 0, "[part=parts]").await?;
    assert_ne!(text(&browser, 0, "[part=amount]").await?, due);
    let heard = "return heard.filter(([name]) => name === 'shares').length";
    assert_eq!(browser.page.execute(heard, Vec::new()).await?, json!(0));
    inside(&browser, 0, "root.host.tellShares = true").await?;
    assert!(text(&browser, 0, ".privacy").await?.contains("告诉本网站"));
    let split = "return JSON.stringify(heard.findLast(([name]) => name === 'shares')[2])";
    let told =
        browser.page.execute(split, Vec::new()).await?.as_str().unwrap_or_default().to_owned();
    let told: Value = serde_json::from_str(&told)?;
    let names: Vec<&String> = told.as_object().context("an object")?.keys().collect();
    assert_eq!(names, ["fen", "lines", "share"]);
    fill(&browser, 0, "hardship", "").await?;
    let again =
        browser.page.execute(split, Vec::new()).await?.as_str().unwrap_or_default().to_owned();
    assert_eq!(serde_json::from_str::<Value>(&again)?, told);
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_frame_has_the_height_that_it_says_and_no_other() -> Result<()> {
    let calculator = calculator()?;
    let page = |frames: &str| host::publish(&calculator, frames, &[]);
    // A page names itself as the host of its frames: its address is known before it is published.
    let outer = page("<iframe data-fentan title=frame></iframe>")?;
    let origin = outer.trim_end_matches('/');
    let frame = format!(
        "{calculator}widget/frame.html?src=/county-site/tariff.json&view=overview&lang=en-US&host={origin}/"
    );
    let browser = Browser::within(&outer, 1280).await?;
    // It comes after the script, and has its address later still.
    let start = "
        const frame = document.createElement('iframe');
        frame.dataset.fentan = '';
        frame.title = 'frame';
        frame.addEventListener('ready', ({ detail }) => (window.told = detail.title));
        document.querySelector('iframe').replaceWith(frame);
        frame.src = arguments[0]";
    browser.page.execute(start, vec![json!(frame)]).await?;
    let height = "return Number(document.querySelector('iframe').getAttribute('height') ?? 0)";
    wait_until("the frame is as high as it says", || async {
        Ok(browser.page.execute(height, Vec::new()).await?.as_i64().unwrap_or(0) > 600)
    })
    .await?;
    let told = || browser.page.execute("return window.told ?? ''", Vec::new());
    wait_until("the frame's event is heard", || async { Ok(told().await? != json!("")) }).await?;
    let before = browser.page.execute(height, Vec::new()).await?;
    // Not from the frame: nothing is done.
    let heard_by_all = "return new Promise((resolve) => {
            // It listens last: whoever listened before has heard it too.
            addEventListener('message', ({ data }) => data.height === 7 && resolve(true));
            postMessage({ fentan: 1, height: 7 }, '*');
        })";
    assert_eq!(browser.page.execute(heard_by_all, Vec::new()).await?, json!(true));
    assert_eq!(browser.page.execute(height, Vec::new()).await?, before);
    assert_eq!(browser.page.execute("return failures", Vec::new()).await?, json!([]));
    Ok(())
}
