//! What the checks and the departments need to know of a line.

use fentan_core::plan::{Reach, Subject};
use fentan_words::subject;
use yew::Html;

use crate::parts::editing::Editing;
use crate::parts::elements::all;
use crate::parts::field::{choice, choice_of_json, dot};

/// The fields of the line at a path that the checks need.
pub fn draw(editing: &Editing, path: &str) -> Html {
    let name = |field: &str| editing.say(&["law.line.", field].concat());
    let mut subjects = vec![("", editing.say("law.line.no-subject"))];
    let all_subjects = Subject::ALL.iter();
    subjects.extend(all_subjects.map(|&one| (one.as_str(), subject(editing.language, one))));
    // What is left out is within the compound.
    let reaches = Reach::ALL.iter().map(|&reach| {
        let value = if reach == Reach::Compound { "" } else { reach.as_str() };
        (value, editing.say(&dot("reach", reach.as_str())))
    });
    let sides = [("", "law.compound.no"), ("true", "law.compound.yes")];
    let sides = sides.map(|(value, key)| (value, editing.say(key)));
    all(vec![
        choice(editing, &dot(path, "subject"), name("subject"), false, subjects),
        choice(editing, &dot(path, "reach"), name("reach"), false, reaches.collect()),
        choice_of_json(editing, &dot(path, "beyond_meter"), name("beyond_meter"), &sides),
    ])
}
