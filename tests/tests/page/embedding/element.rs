//! The calculator as an element like any other: placed, sized, hidden and spoken to by the page.

use anyhow::Result;
use serde_json::{Value, json};

use super::{TARIFF, calculator, fill, host, inside, text, wait_for};
use crate::browser::Browser;
use crate::workbench::wait_until;

pub const TAG: &str = "<fentan-calculator src=/tariff.json></fentan-calculator>";

async fn page(body: &str) -> Result<Browser> {
    Browser::within(&published(body)?, 1280).await
}

/// The address of a page that has the calculator on it.
pub fn published(body: &str) -> Result<String> {
    let files = [("tariff.json".to_owned(), TARIFF.into())];
    host::publish_plain(&calculator()?, body, &files)
}

async fn run(browser: &Browser, script: &str) -> Result<Value> {
    Ok(browser.page.execute(script, Vec::new()).await?)
}

async fn ready(browser: &Browser) -> Result<()> {
    wait_for(browser, 0, "form").await
}

/// Every container that gives what stands in it no width of its own, as `style` and the wrapper's tag.
const CONTAINERS: [(&str, &str, &str); 13] = [
    ("block", "div", ""),
    ("table cell", "td", ""),
    ("float", "div", "float: left"),
    ("inline-block", "div", "display: inline-block"),
    ("flex item", "flex", "display: flex"),
    ("column, centred", "flex", "display: flex; flex-direction: column; align-items: center"),
    ("grid, auto", "flex", "display: grid; grid-template-columns: auto 1fr"),
    ("grid, centred", "flex", "display: grid; place-items: center"),
    ("absolute", "div", "position: absolute"),
    ("fit-content", "div", "width: fit-content"),
    ("dialog", "dialog", ""),
    ("popover", "popover", ""),
    ("narrow", "div", "width: 200px"),
];

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn it_is_as_wide_as_can_be_read_in_every_container() -> Result<()> {
    let browser = page(TAG).await?;
    ready(&browser).await?;
    assert_wide_in_every_container(&browser).await?;
    // An item that may grow has what is left of the row.
    let grows = "
        const calculator = document.querySelector('fentan-calculator');
        document.body.style.cssText = 'display: flex; margin: 0';
        calculator.style.flex = '1';
        return calculator.getBoundingClientRect().width > 1000";
    assert_eq!(run(&browser, grows).await?, json!(true));
    Ok(())
}

