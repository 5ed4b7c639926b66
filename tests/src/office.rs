//! Files as offices make them, each with what must be read from it.
//!
//! They are compiled in, so that the same files are read on this machine and in a browser.

use std::fmt::Write;

use fentan_core::Value;
use fentan_import::{Content, Mapping, Table, Unreadable};
use include_dir::{Dir, include_dir};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../crates/import/tests/files");
static SNAPSHOTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../crates/import/tests/snapshots");

/// A file of an office.
#[derive(Clone, Copy, Debug)]
pub struct OfficeFile {
    /// Its name.
    pub name: &'static str,
    /// What is in it.
    pub bytes: &'static [u8],
}

/// All files, by name.
pub fn office_files() -> impl Iterator<Item = OfficeFile> {
    FILES.files().filter(|file| file.path().extension().is_some_and(|ending| ending != "md")).map(
        |file| OfficeFile {
            name: file.path().to_str().unwrap_or_default(),
            bytes: file.contents(),
        },
    )
}

impl OfficeFile {
    /// What is read from the file: how, what it becomes, and what is left out.
    pub fn told(&self, opened: Result<Vec<Table>, Unreadable>) -> String {
        let tables = match opened {
            Ok(tables) => tables,
            Err(unreadable) => return format!("{}\n", unreadable.as_str()),
        };
        let works = self.name.starts_with("works-");
        let content = if works { Content::Works } else { Content::Roster };
        let sheets = content.sheets(&tables);
        let mut imported = content.read(&sheets);
        imported.sift(content, &sheets);
        let mut told = String::new();
        for (_, mapping) in &sheets {
            tell_mapping(&mut told, mapping);
        }
        let conclusions: Vec<_> = imported.conclusions.iter().map(|one| one.as_str()).collect();
        let _ = writeln!(told, "concluded: {}", conclusions.join(", "));
        let json = |value: &Value<'_>| serde_json::to_string(value).expect("texts are JSON");
        for value in &imported.values {
            let _ = writeln!(told, "{}", json(value));
        }
        for (line, charges) in imported.charges() {
            let _ = writeln!(told, "charges of {line}: {}", json(&charges));
        }
        for one in &imported.left_out {
            let place = one.column.map_or_else(String::new, |column| format!(" column {column}"));
            let code = one.problem.as_ref().map_or("", |problem| problem.code().as_str());
            let _ = writeln!(
                told,
                "{} row {}{place}: {} {code} {:?}",
                one.sheet,
                one.row,
                one.reason.as_str(),
                one.cells
            );
        }
        told
    }

    /// What must be read from the file, as it was judged and kept; `None` where nothing was.
    pub fn expected(&self) -> Option<&'static str> {
        let name = format!("files__{}.snap", self.name);
        let kept = SNAPSHOTS.get_file(name)?.contents_utf8()?;
        // Behind what the snapshots' own tool writes above it.
        kept.strip_prefix("---\n")?.split_once("\n---\n").map(|(_, told)| told)
    }
}

fn tell_mapping(told: &mut String, mapping: &Mapping) {
    let _ = writeln!(
        told,
        "sheet {:?}, headings on row {:?} of {}",
        mapping.sheet, mapping.heading_row, mapping.heading_rows
    );
    for (position, column) in mapping.columns.iter().enumerate() {
        let field = column.field.as_deref().unwrap_or("-");
        let _ = writeln!(told, "  {position} {:?} {field} {}", column.heading, column.zeros);
    }
}
