//! A web server for the built page, for this machine only.

use std::fs;
use std::io::{Cursor, ErrorKind};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use percent_encoding::percent_decode_str;
use tiny_http::{Header, Method, Request, Response, Server};

use crate::page;

/// Listens on a port, or on the next free one when it is busy. Port 0 is any free one.
pub fn listen(port: u16) -> Result<Server> {
    for port in port..=u16::MAX {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => {
                return Server::from_listener(listener, None)
                    .map_err(|error| anyhow!("cannot serve: {error}"));
            }
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => return Err(error).context(format!("cannot listen on port {port}")),
        }
    }
    Err(anyhow!("no port from {port} on is free"))
}

/// Answers requests from `dist/` for as long as the program runs.
pub fn answer_all(server: &Server) {
    for request in server.incoming_requests() {
        let response = answer(&request);
        // A browser that went away before its answer came needs none.
        let _ = request.respond(response);
    }
}

fn answer(request: &Request) -> Response<Cursor<Vec<u8>>> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return refuse(405, "only GET and HEAD are answered here");
    }
    let Some(path) = file_of(request.url()) else {
        return refuse(404, "no such file");
    };
    let path = Path::new(page::FOLDER).join(path);
    let compressed = takes_brotli(request.headers())
        .then(|| {
            let mut beside = path.clone().into_os_string();
            beside.push(".br");
            fs::read(beside).ok()
        })
        .flatten();
    let encoded = compressed.is_some();
    let Some(bytes) = compressed.or_else(|| fs::read(&path).ok()) else {
        return refuse(404, "no such file");
    };
    let mut response = Response::from_data(bytes);
    let mut headers = vec![
        ("Content-Type", content_type(&path)),
        ("Cache-Control", "no-cache".to_owned()),
        ("Vary", "Accept-Encoding".to_owned()),
    ];
    if encoded {
        headers.push(("Content-Encoding", "br".to_owned()));
    }
    for (name, value) in headers {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    response
}

fn refuse(status: u16, reason: &str) -> Response<Cursor<Vec<u8>>> {
    Response::from_string(reason).with_status_code(status)
}

/// The file that an address asks for, relative to the page's folder; never one outside it.
fn file_of(address: &str) -> Option<PathBuf> {
    let path = address.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let path = Path::new(if path.is_empty() { "index.html" } else { &path });
    path.components().all(|part| matches!(part, Component::Normal(_))).then(|| path.to_owned())
}

fn takes_brotli(headers: &[Header]) -> bool {
    headers
        .iter()
        .filter(|header| header.field.equiv("Accept-Encoding"))
        .flat_map(|header| header.value.as_str().split(','))
        .any(|encoding| {
            let (name, weight) = encoding.split_once(';').unwrap_or((encoding, ""));
            name.trim() == "br" && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
        })
}

fn content_type(path: &Path) -> String {
    let media_type = mime_guess::from_path(path).first_or_octet_stream();
    match media_type.type_() {
        mime_guess::mime::TEXT => format!("{media_type}; charset=utf-8"),
        _ => media_type.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_files_of_the_page() {
        assert_eq!(file_of("/"), Some("index.html".into()));
        assert_eq!(file_of("/start.js?again#top"), Some("start.js".into()));
        assert_eq!(file_of("/a/%E7%A4%BA%E4%BE%8B.csv"), Some("a/示例.csv".into()));
    }

    #[test]
    fn addresses_outside_the_page_name_nothing() {
        for address in [
            "/../Cargo.toml",
            "/a/../../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/..%2fCargo.toml",
            "//etc/hosts",
            "/%2fetc/hosts",
            "/%ff",
            "http://elsewhere/",
        ] {
            assert_eq!(file_of(address), None, "{address}");
        }
    }

    #[test]
    fn files_have_their_types() {
        for (file, media_type) in [
            ("index.html", "text/html; charset=utf-8"),
            ("start.js", "text/javascript; charset=utf-8"),
            ("style.css", "text/css; charset=utf-8"),
            ("fentan-web_bg.wasm", "application/wasm"),
            ("plan.json", "application/json"),
            ("unknown", "application/octet-stream"),
        ] {
            assert_eq!(content_type(Path::new(file)), media_type);
        }
    }

    #[test]
    fn brotli_is_for_those_who_take_it() -> Result<()> {
        for (value, taken) in [
            ("gzip, deflate, br, zstd", true),
            ("br;q=0.5", true),
            ("br;q=0", false),
            ("gzip, brown", false),
        ] {
            let header = Header::from_bytes("accept-encoding", value)
                .map_err(|()| anyhow!("not a header: {value}"))?;
            assert_eq!(takes_brotli(&[header]), taken, "{value}");
        }
        assert!(!takes_brotli(&[]));
        Ok(())
    }

    #[test]
    fn a_busy_port_is_passed_over() -> Result<()> {
        let busy = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = busy.local_addr()?.port();
        let server = listen(port)?;
        let taken = server.server_addr().to_ip().context("no address")?.port();
        assert!(taken > port);
        Ok(())
    }
}
