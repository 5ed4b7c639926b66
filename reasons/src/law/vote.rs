//! How the owners' vote stands.

use fentan_core::Plan;
use fentan_core::vote::{Bar, Matter, Method, Tally, tally, tally_line};
use fentan_pieces::{Piece, element, folded, panel, tag};
use fentan_words::vote;

use super::Saying;

/// What is asked: the matter, the method, and the line whose beneficiaries vote; none for all.
#[derive(Clone, Copy)]
struct Question {
    matter: Matter,
    method: Method,
    line: Option<usize>,
}

impl Question {
    /// Reads what a choice asks; what can't be read is the first.
    fn read(text: &str) -> Question {
        let mut parts = text.split(' ');
        let mut next = || parts.next().unwrap_or_default();
        let (matter, method, line) = (next(), next(), next());
        let matter = Matter::ALL.iter().copied().find(|one| one.as_str() == matter);
        let method = Method::ALL.iter().copied().find(|one| one.as_str() == method);
        let matter = matter.unwrap_or(Matter::UseFund);
        Question {
            matter,
            method: method.filter(|one| one.fits(matter)).unwrap_or(Method::CivilCode),
            line: line.parse().ok(),
        }
    }

    fn written(self) -> String {
        let line = self.line.map(|line| line.to_string()).unwrap_or_default();
        format!("{} {} {line}", self.matter.as_str(), self.method.as_str())
    }

    fn tally(self, plan: &Plan) -> Option<Tally> {
        match self.line {
            Some(line) => tally_line(plan, line, self.matter, self.method),
            None => tally(plan, self.matter, self.method),
        }
    }
}

pub(super) fn pieces(saying: &Saying<'_>, question: &str) -> Vec<Piece> {
    let question = Question::read(question);
    let tallied = saying.plan.and_then(|plan| Some((plan, question.tally(plan)?)));
    let Some((plan, tally)) = tallied else {
        return Vec::new();
    };
    let mut parts = vec![saying.questions(plan, question)];
    let verdict = vote::verdict(saying.language, &tally);
    let mut stands = vec![element("strong", "", verdict)];
    let missing = vote::missing(saying.language, &tally);
    stands.extend(missing.into_iter().map(|sentence| element("span", "", sentence)));
    // The older rule contradicts the Code; both are shown.
    let older = Question { method: Method::TwoThirdsOfAll, ..question };
    let is_by_code = question.method == Method::CivilCode;
    if let Some(older) = older.tally(plan).filter(|_| is_by_code) {
        let met = vote::reached(saying.language, older.passes);
        let sentence = saying.say_with("vote.older-rule", &[("met", &met)]);
        stands.push(element("small", "", sentence));
    }
    parts.push(element("p", if tally.passes { "verdict passes" } else { "verdict" }, stands));
    for (in_words, bar) in vote::bars(saying.language, &tally) {
        parts.push(saying.bar(in_words, bar));
    }
    let basis = saying.cited(question.method.clauses());
    let basis = saying.say_with("law.review.basis", &[("clauses", &basis)]);
    let clauses = saying.provisions(question.method.clauses());
    parts.push(folded("more", basis, vec![saying.quotations(clauses)]));
    vec![panel("vote", saying.say("law.vote.heading"), saying.say("law.vote.note"), parts)]
}

impl Saying<'_> {
    /// What can be asked instead.
    fn questions(&self, plan: &Plan, asked: Question) -> Piece {
        let choice = |name: &str, questions: Vec<(Question, String)>| {
            let questions = questions.into_iter();
            Piece::Question {
                name: self.say(&format!("law.vote.{name}")),
                chosen: asked.written(),
                values: questions.map(|(one, name)| (one.written(), name)).collect(),
            }
        };
        let matters = Matter::ALL.iter().map(|&matter| {
            let method = if asked.method.fits(matter) { asked.method } else { Method::CivilCode };
            (Question { matter, method, ..asked }, vote::matter(self.language, matter))
        });
        let methods = Method::ALL.iter().filter(|method| method.fits(asked.matter));
        let methods = methods
            .map(|&method| (Question { method, ..asked }, vote::method(self.language, method)));
        let mut voters = vec![(Question { line: None, ..asked }, self.say("law.vote.everybody"))];
        for (index, line) in plan.lines().iter().enumerate() {
            if plan.beneficiaries(line).len() < plan.households().len() {
                let name = line.name.as_ref().unwrap_or(&line.id);
                let name = self.say_with("law.vote.of-line", &[("line", name)]);
                voters.push((Question { line: Some(index), ..asked }, name));
            }
        }
        let choices = vec![
            choice("matter", matters.collect()),
            choice("method", methods.collect()),
            choice("voters", voters),
        ];
        element("div", "limits", choices)
    }

    /// A bar that the votes must reach, by both counts.
    fn bar(&self, in_words: String, bar: Bar) -> Piece {
        let (part, whole) = (bar.part, bar.whole);
        let areas = [vote::area(part.area), vote::area(whole.area)];
        let heads = [part.heads.to_string(), whole.heads.to_string()];
        let values = |[part, whole]: &[String; 2], key: &str| {
            self.say_with(key, &[("part", part), ("whole", whole)])
        };
        let counts = [
            (
                "law.vote.by-area",
                fraction(part.area.millionths().into(), whole.area.millionths().into()),
                values(&areas, "law.vote.square-metres"),
                bar.by_area,
            ),
            (
                "law.vote.by-heads",
                fraction(part.heads.into(), whole.heads.into()),
                values(&heads, "law.vote.owners"),
                bar.by_heads,
            ),
        ];
        let (numerator, denominator) = bar.fraction;
        let mark = fraction(numerator.into(), denominator.into());
        let counts = counts.into_iter().map(|(name, reached, figures, is_reached)| {
            let drawn = |class: &str, start: u128, length: u128| {
                let (start, length) = (in_percent(start), in_percent(length));
                let across = [("x", &*start), ("width", &*length)];
                tag("rect", &[&[("class", class), ("height", "100%")], &across[..]].concat(), "")
            };
            let rects = vec![
                drawn("track", 0, WHOLE),
                drawn("reached", 0, reached.unwrap_or_default()),
                drawn("mark", mark.unwrap_or_default(), WHOLE / 200),
            ];
            let words = vote::reached(self.language, is_reached);
            let pieces = vec![
                element("span", "", self.say(name)),
                tag("svg", &[("class", "bar"), ("aria-hidden", "true")], rects),
                element("span", "number", figures),
                element("span", "number", reached.map_or_else(|| "–".to_owned(), in_percent)),
                element("strong", "", words),
            ];
            element("li", if is_reached { "met" } else { "" }, pieces)
        });
        let pieces =
            vec![element("h3", "", in_words), element("ul", "", counts.collect::<Vec<_>>())];
        element("div", "tally", pieces)
    }
}

/// A whole, in millionths.
const WHOLE: u128 = 1_000_000;

/// A part of a whole in millionths, rounded down; none where there is no whole.
fn fraction(part: u128, whole: u128) -> Option<u128> {
    (part * WHOLE).checked_div(whole)
}

/// Millionths as a percentage, rounded down to one decimal: what is just short of a bar must not
/// look as if it had reached it.
fn in_percent(millionths: u128) -> String {
    format!("{}.{}%", millionths / 10_000, millionths % 10_000 / 1000)
}
