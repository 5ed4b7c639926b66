//! Building `<fentan-calculator>` into `dist/widget/`, and the example of a page that it stands in.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};

use crate::bind::{For, bind};
use crate::offline::hash;
use crate::package;
use crate::page::{self, File};
use crate::shorten::shorten_program;

/// The engine of the element, and that which it opens plans with: the npm package's.
pub const PACKAGES: [&str; 2] = ["fentan-widget", package::PACKAGE];

/// Where the element is, in the built page, and the example.
pub const FOLDERS: [&str; 2] = ["widget/", "county-site/"];

/// The most bytes, compressed, that the element takes on a page.
const LIMIT: usize = 120 * 1024;

/// The element and what it loads where it opens a plan, each with the JavaScript side of its engine.
const ELEMENT: &str = "fentan-calculator.js";
const PLANS: &str = "fentan-plans.js";

/// What a page loads that holds the element.
const FIRST_LOAD: [&str; 2] = ["widget/fentan-calculator.js", "widget/fentan-widget_bg.wasm"];

/// What needs no building.
const COPIED: [&str; 5] =
    ["fentan-calculator.d.ts", "fentan-frame.js", "frame.css", "frame.html", "frame.js"];

/// Builds the element from its compiled engines, in the order of [`PACKAGES`].
pub fn build([element, plans]: &[String; 2]) -> Result<()> {
    let folder = folder(FOLDERS[0]);
    let plans = program("fentan-plans", plans, "plans.js", &folder)?;
    fs::write(folder.join(PLANS), &plans)?;
    let sheet = minifier::css::minify(&source("calculator.css")?)
        .map_err(|error| anyhow!("calculator.css: {error}"))?
        .to_string();
    ensure!(!sheet.contains(['`', '\\', '$']), "calculator.css can't stand in a template");
    let element = program("fentan-widget", element, "calculator.js", &folder)?;
    let element = element.replace("@plans@", &hash(plans.as_bytes())).replace("@sheet@", &sheet);
    fs::write(folder.join(ELEMENT), element)?;
    for name in COPIED {
        page::copy(&Path::new("web/widget").join(name), &folder.join(name))?;
    }
    copy_example()
}

/// Writes an engine, and answers a script with the engine's JavaScript side before it.
fn program(name: &str, wasm: &str, script: &str, folder: &Path) -> Result<String> {
    bind(name, Path::new(wasm), For::Scripts, folder)?;
    shorten_program(folder, name)?;
    let glue = folder.join(format!("{name}.js"));
    let engine = fs::read(folder.join(format!("{name}_bg.wasm")))?;
    let script = source(script)?.replace("@integrity@", &hash(&engine));
    let script = minifier::js::minify(&script).to_string();
    let program = format!("{}\n{script}", fs::read_to_string(&glue)?);
    fs::remove_file(glue)?;
    Ok(program)
}

fn copy_example() -> Result<()> {
    for entry in fs::read_dir("examples/county-site")? {
        let entry = entry?;
        page::copy(&entry.path(), &folder(FOLDERS[1]).join(entry.file_name()))?;
    }
    Ok(())
}

fn folder(name: &str) -> PathBuf {
    Path::new(page::FOLDER).join(name)
}

fn source(name: &str) -> Result<String> {
    let path = Path::new("web/widget").join(name);
    fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
}

/// Prints what the element takes, compressed, and by which hashes a page can hold its files to what
/// was built here; fails where it takes too much.
pub fn weigh(files: &[File]) -> Result<()> {
    let mut total = 0;
    for name in FIRST_LOAD {
        let compressed = fs::metadata(folder(&format!("{name}.br")))?.len();
        total += usize::try_from(compressed)?;
    }
    println!("widget, first load {total:>25}\nwidget, limit {LIMIT:>30}");
    let scripts = files.iter().filter(|file| file.name.starts_with(FOLDERS[0]));
    for file in scripts.filter(|file| file.name.ends_with(".js")) {
        println!("integrity of {}: {}", file.name, hash(&file.bytes));
    }
    ensure!(total <= LIMIT, "the widget is over its limit");
    Ok(())
}
