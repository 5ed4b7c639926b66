//! Papers as LibreOffice and Chromium have them: needs `soffice`, `pdftotext`, and a Chromium named
//! by the variable `CHROMIUM`; `cargo xtask test` runs these where they are.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use fentan_core::Split;
use fentan_papers::{Format, Paper};
use fentan_words::Language;
use zip::write::SimpleFileOptions;

use crate::workbook::{Book, assert_adds_up, assert_fund_sheet_adds_up};
use crate::{SMALL, puyang, read, written};

/// Fonts that a program has.
struct Fonts {
    name: String,
    /// What says where they are; none for all of this machine.
    settings: Option<PathBuf>,
}

impl Fonts {
    /// All of this machine.
    fn all() -> Fonts {
        Fonts { name: "all fonts".to_owned(), settings: None }
    }

    /// All of this machine, and by turns those of each folder that holds Chinese alone, beside Times
    /// and its like: papers must come out the same whatever an office has installed.
    fn sets(folder: &Path) -> Vec<Fonts> {
        let chinese = folders_of(":lang=zh");
        let mut latin = folders_of("Liberation Serif");
        latin.extend(folders_of("Times New Roman"));
        let alone = chinese.iter().enumerate().map(|(index, fonts)| {
            let dirs = [fonts].into_iter().chain(&latin);
            let dirs: String = dirs.map(|one| format!("<dir>{}</dir>", one.display())).collect();
            let settings = folder.join(format!("fonts-{index}.conf"));
            let cache = folder.join(format!("cache-{index}"));
            let text = format!(
                "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig>{dirs}\
                 <cachedir>{}</cachedir>\
                 <include ignore_missing=\"yes\">/etc/fonts/conf.d</include></fontconfig>",
                cache.display()
            );
            fs::write(&settings, text).expect("settings");
            Fonts { name: fonts.display().to_string(), settings: Some(settings) }
        });
        std::iter::once(Fonts::all()).chain(alone).collect()
    }

    /// A program that has them.
    fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.envs(self.settings.as_ref().map(|settings| ("FONTCONFIG_FILE", settings)));
        command
    }
}

/// The folders of the fonts that a pattern of fontconfig's names.
fn folders_of(pattern: &str) -> BTreeSet<PathBuf> {
    let told = Command::new("fc-list").args(["--format", "%{file}\n", pattern]).output();
    let told = told.map(|told| String::from_utf8(told.stdout).expect("UTF-8")).unwrap_or_default();
    told.lines().filter_map(|file| Some(Path::new(file).parent()?.to_owned())).collect()
}

/// Has LibreOffice make another file of one.
fn converted(folder: &Path, fonts: &Fonts, file: &str, bytes: &[u8], into: &str) -> Vec<u8> {
    let out = folder.join("out");
    fs::write(folder.join(file), bytes).expect("a file");
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let status = fonts
        .command("soffice")
        .args([&profile, "--headless", "--convert-to", into, "--outdir"])
        .arg(&out)
        .arg(folder.join(file))
        .status()
        .expect("LibreOffice (soffice) is installed");
    assert!(status.success());
    let name = Path::new(file).with_extension(into);
    fs::read(out.join(name)).expect("what LibreOffice made")
}

/// A workbook without the values that its formulas were given, so that they must be worked out.
fn without_values(file: &[u8]) -> Vec<u8> {
    let mut parts = zip::ZipArchive::new(Cursor::new(file)).expect("a workbook");
    let mut kept = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut left_out = 0;
    for index in 0..parts.len() {
        let mut part = parts.by_index(index).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("UTF-8");
        kept.start_file(part.name().expect("a name"), SimpleFileOptions::default())
            .expect("a part");
        let mut pieces = text.split("</f><v>");
        let mut stripped = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (_, rest) = piece.split_once("</v>").expect("a value's end");
            stripped.push_str("</f>");
            stripped.push_str(rest);
            left_out += 1;
        }
        kept.write_all(stripped.as_bytes()).expect("a part");
    }
    assert!(left_out > 0, "there are formulas with values");
    kept.finish().expect("a workbook").into_inner()
}

#[test]
#[ignore = "needs LibreOffice"]
fn libreoffice_works_every_total_out_to_the_fen() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, (plan, split)) in [("small", read(SMALL)), ("puyang", puyang())] {
        let file = written(Language::Chinese, &plan, &split, Paper::Workbook, Format::Xlsx);
        let stripped = without_values(&file);
        let worked_out =
            converted(folder.path(), &Fonts::all(), "workbook.xlsx", &stripped, "xlsx");
        assert_adds_up(name, &plan, &split, &mut Book::open(worked_out));

        let file = written(Language::Chinese, &plan, &split, Paper::FundSheet, Format::Xlsx);
        let stripped = without_values(&file);
        let worked_out =
            converted(folder.path(), &Fonts::all(), "fund-sheet.xlsx", &stripped, "xlsx");
        assert_fund_sheet_adds_up(name, &plan, &split, &mut Book::open(worked_out));
    }
}

/// A printed page: its size, and each word with its left, right and lower edge, in points.
struct Page {
    width: f64,
    height: f64,
    words: Vec<(f64, f64, f64, String)>,
}

impl Page {
    /// What stands on it, without blanks: programs set letters and digits of Chinese text apart.
    fn text(&self) -> String {
        self.words.iter().map(|(.., word)| word.as_str()).collect()
    }

    /// Whether a home is named on it.
    fn has(&self, id: &str) -> bool {
        let is_of_id = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        self.words.iter().any(|(.., word)| word.split(|one| !is_of_id(one)).any(|part| part == id))
    }
}

