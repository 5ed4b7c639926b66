//! The page as one file, which opens from a disk by a double click: `cargo xtask single`.
//!
//! It is the built page to the byte, so that what is tested of the one holds for the other: its program with all chunks
//! and styles, packed into the document. Nothing is compiled for it.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::{Compression, GzBuilder};
use serde_json::json;

use crate::offline::hash;
use crate::page::{self, File};
use crate::split;

/// The name of the file: what a committee reads in its folder.
pub const NAME: &str = "fentan.html";

/// The most bytes that it may take: what an e-mail carries, several times over.
const LIMIT: usize = 4_000_000;

/// What the page says of itself where it is one file, above the end of the document.
const SAID: &str = r#"<footer id="single">
<p>这是单文件版，从磁盘打开，不需要网络。方案存在这台电脑的这个浏览器里，与其他从磁盘打开的网页存在一处：换电脑、换浏览器、清理浏览记录后就没有了，请常按“保存文件”。
不能安装到桌面；链接只在这台电脑上有用，要给别人请发送保存的文件。</p>
<p lang="en">This is the page in one file, opened from a disk; it needs no network. Plans are kept in this browser on this computer, in one place with
other pages opened from a disk: another computer or browser, or clearing the history, has none of them, so save a file often. It can't
be installed, and a link is of use on this computer only: send others the saved file.</p>
</footer>"#;

/// Writes the page that was built last as one file, and prints its size.
pub fn write(to: &Path) -> Result<()> {
    let files = page::files(Path::new(page::FOLDER))
        .context("there is no page yet: cargo xtask build makes it")?;
    let page = document(&files)?;
    ensure!(page.len() <= LIMIT, "{} bytes are over the limit of {LIMIT}", page.len());
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(to, &page).with_context(|| format!("cannot write {}", to.display()))?;
    println!("{:<32} {:>9} bytes", to.display().to_string(), page.len());
    Ok(())
}

fn document(files: &[File]) -> Result<String> {
    let (index, archive) = archive(files)?;
    let script = script(files, &index)?;
    let style = [text(files, "style.css")?, &fs::read_to_string("web/styles/single.css")?].concat();
    let policy = format!(
        "default-src 'none'; script-src '{}' 'wasm-unsafe-eval'; worker-src blob:; style-src '{}' blob:; \
         img-src data: blob:; base-uri 'none'; form-action 'none'",
        hash(script.as_bytes()),
        hash(style.as_bytes())
    );
    let icon = BASE64_STANDARD.encode(&file(files, "icons/icon.svg")?.bytes);
    let mut document = String::new();
    for line in text(files, "index.html")?.lines() {
        let line = line.trim();
        match line {
            _ if line.starts_with("content=\"default-src") => {
                document.push_str(&format!("content=\"{policy}\""));
            }
            _ if line.starts_with("<link rel=\"icon\"") => {
                document.push_str(&format!(
                    "<link rel=\"icon\" href=\"data:image/svg+xml;base64,{icon}\" />"
                ));
            }
            _ if line.starts_with("<link ") => continue,
            _ if line.starts_with("<script ") => {
                document.push_str(&format!("<style>{style}</style>"));
            }
            "</body>" => {
                document.push_str(&format!(
                    "{SAID}\n<script type=\"application/octet-stream\" id=\"archive\">{archive}</script>\n\
                     <script>{script}</script>\n</body>"
                ));
            }
            _ => document.push_str(line),
        }
        document.push('\n');
    }
    // The policy, the style and what stands before the end have each found their place.
    for found in [policy.as_str(), &style, SAID] {
        ensure!(document.contains(found), "index.html is not as it was when this was written");
    }
    Ok(document)
}

/// Where each file lies in the archive, as JSON; and the archive, packed and as text.
fn archive(files: &[File]) -> Result<(String, String)> {
    let is_style = |name: &str| name.ends_with(".css") && name != "style.css";
    let is_sample = |name: &str| name.starts_with("samples/");
    let is_program =
        |name: &str| split::is_chunk(name) || name == format!("{}_bg.wasm", page::PAGE);
    let mut index = serde_json::Map::new();
    // Without a name and a time, it is the same bytes whenever it is built.
    let mut archive = GzBuilder::new().write(Vec::new(), Compression::best());
    let mut from = 0;
    let is_needed = |name: &str| is_style(name) || is_sample(name) || is_program(name);
    for file in files.iter().filter(|file| is_needed(&file.name)) {
        let to = from + file.bytes.len();
        index.insert(file.name.clone(), json!([from, to]));
        archive.write_all(&file.bytes)?;
        from = to;
    }
    let packed = archive.finish()?;
    Ok((serde_json::Value::Object(index).to_string(), BASE64_STANDARD.encode(packed)))
}

