//! Binding a compiled program to JavaScript.

use std::path::Path;

use anyhow::Result;
use wasm_bindgen_cli_support::Bindgen;

/// What a program is bound for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// A page of modules.
    Modules,
    /// A page of modules, with the TypeScript types beside it.
    TypedModules,
    /// A page of modules, by a program whose chunks are bound to the names of its linker.
    Chunks,
    /// A page of scripts.
    Scripts,
}

/// Writes both sides of a program under a name into a folder.
pub fn bind(name: &str, wasm: &Path, purpose: For, folder: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    match purpose {
        For::Scripts => bindgen.no_modules(true)?,
        _ => bindgen.web(true)?,
    }
    .input_path(wasm)
    .out_name(name)
    .typescript(purpose == For::TypedModules)
    .keep_lld_exports(purpose == For::Chunks)
    .omit_default_module_path(false)
    .remove_name_section(true)
    .remove_producers_section(true);
    bindgen.generate(folder)
}
