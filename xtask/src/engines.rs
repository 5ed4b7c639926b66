//! Browsers of other engines than Chromium's, and what steers them: Firefox, and WebKit, which telephones of Apple
//! have.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::debian::need;
use crate::tools;

/// The driver of Firefox, which Debian does not have.
const GECKODRIVER: (&str, &str) = ("geckodriver", "0.37.1");

/// How long a driver may take to listen.
const PATIENCE: Duration = Duration::from_secs(60);

/// A driver that runs. Dropping it ends it, and its browser with it.
pub struct Engine {
    pub name: &'static str,
    /// What a session with its browser is asked for by.
    pub capabilities: Value,
    address: SocketAddr,
    // The driver first, then the display that its browser draws on.
    programs: Vec<Child>,
}

impl Engine {
    /// Starts Firefox's driver.
    pub fn firefox() -> Result<Engine> {
        need("firefox-esr", "firefox-esr", "the page is tried in Firefox")?;
        let (name, version) = GECKODRIVER;
        let driver = tools::find_or_build(name, version)?;
        let address = free()?;
        let child = start(Command::new(driver).arg("--port").arg(address.port().to_string()))?;
        let options = json!({ "binary": which::which("firefox-esr")?, "args": ["-headless"] });
        let capabilities = json!({ "browserName": "firefox", "moz:firefoxOptions": options });
        Engine { name: "firefox", capabilities, address, programs: vec![child] }.listening()
    }

    /// Starts WebKit's driver, with a display for its browser: it has no way to draw on none.
    pub fn webkit() -> Result<Engine> {
        const REASON: &str = "the page is tried in WebKit";
        need("WebKitWebDriver", "webkit2gtk-driver", REASON)?;
        need("Xvfb", "xvfb", REASON)?;
        let browser = mini_browser()?;
        let mut display = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1600x1200x24"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start Xvfb")?;
        let mut number = String::new();
        BufReader::new(display.stdout.take().context("no output")?).read_line(&mut number)?;
        let address = free()?;
        let driver = start(
            Command::new("WebKitWebDriver")
                .arg(format!("--port={}", address.port()))
                .env("DISPLAY", format!(":{}", number.trim()))
                // Its sandbox does not start for root.
                .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1"),
        )?;
        let options = json!({ "binary": browser, "args": ["--automation"] });
        let capabilities =
            json!({ "browserName": "MiniBrowser", "webkitgtk:browserOptions": options });
        Engine { name: "webkit", capabilities, address, programs: vec![driver, display] }
            .listening()
    }

    /// Where the driver listens.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// Waits until the driver listens.
    fn listening(self) -> Result<Engine> {
        let begin = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            ensure!(begin.elapsed() < PATIENCE, "the driver of {} does not listen", self.name);
            thread::sleep(Duration::from_millis(50));
        }
        Ok(self)
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        for program in &mut self.programs {
            let _ = program.kill();
            let _ = program.wait();
        }
    }
}

fn start(driver: &mut Command) -> Result<Child> {
    let name = driver.get_program().to_string_lossy().into_owned();
    driver
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {name}"))
}

/// An address that nothing listens at.
fn free() -> Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}

/// WebKit's own small browser, which Debian puts beside its library.
fn mini_browser() -> Result<PathBuf> {
    let libraries = Path::new("/usr/lib");
    let mut places = vec![libraries.to_owned()];
    places.extend(std::fs::read_dir(libraries)?.flatten().map(|one| one.path()));
    let within = places.iter().flat_map(|place| {
        ["webkit2gtk-4.1", "webkit2gtk-4.0", "webkitgtk-6.0"]
            .map(|one| place.join(one).join("MiniBrowser"))
    });
    within.into_iter().find(|one| one.exists()).context("there is no MiniBrowser of WebKit")
}
