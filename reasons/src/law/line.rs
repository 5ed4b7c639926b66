//! What the checks and the departments need to know of a line.

use fentan_core::plan::{Reach, Subject};
use fentan_pieces::Piece;
use fentan_words::{Language, say, subject};

use super::quoted;

pub(super) fn pieces(language: Language) -> Vec<Piece> {
    let choice = |name: &str, values: Vec<(String, String)>| Piece::Choice {
        path: name.to_owned(),
        name: say(language, &format!("law.line.{name}")),
        values,
    };
    let mut subjects = vec![(String::new(), say(language, "law.line.no-subject"))];
    subjects.extend(Subject::ALL.iter().map(|&one| (quoted(one.as_str()), subject(language, one))));
    // Within the compound is what counts where nothing is said.
    let reaches = Reach::ALL.iter().map(|&reach| {
        let value = if reach == Reach::Compound { String::new() } else { quoted(reach.as_str()) };
        (value, say(language, &format!("reach.{}", reach.as_str())))
    });
    let reaches = reaches.collect();
    let sides = vec![
        (String::new(), say(language, "law.compound.no")),
        ("true".to_owned(), say(language, "law.compound.yes")),
    ];
    vec![choice("subject", subjects), choice("reach", reaches), choice("beyond_meter", sides)]
}
