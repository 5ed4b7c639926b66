//! The browser that tests run in: Chromium, its driver, and a font that has Chinese.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::command::{command, output, run};
use crate::debian::install;

/// The names Chromium goes by.
const CHROMIUM: [&str; 4] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The folder of what npm brings.
pub const TOOLS: &str = "tests/browser-tools";

/// Makes sure that the browser is there, and gives back the path of its driver.
pub fn driver() -> Result<PathBuf> {
    let wanted = missing_packages();
    if !wanted.is_empty() {
        install(&wanted, "the browser tests need Chromium, chromedriver and a Chinese font")?;
    }
    which::which("chromedriver").context("there is no chromedriver on the search path")
}

/// The path of the browser; none where there is none.
pub fn chromium() -> Option<PathBuf> {
    CHROMIUM.iter().find_map(|name| which::which(name).ok())
}

/// Fetches what the tests in a browser take from npm, in the versions of its lock file.
pub fn fetch_tools() -> Result<()> {
    let npm = which::which("npm").context("the tests of the page need npm: install Node.js")?;
    let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", TOOLS];
    run(&mut command(npm, &arguments))
}

/// The Debian packages of what is not there yet.
fn missing_packages() -> Vec<&'static str> {
    let mut packages = Vec::new();
    if chromium().is_none() && cfg!(target_os = "linux") {
        packages.push("chromium");
    }
    if which::which("chromedriver").is_err() {
        packages.push("chromium-driver");
    }
    // Without such a font, screenshots show boxes. Other systems come with one.
    if cfg!(target_os = "linux") && !has_chinese_font() {
        packages.extend(["fontconfig", "fonts-wqy-zenhei"]);
    }
    packages
}

fn has_chinese_font() -> bool {
    which::which("fc-list").is_ok()
        && output(&mut command("fc-list", &[":lang=zh"])).is_ok_and(|fonts| !fonts.is_empty())
}
