//! A Chromium of its own for every test, on the page that `cargo xtask test page` serves.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;

/// An open browser. Dropping it closes Chromium and removes its files.
pub struct Browser {
    /// The page, to look at and to click on.
    pub page: Client,
    // Dropped in this order: first the driver, then the folder that it and Chromium write to.
    _driver: Driver,
    _folder: TempDir,
}

impl Browser {
    /// Opens the page in a window with this many pixels inside, and waits until it has started.
    pub async fn open(width: u32, height: u32) -> Result<Browser> {
        let address = std::env::var("FENTAN_PAGE")
            .context("there is no page to open: run this as `cargo xtask test page`")?;
        let folder = tempfile::tempdir()?;
        let driver = Driver::start(folder.path())?;
        let page = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(folder.path())?)
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await?;
        let browser = Browser { page, _driver: driver, _folder: folder };
        browser.resize(width, height).await?;
        browser.page.goto(&address).await?;
        browser.page.wait().for_element(Locator::Css("#app > :not(#opening)")).await?;
        Ok(browser)
    }

    /// Gives the window this many pixels inside; a window's own size includes its frame.
    async fn resize(&self, width: u32, height: u32) -> Result<()> {
        let size = json!({
            "width": width,
            "height": height,
            "deviceScaleFactor": 1,
            "mobile": false,
        });
        self.ask(
            "goog/cdp/execute",
            json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": size }),
        )
        .await?;
        Ok(())
    }

    /// Saves what the window shows as `target/screenshots/NAME.png`.
    pub async fn screenshot(&self, name: &str) -> Result<()> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("screenshots");
        std::fs::create_dir_all(&folder)?;
        let picture = self.page.screenshot().await?;
        std::fs::write(folder.join(name).with_extension("png"), picture)?;
        Ok(())
    }

    /// How many pixels the page is wider than its window.
    pub async fn overflow(&self) -> Result<i64> {
        self.page
            .execute(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth",
                Vec::new(),
            )
            .await?
            .as_i64()
            .context("a width is not a whole number")
    }

    /// What the browser has warned of: panics, missing files, breaches of the page's policy.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        let entries = self.ask("se/log", json!({ "type": "browser" })).await?;
        Ok(entries
            .as_array()
            .context("the browser's log is not a list")?
            .iter()
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            .collect())
    }

    /// Sends a command that only Chromium's driver knows.
    async fn ask(&self, path: &'static str, body: Value) -> Result<Value> {
        Ok(self.page.issue_cmd(DriverCommand { path, body }).await?)
    }
}

fn capabilities(folder: &Path) -> Result<fantoccini::wd::Capabilities> {
    // The same file that the tests compiled to wasm are run with.
    let mut capabilities: Value = serde_json::from_str(include_str!("../../webdriver.json"))?;
    capabilities["goog:loggingPrefs"] = json!({ "browser": "WARNING" });
    capabilities["goog:chromeOptions"]["args"]
        .as_array_mut()
        .context("webdriver.json has no arguments for Chromium")?
        .push(format!("--user-data-dir={}", folder.join("profile").display()).into());
    match capabilities {
        Value::Object(capabilities) => Ok(capabilities),
        _ => Err(anyhow::anyhow!("webdriver.json is not an object")),
    }
}

/// The program that Chromium is steered with.
struct Driver {
    child: Child,
    port: u16,
    // Kept open, as the driver goes on writing to it.
    _output: BufReader<ChildStdout>,
}

impl Driver {
    fn start(folder: &Path) -> Result<Driver> {
        let program = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let mut child = Command::new(program)
            .arg("--port=0")
            .env("TMPDIR", folder)
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start chromedriver")?;
        let mut output = BufReader::new(child.stdout.take().context("no output")?);
        let mut line = String::new();
        let port = loop {
            line.clear();
            if output.read_line(&mut line)? == 0 {
                anyhow::bail!("chromedriver ended before it was ready");
            }
            let end = line.split_once("successfully on port ").map(|(_, port)| port);
            if let Some(Ok(port)) = end.map(|port| port.trim().trim_end_matches('.').parse()) {
                break port;
            }
        };
        Ok(Driver { child, port, _output: output })
    }

    /// Asks the driver to close Chromium and to end.
    fn ask_to_end(&self) -> std::io::Result<()> {
        let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        write!(
            connection,
            "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
            self.port
        )
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let begin = Instant::now();
        if self.ask_to_end().is_ok() {
            while begin.elapsed() < Duration::from_secs(5) {
                if matches!(self.child.try_wait(), Ok(Some(_))) {
                    return;
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        // It did not listen. Chromium ends with the driver.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command of Chromium's driver beyond those of the standard.
#[derive(Debug)]
struct DriverCommand {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for DriverCommand {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        let session = session.unwrap_or_default();
        base.join(&format!("session/{session}/{}", self.path))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
