//! The page without a network, and as an installed program.

use anyhow::{Context, Result};
use fantoccini::Locator;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::browser::site::{Site, hash};
use crate::speak_the_other_language;
use crate::workbench::wait_until;

/// Whether the page is kept, and given by what keeps it.
const KEPT: &str = "return Boolean(navigator.serviceWorker.controller)";

/// Has the page kept once more, or a newer build of it, and gives back how that went.
const INSTALLED: &str = "
    return navigator.serviceWorker.register('sw.js').then((registration) =>
        new Promise((resolve, reject) => {
            const follow = (worker) => worker?.addEventListener(
                'statechange', () => resolve(worker.state), { once: true });
            follow(registration.installing);
            registration.addEventListener('updatefound', () => follow(registration.installing));
            if (registration.active) registration.update().catch(reject);
        }))";

/// What marks the newer build, as the page shows it.
const BUILD: &str =
    "return getComputedStyle(document.documentElement).getPropertyValue('--build').trim()";

/// Whether a build with this file has taken over, once the browser has looked for one.
const TAKEN_OVER: &str = "
    return navigator.serviceWorker.getRegistration().then(async (registration) => {
        const { installing, waiting, active } = await registration.update();
        const idle = !installing && !waiting && active.state === 'activated';
        return idle && Boolean(await caches.match(`style.css?sha256-${arguments[0]}`));
    })";

/// Lets all pages that were ever opened have been so long ago.
const LONG_AGO: &str = "
    return caches.keys().then(([name]) => caches.open(name)).then(async (cache) => {
        for (const { url } of await cache.keys()) {
            if (!url.includes('?client=')) continue;
            const { files } = await (await cache.match(url)).json();
            await cache.put(url, Response.json({ files, time: 0 }));
        }
        return true;
    })";

/// Whether this content of the style is kept.
const KEEPS_STYLE: &str =
    "return caches.match(`style.css?sha256-${arguments[0]}`).then((file) => Boolean(file))";

