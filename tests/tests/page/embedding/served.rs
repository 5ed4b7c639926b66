//! Two builds one after the other on a real nginx, under the headers that we advise and those that sites
//! have: the element is never dead for who comes back.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{TARIFF, wait_for};
use crate::browser::Browser;
use crate::workbench::wait_until;

const PAGE: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>county</title>
    <script type=module src=/widget/fentan-calculator.js></script>
    <fentan-calculator src=/tariff.json></fentan-calculator>";

/// Ours, what much of the advice for nginx says, and none.
const HEADERS: [(&str, &str); 3] = [
    ("ours", include_str!("../../../../examples/server/nginx.conf")),
    ("scripts for a week", "location ~* \\.(js|css)$ { expires 7d; }"),
    ("none", ""),
];

fn is_installed() -> bool {
    Command::new("nginx").arg("-v").output().is_ok()
}

/// A nginx of this test's own, on a folder.
struct Nginx {
    process: Child,
    address: String,
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Only the one that this test has started.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Nginx {
    fn start(folder: &Path, root: &Path, headers: &str) -> Result<Nginx> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let folder = folder.display();
        let conf = format!(
            "daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;
            events {{ }}
            http {{
                include /etc/nginx/mime.types;
                access_log off;
                client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
                fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
                server {{ listen 127.0.0.1:{port}; root {}; {headers} }}
            }}",
            root.display()
        );
        let file = PathBuf::from(format!("{folder}/nginx.conf"));
        fs::write(&file, conf)?;
        let process = Command::new("nginx").arg("-c").arg(&file).spawn()?;
        Ok(Nginx { process, address: format!("http://127.0.0.1:{port}/") })
    }
}

/// Builds of one time and another: the same with other bytes in the program, and so other names.
fn build(number: u8) -> Result<Vec<(String, Vec<u8>)>> {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist/widget");
    let addresses: serde_json::Value =
        serde_json::from_slice(&fs::read(dist.join("addresses.json"))?)?;
    let engine = addresses["engine"].as_str().context("no engine")?;
    let script = fs::read_to_string(dist.join("fentan-calculator.js"))?;
    let old = fs::read(dist.join(engine))?;
    // A section that says nothing.
    let new = [&old[..], &[0, 2, 1, b'a' + number]].concat();
    let integrity =
        |bytes: &[u8]| format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(bytes)));
    let name = format!("fentan-widget_bg.{number:016x}.wasm");
    ensure!(script.contains(engine) && script.contains(&integrity(&old)), "another script");
    let script = script.replace(engine, &name).replace(&integrity(&old), &integrity(&new));
    Ok(vec![(name, new), ("fentan-calculator.js".to_owned(), script.into_bytes())])
}

fn place(root: &Path, number: u8) -> Result<()> {
    for (name, bytes) in build(number)? {
        fs::write(root.join("widget").join(name), bytes)?;
    }
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn an_update_leaves_no_dead_element_whatever_the_headers() -> Result<()> {
    if !is_installed() {
        println!("left out: it takes nginx (nginx-light)");
        return Ok(());
    }
    for (name, headers) in HEADERS {
        let folder = tempfile::tempdir()?;
        let root = folder.path().join("site");
        fs::create_dir_all(root.join("widget"))?;
        fs::write(root.join("index.html"), PAGE)?;
        fs::write(root.join("tariff.json"), TARIFF)?;
        place(&root, 1)?;
        let nginx = Nginx::start(folder.path(), &root, headers)?;
        let answers = || async {
            Ok(std::net::TcpStream::connect(nginx.address["http://".len()..].trim_end_matches('/'))
                .is_ok())
        };
        wait_until("nginx answers", answers).await?;
        let browser = Browser::within(&nginx.address, 800).await?;
        wait_for(&browser, 0, "form").await?;
        for visit in 0..20 {
            if visit == 3 || visit == 11 {
                place(&root, if visit == 3 { 2 } else { 3 })?;
            }
            browser.page.goto(&nginx.address).await?;
            wait_for(&browser, 0, "form, [role=alert]").await?;
            let dead =
                super::inside(&browser, 0, "return !!root.querySelector('[role=alert]')").await?;
            assert_eq!(dead, json!(false), "{name}, visit {visit}");
        }
        if name == "ours" {
            // And the last build is the one that runs.
            assert!(engines_of(&browser).await?.ends_with("0003.wasm"));
        }
    }
    Ok(())
}

async fn engines_of(browser: &Browser) -> Result<String> {
    let loaded = "return performance.getEntriesByType('resource').map(({ name }) => name)
        .find((name) => name.endsWith('.wasm')) ?? ''";
    let loaded = browser.page.execute(loaded, Vec::new()).await?;
    Ok(loaded.as_str().unwrap_or_default().to_owned())
}

/// The old files were taken away: the message says so, and the next visit is well again.
#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn where_the_old_files_are_gone_the_next_visit_is_well() -> Result<()> {
    if !is_installed() {
        println!("left out: it takes nginx (nginx-light)");
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let root = folder.path().join("site");
    fs::create_dir_all(root.join("widget"))?;
    fs::write(root.join("index.html"), PAGE)?;
    fs::write(root.join("tariff.json"), TARIFF)?;
    // The script was kept, and its program never.
    place(&root, 1)?;
    fs::remove_file(root.join("widget/fentan-widget_bg.0000000000000001.wasm"))?;
    let nginx = Nginx::start(folder.path(), &root, HEADERS[1].1)?;
    let answers = || async {
        Ok(std::net::TcpStream::connect(nginx.address["http://".len()..].trim_end_matches('/'))
            .is_ok())
    };
    wait_until("nginx answers", answers).await?;
    let browser = Browser::within(&nginx.address, 800).await?;
    wait_for(&browser, 0, "[role=alert]").await?;
    let told = super::text(&browser, 0, "[role=alert]").await?;
    assert!(told.contains("was updated; reload"), "{told}");
    place(&root, 2)?;
    super::inside(&browser, 0, "root.querySelector('button').click()").await?;
    wait_for(&browser, 0, "[role=alert]").await?;
    browser.page.goto(&nginx.address).await?;
    wait_for(&browser, 0, "form").await?;
    Ok(())
}
