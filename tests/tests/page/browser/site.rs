//! The built page once more, at an address of its own, to be cut off and changed.

use std::collections::HashMap;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use anyhow::{Context, Result};
use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use tokio::sync::oneshot;

/// The folder that the page stands in there: it must not need to be at the root.
const FOLDER: &str = "/compound/page/";

/// A site with the built page. Dropping it ends it.
pub struct Site {
    address: SocketAddr,
    files: Files,
    /// What it is connected by, until it is cut off.
    cable: Option<(oneshot::Sender<()>, JoinHandle<Result<()>>)>,
}

/// The files published, by their names.
#[derive(Clone, Default)]
struct Files(Arc<Mutex<HashMap<String, Vec<u8>>>>);

impl Site {
    /// Publishes the files of `dist/`.
    pub fn open() -> Result<Site> {
        let files = Files::default();
        files.add(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist"), "")?;
        // What stands beside the page and is none of it.
        let is_beside =
            |name: &str| name.starts_with("widget/") || name.starts_with("county-site/");
        files.lock().retain(|name, _| !is_beside(name));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (sender, cut) = oneshot::channel();
        let published = files.clone();
        let thread = std::thread::spawn(move || published.serve(listener, cut));
        Ok(Site { address, files, cable: Some((sender, thread)) })
    }

    /// The address of the page.
    pub fn address(&self) -> String {
        format!("http://{}{FOLDER}", self.address)
    }

    /// Cuts the network: all connections end, and no more can be made.
    pub fn cut(&mut self) {
        if let Some((sender, thread)) = self.cable.take() {
            drop(sender);
            // However it ended, it has.
            let _ = thread.join();
        }
    }

    /// The names of the files published.
    pub fn names(&self) -> Vec<String> {
        self.files.lock().keys().cloned().collect()
    }

    /// A file, as text.
    pub fn text(&self, name: &str) -> Result<String> {
        let file = self.files.lock().get(name).cloned();
        Ok(String::from_utf8(file.with_context(|| format!("no {name}"))?)?)
    }

    /// Publishes a file in place of the one that has its name.
    pub fn publish(&self, name: &str, file: impl Into<Vec<u8>>) {
        self.files.lock().insert(name.to_owned(), file.into());
    }

    /// Takes a file away, and gives it back.
    pub fn withdraw(&self, name: &str) -> Result<Vec<u8>> {
        self.files.lock().remove(name).with_context(|| format!("no {name}"))
    }
}

impl Files {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds the files of a folder and of those in it, without the compressed copies.
    fn add(&self, folder: &Path, prefix: &str) -> Result<()> {
        for entry in fs::read_dir(folder).context("the page is not built")? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                self.add(&entry.path(), &format!("{name}/"))?;
            } else if !name.ends_with(".br") {
                self.lock().insert(name, fs::read(entry.path())?);
            }
        }
        Ok(())
    }

    /// Answers requests until it is cut off.
    fn serve(self, listener: TcpListener, cut: oneshot::Receiver<()>) -> Result<()> {
        let router = Router::new().fallback(move |address: Uri| {
            let answer = self.answer(address.path());
            async { answer }
        });
        // Connections end with this runtime.
        tokio::runtime::Builder::new_current_thread().enable_io().build()?.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            tokio::select! {
                ended = axum::serve(listener, router) => Ok(ended?),
                _ = cut => Ok(()),
            }
        })
    }

    fn answer(&self, path: &str) -> Response {
        let name = match path.strip_prefix(FOLDER) {
            Some("") => "index.html",
            Some(name) => name,
            None => return StatusCode::NOT_FOUND.into_response(),
        };
        match self.lock().get(name) {
            None => StatusCode::NOT_FOUND.into_response(),
            Some(file) => {
                let media_type = mime_guess::from_path(name).first_or_octet_stream();
                ([(CONTENT_TYPE, media_type.to_string())], file.clone()).into_response()
            }
        }
    }
}

/// A hash as it stands in the service worker.
pub fn hash(text: &str) -> String {
    BASE64_STANDARD.encode(Sha256::digest(text))
}
