//! A page of another origin than the calculator's, hostile to what stands in it.

use std::collections::HashMap;
use std::net::{Ipv4Addr, TcpListener};

use anyhow::Result;
use axum::Router;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{StatusCode, Uri};
use axum::response::IntoResponse;

/// Takes all that a page has of styles from whatever stands in it, and makes the rest huge.
const SHEET: &str = "
    html { font-size: 60px !important; }
    * { all: unset; }
    *, * > *, fentan-calculator { font-size: 60px !important; color: #ff0000 !important;
        letter-spacing: 1em !important; text-transform: uppercase !important; }
    body, fentan-calculator { display: block; }
    p, button, input, table { display: none !important; }
    #theirs { display: block !important; visibility: visible !important; }
";

/// Publishes a page with these elements in it and these files beside it, and answers its address.
/// Its policy lets in the calculator's origin and no more.
pub fn publish(calculator: &str, body: &str, files: &[(String, Vec<u8>)]) -> Result<String> {
    publish_with(calculator, body, files, SHEET, "'wasm-unsafe-eval'")
}

/// The same page without styles of its own.
pub fn publish_plain(calculator: &str, body: &str, files: &[(String, Vec<u8>)]) -> Result<String> {
    publish_with(calculator, body, files, "", "'wasm-unsafe-eval'")
}

/// The same with a policy that lets no program run.
pub fn publish_without_programs(
    calculator: &str,
    body: &str,
    files: &[(String, Vec<u8>)],
) -> Result<String> {
    publish_with(calculator, body, files, "", "")
}

fn publish_with(
    calculator: &str,
    body: &str,
    files: &[(String, Vec<u8>)],
    sheet: &str,
    programs: &str,
) -> Result<String> {
    let page = format!(
        "<!doctype html><html lang=zh-CN><head><meta charset=utf-8><title>Host</title>
        <link rel=stylesheet href=/site.css>
        <script type=module src={calculator}widget/fentan-calculator.js></script>
        <script type=module src={calculator}widget/fentan-frame.js></script>
        <script src=/listen.js></script></head>
        <body><p id=theirs class=due>theirs</p>{body}</body></html>"
    );
    let listen = "
        window.heard = [];
        for (const name of ['ready', 'change', 'shares', 'loaderror']) {
            addEventListener(name, ({ detail, target }) => detail && heard.push([name, target.id, detail]));
        }
        window.failures = [];
        addEventListener('error', ({ message }) => failures.push(message));
        addEventListener('unhandledrejection', ({ reason }) => failures.push(String(reason)));
        addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
            failures.push(`${violatedDirective} ${blockedURI}`));
    ";
    let mut published: HashMap<String, Vec<u8>> =
        files.iter().map(|(name, bytes)| (format!("/{name}"), bytes.clone())).collect();
    published.insert("/".to_owned(), page.into_bytes());
    published.insert("/site.css".to_owned(), sheet.into());
    published.insert("/listen.js".to_owned(), listen.into());
    let origin = calculator.trim_end_matches('/');
    let policy = format!(
        "default-src 'self'; script-src 'self' {origin} {programs}; style-src 'self'; \
         connect-src 'self' {origin}; frame-src {origin}"
    );
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    listener.set_nonblocking(true)?;
    let address = format!("http://{}/", listener.local_addr()?);
    let router = Router::new().fallback(move |address: Uri| {
        let name = address.path().to_owned();
        let answer = match published.get(&name) {
            None => StatusCode::NOT_FOUND.into_response(),
            Some(bytes) => {
                let media_type = mime_guess::from_path(&name).first_or(mime_guess::mime::TEXT_HTML);
                let headers = [
                    (CONTENT_TYPE, media_type.to_string()),
                    (CONTENT_SECURITY_POLICY, policy.clone()),
                ];
                (headers, bytes.clone()).into_response()
            }
        };
        async move {
            // As a server does that has a connection too many.
            if name == "/hang.json" {
                std::future::pending::<()>().await;
            }
            answer
        }
    });
    // Left to itself: it ends with this program.
    tokio::spawn(async move {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, router).await
    });
    Ok(address)
}
