//! The files of a programme or of a run: a folder, or a zip file of one.

use std::collections::BTreeMap;
use std::ops::Range;

use fentan_core::{Document, Problems};
use fentan_import::folder;
use fentan_words::{Language, problem_line, say};

/// The files by their paths, and where the programme is.
pub struct Files {
    /// What all files hold, one after another.
    bytes: Vec<u8>,
    /// By path, where a file stands.
    places: BTreeMap<String, Range<usize>>,
    /// The path of the programme, or of what says what a run was of.
    pub path: String,
    /// Whether it is a run.
    pub is_run: bool,
}

/// What a file of a programme says of itself, and that of a run.
const MARK: &str = "fentan_programme";
const MARK_OF_RUN: &str = "fentan_run";

impl Files {
    /// Files that were chosen together: the path of each and how many bytes it has, and what they hold, one after
    /// another. A single zip file is unpacked.
    ///
    /// # Errors
    /// In words, why that is no programme.
    pub fn of(
        language: Language,
        parts: Vec<(String, u64)>,
        bytes: Option<Vec<u8>>,
    ) -> Result<Files, Vec<String>> {
        let wrong = |key: &str| vec![say(language, &["view.programme.", key].concat())];
        let mut files = Files {
            bytes: bytes.ok_or_else(|| wrong("unreadable"))?,
            places: BTreeMap::new(),
            path: String::new(),
            is_run: false,
        };
        if parts.len() == 1 && files.bytes.starts_with(b"PK") {
            let unpacked = folder::unpacked(&files.bytes).map_err(|_| wrong("no-zip"))?;
            files.bytes.clear();
            for (path, bytes) in unpacked {
                files.put(&path, bytes.len());
                files.bytes.extend(bytes);
            }
        } else {
            let mut end = 0;
            for (path, size) in parts {
                let start = end;
                end = start + usize::try_from(size).unwrap_or(usize::MAX - start);
                if end > files.bytes.len() {
                    return Err(wrong("unreadable"));
                }
                files.places.insert(joined("", &path), start..end);
            }
        }
        // What an archiver of macOS adds, and what is hidden.
        files.places.retain(|path, _| !path.split('/').any(|part| part.starts_with(['.', '_'])));
        (files.path, files.is_run) = files.found().ok_or_else(|| wrong("no-programme"))?;
        Ok(files)
    }

    /// Takes in that a file of so many bytes follows.
    fn put(&mut self, path: &str, size: usize) {
        let start = self.bytes.len();
        self.places.insert(joined("", path), start..start + size);
    }

    /// What a file holds; `None` where there is none.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.bytes.get(self.places.get(path)?.clone())
    }

    /// The path of the programme, or of a run, and which of both it is: of the files nearest to the top the first that is
    /// one, `programme.toml` before others.
    fn found(&self) -> Option<(String, bool)> {
        let says = |bytes: &[u8], mark: &str| {
            bytes.windows(mark.len()).any(|part| part == mark.as_bytes())
                && Document::read(bytes).is_ok_and(|document| document.text(mark).is_some())
        };
        let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let is_read = |path: &str| path.ends_with(".toml") || path.ends_with(".json");
        let mut paths: Vec<&String> = self.places.keys().filter(|path| is_read(path)).collect();
        paths.sort_by_key(|path| (path.matches('/').count(), name(path) != "programme.toml"));
        paths.into_iter().find_map(|path| {
            let bytes = self.get(path)?;
            let is_run = match (says(bytes, MARK), says(bytes, MARK_OF_RUN)) {
                (true, _) => false,
                (_, true) => true,
                _ => return None,
            };
            Some((path.clone(), is_run))
        })
    }

    /// The path of a file that another file names.
    pub fn beside(path: &str, named: &str) -> String {
        joined(path.rsplit_once('/').map_or("", |(folder, _)| folder), named)
    }
}

/// A path within a folder, without the steps that lead back.
fn joined(folder: &str, path: &str) -> String {
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in path.split(['/', '\\']) {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// What is wrong, a line for each.
pub fn lines(language: Language, problems: &Problems) -> Vec<String> {
    problems.iter().map(|one| problem_line(language, one)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_from_the_file_that_names_them() {
        assert_eq!(Files::beside("a/programme.toml", "c1/plan.toml"), "a/c1/plan.toml");
        assert_eq!(Files::beside("a/b/programme.toml", "../c1\\plan.toml"), "a/c1/plan.toml");
        assert_eq!(Files::beside("programme.toml", "./plan.toml"), "plan.toml");
    }

    #[test]
    fn the_programme_is_the_file_nearest_to_the_top() {
        let one = "fentan_programme = 1\n";
        let plan = "fentan = 1\n";
        let files = |files: &[(&str, &str)]| {
            let parts = files.iter().map(|(path, text)| ((*path).to_owned(), text.len() as u64));
            let bytes = files.iter().flat_map(|(_, text)| text.bytes()).collect();
            let files = Files::of(Language::Chinese, parts.collect(), Some(bytes)).ok()?;
            Some((files.path, files.is_run))
        };
        let path = |found: Option<(String, bool)>| found.map(|(path, _)| path);
        let found =
            files(&[("a/old/programme.toml", one), ("a/plan.toml", plan), ("a/x.toml", one)]);
        assert_eq!(path(found).as_deref(), Some("a/x.toml"));
        let found = files(&[("a/a.toml", one), ("a/programme.toml", one)]);
        assert_eq!(path(found).as_deref(), Some("a/programme.toml"));
        let run = r#"{"fentan_run": 1}"#;
        let found = files(&[("a/out/run.json", run), ("a/programme.toml", one)]);
        assert_eq!(found, Some(("a/programme.toml".to_owned(), false)));
        assert_eq!(files(&[("out/run.json", run)]), Some(("out/run.json".to_owned(), true)));
        assert_eq!(files(&[("plan.toml", plan)]), None);
    }
}
