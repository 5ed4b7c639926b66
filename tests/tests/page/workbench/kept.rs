//! Nothing that was typed is lost: whatever ends the page, however little room there is, and
//! however many windows show the plan.

use anyhow::{Context, Result, bail, ensure};
use fantoccini::Locator;
use serde_json::json;

use crate::browser::{Browser, address};
use crate::workbench::{
    choose_in_menu, clear, click, has, is_kept, saved_file, says, show, text, type_into, value,
    wait_until, write,
};

/// The name of the plan: a field that any text may stand in.
const NAME: &str = "[name='name']";

/// The name that the plan has on the shelf: the one that is kept.
async fn shelved(browser: &Browser) -> Result<String> {
    let name = "const all = plans.getAll(); all.onsuccess = () => { result = all.result[0][0]; };";
    let name = in_store(browser, name).await?;
    Ok(name.as_str().context("no plan on the shelf")?.to_owned())
}

/// Types the next letter of the alphabet behind the name.
async fn type_letter(browser: &Browser, name: &mut String) -> Result<()> {
    let letter = char::from(b'a' + u8::try_from(name.len() % 26)?);
    type_into(browser, NAME, &letter.to_string()).await?;
    name.push(letter);
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn killed_in_mid_typing_it_loses_nothing_that_it_said_was_kept() -> Result<()> {
    let mut browser = Browser::start(tempfile::tempdir()?).await?;
    let address = address()?;
    browser.begin(&address).await?;
    // Twenty moments, told by what was typed and kept before: they are the same on every machine.
    for moment in 0..20 {
        let mut typed = "name ".to_owned();
        write(&browser, NAME, &typed).await?;
        wait_until("the name is kept", || is_kept(&browser)).await?;
        // Typing that never pauses does not put off keeping.
        let mut letters = 0;
        while moment % 2 == 0 && shelved(&browser).await?.len() <= "name ".len() {
            type_letter(&browser, &mut typed).await?;
            letters += 1;
            ensure!(letters < 10_000, "nothing is kept of {letters} letters");
        }
        for _ in 0..moment {
            type_letter(&browser, &mut typed).await?;
        }
        let said = shelved(&browser).await?;
        browser = Browser::start(browser.kill().await?).await?;
        browser.go(&address).await?;
        let kept = value(&browser, NAME).await?;
        ensure!(typed.starts_with(&kept), "{kept:?} is not how {typed:?} begins");
        ensure!(kept.starts_with(&said), "{kept:?} is less than {said:?}");
    }
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_full_disk_is_said_and_nothing_is_left_behind() -> Result<()> {
    let address = address()?;
    let browser = Browser::start(tempfile::tempdir()?).await?;
    browser.page.goto(&format!("{address}icons/icon.svg")).await?;
    browser.quota(1000).await?;
    browser.begin(&address).await?;
    clear(&browser, NAME).await?;
    type_into(&browser, NAME, "no room").await?;
    wait_until("it says that it is not kept", || has(&browser, "#save-now")).await?;
    wait_until("it has tried", || has(&browser, "html[data-plan='not-kept']")).await?;
    // Another plan is not opened as long as this one would be lost.
    choose_in_menu(&browser, "#new-plan").await?;
    wait_until("the plan has stayed", || has(&browser, "html[data-plan='not-kept']")).await?;
    assert_eq!(value(&browser, NAME).await?, "no room");

    browser.quota(1 << 30).await?;
    type_into(&browser, NAME, "!").await?;
    wait_until("it is kept", || is_kept(&browser)).await?;
    browser.reload().await?;
    assert_eq!(value(&browser, NAME).await?, "no room!");
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn out_of_memory_is_said_and_what_was_kept_is_there_again() -> Result<()> {
    let address = address()?;
    // No program may have more than 12 MB: some for the example, too little for what comes.
    let little = ["--js-flags=--wasm-max-mem-pages=192"];
    let browser = Browser::start_with(tempfile::tempdir()?, &little).await?;
    browser.begin(&address).await?;
    clear(&browser, NAME).await?;
    type_into(&browser, NAME, "before").await?;
    wait_until("it is kept", || is_kept(&browser)).await?;

    let files = tempfile::tempdir()?;
    let large = files.path().join("large.json");
    let household = |id| format!(r#"{{ "id": "{id}", "area": "60" }}"#);
    let households: Vec<_> = (0..60_000).map(household).collect();
    let plan =
        format!(r#"{{ "fentan": 1, "lines": [], "households": [{}] }}"#, households.join(","));
    std::fs::write(&large, plan)?;
    let chosen = large.to_str().context("the path is not UTF-8")?;
    let chooser = Locator::Css("input[type=file]");
    browser.page.find(chooser).await?.send_keys(chosen).await?;
    wait_until("it says that it has stopped", || has(&browser, "#stopped")).await?;

    let browser = Browser::start(browser.kill().await?).await?;
    browser.go(&address).await?;
    assert_eq!(value(&browser, NAME).await?, "before");
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_worker_out_of_memory_leaves_the_plan_as_it_is() -> Result<()> {
    let address = address()?;
    let little = ["--js-flags=--wasm-max-mem-pages=192"];
    let browser = Browser::start_with(tempfile::tempdir()?, &little).await?;
    browser.begin(&address).await?;
    let residents = text(&browser, "#summary").await?;
    let files = tempfile::tempdir()?;
    let large = files.path().join("large.csv");
    let rows: String = (0..200_000).map(|id| format!("{id},60\n")).collect();
    std::fs::write(&large, format!("id,area\n{rows}"))?;
    let chosen = large.to_str().context("the path is not UTF-8")?;
    type_into(&browser, "input[type=file]", chosen).await?;
    let refused = "#import [role='alert']";
    wait_until("it says that the file was not opened", || has(&browser, refused)).await?;
    assert!(says(&browser, refused, "large.csv").await?);
    assert!(!has(&browser, "#stopped").await?);
    show(&browser, "result").await?;
    assert_eq!(text(&browser, "#summary").await?, residents);
    clear(&browser, NAME).await?;
    type_into(&browser, NAME, "after").await?;
    wait_until("the plan is kept", || is_kept(&browser)).await?;
    Ok(())
}

/// Runs a script on the store of plans of the browser's database, and gives back what it resolves to.
async fn in_store(browser: &Browser, script: &str) -> Result<serde_json::Value> {
    let script = format!(
        "const done = arguments[arguments.length - 1];
        const opening = indexedDB.open('fentan');
        opening.onsuccess = () => {{
            const transaction = opening.result.transaction(['plans', 'settings'], 'readwrite');
            const [plans, settings] = [transaction.objectStore('plans'), transaction.objectStore('settings')];
            let result = null;
            {script}
            transaction.oncomplete = () => {{ opening.result.close(); done(result); }};
        }};"
    );
    Ok(browser.page.execute_async(&script, Vec::new()).await?)
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_record_that_cannot_be_read_is_shown_and_kept_aside() -> Result<()> {
    let browser = Browser::start(tempfile::tempdir()?).await?;
    browser.begin(&address()?).await?;
    write(&browser, NAME, "good").await?;
    wait_until("it is kept", || is_kept(&browser)).await?;
    // One that is no record at all, and one of a plan that breaks off; the latter was open last.
    let bad = "plans.put({ from: 'elsewhere' }, '70');
        plans.put(['torn', '3', '2026-11-24T15:39:20Z', '{\"fentan\": 1, \"lines\": ['], '71');
        settings.put('71', 'open');";
    in_store(&browser, bad).await?;
    let folder = browser.save_into_a_folder().await?;
    browser.reload().await?;
    // What can be read is there, and what can't is named.
    assert_eq!(value(&browser, NAME).await?, "good");
    wait_until("it is told", || says(&browser, "#refused", "原样")).await?;
    show(&browser, "shelf").await?;
    let list = "#shelf .plans button[name='open']";
    let names =
        "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent);";
    let names = browser.page.execute(names, vec![list.into()]).await?;
    let names: Vec<String> = serde_json::from_value(names)?;
    assert_eq!(names.iter().filter(|name| name.starts_with('⚠')).count(), 2, "{names:?}");
    assert!(names.iter().any(|name| name == "⚠ torn"), "{names:?}");
    browser.screenshot("kept-aside-1280").await?;

    // Its name gives all that stands there as a file.
    let torn = names.iter().position(|name| name == "⚠ torn").context("it is listed")?;
    click(&browser, &format!("#shelf .plans li:nth-child({}) button", torn + 1)).await?;
    let (name, saved) = saved_file(folder.path()).await?;
    assert!(name.contains("torn"), "{name}");
    assert!(String::from_utf8(saved)?.contains("fentan"));

    // Nothing of it has changed, whatever is kept besides.
    show(&browser, "result").await?;
    write(&browser, NAME, "better").await?;
    wait_until("it is kept", || is_kept(&browser)).await?;
    let read = "const both = [plans.get('70'), plans.get('71')];
        both[1].onsuccess = () => { result = both.map((one) => JSON.stringify(one.result)); };";
    let kept = in_store(&browser, read).await?;
    let torn = json!(["torn", "3", "2026-11-24T15:39:20Z", r#"{"fentan": 1, "lines": ["#]);
    assert_eq!(kept, json!([r#"{"from":"elsewhere"}"#, torn.to_string()]));
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_plan_that_is_deleted_waits_in_the_wastebasket() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    // A second of the same name, told apart.
    choose_in_menu(&browser, "#copy-plan").await?;
    wait_until("it is kept", || is_kept(&browser)).await?;
    write(&browser, NAME, "五湖小区").await?;
    wait_until("it is kept", || is_kept(&browser)).await?;
    show(&browser, "shelf").await?;
    click(&browser, "#shelf .plans li:first-child summary").await?;
    click(&browser, "#shelf .plans button[name='discard']").await?;
    // It says what it did, and takes it back.
    wait_until("it is told", || says(&browser, "#done", "五湖小区")).await?;
    browser.screenshot("wastebasket-1280").await?;
    assert!(!says(&browser, "#shelf > .plans", "五湖小区").await?);
    click(&browser, "#take-back").await?;
    wait_until("it is open again", || reads(&browser, "五湖小区")).await?;

    // It waits there over a reload, too, and comes back whole.
    show(&browser, "shelf").await?;
    click(&browser, "#shelf .plans li:first-child summary").await?;
    click(&browser, "#shelf .plans button[name='discard']").await?;
    wait_until("it is told", || says(&browser, "#done", "五湖小区")).await?;
    browser.reload().await?;
    show(&browser, "shelf").await?;
    click(&browser, ".wastebasket > summary").await?;
    assert!(says(&browser, ".wastebasket", "五湖小区").await?);
    click(&browser, ".wastebasket button[name='restore']").await?;
    wait_until("it is open again", || reads(&browser, "五湖小区")).await?;
    wait_until("it is split", || has(&browser, "#result #proof")).await?;

    // Older ones are gone.
    show(&browser, "shelf").await?;
    click(&browser, "#shelf .plans li:first-child summary").await?;
    click(&browser, "#shelf .plans button[name='discard']").await?;
    wait_until("it is told", || says(&browser, "#done", "五湖小区")).await?;
    let long_ago = "const all = plans.openCursor(); all.onsuccess = () => {
        const cursor = all.result;
        if (!cursor) return;
        if (cursor.value[4]) cursor.update(cursor.value.with(4, '2020-01-01T00:00:00Z'));
        cursor.continue();
    };";
    in_store(&browser, long_ago).await?;
    browser.reload().await?;
    show(&browser, "shelf").await?;
    assert!(!has(&browser, ".wastebasket").await?);
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn two_windows_on_a_plan_lose_neither() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    let first = browser.page.window().await?;
    // Opened by the first, so that what is done to both at once is done at once.
    browser.page.execute("window.second = open(location.href)", Vec::new()).await?;
    wait_until("there are two", || async { Ok(browser.page.windows().await?.len() == 2) }).await?;
    let windows = browser.page.windows().await?;
    let second = windows.into_iter().find(|window| *window != first).context("a second")?;
    browser.page.switch_to_window(second.clone()).await?;
    wait_until("the second says so", || has(&browser, "#keeping")).await?;

    // What one window keeps, the other shows where nothing was changed in it.
    clear(&browser, NAME).await?;
    type_into(&browser, NAME, "second").await?;
    wait_until("the second has kept it", || is_kept(&browser)).await?;
    browser.page.switch_to_window(first.clone()).await?;
    wait_until("the first says so", || has(&browser, "#keeping")).await?;
    wait_until("the first shows it", || reads(&browser, "second")).await?;

    // Changed in both before either hears of the other, both are there. On a busy machine one may hear of the other
    // before its own change reaches its engine: then it follows, and nothing meets.
    let change = "for (const [page, text] of [[window, arguments[1]], [window.second, arguments[2]]]) {
            const field = page.document.querySelector(arguments[0]);
            const { set } = Object.getOwnPropertyDescriptor(page.HTMLInputElement.prototype, 'value');
            set.call(field, text);
            field.dispatchEvent(new page.InputEvent('input', { bubbles: true }));
        }";
    // The one that is kept later becomes a plan of its own.
    let all =
        "const all = plans.getAllKeys(); all.onsuccess = () => { result = all.result.length; };";
    let followed = "const [one, other] = [window, window.second].map((page) => page.document);
        const text = (page) => page.querySelector(arguments[0]).value;
        const isKept = (page) => page.documentElement.dataset.plan === 'kept';
        return isKept(one) && isKept(other) && text(one) === text(other);";
    let are_two = || async { anyhow::Ok(in_store(&browser, all).await? == 2) };
    for attempt in 0..10 {
        let [mine, yours] = ["mine", "yours"].map(|text| json!(format!("{text} {attempt}")));
        browser.page.execute(change, vec![NAME.into(), mine, yours]).await?;
        wait_until("both are kept", || async {
            Ok(are_two().await? || browser.page.execute(followed, vec![NAME.into()]).await? == true)
        })
        .await?;
        if are_two().await? {
            return Ok(());
        }
    }
    bail!("one window always followed the other")
}

async fn reads(browser: &Browser, text: &str) -> Result<bool> {
    Ok(value(browser, NAME).await? == text)
}
