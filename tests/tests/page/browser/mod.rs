//! A Chromium for every test, on the page that `cargo xtask test page` serves, and steered by the driver
//! that it has started.

pub mod site;

use std::cell::Cell;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus};
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;

/// When waiting is given up: longer than anything takes on the slowest machine.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// The pause between two looks at the page.
pub const PAUSE: Duration = Duration::from_millis(20);

/// What the driver has to wait for before the page can be used.
const STARTED: &str = "#app > :not(#opening)";

/// The rules that the page is held to: WCAG 2.2, levels A and AA.
const RULES: [&str; 5] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/// Those of them that look at colours: nothing else is another in the dark.
const RULES_OF_COLOURS: [&str; 2] = ["color-contrast", "link-in-text-block"];

/// Chromiums that no test uses at the moment. Starting one takes longer than most tests; they end with
/// the driver.
static IDLE: Mutex<Vec<Session>> = Mutex::new(Vec::new());

/// An open browser. Dropping it leaves a shared Chromium to the next test; one of its own it closes, and
/// removes its files.
pub struct Browser {
    /// The page, to look at and to click on.
    pub page: Client,
    /// Whether the page is drawn in its dark colours.
    is_dark: Cell<bool>,
    /// What the names of its pictures begin with; missing where it takes none.
    pictures: Option<String>,
    // Dropped in this order: first Chromium ends, then the folder that it writes to is removed.
    session: Option<Session>,
    folder: Option<TempDir>,
}

impl Browser {
    /// Opens the page in a window with this many pixels inside, with the example. Nothing else is kept in it.
    pub async fn open(width: u32, height: u32) -> Result<Browser> {
        let address = address()?;
        let browser = Browser::shared().await?;
        browser.resize(width, height, 1).await?;
        browser.begin(&address).await?;
        Ok(browser)
    }

    /// Opens the page in such a window for the first time, and waits until it has started.
    pub async fn first_visit(width: u32, height: u32) -> Result<Browser> {
        let address = address()?;
        let browser = Browser::shared().await?;
        browser.resize(width, height, 1).await?;
        browser.go(&address).await?;
        Ok(browser)
    }

    /// Opens any page at this address in a window that is so wide.
    pub async fn at(address: &str, width: u32) -> Result<Browser> {
        let browser = Browser::shared().await?;
        browser.resize(width, 900, 1).await?;
        browser.page.goto(address).await?;
        Ok(browser)
    }

    /// Opens any page as [`Browser::at`] does, with the closed roots of its elements open to the test.
    pub async fn within(address: &str, width: u32) -> Result<Browser> {
        let browser = Browser::shared().await?;
        browser.resize(width, 900, 1).await?;
        browser.open_roots().await?;
        browser.page.goto(address).await?;
        Ok(browser)
    }

    /// Has closed roots of elements be open, of every page from now on.
    pub async fn open_roots(&self) -> Result<()> {
        const OPEN: &str = "
            const { attachShadow } = Element.prototype;
            Element.prototype.attachShadow = function (init) {
                return attachShadow.call(this, { ...init, mode: 'open' });
            };";
        let script = json!({ "source": OPEN });
        self.ask_chromium("Page.addScriptToEvaluateOnNewDocument", script).await?;
        Ok(())
    }

    /// A Chromium that tests share one after the other, empty.
    async fn shared() -> Result<Browser> {
        let idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        // One that a test before has broken is no reason for this one to fail.
        if let Some(session) = idle
            && let Ok(browser) = Browser::emptied(session).await
        {
            return Ok(browser);
        }
        Browser::connect(capabilities(&[])?, None).await
    }

