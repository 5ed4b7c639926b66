//! What was found in a plan, and who answers for what.

use fentan_core::policy::{Check, Severity};
use fentan_core::{Finding, findings};
use fentan_pieces::{Piece, element, folded, panel};
use fentan_words::{check, finding, in_words, listed, severity};

use super::Saying;

pub(super) fn pieces(saying: &Saying<'_>) -> Vec<Piece> {
    let (Some(plan), Some(split)) = (saying.plan, &saying.split) else {
        return Vec::new();
    };
    let found = findings(plan, split, &saying.packs);
    let mut parts = vec![element("p", "counts", saying.counts(&found))];
    // Those of a check stand together, in the order of the first.
    let mut groups: Vec<(Check, Vec<&Finding>)> = Vec::new();
    for one in &found {
        match groups.iter_mut().find(|(check, _)| *check == one.check) {
            Some((_, group)) => group.push(one),
            None => groups.push((one.check, vec![one])),
        }
    }
    let groups = groups.iter().map(|(_, group)| saying.group(group)).collect::<Vec<_>>();
    parts.push(element("ul", "findings", groups));
    parts.extend(saying.departments());
    let pack = saying.packs.find(plan.policy().unwrap_or("china"));
    let mut names = Vec::new();
    let mut next = pack;
    while let Some(pack) = next {
        names.push(in_words(saying.language, &pack.name).to_owned());
        next = pack.within().and_then(|wider| saying.packs.find(wider));
    }
    let names = listed(saying.language, &names);
    let note = saying.say_with("law.review.by-pack", &[("packs", &names)]);
    vec![panel("review", saying.say("law.review.heading"), note, parts)]
}

impl Saying<'_> {
    fn counts(&self, found: &[Finding]) -> String {
        if found.is_empty() {
            return self.say("law.review.none");
        }
        let count =
            |severity| found.iter().filter(|one| one.severity == severity).count().to_string();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let notes = count(Severity::Note);
        let values = [("errors", errors.as_str()), ("warnings", &warnings), ("notes", &notes)];
        self.say_with("law.review.counts", &values)
    }

    /// What was found by one check.
    fn group(&self, group: &[&Finding]) -> Piece {
        let Some(first) = group.first() else {
            return element("li", "", Vec::new());
        };
        let mut clauses: Vec<&String> = Vec::new();
        for clause in group.iter().flat_map(|one| &one.clauses) {
            if !clauses.contains(&clause) {
                clauses.push(clause);
            }
        }
        let heading = vec![
            element("span", "severity", severity(self.language, first.severity)),
            Piece::Text(check(self.language, first.check)),
        ];
        let found = group.iter().map(|one| {
            let go = Piece::Link { path: one.path.clone(), text: self.say("law.review.go-to") };
            let words = element("span", "", finding(self.language, one));
            element("li", "", vec![words, go])
        });
        let basis = self.say_with("law.review.basis", &[("clauses", &self.cited(&clauses))]);
        let pieces = vec![
            element("h3", "", heading),
            element("ul", "", found.collect::<Vec<_>>()),
            folded("more", basis, vec![self.quotations(self.provisions(&clauses))]),
        ];
        let class = match first.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "",
        };
        element("li", class, pieces)
    }

    /// Each department that answers for a line, with the lines that it does.
    fn departments(&self) -> Option<Piece> {
        let plan = self.plan?;
        let mut lines_of: Vec<(&str, Vec<String>)> = Vec::new();
        for line in plan.lines() {
            let title = line.name.as_ref().unwrap_or(&line.id);
            for department in self.packs.departments(plan, line) {
                let name = in_words(self.language, &department.name);
                match lines_of.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, lines)) => lines.push(title.clone()),
                    None => lines_of.push((name, vec![title.clone()])),
                }
            }
        }
        if lines_of.is_empty() {
            return None;
        }
        let all = plan.lines().len();
        let mut pieces = Vec::new();
        for (name, lines) in lines_of {
            let is_for_all = lines.len() == all;
            let every_line = || self.say("policy.every-line");
            let lines = if is_for_all { every_line() } else { listed(self.language, &lines) };
            pieces.push(element("dt", "", name));
            pieces.push(element("dd", "", lines));
        }
        let list = element("dl", "departments", pieces);
        Some(folded("more", self.say("law.review.departments"), vec![list]))
    }
}
