//! The page behind nginx, by the configuration that the guide gives: types, headers, the calculator, and no network.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::browser::Browser;
use crate::example;
use crate::workbench::{has, says, show, text, wait_until};
use anyhow::{Context, Result};

/// A running nginx. Dropping it ends it.
struct Server {
    child: Option<Child>,
    port: u16,
    _folder: tempfile::TempDir,
}

impl Server {
    /// Starts nginx on the built page; `None` where there is no nginx.
    fn start() -> Result<Option<Server>> {
        let path = std::env::var("PATH").unwrap_or_default();
        let folders = path.split(':').chain(["/usr/sbin"]);
        let Some(nginx) = folders.map(|one| Path::new(one).join("nginx")).find(|one| one.exists())
        else {
            return Ok(None);
        };
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let folder = tempfile::tempdir()?;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let given = fs::read_to_string(root.join("docs/book/src/nginx.conf"))?;
        let page = root.join("dist").canonicalize()?;
        let given = given.replace("/srv/fentan/", &format!("{}/", page.display()));
        let own = folder.path().display();
        let whole = format!(
            "daemon off; worker_processes 1; pid {own}/pid; error_log stderr;\n\
             events {{}}\n\
             http {{ access_log off; client_body_temp_path {own}/a; proxy_temp_path {own}/b;\n\
             fastcgi_temp_path {own}/c; uwsgi_temp_path {own}/d; scgi_temp_path {own}/e;\n\
             server {{ listen 127.0.0.1:{port};\n{given}\n}} }}\n"
        );
        let file = folder.path().join("nginx.conf");
        fs::write(&file, whole)?;
        // As root it would give its worker to a user who may not read the page.
        let user = "user root;";
        let mut command = Command::new(nginx);
        command.arg("-c").arg(&file).stdout(Stdio::null());
        if cfg!(target_os = "linux") && fs::metadata("/proc/self").is_ok_and(|own| owner(&own) == 0)
        {
            command.args(["-g", user]);
        }
        let child = command.spawn()?;
        Ok(Some(Server { child: Some(child), port, _folder: folder }))
    }

    fn address(&self, name: &str) -> String {
        format!("http://127.0.0.1:{}/fentan/{name}", self.port)
    }

    /// What is answered to those who take gzip: the head, in small letters.
    fn head(&self, name: &str) -> Result<String> {
        let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        write!(
            connection,
            "GET /fentan/{name} HTTP/1.1\r\nHost: here\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = Vec::new();
        connection.read_to_end(&mut answer)?;
        let answer = String::from_utf8_lossy(&answer).to_lowercase();
        Ok(answer.split("\r\n\r\n").next().unwrap_or_default().to_owned())
    }

    fn end(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It ends its worker when it is asked to, and not when it is killed.
            let _ = Command::new("kill").arg(child.id().to_string()).status();
            let _ = child.wait();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

#[cfg(unix)]
fn owner(of: &fs::Metadata) -> u32 {
    std::os::unix::fs::MetadataExt::uid(of)
}

#[cfg(not(unix))]
fn owner(_: &fs::Metadata) -> u32 {
    1
}

/// The program of the calculator, whose name changes with its content.
fn engine() -> Result<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist/widget/addresses.json");
    let addresses: serde_json::Value = serde_json::from_slice(&fs::read(file)?)?;
    Ok(addresses["engine"].as_str().context("an engine")?.to_owned())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn the_guides_nginx_serves_page_and_calculator_and_is_not_needed_again() -> Result<()> {
    let Some(mut server) = Server::start()? else {
        println!("not tried: there is no nginx");
        return Ok(());
    };
    wait_until("nginx listens", || async {
        Ok(TcpStream::connect(("127.0.0.1", server.port)).is_ok())
    })
    .await?;
    for (name, kind) in [
        ("", "text/html"),
        ("start.js", "text/javascript"),
        ("style.css", "text/css"),
        ("fentan-web_bg.wasm", "application/wasm"),
        ("manifest.webmanifest", "application/manifest+json"),
        ("icons/icon.svg", "image/svg+xml"),
        (&format!("widget/{}", engine()?), "application/wasm"),
        ("county-site/tariff.json", "application/json"),
    ] {
        let head = server.head(name)?;
        assert!(head.starts_with("http/1.1 200"), "{name}: {head}");
        assert!(head.contains(&format!("content-type: {kind}")), "{name}: {head}");
        for header in ["cache-control: no-cache", "x-content-type-options: nosniff"] {
            assert!(head.contains(header), "{name}: {head}");
        }
        let is_small = ["icons/", "manifest"].iter().any(|one| name.starts_with(one));
        assert!(is_small || head.contains("content-encoding: gzip"), "{name}: {head}");
    }

    let browser = Browser::start(tempfile::tempdir()?).await?;
    browser.resize(1280, 900, 1).await?;
    browser.page.goto(&server.address("county-site/")).await?;
    let found = "return document.querySelector('fentan-calculator')?.state === 'ready'";
    wait_until("the calculator is there", || async {
        Ok(browser.page.execute(found, Vec::new()).await?.as_bool() == Some(true))
    })
    .await?;

    let address = server.address("");
    browser.begin(&address).await?;
    let budget = fentan_words::money(example()?.budget);
    wait_until("the example is split", || says(&browser, "#budget", &budget)).await?;
    let controlled = "return navigator.serviceWorker.ready.then(() => Boolean(navigator.serviceWorker.controller))";
    wait_until("it is kept for later", || async {
        Ok(browser.page.execute(controlled, Vec::new()).await?.as_bool() == Some(true))
    })
    .await?;
    server.end();
    browser.go(&address).await?;
    show(&browser, "papers").await?;
    wait_until("a further part opens", || has(&browser, "#papers .tools button")).await?;
    let shown = text(&browser, "#budget").await?;
    assert!(shown.contains(&budget), "{shown}");
    Ok(())
}