    /// A Chromium that another test is done with, with a new window, and nothing kept of the page.
    async fn emptied(session: Session) -> Result<Browser> {
        let driver = format!("http://{}", session.driver);
        let page =
            Client::with_existing_session(&driver, &session.id, HttpConnector::new()).await?;
        page.persist().await?;
        // It is passed on to a further test only once it is known to work.
        let mut browser = Browser {
            page,
            is_dark: Cell::default(),
            pictures: Some(String::new()),
            session: None,
            folder: None,
        };
        let window = browser.page.new_window(true).await?.handle;
        for other in browser.page.windows().await?.into_iter().filter(|other| *other != window) {
            browser.page.switch_to_window(other).await?;
            browser.page.close_window().await?;
        }
        browser.page.switch_to_window(window).await?;
        // Tests of other pages have addresses of their own.
        if let Ok(address) = address() {
            let origin = Url::parse(&address)?.origin().ascii_serialization();
            let kept = json!({ "origin": origin, "storageTypes": "indexeddb,local_storage" });
            browser.ask_chromium("Storage.clearDataForOrigin", kept).await?;
        }
        // What was said of the page before is none of this test's.
        browser.complaints().await?;
        browser.requests().await?;
        browser.session = Some(session);
        Ok(browser)
    }

    /// Starts a browser on a folder for its files: a new one, or that of one that was killed.
    pub async fn start(folder: TempDir) -> Result<Browser> {
        Browser::start_with(folder, &[]).await
    }

    /// Starts a browser with further arguments for Chromium.
    pub async fn start_with(folder: TempDir, arguments: &[&str]) -> Result<Browser> {
        let own = format!("--user-data-dir={}", folder.path().display());
        let arguments: Vec<_> = [&[own.as_str()], arguments].concat();
        Browser::connect(capabilities(&arguments)?, Some(folder)).await
    }

    /// Starts a browser of the engine that the driver is of, with a window of this size.
    pub async fn of_any_engine(width: u32, height: u32) -> Result<Browser> {
        let told = |name: &str| {
            std::env::var(name)
                .context("there is no other browser: run this as `cargo xtask test engines`")
        };
        let capabilities = serde_json::from_str(&told("FENTAN_CAPABILITIES")?)?;
        // With a folder it is no browser that tests share.
        let mut browser = Browser::connect(capabilities, Some(tempfile::tempdir()?)).await?;
        let engine = told("FENTAN_ENGINE")?;
        // WebKit never gives a picture back from a display that nobody looks at.
        browser.pictures = (engine != "webkit").then(|| format!("{engine}-"));
        browser.page.set_window_size(width, height).await?;
        Ok(browser)
    }

    async fn connect(capabilities: Capabilities, folder: Option<TempDir>) -> Result<Browser> {
        let driver = std::env::var("FENTAN_DRIVER")
            .context("there is no driver of a browser: run this as `cargo xtask test page`")?;
        let page = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://{driver}"))
            .await?;
        // The session is ended by its own owner, which waits for Chromium's end.
        page.persist().await?;
        let id = page.session_id().await?.context("a session without an id")?;
        let session = Some(Session { driver, id });
        let pictures = Some(String::new());
        Ok(Browser { page, is_dark: Cell::default(), pictures, session, folder })
    }

    /// Opens the page at this address, and waits until it has started.
    pub async fn go(&self, address: &str) -> Result<()> {
        self.page.goto(address).await?;
        self.there(STARTED).await?;
        Ok(())
    }

    /// Opens the page at this address for the first time, and the example in it.
    pub async fn begin(&self, address: &str) -> Result<()> {
        self.go(address).await?;
        self.with("#example", async |door| door.click().await).await?;
        self.there("#result #proof").await?;
        Ok(())
    }

    /// Loads the page again, and waits until it has started.
    pub async fn reload(&self) -> Result<()> {
        self.page.refresh().await?;
        self.there(STARTED).await?;
        Ok(())
    }

    /// Ends Chromium at once, as a power cut would, and gives back the folder with its files.
    pub async fn kill(mut self) -> Result<TempDir> {
        let process = self.page.capabilities().and_then(|found| found.get("goog:processID"));
        let process = process.and_then(Value::as_u64).context("Chromium names no process")?;
        let status = Command::new("kill").args(["-KILL", &process.to_string()]).status()?;
        anyhow::ensure!(status.success(), "kill ended with {status}");
        // No other test takes it.
        self.session = None;
        self.folder.take().context("a Chromium that others use too")
    }

    /// Waits until something is on the page.
    pub async fn there(&self, selector: &str) -> Result<()> {
        self.with(selector, async |_| Ok(())).await
    }

