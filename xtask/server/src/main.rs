//! A web server for the built page, for this machine only.

#![forbid(unsafe_code)]

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use clap::Parser;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// Serves a folder to browsers on this machine
#[derive(Parser)]
struct Arguments {
    /// The folder
    folder: PathBuf,
    /// The port; when it is busy, the next free one is taken
    #[arg(long, default_value_t = 0)]
    port: u16,
}

/// Prints its address, then serves until it is stopped.
fn main() -> Result<()> {
    let Arguments { folder, port } = Arguments::parse();
    let listener = listen(port)?;
    println!("http://{}/", listener.local_addr()?);
    answer_all(listener, &folder)
}

/// Listens on a port, or on the next free one when it is busy. Port 0 is any free one.
fn listen(port: u16) -> Result<TcpListener> {
    for port in port..=u16::MAX {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => return Err(error).context(format!("cannot listen on port {port}")),
        }
    }
    bail!("no port from {port} on is free")
}

/// Answers requests from a folder for as long as the program runs: compressed where there is a
/// compressed copy and the browser takes it, and never from the browser's cache without asking.
fn answer_all(listener: TcpListener, folder: &Path) -> Result<()> {
    let ask_again =
        SetResponseHeaderLayer::overriding(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    // Pages of other origins may load the calculator, whose files are the same for all.
    let for_all = SetResponseHeaderLayer::overriding(
        ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    let widget = ServeDir::new(folder.join("widget")).precompressed_br();
    let files = Router::new()
        .nest("/widget", Router::new().fallback_service(widget).layer(for_all))
        .fallback_service(ServeDir::new(folder).precompressed_br())
        .layer(ask_again);
    listener.set_nonblocking(true)?;
    tokio::runtime::Builder::new_current_thread().enable_io().build()?.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, files).await.context("cannot serve")
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{Read, Write};
    use std::net::TcpStream;

    use super::*;

    #[test]
    fn files_come_with_their_types_and_are_asked_for_again() -> Result<()> {
        for (file, media_type) in [
            ("index.html", "text/html"),
            ("start.js", "text/javascript"),
            ("fentan-web_bg.wasm", "application/wasm"),
            ("manifest.webmanifest", "application/manifest+json"),
            ("icons/icon.svg", "image/svg+xml"),
        ] {
            let answer = get(file, &format!("/{file}?again"), "identity")?;
            assert!(answer.starts_with("http/1.1 200"), "{answer}");
            assert!(answer.contains(&format!("content-type: {media_type}\r\n")), "{answer}");
            assert!(answer.contains("cache-control: no-cache\r\n"), "{answer}");
            assert!(answer.ends_with("\r\n\r\nwhole"), "{answer}");
        }
        assert!(get("index.html", "/", "identity")?.ends_with("whole"));
        Ok(())
    }

    #[test]
    fn compressed_copies_are_for_those_who_take_them() -> Result<()> {
        for (encodings, end) in
            [("gzip, deflate, br, zstd", "compressed"), ("gzip", "whole"), ("br;q=0", "whole")]
        {
            let answer = get("start.js", "/start.js", encodings)?;
            assert!(answer.ends_with(&format!("\r\n\r\n{end}")), "{encodings}: {answer}");
        }
        Ok(())
    }

    #[test]
    fn addresses_outside_the_page_name_nothing() -> Result<()> {
        for address in
            ["/../beside", "/%2e%2e/beside", "/..%2fbeside", "//etc/hosts", "/%2fetc/hosts"]
        {
            let answer = get("index.html", address, "identity")?;
            assert!(answer.starts_with("http/1.1 404"), "{address}: {answer}");
        }
        Ok(())
    }

    #[test]
    fn a_busy_port_is_passed_over() -> Result<()> {
        let busy = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = busy.local_addr()?.port();
        assert!(listen(port)?.local_addr()?.port() > port);
        Ok(())
    }

    /// What is answered, in small letters, by a server of a folder that has one file.
    fn get(file: &str, address: &str, encodings: &str) -> Result<String> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("beside"), "not of the page")?;
        let page = folder.path().join("page");
        let file = page.join(file);
        fs::create_dir_all(file.parent().context("no folder")?)?;
        fs::write(&file, "whole")?;
        fs::write(format!("{}.br", file.display()), "compressed")?;

        let listener = listen(0)?;
        let mut connection = TcpStream::connect(listener.local_addr()?)?;
        std::thread::spawn(move || answer_all(listener, &page));
        write!(
            connection,
            "GET {address} HTTP/1.1\r\nHost: here\r\nAccept-Encoding: {encodings}\r\n\
             Connection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        connection.read_to_string(&mut answer)?;
        Ok(answer.to_lowercase())
    }
}
