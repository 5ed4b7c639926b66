//! The npm package in `package/`: the engine for JavaScript with its types, and nothing to build.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::json;
use walkdir::WalkDir;

use crate::bind::{For, bind};
use crate::browser::{TOOLS, fetch_tools};
use crate::command::{WASM, add_to_toolchain, command, run};
use crate::page::{self, Warnings};

/// Where the package is made.
pub const FOLDER: &str = "package";

/// The engine for JavaScript.
pub const PACKAGE: &str = "fentan-javascript";

/// Where its examples are in a project that it is installed in.
const EXAMPLES: &str = "node_modules/fentan/examples";

/// What needs no building.
const COPIED: [(&str, &str); 5] = [
    ("packages/javascript/index.js", "index.js"),
    ("packages/javascript/index.d.ts", "index.d.ts"),
    ("packages/javascript/README.md", "README.md"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
];

/// Makes the package.
pub fn build() -> Result<()> {
    add_to_toolchain("target", &[WASM])?;
    let wasm = page::compile(PACKAGE, Warnings::Denied)?;
    let folder = Path::new(FOLDER);
    if folder.exists() {
        fs::remove_dir_all(folder).context("cannot empty package/")?;
    }
    bind("engine", Path::new(&wasm), For::TypedModules, folder)?;
    for (from, to) in COPIED {
        page::copy(Path::new(from), &folder.join(to))?;
    }
    for entry in WalkDir::new("packages/javascript/examples") {
        let entry = entry?;
        if entry.file_type().is_file() {
            page::copy(entry.path(), &folder.join("examples").join(entry.file_name()))?;
        }
    }
    let manifest = json!({
        "name": "fentan",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "Who pays for renovating an old residential compound, to the fen 老旧小区改造费用分摊",
        "license": "MIT OR Apache-2.0",
        "type": "module",
        "exports": { ".": "@exports@" },
        "files": ["*.js", "*.d.ts", "*.wasm", "examples", "LICENSE-*"],
        "engines": { "node": ">=20" },
    });
    // Who resolves an export takes the first that fits: the types stand before the script.
    let exports = r#"{ "types": "./index.d.ts", "default": "./index.js" }"#;
    let manifest = format!("{manifest:#}\n").replace(r#""@exports@""#, exports);
    fs::write(folder.join("package.json"), manifest)?;
    println!("the npm package is in {FOLDER}/");
    Ok(())
}

/// What is run of the package's uses, beside `uses.ts`.
const USES: [&str; 4] = ["deno.mjs", "web-host.mjs", "web-worker.mjs", "worker.mjs"];

/// Packs the package as npm does, installs it into a new project, checks uses of it with the
/// TypeScript compiler, and runs these and every example in each host that is there.
pub fn test() -> Result<()> {
    build()?;
    fetch_tools()?;
    let npm = which::which("npm").context("the package's tests need npm: install Node.js")?;
    let node = which::which("node").context("the package's tests need Node.js")?;
    let project = tempfile::tempdir()?;
    let at = project.path();
    let path = at.to_string_lossy();
    run(&mut command(&npm, &["pack", "--silent", "--pack-destination", &path, "./package"]))?;
    fs::write(at.join("package.json"), json!({ "type": "module", "private": true }).to_string())?;
    let packed = format!("./fentan-{}.tgz", env!("CARGO_PKG_VERSION"));
    let install = ["install", "--silent", "--offline", "--no-audit", "--no-fund", &packed];
    run(command(&npm, &install).current_dir(at))?;
    for name in USES.iter().chain(&["uses.ts"]) {
        page::copy(&Path::new("tests/javascript").join(name), &at.join(name))?;
    }
    let compiler = fs::canonicalize(Path::new(TOOLS).join("node_modules/typescript/bin/tsc"))?;
    let compiler = compiler.to_string_lossy();
    // What is written by hand for the calculator is held to its types too.
    run(&mut command(&node, &[compiler.as_ref(), "--project", "web/widget"]))?;
    let strict = ["--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes"];
    let target = ["--target", "es2022", "--lib", "es2022,dom", "--module", "nodenext", "uses.ts"];
    let checked = [&[compiler.as_ref()][..], &strict, &target].concat();
    run(command(&node, &checked).current_dir(at))?;
    let mut examples = Vec::new();
    for entry in fs::read_dir(at.join(EXAMPLES))? {
        examples.push(format!("{EXAMPLES}/{}", entry?.file_name().to_string_lossy()));
    }
    for script in ["uses.js", "worker.mjs"].into_iter().chain(examples.iter().map(String::as_str)) {
        run(command(&node, &[script]).current_dir(at))?;
    }
    let web_alone = ["--no-warnings", "--experimental-vm-modules", "web-host.mjs"];
    run(command(&node, &web_alone).current_dir(at))?;
    test_in_deno(at, &examples)
}

fn test_in_deno(project: &Path, examples: &[String]) -> Result<()> {
    let Ok(deno) = which::which("deno") else {
        println!("left out: Deno is not installed");
        return Ok(());
    };
    // It may read the project and nothing else, and asks no other machine.
    for script in examples.iter().map(String::as_str).chain(["deno.mjs"]) {
        let arguments = ["run", "--cached-only", "--no-prompt", "--allow-read=.", script];
        run(command(&deno, &arguments).current_dir(project))?;
    }
    Ok(())
}