    /// Does something with what a selector names, as soon as it is there; again where the page drew it anew
    /// between the look and the deed, or something passed before it.
    pub async fn with<T>(
        &self,
        selector: &str,
        deed: impl AsyncFn(Element) -> Result<T, CmdError>,
    ) -> Result<T> {
        let begin = Instant::now();
        loop {
            let done = match self.page.find(Locator::Css(selector)).await {
                Ok(found) => deed(found).await,
                Err(error) => Err(error),
            };
            match done {
                Err(error) if passes(&error) && begin.elapsed() < PATIENCE => {
                    // What stands below a bar of the page is brought into sight, as people do.
                    let centre =
                        "document.querySelector(arguments[0])?.scrollIntoView({ block: 'center' })";
                    self.page.execute(centre, vec![json!(selector)]).await?;
                    tokio::time::sleep(PAUSE).await;
                }
                done => return done.with_context(|| selector.to_owned()),
            }
        }
    }

    /// Clicks on an element, brought into sight first: on a telephone it may stand below the stages.
    pub async fn click_on(&self, element: &Element) -> Result<()> {
        let centre = "arguments[0].scrollIntoView({ block: 'center' })";
        self.page.execute(centre, vec![serde_json::to_value(element)?]).await?;
        Ok(element.click().await?)
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
        self.is_dark.set(dark);
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

    /// What axe-core finds wrong for people with disabilities: rule, impact, and where first. In the dark
    /// it looks at colours alone.
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
        let rules = match self.is_dark.get() {
            true => json!({ "type": "rule", "values": RULES_OF_COLOURS }),
            false => json!({ "type": "tag", "values": RULES }),
        };
        let arguments = vec![rules, json!(selector)];
        Ok(serde_json::from_value(self.page.execute(&script, arguments).await?)?)
    }

    /// Saves what the window shows as `target/screenshots/NAME.png`.
    pub async fn screenshot(&self, name: &str) -> Result<()> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("screenshots");
        std::fs::create_dir_all(&folder)?;
        if let Some(prefix) = &self.pictures {
            let picture = self.page.screenshot().await?;
            std::fs::write(folder.join(format!("{prefix}{name}.png")), picture)?;
        }
        Ok(())
    }

    /// How many pixels the page is wider than its window; zero where it fits.
    pub async fn overflow(&self) -> Result<i64> {
        self.page
            .execute(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth",
                Vec::new(),
            )
            .await?
            .as_i64()
            .map(|pixels| pixels.max(0))
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

/// Whether an error tells of a page that is just being drawn.
fn passes(error: &CmdError) -> bool {
    error.is_no_such_element()
        || error.is_stale_element_reference()
        || matches!(error, CmdError::Standard(error) if error.error == ErrorStatus::ElementClickIntercepted)
        || error.is_element_not_interactable()
}

/// The address of the built page.
pub fn address() -> Result<String> {
    std::env::var("FENTAN_PAGE")
        .context("there is no page to open: run this as `cargo xtask test page`")
}

fn capabilities(arguments: &[&str]) -> Result<Capabilities> {
    let mut capabilities: Value = serde_json::from_str(include_str!("../../../webdriver.json"))?;
    capabilities["goog:loggingPrefs"] = json!({ "browser": "WARNING", "performance": "ALL" });
    capabilities["goog:chromeOptions"]["args"]
        .as_array_mut()
        .context("webdriver.json has no arguments for Chromium")?
        .extend(arguments.iter().copied().map(Value::from));
    match capabilities {
        Value::Object(capabilities) => Ok(capabilities),
        _ => Err(anyhow::anyhow!("webdriver.json is not an object")),
    }
}

/// A session of the driver, with a Chromium of its own.
struct Session {
    driver: String,
    id: String,
}

impl Session {
    /// Has the driver end Chromium, and waits until it has.
    fn end(&self) -> std::io::Result<()> {
        let mut connection = TcpStream::connect(&self.driver)?;
        write!(
            connection,
            "DELETE /session/{} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.id, self.driver
        )?;
        // The driver answers once Chromium has ended, and may keep the connection.
        let _ = connection.read(&mut [0; 256])?;
        Ok(())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let Some(session) = self.session.take() else { return };
        if self.folder.is_none() && !std::thread::panicking() {
            IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(session);
        } else {
            // A driver that does not answer is ended with the tests, and Chromium with it.
            let _ = session.end();
        }
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
