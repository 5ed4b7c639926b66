//! Building `<fentan-calculator>` into `dist/widget/`, and the example of a page that it stands in.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use sha2::{Digest, Sha256};

use crate::bind::{For, bind};
use crate::offline::hash;
use crate::package;
use crate::page::{self, File, Warnings};
use crate::shorten::shorten_program;

/// The engine of the element, and that which it opens plans with: the npm package's.
pub const PACKAGES: [&str; 2] = ["fentan-widget", package::PACKAGE];

/// Where the element is, in the built page, and the example.
pub const FOLDERS: [&str; 2] = ["widget/", "county-site/"];

/// The most bytes, compressed, that the element takes on a page.
const LIMIT: usize = 100_000;

/// The element, and what it loads where it opens a plan, each with the JavaScript side of its engine.
const ELEMENT: &str = "fentan-calculator.js";
const PLANS: &str = "fentan-plans.js";

/// What is loaded by an address that stays, and so holds no more than the names of the others.
const COPIED: [&str; 2] = ["fentan-calculator.d.ts", "fentan-frame.js"];

/// What is built, by what pages may name, for whoever places it.
const ADDRESSES: &str = "addresses.json";

/// Compiles and builds the element alone.
pub fn build_alone() -> Result<()> {
    let [element, plans] = PACKAGES.map(|package| page::compile(package, Warnings::Shown));
    build(&[element?, plans?])?;
    page::compress(&page::files(Path::new(page::FOLDER))?)?;
    weigh(&page::files(Path::new(page::FOLDER))?)
}

/// Builds the element from its compiled engines, in the order of [`PACKAGES`].
///
/// What is loaded by another file is named by its content: a file that a browser or a gateway has kept
/// then goes on with those that it was built with, as long as the server has them.
pub fn build([element, plans]: &[String; 2]) -> Result<()> {
    let folder = folder(FOLDERS[0]);
    fs::create_dir_all(&folder)?;
    let (plans, _) = program("fentan-plans", plans, "plans.js", &folder)?;
    let plans_name = write_named(&folder, PLANS, plans.as_bytes())?;
    let sheet = minifier::css::minify(&source("calculator.css")?)
        .map_err(|error| anyhow!("calculator.css: {error}"))?
        .to_string();
    ensure!(!sheet.contains(['`', '\\', '$']), "calculator.css can't stand in a template");
    let (element, engine) = program("fentan-widget", element, "calculator.js", &folder)?;
    let element = element
        .replace("@plans-name@", &plans_name)
        .replace("@plans@", &hash(plans.as_bytes()))
        .replace("@sheet@", &sheet);
    let element_name = write_named(&folder, ELEMENT, element.as_bytes())?;
    fs::write(folder.join(ELEMENT), &element)?;
    for name in COPIED {
        page::copy(&Path::new("web/widget").join(name), &folder.join(name))?;
    }
    let integrity = hash(element.as_bytes());
    let servers = servers()?;
    let filled = |text: String| {
        text.replace("@engine@", &engine)
            .replace("@calculator@", &element_name)
            .replace("@integrity@", &integrity)
            .replace("@servers@", &servers)
    };
    for page in ["frame", "snippets"] {
        let mut html = source(&format!("{page}.html"))?;
        for ending in ["js", "css"] {
            let name = format!("{page}.{ending}");
            let named = write_named(&folder, &name, filled(source(&name)?).as_bytes())?;
            html = html.replace(&format!("@{name}@"), &named);
        }
        fs::write(folder.join(format!("{page}.html")), filled(html))?;
    }
    let addresses = serde_json::json!({
        "calculator": element_name, "integrity": integrity, "engine": engine,
    });
    fs::write(folder.join(ADDRESSES), format!("{addresses:#}\n"))?;
    copy_example()
}

