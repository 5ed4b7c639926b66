//! What commands print, and how failures are worded.

use std::io::{self, ErrorKind, Write};

use fentan_core::Problems;
use fentan_core::internal::is_hidden;
use fentan_words::{Language, printable, problem, problem_lines, problems_left_out, say, say_with};
use serde::Serialize;

/// Says something on standard error, line by line; there is nowhere to complain where that is closed.
pub(crate) fn complain(text: &str) {
    let text: String = text.split('\n').map(|line| printable(line) + "\n").collect();
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Why something failed, in words.
pub(crate) fn detail(language: Language, error: &anyhow::Error) -> String {
    let mut told = Vec::new();
    for cause in error.chain() {
        if let Some(error) = cause.downcast_ref::<io::Error>() {
            // What lies behind it says the same in the system's words.
            told.push(of_system(language, error));
            break;
        }
        told.push(cause.to_string());
    }
    told.join(match language {
        Language::Chinese => "：",
        Language::English => ": ",
    })
}

/// An error of the system, in words where it is a usual one.
fn of_system(language: Language, error: &io::Error) -> String {
    let key = match error.kind() {
        ErrorKind::NotFound => "not-found",
        ErrorKind::PermissionDenied => "permission",
        ErrorKind::AlreadyExists => "exists",
        ErrorKind::IsADirectory => "is-folder",
        ErrorKind::NotADirectory => "no-folder",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "full",
        ErrorKind::ReadOnlyFilesystem => "read-only",
        ErrorKind::FileTooLarge => "too-large",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "busy",
        ErrorKind::InvalidFilename => "name",
        ErrorKind::Unsupported => "unsupported",
        ErrorKind::InvalidData if error.get_ref().is_none() => "no-text",
        ErrorKind::UnexpectedEof => "ended",
        ErrorKind::DirectoryNotEmpty => "not-empty",
        ErrorKind::CrossesDevices => "other-disk",
        ErrorKind::TooManyLinks => "links",
        ErrorKind::OutOfMemory => "memory",
        ErrorKind::TimedOut => "waited",
        _ => return unusual(language, error),
    };
    say(language, &format!("cli.system.{key}"))
}

/// An error that has no words of its own: the system's by its number, as its words are English; ours as it is.
fn unusual(language: Language, error: &io::Error) -> String {
    match error.raw_os_error() {
        Some(number) => say_with(language, "cli.system.other", &[("number", &number.to_string())]),
        None => error.to_string(),
    }
}

/// Lists problems on standard error, a line each.
pub(crate) fn problems(language: Language, problems: &Problems) {
    let lines = problem_lines(language, problems).into_iter().map(|line| printable(&line));
    let lines: Vec<_> = lines.chain(problems_left_out(language, problems)).collect();
    complain(&lines.join("\n"));
}

/// Problems as spec §5 has them on standard output.
#[derive(Serialize)]
struct Errors<'p> {
    fentan: u32,
    errors: Vec<JsonProblem<'p>>,
}

#[derive(Serialize)]
struct JsonProblem<'p> {
    code: &'static str,
    path: &'p str,
    message: String,
    /// The ids of the households that have the problem, where it is known whose it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    households: Vec<&'p str>,
}

/// Writes problems as JSON on standard output.
pub(crate) fn json_problems(language: Language, problems: &Problems) -> io::Result<()> {
    let errors = problems
        .iter()
        .map(|one| JsonProblem {
            code: one.code().as_str(),
            path: &one.path,
            message: problem(language, one),
            households: one.households().collect(),
        })
        .collect();
    print(&json(&Errors { fentan: 1, errors })?)
}

/// The version of what commands print as JSON; docs/schemas has its form.
pub(crate) const VERSION: u32 = 1;

/// What a command answers, with the version of its form.
#[derive(Serialize)]
struct Versioned<'v, T> {
    fentan: u32,
    #[serde(flatten)]
    answer: &'v T,
}

/// What a command answers as JSON, with the version of its form.
pub(crate) fn versioned(answer: &impl Serialize) -> io::Result<Vec<u8>> {
    json(&Versioned { fentan: VERSION, answer })
}

/// Anything as indented JSON, with a line break at its end. Characters that nobody sees are written as
/// escapes: the values are the same, and no terminal is steered by them.
pub(crate) fn json(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let text = serde_json::to_string_pretty(value)?;
    let mut json = String::with_capacity(text.len() + 1);
    for one in text.chars() {
        if one != '\n' && is_hidden(one) {
            let mut units = [0; 2];
            let units = one.encode_utf16(&mut units).iter();
            json.extend(units.map(|unit| format!("\\u{unit:04x}")));
        } else {
            json.push(one);
        }
    }
    json.push('\n');
    Ok(json.into_bytes())
}

pub(crate) fn print(bytes: &[u8]) -> io::Result<()> {
    let mut output = io::stdout().lock();
    output.write_all(bytes)?;
    output.flush()
}