/// Has Chromium print a page made for print.
fn printed(folder: &Path, fonts: &Fonts, file: &str, html: &[u8]) -> Vec<u8> {
    let (from, to) = (folder.join(file), folder.join(file).with_extension("html.pdf"));
    fs::write(&from, html).expect("a file");
    let chromium = std::env::var_os("CHROMIUM").unwrap_or_else(|| "chromium".into());
    let status = fonts
        .command(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"])
        .arg(format!("--user-data-dir={}", folder.join("chromium").display()))
        .arg(format!("--print-to-pdf={}", to.display()))
        .arg(format!("file://{}", from.display()))
        .status()
        .expect("Chromium is installed");
    assert!(status.success());
    fs::read(to).expect("what Chromium printed")
}

/// The pages of a PDF.
fn pages(folder: &Path, pdf: &[u8]) -> Vec<Page> {
    let file = folder.join("looked-at.pdf");
    fs::write(&file, pdf).expect("a file");
    let output = Command::new("pdftotext").arg("-bbox").arg(&file).arg("-").output();
    let told = String::from_utf8(output.expect("pdftotext is installed").stdout).expect("UTF-8");
    let number = |tag: &str, name: &str| -> f64 {
        let (_, rest) = tag.split_once(&format!("{name}=\"")).expect("an attribute");
        rest.split('"').next().expect("a value").parse().expect("a number")
    };
    let mut pages: Vec<Page> = Vec::new();
    for line in told.lines().map(str::trim) {
        if line.starts_with("<page ") {
            let (width, height) = (number(line, "width"), number(line, "height"));
            pages.push(Page { width, height, words: Vec::new() });
        } else if let Some(word) = line.strip_prefix("<word ") {
            let (tag, text) = word.split_once('>').expect("a word");
            let text = text.trim_end_matches("</word>").replace("&amp;", "&");
            let edges = ["xMin", "xMax", "yMax"].map(|edge| number(tag, edge));
            let page = pages.last_mut().expect("a word is on a page");
            page.words.push((edges[0], edges[1], edges[2], text));
        }
    }
    pages
}

/// Each paper of the example, as both programs print it with each set of fonts.
fn each_printed(mut check: impl FnMut(&str, Language, Paper, &Split, &[Page])) {
    let folder = tempfile::tempdir().expect("a folder");
    let (plan, split) = puyang();
    for fonts in Fonts::sets(folder.path()) {
        for language in Language::ALL {
            for paper in Paper::ALL {
                for (format, by) in [(Format::Docx, "LibreOffice"), (Format::Html, "Chromium")] {
                    if !paper.formats().contains(&format) {
                        continue;
                    }
                    let file = written(language, &plan, &split, paper, format);
                    let pdf = match format {
                        Format::Docx => {
                            converted(folder.path(), &fonts, "paper.docx", &file, "pdf")
                        }
                        _ => printed(folder.path(), &fonts, "paper.html", &file),
                    };
                    let (paper_name, tag) = (paper.as_str(), language.tag());
                    let name = format!("{paper_name} {tag} by {by} with {}", fonts.name);
                    check(&name, language, paper, &split, &pages(folder.path(), &pdf));
                }
            }
        }
    }
}

/// The least that may be left white at an edge, in points: 15 mm.
const MARGIN: f64 = 42.5;

#[test]
#[ignore = "needs LibreOffice, Chromium and pdftotext"]
fn printed_papers_are_whole() {
    each_printed(|name, language, paper, split, pages| {
        let homes = &split.households;
        match paper {
            // A statement is a page of its own, in the order of the roster.
            Paper::Statements => {
                assert_eq!(pages.len(), homes.len(), "{name}");
                for (page, home) in pages.iter().zip(homes) {
                    assert!(page.text().contains(&*home.id), "{name}: {}", home.id);
                }
            }
            // Two ballots and more share a page, and none stands on two.
            Paper::Ballot => {
                assert!(pages.len() <= homes.len().div_ceil(2), "{name}: {} pages", pages.len());
                for home in homes {
                    let told = pages.iter().filter(|page| page.has(&home.id)).count();
                    assert_eq!(told, 1, "{name}: {}", home.id);
                }
            }
            Paper::Poster => assert_eq!(pages.len(), 1, "{name}"),
            _ => {}
        }
        let is_sheet = matches!(paper, Paper::Statements | Paper::Ballot | Paper::Poster);
        let count = pages.len();
        for (index, page) in pages.iter().enumerate() {
            let number = index + 1;
            // Nothing is cut off or runs into the margin.
            for (left, right, low, word) in &page.words {
                let is_within =
                    *left > MARGIN && *right < page.width - MARGIN && *low < page.height;
                assert!(is_within, "{name}: {word} on page {number} from {left} to {right}");
            }
            // Page, date, version and digest stand at every foot; no page on sheets that go to several homes.
            let text = page.text();
            let (page_of, date) = match language {
                Language::Chinese => (format!("第{number}页，共{count}页"), "2026年11月27日"),
                Language::English => (format!("Page{number}of{count}"), "2026-11-27"),
            };
            let foot = if is_sheet { date.to_owned() } else { page_of + date };
            assert!(text.contains(&foot), "{name}: {foot} in {text}");
            assert!(text.contains("SHA-256"), "{name}: page {number}");
        }
        // No amount is broken: the largest stands in the narrowest columns of the funding chapter.
        if paper == Paper::Funding {
            let budget = fentan_words::plain(split.budget);
            let all = pages.iter().flat_map(|page| &page.words);
            let whole = all.filter(|(.., word)| *word == budget).count();
            assert_eq!(whole, 3, "{name}: {budget} below works, sources and lines");
        }
    });
}
