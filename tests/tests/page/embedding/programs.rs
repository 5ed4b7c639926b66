//! The programs that a calculator loads: the one for plans where it is needed, and none that was changed.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use fentan_core::tariff::{Edition, Flat, Tariff, estimate};
use fentan_core::{Document, Packs, Plan};
use serde_json::json;

use super::{calculator, engines, fill, host, inside, text, wait_for};
use crate::browser::Browser;
use crate::workbench::wait_until;

/// The package in a page, and in a worker of it.
const USES: [(&str, &str); 2] = [
    (
        "uses.js",
        "import { split } from '/package/index.js';
        import { plan } from '/package/examples/plan.mjs';
        const worker = new Worker('/worker.js', { type: 'module' });
        worker.onmessage = ({ data }) => (window.answers = [split(plan).residents, data]);",
    ),
    (
        "worker.js",
        "import { split } from '/package/index.js';
        import { plan } from '/package/examples/plan.mjs';
        postMessage(split(plan).residents);",
    ),
];

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_plan_is_opened_by_way_of_its_tariff() -> Result<()> {
    let (_, json) = fentan_tests::examples()
        .find(|(name, _)| *name == "lift-guangzhou")
        .context("an example")?;
    let plan = json.to_string();
    let body = "<fentan-calculator src=/plan.json view=full></fentan-calculator>";
    let calculator = calculator()?;
    let address =
        host::publish(&calculator, body, &[("plan.json".to_owned(), plan.clone().into_bytes())])?;
    let browser = Browser::within(&address, 1280).await?;
    wait_for(&browser, 0, "form").await?;
    let loaded = engines(&browser).await?;
    assert_eq!(loaded, ["fentan-widget_bg.wasm", "fentan-plans_bg.wasm"]);
    assert_eq!(text(&browser, 0, "header [part=note]").await?, "按方案算出，没有公示");
    assert_eq!(text(&browser, 0, ".digest").await?, "", "what is not published has no digest");

    let document = Document::from_json(plan.as_bytes())?;
    let edition = Edition::read(1, "2026-11-28").expect("an edition");
    let plan = Plan::read(&document, None)?;
    let tariff = Tariff::publish(&plan, &Packs::default(), &edition)?;
    let flat = Flat::read(&Document::from_json(br#"{ "floor": 5, "area": "60" }"#)?, &tariff)?;
    let due = fentan_words::money(estimate(&tariff, &flat).due);
    fill(&browser, 0, "floor", "5").await?;
    fill(&browser, 0, "area", "60").await?;
    inside(&browser, 0, "root.querySelector('button').click()").await?;
    wait_for(&browser, 0, "[part=amount]").await?;
    assert_eq!(text(&browser, 0, "[part=amount]").await?, due);
    inside(&browser, 0, "root.host.setAttribute('lang', 'en')").await?;
    assert_eq!(text(&browser, 0, "[part=amount]").await?, due);
    assert!(text(&browser, 0, "header [part=note]").await?.contains("not published"));

    // No household is in what is shown, nor in what the page around was told.
    let shown = inside(&browser, 0, "return root.innerHTML + JSON.stringify(heard)").await?;
    let shown = shown.as_str().context("a text")?;
    for household in plan.households() {
        assert!(!shown.contains(&*household.id), "{} is shown", household.id);
    }
    assert_eq!(browser.page.execute("return failures", Vec::new()).await?, json!([]));
    Ok(())
}

/// The files in a folder of the workspace, named as if they stood in another.
fn files_of(folder: &str, named: &str) -> Result<Vec<(String, Vec<u8>)>> {
    files_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder), named)
}

/// The files in a folder, named as if they stood in another.
pub fn files_in(folder: &Path, named: &str) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            files.push((format!("{named}/{name}"), fs::read(&path)?));
        }
    }
    Ok(files)
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn the_npm_package_runs_in_a_page_and_in_a_worker() -> Result<()> {
    let mut files = files_of("package", "package")?;
    files.extend(files_of("package/examples", "package/examples")?);
    files.extend(USES.map(|(name, text)| (name.to_owned(), text.into())));
    let body = "<script type=module src=/uses.js></script>";
    let browser = Browser::within(&host::publish(&calculator()?, body, &files)?, 1280).await?;
    let answers = || browser.page.execute("return window.answers ?? null", Vec::new());
    wait_until("both have answered", || async { Ok(answers().await? != json!(null)) }).await?;
    assert_eq!(answers().await?, json!(["550.00", "550.00"]));
    assert_eq!(browser.page.execute("return failures", Vec::new()).await?, json!([]));
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_program_that_was_changed_is_refused() -> Result<()> {
    let plan = r#"{ "fentan": 1, "name": "East", "lines": [{ "id": "gate", "amount": "10" }],
        "households": [{ "id": "1", "area": "60" }] }"#;
    let body = "<fentan-calculator src=/plan.json lang=en></fentan-calculator>";
    for (changed, shown) in [
        (None, "East"),
        (Some(("fentan-widget_bg.", ".wasm")), "was not run"),
        (Some(("fentan-plans.", ".js")), "could not be downloaded"),
        (Some(("fentan-plans_bg.", ".wasm")), "could not be downloaded"),
    ] {
        let mut files = files_of("dist/widget", "widget")?;
        for (name, bytes) in &mut files {
            let is_changed = |(stem, ending): (&str, &str)| {
                name.starts_with(&format!("widget/{stem}")) && name.ends_with(ending)
            };
            if changed.is_some_and(is_changed) {
                // A section of its own that no program asks for, and a line break.
                bytes.extend(if name.ends_with("wasm") { &b"\0\x01\0"[..] } else { b"\n" });
            }
        }
        files.push(("plan.json".to_owned(), plan.into()));
        let browser = Browser::within(&host::publish("/", body, &files)?, 1280).await?;
        wait_for(&browser, 0, "#title, [role=alert]").await?;
        let found = text(&browser, 0, "#title, [role=alert]").await?;
        assert!(found.contains(shown), "{changed:?}: {found}");
    }
    Ok(())
}
