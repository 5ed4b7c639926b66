//! Splitting the page's program at its boundaries (`web/src/lazy.rs`), so that a visitor loads a part when it is
//! first shown.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
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
    let loader = folder.join(LOADER);
    let written = fs::read_to_string(&loader)?;
    fs::write(&loader, with_runs(&written, &split.prefetch_map)?)?;
    shorten(&loader)?;
    let files = |stems: Vec<String>| stems.iter().map(|stem| format!("{stem}.wasm")).collect();
    Ok(split.prefetch_map.into_iter().map(|(part, stems)| (part, files(stems))).collect())
}

/// How a chunk is fetched, and a part with those of its chunks: the runs of their numbers, each as the first and the last.
const OF_RUNS: &str = "
const fetcher = (name) => () => {
    const source = fetch(new URL(name, import.meta.url));
    source.catch(() => {});
    return async (imports) => debugWrap(WebAssembly.instantiateStreaming(source, imports));
};
const known = {};
const chunk = (number) => known[number] ??= makeLoad(fetcher('chunk_' + number + '.wasm'), []);
const part = (name, ...runs) => wrapAsyncCb(makeLoad(fetcher('split_' + name + '.wasm'),
    runs.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, one) => chunk(first + one)))));
";

/// The script that loads the chunks, with their runs in place of a loader for each: every visitor loads it.
///
/// `chunks` has the files of each part without their ending, as the tool names them.
fn with_runs(written: &str, chunks: &HashMap<String, Vec<String>>) -> Result<String> {
    // Before its first loader, each of which it says the parts of.
    let head = written.find("/* ").or_else(|| written.find("export const "));
    let mut script = written[..head.context("no chunks are loaded")?].to_owned();
    script.push_str(OF_RUNS);
    let parts: BTreeMap<_, _> = chunks.iter().collect();
    for (part, files) in parts {
        let export = format!("export const __wasm_split_load_{part} = ");
        ensure!(written.contains(&export), "{part} is loaded by another name");
        let own = format!("split_{part}");
        let chunks = files.iter().filter(|file| **file != own);
        let numbers = chunks.map(|file| file.strip_prefix("chunk_")?.parse().ok());
        let numbers = numbers.collect::<Option<Vec<u32>>>().context("a chunk without a number")?;
        ensure!(numbers.len() < files.len(), "{part} has nothing of its own");
        let runs = runs(numbers).into_iter().map(|(first, last)| format!(", [{first}, {last}]"));
        script.push_str(&format!("{export}part('{part}'{});\n", runs.collect::<String>()));
    }
    let loaders = written.matches("export const ").count();
    ensure!(loaders == chunks.len(), "{loaders} parts are loaded, not {}", chunks.len());
    Ok(script)
}

/// Numbers as runs, each by its first and its last.
fn runs(mut numbers: Vec<u32>) -> Vec<(u32, u32)> {
    numbers.sort_unstable();
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    runs
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_loaded_with_the_runs_of_its_chunks() {
        let written = "function makeLoad() {}\n/* paper */\nconst __chunk_3 = makeLoad(…);\n\
             export const __wasm_split_load_paper = wrapAsyncCb(…);\n";
        let files = ["chunk_3", "chunk_10", "chunk_4", "chunk_12", "split_paper"];
        let chunks = |files: &[&str]| {
            let files = files.iter().map(|&file| file.to_owned()).collect();
            HashMap::from([("paper".to_owned(), files)])
        };
        let script = with_runs(written, &chunks(&files)).expect("a script");
        let expected =
            "export const __wasm_split_load_paper = part('paper', [3, 4], [10, 10], [12, 12]);\n";
        assert_eq!(script, ["function makeLoad() {}\n", OF_RUNS, expected].concat());
        assert!(with_runs(written, &chunks(&files[..4])).is_err(), "nothing of its own");
        assert!(with_runs(&written.replace("paper =", "other ="), &chunks(&files)).is_err());
    }
}
