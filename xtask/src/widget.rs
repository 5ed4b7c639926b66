//! Building `<fentan-calculator>` into `dist/widget/`, and the example of a page that it stands in.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};

use crate::offline::hash;
use crate::page::{self, File};
use crate::shorten::shorten_program;

/// The engine of the element.
pub const PACKAGE: &str = "fentan-widget";

/// Where the element is, in the built page, and the example.
pub const FOLDERS: [&str; 2] = ["widget/", "county-site/"];

/// The most bytes, compressed, that the element takes on a page.
const LIMIT: usize = 120 * 1024;

/// The element with the JavaScript side of its engine.
const ELEMENT: &str = "fentan-calculator.js";

/// What a page loads that holds the element.
const FIRST_LOAD: [&str; 2] = ["widget/fentan-calculator.js", "widget/fentan-widget_bg.wasm"];

/// What needs no building.
const COPIED: [&str; 5] =
    ["fentan-calculator.d.ts", "fentan-frame.js", "frame.css", "frame.html", "frame.js"];

/// Builds the element from its compiled engine.
pub fn build(wasm: &str) -> Result<()> {
    let folder = folder(FOLDERS[0]);
    page::run_bindgen(PACKAGE, wasm, "no-modules", page::Types::LeftOut, &folder)?;
    shorten_program(&folder, PACKAGE)?;
    let glue = folder.join(format!("{PACKAGE}.js"));
    let engine = fs::read(folder.join(format!("{PACKAGE}_bg.wasm")))?;
    let sheet = minifier::css::minify(&source("calculator.css")?)
        .map_err(|error| anyhow!("calculator.css: {error}"))?
        .to_string();
    ensure!(!sheet.contains(['`', '\\', '$']), "calculator.css can't stand in a template");
    let element = source("calculator.js")?;
    let element = element.replace("@integrity@", &hash(&engine)).replace("@sheet@", &sheet);
    fs::write(folder.join(ELEMENT), format!("{}\n{element}", fs::read_to_string(&glue)?))?;
    fs::remove_file(glue)?;
    for name in COPIED {
        page::copy(&Path::new("widget").join(name), &folder.join(name))?;
    }
    copy_example()
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
    let path = Path::new("widget").join(name);
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
