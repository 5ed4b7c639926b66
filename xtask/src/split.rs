//! Splitting the page's program at its boundaries (`web/src/lazy.rs`), so that a visitor loads a part when it is
//! first shown.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use walrus::{ImportKind, ModuleConfig, passes};

use crate::bind::{For, bind};
use crate::shorten::{shorten, shorten_program};

/// What the linker must write beside the program for it to be split.
pub const LINKED: &str = "-Clink-args=--emit-relocs";

/// The script that loads the chunks.
pub const LOADER: &str = "__wasm_split.js";

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
        fs::write(chunk, without_needless(&fs::read(chunk)?)?)?;
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

/// A module without what it does not use, such as the types of all functions of the program, and without what only tools
/// read.
fn without_needless(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut config = ModuleConfig::new();
    config.generate_name_section(false).generate_producers_section(false);
    let mut module = config.parse(wasm)?;
    let customs: Vec<_> = module.customs.iter().map(|(id, _)| id).collect();
    for id in customs {
        module.customs.delete(id);
    }
    // What only refuses a chunk of another build is used by nothing, and would go: what is exported stays.
    let canaries = module.imports.iter().filter(|import| import.name.starts_with("__canary"));
    let canaries: Vec<_> = canaries.map(|import| import.kind.clone()).collect();
    for canary in canaries {
        if let ImportKind::Global(canary) = canary {
            module.exports.add("canary", canary);
        }
    }
    passes::gc::run(&mut module);
    Ok(module.emit_wasm())
}
