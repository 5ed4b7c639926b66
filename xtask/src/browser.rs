//! The browser that tests run in: Chromium, its driver, and a font that has Chinese.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::command::{command, output, run};
use crate::debian::install;

/// The names Chromium goes by.
const CHROMIUM: [&str; 4] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The folder of what npm brings.
pub const TOOLS: &str = "tests/browser-tools";

/// How long the driver may take to end all that it has started.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program that Chromium is steered with. Dropping it ends it, and all Chromiums with it.
pub struct Driver {
    child: Child,
    address: SocketAddr,
    // Kept open, as the driver goes on writing to it.
    _output: BufReader<ChildStdout>,
    // Removed with what Chromium leaves behind in it.
    _folder: TempDir,
}

impl Driver {
    /// Makes sure that the browser is there, and starts its driver.
    pub fn start() -> Result<Driver> {
        make_sure()?;
        let program =
            which::which("chromedriver").context("there is no chromedriver to be found")?;
        let folder = tempfile::tempdir()?;
        let mut child = Command::new(program)
            .arg("--port=0")
            .env("TMPDIR", folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start chromedriver")?;
        let mut output = BufReader::new(child.stdout.take().context("no output")?);
        let mut line = String::new();
        let port = loop {
            line.clear();
            if output.read_line(&mut line)? == 0 {
                bail!("chromedriver ended before it was ready");
            }
            let end = line.split_once("successfully on port ").map(|(_, port)| port);
            if let Some(Ok(port)) = end.map(|port| port.trim().trim_end_matches('.').parse()) {
                break port;
            }
        };
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        Ok(Driver { child, address, _output: output, _folder: folder })
    }

    /// Where it listens.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// Asks the driver to end all Chromiums and itself.
    fn ask_to_end(&self) -> io::Result<()> {
        let mut connection = TcpStream::connect(self.address)?;
        write!(
            connection,
            "GET /shutdown HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        )
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let begin = Instant::now();
        if self.ask_to_end().is_ok() {
            while begin.elapsed() < PATIENCE {
                if matches!(self.child.try_wait(), Ok(Some(_))) {
                    return;
                }
                thread::sleep(Duration::from_millis(20));
            }
        }
        // It did not listen. Chromium ends with the driver.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Makes sure that a browser, its driver and a font are there.
pub fn make_sure() -> Result<()> {
    match missing_packages() {
        wanted if wanted.is_empty() => Ok(()),
        wanted => {
            install(&wanted, "the browser tests need Chromium, chromedriver and a Chinese font")
        }
    }
}

/// The path of the browser; `None` where there is none.
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
