//! Files that were opened: which they are, and what they hold.

use fentan_core::Document;
use fentan_words::{Language, say};

use crate::message::{Refusal, Refused, TextFile};

/// The example that the page opens on; build.rs makes one file of its plan and roster.
const EXAMPLE: &str = include_str!(concat!(env!("OUT_DIR"), "/example.json"));

/// What files hold that were opened together.
#[derive(Debug, Default)]
pub struct OpenedPlan {
    /// A plan.
    pub document: Option<Document<'static>>,
    /// A roster: cells parted by commas or tabs.
    pub roster: Option<TextFile>,
}

/// What a file is by the ending of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileType {
    Plan,
    Roster,
}

impl FileType {
    fn of(name: &str) -> Option<FileType> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "json" | "toml" => Some(FileType::Plan),
            "csv" | "tsv" | "txt" => Some(FileType::Roster),
            _ => None,
        }
    }
}

/// Whether one of these files is a plan, so that another plan will be open.
pub fn has_plan(files: &[TextFile]) -> bool {
    files.iter().any(|file| FileType::of(&file.name) == Some(FileType::Plan))
}

/// The example.
pub fn example() -> Document<'static> {
    read(EXAMPLE, Language::default()).unwrap_or_else(|_| nothing(Language::default()))
}

/// A plan with nothing in it but a name.
pub fn nothing(language: Language) -> Document<'static> {
    let name = serde_json::to_string(&say(language, "page.new-plan")).unwrap_or_default();
    let json = format!(r#"{{"fentan":1,"name":{name},"lines":[],"households":[]}}"#);
    Document::from_json(json.as_bytes()).map(Document::into_owned).unwrap_or_default()
}

/// Reads files that were opened together.
pub fn opened(language: Language, files: Vec<TextFile>) -> Result<OpenedPlan, Refusal> {
    let mut opened = OpenedPlan::default();
    for file in files {
        let refused = |reason| Refusal { file: file.name.clone(), reason };
        match FileType::of(&file.name) {
            Some(FileType::Plan) if opened.document.is_none() => {
                let document = read(&file.text, language);
                opened.document = Some(document.map_err(|words| refused(Refused::Words(words)))?);
            }
            Some(FileType::Roster) if opened.roster.is_none() => opened.roster = Some(file),
            Some(_) => return Err(refused(Refused::TooMany)),
            None => return Err(refused(Refused::UnknownType)),
        }
    }
    Ok(opened)
}

/// Reads a plan; what it can't be read for, in words.
pub fn read(json: &str, language: Language) -> Result<Document<'static>, Vec<String>> {
    Document::from_json(json.as_bytes()).map(Document::into_owned).map_err(|problems| {
        problems.iter().map(|one| fentan_words::problem_line(language, one)).collect()
    })
}