/// Puts the page's calculator into each of the containers, and measures it there.
pub async fn assert_wide_in_every_container(browser: &Browser) -> Result<()> {
    let measure = "
        const calculator = document.querySelector('fentan-calculator');
        return arguments[0].map(([name, tag, style]) => {
            const named = { td: 'td', flex: 'div', popover: 'div' }[tag] ?? tag;
            const wrapper = document.createElement(named);
            wrapper.style.cssText = style;
            let outer = wrapper;
            if (tag === 'td') {
                outer = document.createElement('table');
                outer.insertRow().append(wrapper);
            }
            document.body.append(outer);
            wrapper.append(calculator);
            if (tag === 'dialog') wrapper.showModal();
            if (tag === 'popover') {
                wrapper.popover = 'manual';
                wrapper.showPopover();
            }
            const { width, height } = calculator.getBoundingClientRect();
            document.body.append(calculator);
            outer.remove();
            return [name, Math.round(width), Math.round(height)];
        })";
    let measured = browser.page.execute(measure, vec![json!(CONTAINERS)]).await?;
    println!("{measured}");
    for one in measured.as_array().into_iter().flatten() {
        let (name, width) = (one[0].as_str().unwrap_or_default(), one[1].as_i64().unwrap_or(0));
        // 24 rem, less the bar of a dialog that scrolls.
        let least = if name == "narrow" { 200 } else { 364 };
        assert!(width >= least, "{one}");
        assert!(one[2].as_i64().unwrap_or(9999) < 1900, "{one}");
    }
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn the_page_hides_sizes_and_places_it() -> Result<()> {
    let browser = page(TAG).await?;
    ready(&browser).await?;
    let display = "
        const calculator = document.querySelector('fentan-calculator');
        const of = () => getComputedStyle(calculator).display;
        const found = [of()];
        calculator.style.display = 'none';
        found.push(of());
        calculator.style.display = '';
        calculator.hidden = true;
        found.push(of());
        calculator.hidden = false;
        calculator.style.cssText = 'width: 320px; margin: 7px; opacity: 0.5; max-width: 300px';
        const { width, marginTop, opacity } = getComputedStyle(calculator);
        return [...found, width, marginTop, opacity].join()";
    assert_eq!(run(&browser, display).await?, json!("block,none,none,300px,7px,0.5"));
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn it_follows_the_page_s_language_size_and_colours() -> Result<()> {
    let browser = page(TAG).await?;
    ready(&browser).await?;
    assert_eq!(text(&browser, 0, "button").await?, "算一算");
    run(&browser, "document.documentElement.lang = 'en-GB'").await?;
    wait_until("it is in English", || async {
        Ok(text(&browser, 0, "button").await? == "Work it out")
    })
    .await?;
    let size = "return getComputedStyle(root.querySelector('button')).fontSize";
    assert_eq!(inside(&browser, 0, size).await?, json!("16px"));
    run(&browser, "document.documentElement.style.fontSize = '32px'").await?;
    assert_eq!(inside(&browser, 0, size).await?, json!("32px"));
    run(&browser, "document.documentElement.style.fontSize = ''").await?;
    let colours = "
        const { backgroundColor, color } = getComputedStyle(root.querySelector('section'));
        return [backgroundColor, color].join(' ')";
    assert_eq!(inside(&browser, 0, colours).await?, json!("rgb(255, 255, 255) rgb(28, 36, 48)"));
    run(&browser, "document.documentElement.style.colorScheme = 'dark'").await?;
    assert_eq!(inside(&browser, 0, colours).await?, json!("rgb(22, 27, 34) rgb(232, 237, 242)"));
    assert_eq!(browser.axe_within("fentan-calculator").await?, Vec::<String>::new());
    browser.screenshot("element-dark").await?;
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn properties_prefill_labels_reset_and_events() -> Result<()> {
    let body = "<fentan-calculator deep-link prefill='building=1&area=74.36&hardship=dibao'>
        <span slot=label-area>房本上的面积</span></fentan-calculator>";
    let browser = page(body).await?;
    assert_eq!(
        run(&browser, "return document.querySelector('fentan-calculator').state").await?,
        "empty"
    );
    // Set before the script ran, as frameworks do.
    let early = "
        const old = document.querySelector('fentan-calculator');
        const early = document.createElement('div');
        early.innerHTML = old.outerHTML;
        const calculator = early.firstChild;
        Object.defineProperty(calculator, 'src', { value: '/tariff.json', writable: true, configurable: true });
        history.replaceState(null, '', '#unit=2&floor=5');
        old.replaceWith(calculator)";
    run(&browser, early).await?;
    ready(&browser).await?;
    let values = "return ['building', 'unit', 'floor', 'area', 'hardship']
        .map((name) => root.querySelector(`[name=${name}]`).value).join()";
    assert_eq!(inside(&browser, 0, values).await?, json!("1,2,5,74.36,"));
    let own = "return Object.hasOwn(document.querySelector('fentan-calculator'), 'src')";
    assert_eq!(run(&browser, own).await?, json!(false));
    let label =
        "return root.querySelector('label[for=field-area] slot').assignedNodes()[0].textContent";
    assert_eq!(inside(&browser, 0, label).await?, json!("房本上的面积"));

    fill(&browser, 0, "area", "六十平").await?;
    inside(&browser, 0, "root.querySelector('button').click()").await?;
    let last = "return JSON.stringify(heard.findLast(([name]) => name === 'change')[2])";
    let told = run(&browser, last).await?.as_str().unwrap_or_default().to_owned();
    let told: Value = serde_json::from_str(&told)?;
    assert_eq!((&told["complete"], &told["empty"]), (&json!(false), &json!(false)));
    let errors = told["errors"].as_array().cloned().unwrap_or_default();
    assert!(errors.contains(&json!({ "code": "bad-number", "field": "area" })), "{errors:?}");
    assert!(!told.to_string().contains('六'));

    run(&browser, "document.querySelector('fentan-calculator').reset()").await?;
    assert_eq!(inside(&browser, 0, values).await?, json!("1,2,5,74.36,"));
    assert_eq!(text(&browser, 0, "#answer").await?, "");
    assert_eq!(
        run(&browser, "return document.querySelector('fentan-calculator').state").await?,
        "ready"
    );
    assert_eq!(run(&browser, "return failures").await?, json!([]));
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn what_can_not_be_opened_is_told_in_time_and_tried_again() -> Result<()> {
    let body = "
        <fentan-calculator src=/hang.json timeout=1><a href=/tariff.pdf>标准全文</a></fentan-calculator>
        <fentan-calculator src='http://[bad'></fentan-calculator>
        <fentan-calculator src=/></fentan-calculator>";
    let browser = page(body).await?;
    for (at, words) in [(0, "在 1 秒内没有下载完"), (1, "地址不对"), (2, "而是一个网页")]
    {
        wait_for(&browser, at, "[role=alert]").await?;
        let told = text(&browser, at, "[role=alert]").await?;
        assert!(told.contains(words), "{told}");
    }
    let heard = "return heard.filter(([name]) => name === 'loaderror').map(([, , detail]) => detail.errors[0].code).sort().join()";
    assert_eq!(run(&browser, heard).await?, json!("bad-address,no-tariff,too-slow"));
    // What stands in the element is shown.
    let shown = "return document.querySelector('a').getBoundingClientRect().height > 0";
    assert_eq!(run(&browser, shown).await?, json!(true));
    browser.screenshot("element-failed").await?;
    run(&browser, "document.querySelector('fentan-calculator').setAttribute('timeout', '30')")
        .await?;
    run(&browser, "document.querySelector('fentan-calculator').src = '/tariff.json'").await?;
    ready(&browser).await?;
    inside(&browser, 2, "root.host.setAttribute('src', '/none.json')").await?;
    wait_until("it is not there", || async {
        Ok(text(&browser, 2, "[role=alert]").await?.contains("none.json"))
    })
    .await?;
    inside(&browser, 2, "root.querySelector('button').click()").await?;
    wait_for(&browser, 2, "[role=alert]").await?;
    assert_eq!(run(&browser, "return failures").await?, json!([]));
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_policy_without_programs_is_named() -> Result<()> {
    let files = [("tariff.json".to_owned(), TARIFF.into())];
    let address = host::publish_without_programs(&calculator()?, TAG, &files)?;
    let browser = Browser::within(&address, 1280).await?;
    wait_for(&browser, 0, "[role=alert]").await?;
    let told = text(&browser, 0, "[role=alert]").await?;
    assert!(told.contains("'wasm-unsafe-eval'"), "{told}");
    Ok(())
}