/// What servers are told, by their names, as JSON in a template of JavaScript.
fn servers() -> Result<String> {
    const FILES: [(&str, &str); 4] = [
        ("nginx", "nginx.conf"),
        ("Caddy", "Caddyfile"),
        ("Apache", "apache.conf"),
        ("IIS", "web.config"),
    ];
    let mut all = serde_json::Map::new();
    for (name, file) in FILES {
        let path = Path::new("examples/server").join(file);
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        all.insert(name.to_owned(), text.into());
    }
    let json = serde_json::Value::Object(all).to_string();
    Ok(json.replace('\\', r"\\").replace('`', r"\`").replace("${", r"\${"))
}

/// Writes an engine, and returns a script with the engine's JavaScript side before it, and the name of
/// the engine.
fn program(name: &str, wasm: &str, script: &str, folder: &Path) -> Result<(String, String)> {
    bind(name, Path::new(wasm), For::Scripts, folder)?;
    shorten_program(folder, name)?;
    let glue = folder.join(format!("{name}.js"));
    let engine = format!("{name}_bg.wasm");
    let bytes = fs::read(folder.join(&engine))?;
    fs::remove_file(folder.join(&engine))?;
    let engine = write_named(folder, &engine, &bytes)?;
    let script = source(script)?.replace("@integrity@", &hash(&bytes)).replace("@engine@", &engine);
    let script = minifier::js::minify(&script).to_string();
    let program = format!("{}\n{script}", fs::read_to_string(&glue)?);
    fs::remove_file(glue)?;
    Ok((program, engine))
}

/// Writes a file under its name with a hash of its content in it, which it returns.
fn write_named(folder: &Path, name: &str, bytes: &[u8]) -> Result<String> {
    let (stem, ending) = name.rsplit_once('.').context("a name without an ending")?;
    let digest = Sha256::digest(bytes);
    let digest: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let named = format!("{stem}.{digest}.{ending}");
    fs::write(folder.join(&named), bytes)?;
    Ok(named)
}

fn copy_example() -> Result<()> {
    for entry in fs::read_dir("examples/county-site")? {
        let entry = entry?;
        page::copy(&entry.path(), &folder(FOLDERS[1]).join(entry.file_name()))?;
    }
    Ok(())
}

fn folder(name: &str) -> PathBuf {
    Path::new(page::FOLDER).join(name)
}

fn source(name: &str) -> Result<String> {
    let path = Path::new("web/widget").join(name);
    fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
}

/// Whether a page that holds the element loads a file at first.
fn is_of_first_load(name: &str) -> bool {
    let name = name.strip_prefix(FOLDERS[0]).unwrap_or_default();
    name == ELEMENT || (name.starts_with("fentan-widget_bg.") && name.ends_with(".wasm"))
}

/// Prints what the element takes, compressed, and by which hashes a page can hold its files to what
/// was built here; fails where it takes too much.
pub fn weigh(files: &[File]) -> Result<()> {
    let mut total = 0;
    for file in files.iter().filter(|file| is_of_first_load(&file.name)) {
        let compressed = fs::metadata(folder(&format!("{}.br", file.name)))?.len();
        total += usize::try_from(compressed)?;
    }
    println!("widget, first load {total:>25}\nwidget, limit {LIMIT:>30}");
    let scripts = files.iter().filter(|file| file.name.starts_with(FOLDERS[0]));
    for file in scripts.filter(|file| file.name.ends_with(".js")) {
        println!("integrity of {}: {}", file.name, hash(&file.bytes));
    }
    ensure!(total <= LIMIT, "the widget is over its limit");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_its_content() {
        let folder = tempfile::tempdir().expect("a folder");
        let named = |bytes: &[u8]| write_named(folder.path(), "a_bg.wasm", bytes).expect("a file");
        assert_eq!(named(b""), "a_bg.e3b0c44298fc1c14.wasm");
        assert_ne!(named(b"1"), named(b"2"));
        assert!(is_of_first_load("widget/fentan-widget_bg.e3b0c44298fc1c14.wasm"));
        assert!(!is_of_first_load("widget/fentan-plans_bg.e3b0c44298fc1c14.wasm"));
        assert!(!is_of_first_load("widget/fentan-calculator.e3b0c44298fc1c14.js"));
    }
}
