//! The browser that tests run in: Chromium, its driver, and a font that has Chinese.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::command::{command, output, run};

/// The names Chromium goes by.
const CHROMIUM: [&str; 4] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The folder of what npm brings.
pub const TOOLS: &str = "tests/browser-tools";

/// Makes sure that the browser is there, and gives back the path of its driver.
pub fn driver() -> Result<PathBuf> {
    let wanted = missing_packages();
    if !wanted.is_empty() {
        install(&wanted)?;
    }
    which::which("chromedriver").context("there is no chromedriver on the search path")
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
    if !CHROMIUM.iter().any(|name| which::which(name).is_ok()) && cfg!(target_os = "linux") {
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

fn install(packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    let Some(become_root) = way_to_root() else {
        bail!(
            "the browser tests need Chromium, chromedriver and a Chinese font: install {names} \
             (the names of the packages on Debian and Ubuntu), then run this again"
        );
    };
    println!("installing {names}");
    let apt = |arguments: &[&str]| {
        let words = [
            become_root,
            &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2"],
            arguments,
        ]
        .concat();
        run(&mut command(words[0], &words[1..]))
    };
    apt(&["update"])?;
    apt(&[&["install", "--yes", "--no-install-recommends"], packages].concat())
}

/// What to put before apt-get to run it as root; nothing when this is Debian's root already,
/// none when there is no apt-get or no way without a password.
fn way_to_root() -> Option<&'static [&'static str]> {
    which::which("apt-get").ok()?;
    if output(&mut command("id", &["-u"])).is_ok_and(|user| user.trim() == "0") {
        return Some(&[]);
    }
    which::which("sudo").ok()?;
    run(&mut command("sudo", &["--non-interactive", "true"])).ok()?;
    Some(&["sudo", "--non-interactive"])
}