/// All scripts as one: modules can't be loaded from a disk. Programs are put into functions as they are, and what they
/// import and export becomes names in these.
fn script(files: &[File], index: &str) -> Result<String> {
    let program = format!("{}.js", page::PAGE);
    let [program, chunks] = [program.as_str(), split::LOADER].map(|name| text(files, name));
    let (program, chunks) = (program?, chunks?);
    let program = without_imports(program)?;
    let program = once(&program, "export{initSync,__wbg_init as default};", "")?;
    let own = format!("new URL('{}_bg.wasm',import.meta.url)", page::PAGE);
    let program = once(&program, &own, "undefined")?;
    let chunks = once(chunks, &format!("import{{initSync}}from\"./{}.js\";", page::PAGE), "")?;
    let chunks = chunks.replace("export const ", "chunks.");
    let chunks = once(&chunks, "fetch(new URL(name,import.meta.url))", "file(name)")?;
    let program = format!(
        "const FILES={index};function program(archive){{\"use strict\";const FILES={index};\
         const file=async(name)=>new Response((await archive).slice(...FILES[name],\"application/wasm\"));\
         const chunks={{__proto__:null}};{program}\n{{{chunks}}}\n\
         return{{default:()=>__wbg_init({{module_or_path:file(\"{}_bg.wasm\")}})}}}}",
        page::PAGE
    );
    let import = format!("import(\"./{}.js\")", page::PAGE);
    let worker = once(text(files, "worker.js")?, &import, "Promise.resolve(program(archive))")?;
    ensure!(!worker.contains(['`', '\\', '$']), "worker.js can't stand in a template");
    let single = fs::read_to_string("web/scripts/single.js")?;
    let single = once(&single, "@worker@", &worker)?;
    let start = once(text(files, "start.js")?, &import, "opened")?;
    let script = format!("(()=>{{{program}\n{single}\n{start}}})()");
    for module in ["import.meta", "import(", "export{", "export const", "</script"] {
        ensure!(!script.contains(module), "{module} can't stand in a script of a document");
    }
    Ok(script)
}

/// A program that takes its chunks from the name `chunks`, and imports nothing.
fn without_imports(program: &str) -> Result<String> {
    let from = format!(" from\"./{}\";", split::LOADER);
    let mut rest = program;
    let mut text = String::with_capacity(program.len());
    while let Some(import) = rest.strip_prefix("import*as ") {
        let (name, after) = import.split_once(&from).context("another import than of chunks")?;
        text.push_str(&format!("const {name}=chunks;"));
        rest = after;
    }
    ensure!(!text.is_empty(), "the program imports no chunks");
    Ok(text + rest)
}

/// A text in which something that stands there once is something else.
fn once(text: &str, old: &str, new: &str) -> Result<String> {
    let count = text.matches(old).count();
    ensure!(count == 1, "{old} stands {count} times in what was built, not once");
    Ok(text.replace(old, new))
}

fn file<'f>(files: &'f [File], name: &str) -> Result<&'f File> {
    let found = files.iter().find(|file| file.name == name);
    found.with_context(|| format!("the built page has no {name}: cargo xtask build"))
}

fn text<'f>(files: &'f [File], name: &str) -> Result<&'f str> {
    std::str::from_utf8(&file(files, name)?.bytes).with_context(|| format!("{name} is no text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_of_chunks_become_names() -> Result<()> {
        let program = "import*as import1 from\"./__wasm_split.js\";import*as import2 from\"./__wasm_split.js\";run()";
        assert_eq!(without_imports(program)?, "const import1=chunks;const import2=chunks;run()");
        assert!(without_imports("import*as other from\"./other.js\";run()").is_err());
        assert!(without_imports("run()").is_err());
        Ok(())
    }

    #[test]
    fn what_is_replaced_stands_there_once() {
        assert_eq!(once("a b c", "b", "d").ok().as_deref(), Some("a d c"));
        assert!(once("a b b", "b", "d").is_err() && once("a", "b", "d").is_err());
    }
}
