//! Splitting the page's program at its boundaries (`web/src/lazy.rs`), so that a visitor loads a part when it is
//! first shown.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use wasm_encoder::{Module, RawSection};
use wasmparser::{Parser, Payload};

use crate::bind::{For, bind};
use crate::shorten::{shorten, shorten_program};

/// What the linker must write beside the program for it to be split.
pub const LINKED: &str = "-Clink-args=--emit-relocs";

/// The script that loads the chunks.
const LOADER: &str = "__wasm_split.js";

/// The files that each part loads, by the name of its boundaries.
pub type Parts = BTreeMap<String, Vec<String>>;

/// Splits a program, binds it and writes it with its chunks into a folder.
pub fn write(name: &str, wasm: &str, folder: &Path) -> Result<Parts> {
    let program = fs::read(wasm).with_context(|| format!("cannot read {wasm}"))?;
    let unbound = tempfile::tempdir()?;
    let main = unbound.path().join(format!("{name}.wasm"));
    let main_module = format!("./{name}.js");
    let mut options = wasm_split_cli_support::Options::new(&program);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = &main_module;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("cannot split {name}: {error:?}"))?;
    for chunk in &split.split_modules {
        fs::write(chunk, without_custom_sections(&fs::read(chunk)?)?)?;
    }
    bind(name, &main, For::Chunks, folder)?;
    shorten_program(folder, name)?;
    shorten(&folder.join(LOADER))?;
    let files = |stems: Vec<String>| stems.iter().map(|stem| format!("{stem}.wasm")).collect();
    Ok(split.prefetch_map.into_iter().map(|(part, stems)| (part, files(stems))).collect())
}

/// Whether a file is a chunk.
pub fn is_chunk(name: &str) -> bool {
    (name.starts_with("split_") || name.starts_with("chunk_")) && name.ends_with(".wasm")
}

/// A module without what only tools read: names, and what the linker wrote for the splitting.
fn without_custom_sections(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if matches!(payload, Payload::CustomSection(_)) {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            let data = wasm.get(range).context("a section beyond the end of its module")?;
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}
