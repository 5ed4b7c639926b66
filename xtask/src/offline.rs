//! The service worker, which keeps the page for visits without a network.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::page::{FOLDER, File};

/// The name of the service worker.
pub const SERVICE_WORKER: &str = "sw.js";

/// Writes the service worker with the list of the files that it keeps: all of the page.
pub fn write_service_worker(files: &[File]) -> Result<()> {
    let list: Map<String, Value> = files
        .iter()
        .map(|file| (address(&file.name).to_owned(), hash(&file.bytes).into()))
        .collect();
    let program =
        fs::read_to_string("web/scripts/sw.js").context("cannot read web/scripts/sw.js")?;
    let program = format!("const FILES = {:#};\n\n{program}", Value::Object(list));
    fs::write(Path::new(FOLDER).join(SERVICE_WORKER), program).context("cannot write sw.js")
}

/// What a file is asked for by. A server may send those who ask for `index.html` to its folder, and
/// no page opens from an answer that was sent on.
fn address(name: &str) -> &str {
    if name == "index.html" { "./" } else { name }
}

/// The hash of a content, as browsers compare it: <https://www.w3.org/TR/sri/>.
pub fn hash(bytes: &[u8]) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `openssl dgst -sha256 -binary | base64` gives.
    #[test]
    fn hashes_are_as_browsers_compare_them() {
        assert_eq!(
            hash(b"alert('Hello, world.');"),
            "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
        );
    }
}
