//! A Chromium of its own for every test, on the page that `cargo xtask test page` serves.

pub mod site;

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

/// What the driver has to wait for before the page can be used.
const STARTED: Locator = Locator::Css("#app > :not(#opening)");

/// The rules that the page is held to: WCAG 2.2, levels A and AA.
const RULES: [&str; 5] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/// An open browser. Dropping it closes Chromium and removes its files.
pub struct Browser {
    /// The page, to look at and to click on.
    pub page: Client,
    // Dropped in this order: first the driver, then the folder that it and Chromium write to.
    _driver: Driver,
    folder: TempDir,
}

impl Browser {
    /// Opens the page in a window with this many pixels inside, and waits until it has started.
    pub async fn open(width: u32, height: u32) -> Result<Browser> {
        let address = std::env::var("FENTAN_PAGE")
            .context("there is no page to open: run this as `cargo xtask test page`")?;
        let browser = Browser::start(tempfile::tempdir()?).await?;
        browser.resize(width, height, 1).await?;
        browser.go(&address).await?;
        Ok(browser)
    }

    /// Starts a browser on a folder for its files: a new one, or that of one that was killed.
    pub async fn start(folder: TempDir) -> Result<Browser> {
        Browser::start_with(folder, &[]).await
    }

    /// Starts a browser with further arguments for Chromium.
    pub async fn start_with(folder: TempDir, arguments: &[&str]) -> Result<Browser> {
        let driver = Driver::start(folder.path())?;
        let page = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(folder.path(), arguments)?)
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await?;
        Ok(Browser { page, _driver: driver, folder })
    }

    /// Opens the page at this address, and waits until it has started.
    pub async fn go(&self, address: &str) -> Result<()> {
        self.page.goto(address).await?;
        self.page.wait().for_element(STARTED).await?;
        Ok(())
    }

    /// Loads the page again, and waits until it has started.
    pub async fn reload(&self) -> Result<()> {
        self.page.refresh().await?;
        self.page.wait().for_element(STARTED).await?;
        Ok(())
    }

    /// Ends Chromium at once, as a power cut would, and gives back the folder with its files.
    pub async fn kill(self) -> Result<TempDir> {
        let process = self.page.capabilities().and_then(|found| found.get("goog:processID"));
        let process = process.and_then(Value::as_u64).context("Chromium names no process")?;
        let status = Command::new("kill").args(["-KILL", &process.to_string()]).status()?;
        anyhow::ensure!(status.success(), "kill ended with {status}");
        Ok(self.folder)
    }

    /// Gives the window this many pixels inside, each of so many pixels of the screen; a window's
    /// own size includes its frame.
    pub async fn resize(&self, width: u32, height: u32, scale: u32) -> Result<()> {
        let size = json!({
            "width": width,
            "height": height,
            "deviceScaleFactor": scale,
            "mobile": false,
        });
        self.ask_chromium("Emulation.setDeviceMetricsOverride", size).await?;
        Ok(())
    }

    /// Has the page drawn in its dark colours, or in its light ones.
    pub async fn color_scheme(&self, dark: bool) -> Result<()> {
        let value = if dark { "dark" } else { "light" };
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        self.ask_chromium("Emulation.setEmulatedMedia", features).await?;
        Ok(())
    }

    /// Has the browser save files into a new folder, without asking.
    pub async fn save_into_a_folder(&self) -> Result<TempDir> {
        let folder = tempfile::tempdir()?;
        let to = json!({ "behavior": "allow", "downloadPath": folder.path() });
        self.ask_chromium("Browser.setDownloadBehavior", to).await?;
        Ok(folder)
    }

    /// Gives the origin of the page no more than so many bytes to keep things in.
    pub async fn quota(&self, bytes: u32) -> Result<()> {
        let origin = self.page.current_url().await?.origin().ascii_serialization();
        let quota = json!({ "origin": origin, "quotaSize": bytes });
        self.ask_chromium("Storage.overrideQuotaForOrigin", quota).await?;
        Ok(())
    }

    /// What axe-core finds wrong for people with disabilities: rule, impact, and where first.
    pub async fn axe(&self) -> Result<Vec<String>> {
        self.axe_within("html").await
    }

    /// The same of the elements that a selector names, and of all within them.
    pub async fn axe_within(&self, selector: &str) -> Result<Vec<String>> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("browser-tools/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(file).context("there is no axe-core: run npm ci")?;
        let script = format!(
            "{axe};
            return axe.run([...document.querySelectorAll(arguments[1])], {{ runOnly: arguments[0] }})
                .then(({{ violations }}) => violations.map(({{ id, impact, nodes }}) =>
                    [id, impact, ...nodes.slice(0, 3).map((node) => node.target.join(' '))].join(', ')))"
        );
        let arguments = vec![json!(RULES), json!(selector)];
        Ok(serde_json::from_value(self.page.execute(&script, arguments).await?)?)
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
        self.log("browser").await
    }

    /// Every address that the page has asked for since this was last called.
    pub async fn requests(&self) -> Result<Vec<String>> {
        let mut addresses = Vec::new();
        for message in self.log("performance").await? {
            let event: Value = serde_json::from_str(&message)?;
            let event = &event["message"];
            // A new window asks for its own parts first.
            let of_window = event["params"]["documentURL"]
                .as_str()
                .is_some_and(|document| document.starts_with("chrome:"));
            if event["method"] == "Network.requestWillBeSent" && !of_window {
                let address = event["params"]["request"]["url"].as_str();
                addresses.push(address.context("a request without an address")?.to_owned());
            }
        }
        Ok(addresses)
    }

    /// What was written to one of the browser's logs since it was last read.
    async fn log(&self, name: &str) -> Result<Vec<String>> {
        let entries = self.ask("se/log", json!({ "type": name })).await?;
        Ok(entries
            .as_array()
            .context("the browser's log is not a list")?
            .iter()
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            .collect())
    }

    /// Sends a command of the protocol for Chromium's developer tools.
    pub async fn ask_chromium(&self, command: &str, parameters: Value) -> Result<Value> {
        self.ask("goog/cdp/execute", json!({ "cmd": command, "params": parameters })).await
    }

    /// Sends a command that only Chromium's driver knows.
    async fn ask(&self, path: &'static str, body: Value) -> Result<Value> {
        Ok(self.page.issue_cmd(DriverCommand { path, body }).await?)
    }
}

fn capabilities(folder: &Path, arguments: &[&str]) -> Result<fantoccini::wd::Capabilities> {
    // The same file that the tests compiled to wasm are run with.
    let mut capabilities: Value = serde_json::from_str(include_str!("../../webdriver.json"))?;
    capabilities["goog:loggingPrefs"] = json!({ "browser": "WARNING", "performance": "ALL" });
    let profile = format!("--user-data-dir={}", folder.join("profile").display());
    let further = std::iter::once(profile.as_str()).chain(arguments.iter().copied());
    capabilities["goog:chromeOptions"]["args"]
        .as_array_mut()
        .context("webdriver.json has no arguments for Chromium")?
        .extend(further.map(Value::from));
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