/// The page's style, as it comes to the page.
const STYLE: &str = "return fetch('style.css').then((file) => file.text())";

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn opens_without_a_network_and_after_a_power_cut() -> Result<()> {
    let (mut site, browser) = opened().await?;
    kept(&browser).await?;
    site.cut();
    browser.reload().await?;
    speak_the_other_language(&browser).await?;
    // What only those who put it on a server need stands beside the page.
    let beside = ["sw.js", "SHA256SUMS", "components.cdx.json"];
    for name in site.names().iter().filter(|name| !beside.contains(&name.as_str())) {
        let script = format!("return fetch('{name}?again').then(({{ ok }}) => ok)");
        assert_eq!(run(&browser, &script).await?, true, "{name}");
    }
    assert_eq!(browser.complaints().await?, Vec::<String>::new());

    let browser = Browser::start(browser.kill().await?).await?;
    browser.go(&site.address()).await?;
    speak_the_other_language(&browser).await
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn keeps_what_a_page_loads_later_from_its_first_visit_on() -> Result<()> {
    let (mut site, browser) = opened().await?;
    kept(&browser).await?;
    site.cut();
    // A screen that was not shown yet is loaded now.
    run(&browser, "location.hash = 'ledger'").await?;
    browser.there("#ledger-file").await?;
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_part_that_can_not_be_loaded_is_told_and_asked_for_again() -> Result<()> {
    const CHUNK: &str = "split_ledger.wasm";
    const SHOWN: &str = "return Boolean(document.querySelector('#ledger-file'))";
    let site = Site::open()?;
    // Else it has every part.
    site.withdraw("sw.js")?;
    let chunk = site.withdraw(CHUNK)?;
    let browser = Browser::start(tempfile::tempdir()?).await?;
    browser.begin(&site.address()).await?;
    let summary = browser.page.find(Locator::Css("#summary")).await?.text().await?;
    let show = |screen: &str| format!("location.hash = '{screen}'");
    run(&browser, &show("#ledger")).await?;
    browser.there("#refused").await?;
    assert_eq!(run(&browser, SHOWN).await?, false);

    // The same part of another build is refused: it is linked by a name that only one build has.
    let name = b"__canary_";
    let at = chunk.windows(name.len()).position(|bytes| bytes == name).context("no canary")?;
    let mut of_another_build = chunk.clone();
    let digit = of_another_build.get_mut(at + name.len()).context("a canary without a number")?;
    *digit = if *digit == b'0' { b'1' } else { b'0' };
    site.publish(CHUNK, of_another_build);
    browser.with("#close", async |close| close.click().await).await?;
    run(&browser, &show("#result")).await?;
    run(&browser, &show("#ledger")).await?;
    browser.there("#refused").await?;
    assert_eq!(run(&browser, SHOWN).await?, false);

    site.publish(CHUNK, chunk);
    run(&browser, &show("#result")).await?;
    run(&browser, &show("#ledger")).await?;
    browser.there("#ledger-file").await?;
    // All that time the page went on.
    run(&browser, &show("#result")).await?;
    browser.there("#lines").await?;
    assert_eq!(browser.page.find(Locator::Css("#summary")).await?.text().await?, summary);
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn moves_to_a_newer_build_at_a_reload_once_all_of_it_is_here() -> Result<()> {
    let (mut site, browser) = opened().await?;
    kept(&browser).await?;

    // The list of the new build is published before the build itself.
    let (old_style, old_list) = (site.text("style.css")?, site.text("sw.js")?);
    let new_style = format!("{old_style}:root {{ --build: new }}");
    site.publish("sw.js", old_list.replace(&hash(&old_style), &hash(&new_style)));
    assert_eq!(run(&browser, INSTALLED).await?, "redundant");
    browser.reload().await?;
    assert_eq!(run(&browser, BUILD).await?, "");

    site.publish("style.css", new_style.clone());
    until(&browser, TAKEN_OVER, &hash(&new_style), true).await?;
    assert_eq!(run(&browser, BUILD).await?, "");
    assert_eq!(run(&browser, STYLE).await?, old_style);

    // A window opened now has the new build, one that is open the old one, until it is loaded again.
    site.cut();
    let first = browser.page.window().await?;
    let second = browser.page.new_window(true).await?.handle;
    browser.page.switch_to_window(second).await?;
    browser.go(&site.address()).await?;
    assert_eq!(run(&browser, BUILD).await?, "new");
    assert_eq!(run(&browser, STYLE).await?, new_style);
    browser.page.switch_to_window(first).await?;
    assert_eq!(run(&browser, STYLE).await?, old_style);
    browser.reload().await?;
    assert_eq!(run(&browser, BUILD).await?, "new");
    assert_eq!(run(&browser, STYLE).await?, new_style);

    // Nobody needs the old build any more.
    assert_eq!(run(&browser, LONG_AGO).await?, true);
    browser.reload().await?;
    until(&browser, KEEPS_STYLE, &hash(&old_style), false).await?;
    until(&browser, KEEPS_STYLE, &hash(&new_style), true).await
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn does_without_when_there_is_no_room() -> Result<()> {
    let site = Site::open()?;
    let browser = Browser::start(tempfile::tempdir()?).await?;
    browser.page.goto(&format!("{}icons/icon.svg", site.address())).await?;
    browser.quota(1000).await?;
    browser.go(&site.address()).await?;
    assert_eq!(run(&browser, INSTALLED).await?, "redundant");
    browser.reload().await?;
    speak_the_other_language(&browser).await
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn can_be_installed() -> Result<()> {
    let (site, browser) = opened().await?;
    let found = browser.ask_chromium("Page.getAppManifest", json!({})).await?;
    assert_eq!(found["errors"], json!([]));
    let found = browser.ask_chromium("Page.getInstallabilityErrors", json!({})).await?;
    assert_eq!(found["installabilityErrors"], json!([]));

    let manifest: Value = serde_json::from_str(&site.text("manifest.webmanifest")?)?;
    let icons = manifest["icons"].as_array().context("no icons")?;
    assert!(!icons.is_empty());
    for icon in icons {
        let size = "const image = new Image();
            image.src = arguments[0];
            return image.decode().then(() => `${image.naturalWidth}x${image.naturalHeight}`)";
        let size = browser.page.execute(size, vec![icon["src"].clone()]).await?;
        // A drawing is of any size.
        assert!(size == icon["sizes"] || icon["sizes"] == "any", "{icon} is {size}");
    }
    Ok(())
}

/// A site of its own, and a browser that has just opened it for the first time.
async fn opened() -> Result<(Site, Browser)> {
    let site = Site::open()?;
    let browser = Browser::start(tempfile::tempdir()?).await?;
    browser.resize(1280, 900, 1).await?;
    browser.begin(&site.address()).await?;
    Ok((site, browser))
}

/// Waits until the page is kept.
async fn kept(browser: &Browser) -> Result<()> {
    wait_until("it is kept", || async { Ok(run(browser, KEPT).await? == true) }).await
}

/// Asks about a hash until the answer is this.
async fn until(browser: &Browser, script: &str, hash: &str, answer: bool) -> Result<()> {
    let ask = || async { Ok(browser.page.execute(script, vec![hash.into()]).await? == answer) };
    wait_until(&format!("{answer} is the answer to {script}"), ask).await
}

async fn run(browser: &Browser, script: &str) -> Result<Value> {
    Ok(browser.page.execute(script, Vec::new()).await?)
}
