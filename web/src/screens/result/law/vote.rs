//! How the owners' vote stands.

use fentan_core::Plan;
use fentan_core::vote::{Bar, Matter, Method, Tally, fewest, tally, tally_line};
use fentan_words::{Language, say, vote};
use serde::{Deserialize, Serialize};
use web_sys::HtmlSelectElement;
use yew::{Callback, Component, Context, Event, Html, TargetCast, html};

use super::Saying;
use super::clauses::{Basis, draw_basis};
use super::review::OfLaw;
use crate::message::Request;
use crate::page::Action;
use crate::parts::elements::{all, element, list, panel, tag};

/// What is asked: the matter, the method, and the line whose beneficiaries vote; none for all
/// owners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Question {
    matter: Matter,
    method: Method,
    line: Option<usize>,
}

/// What is asked first.
impl Default for Question {
    fn default() -> Self {
        Question { matter: Matter::UseFund, method: Method::CivilCode, line: None }
    }
}

/// As a choice writes it: `use_fund civil_code 3`. What can't be read is the first question's.
impl From<String> for Question {
    fn from(text: String) -> Question {
        let mut parts = text.split(' ');
        let mut next = || parts.next().unwrap_or_default();
        let (matter, method, line) = (next(), next(), next());
        let first = Question::default();
        let matter = Matter::ALL.iter().copied().find(|one| one.as_str() == matter);
        let method = Method::ALL.iter().copied().find(|one| one.as_str() == method);
        let matter = matter.unwrap_or(first.matter);
        let method = method.filter(|one| one.fits(matter)).unwrap_or(first.method);
        Question { matter, method, line: line.parse().ok() }
    }
}

impl From<Question> for String {
    fn from(question: Question) -> String {
        let line = question.line.map(|line| line.to_string()).unwrap_or_default();
        format!("{} {} {line}", question.matter.as_str(), question.method.as_str())
    }
}

impl Question {
    /// The fewest homes that would carry it, as [`fewest`] finds them.
    pub fn fewest(self, plan: &Plan) -> Option<Vec<usize>> {
        fewest(plan, self.line, self.matter, self.method)
    }

    fn tally(self, plan: &Plan) -> Option<Tally> {
        match self.line {
            Some(line) => tally_line(plan, line, self.matter, self.method),
            None => tally(plan, self.matter, self.method),
        }
    }
}

/// How a vote stands, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// What was asked.
    pub asked: Question,
    /// What can be asked instead: the matters, the methods, the voters.
    pub choices: [Vec<(Question, String)>; 3],
    /// Whether it passes.
    pub passes: bool,
    /// Whether it passes, in words.
    pub verdict: String,
    /// What is missing, in sentences.
    pub missing: Vec<String>,
    /// What the older rule says, which contradicts the Code.
    pub older: Option<String>,
    /// The bars that the votes must reach.
    pub bars: Vec<Reached>,
    /// The clauses that the method carries out.
    pub basis: Basis,
}

/// A bar, and how far the votes reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// What must be reached.
    pub name: String,
    /// Where the bar is, in millionths.
    pub mark: u64,
    /// How far the votes reach, by area and by heads.
    pub counts: [Count; 2],
}

/// How far votes reach by one count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// What is counted.
    pub name: String,
    /// The votes, in millionths of the whole; none if there is no whole.
    pub part: Option<u64>,
    /// The votes and the whole.
    pub figures: String,
    /// Whether the bar is reached.
    pub is_reached: bool,
    /// Whether the bar is reached, in words.
    pub verdict: String,
}

impl Vote {
    /// How the vote of a plan stands; none if the plan has no such vote.
    pub(super) fn of(saying: &Saying, plan: &Plan, asked: Question) -> Option<Vote> {
        let language = saying.language;
        let tally = asked.tally(plan)?;
        // The older rule contradicts the Code; both are shown.
        let older = Question { method: Method::TwoThirdsOfAll, ..asked };
        let is_by_code = asked.method == Method::CivilCode;
        let older = older.tally(plan).filter(|_| is_by_code).map(|older| {
            let met = vote::reached(language, older.passes);
            saying.say_with("vote.older-rule", &[("met", &met)])
        });
        Some(Vote {
            asked,
            choices: saying.choices(plan, asked),
            passes: tally.passes,
            verdict: vote::verdict(language, &tally),
            missing: vote::missing(language, &tally),
            older,
            bars: vote::bars(language, &tally).map(|(name, bar)| saying.bar(name, bar)).collect(),
            basis: saying.basis(asked.method.clauses()),
        })
    }
}

impl Saying {
    /// What can be asked instead.
    fn choices(&self, plan: &Plan, asked: Question) -> [Vec<(Question, String)>; 3] {
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
        [matters.collect(), methods.collect(), voters]
    }

    /// A bar that the votes must reach, by both counts.
    fn bar(&self, name: String, bar: Bar) -> Reached {
        let (part, whole) = (bar.part, bar.whole);
        let count = |name, part: u128, whole: u128, figures: [&str; 3], is_reached| {
            let [key, of_part, of_whole] = figures;
            Count {
                name: self.say(name),
                part: millionths(part, whole),
                figures: self.say_with(key, &[("part", of_part), ("whole", of_whole)]),
                is_reached,
                verdict: vote::reached(self.language, is_reached),
            }
        };
        let areas = [part.area, whole.area].map(vote::area);
        let heads = [part.heads, whole.heads].map(|heads| heads.to_string());
        let (numerator, denominator) = bar.fraction;
        Reached {
            name,
            mark: millionths(numerator.into(), denominator.into()).unwrap_or_default(),
            counts: [
                count(
                    "law.vote.by-area",
                    part.area.millionths().into(),
                    whole.area.millionths().into(),
                    ["law.vote.square-metres", &areas[0], &areas[1]],
                    bar.by_area,
                ),
                count(
                    "law.vote.by-heads",
                    part.heads.into(),
                    whole.heads.into(),
                    ["law.vote.owners", &heads[0], &heads[1]],
                    bar.by_heads,
                ),
            ],
        }
    }
}

/// A whole, in millionths.
const WHOLE: u64 = 1_000_000;

/// A part of a whole in millionths, rounded down; none if there is no whole.
fn millionths(part: u128, whole: u128) -> Option<u64> {
    (part * u128::from(WHOLE)).checked_div(whole)?.try_into().ok()
}

/// Millionths as a percentage, rounded down to one decimal: what is just short of a bar must not
/// look as if it had reached it.
fn in_percent(millionths: u64) -> String {
    format!("{}.{}%", millionths / 10_000, millionths % 10_000 / 1000)
}

/// The panel of the vote. It is drawn when law and policy say something else.
#[derive(Debug)]
pub struct VotePanel;

impl Component for VotePanel {
    type Message = ();
    type Properties = OfLaw;

    fn create(_: &Context<Self>) -> Self {
        VotePanel
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let OfLaw { language, law, send, .. } = context.props();
        let vote = law.vote.as_ref().and_then(|vote| vote.open());
        let choose = send.reform(|question| Action::Ask(Request::Question(question)));
        vote.map(|vote| draw(*language, &vote, &choose)).unwrap_or_default()
    }
}

/// Draws how a vote stands, and what can be asked instead.
pub fn draw(language: Language, vote: &Vote, choose: &Callback<Question>) -> Html {
    let names = ["law.vote.matter", "law.vote.method", "law.vote.voters"];
    let choices = names.into_iter().zip(&vote.choices).map(|(name, choices)| {
        let choices = choices.iter().map(|(one, name)| (String::from(*one), name.clone()));
        let chosen = String::from(vote.asked);
        let select = list(&["selectedIndex"], &[], &chosen, choices.collect());
        let onchange = choose.reform(|event: Event| {
            Question::from(event.target_unchecked_into::<HtmlSelectElement>().value())
        });
        let parts = vec![element("span", "note", say(language, name)), select];
        html! { <label class="field" {onchange}>{ all(parts) }</label> }
    });
    let mut stands = vec![element("strong", "", vote.verdict.as_str())];
    stands.extend(vote.missing.iter().map(|sentence| element("span", "", sentence.as_str())));
    stands.extend(vote.older.iter().map(|sentence| element("small", "", sentence.as_str())));
    let class = if vote.passes { "verdict passes" } else { "verdict" };
    let parts = vec![
        element("div", "limits", all(choices.collect())),
        element("p", class, all(stands)),
        all(vote.bars.iter().map(draw_bar).collect()),
        draw_basis(&vote.basis),
    ];
    panel(language, "vote", "law.vote.heading", "law.vote.note", parts)
}

fn draw_bar(bar: &Reached) -> Html {
    let counts = bar.counts.iter().map(|count| {
        let rect = |class: &str, start: u64, length: u64| {
            let (start, length) = (in_percent(start), in_percent(length));
            let keys = &["class", "height", "x", "width"];
            tag("rect", keys, &[class, "100%", &start, &length], "")
        };
        let rects = vec![
            rect("track", 0, WHOLE),
            rect("reached", 0, count.part.unwrap_or_default()),
            rect("mark", bar.mark, WHOLE / 200),
        ];
        let part = count.part.map_or_else(|| "–".to_owned(), in_percent);
        let parts = vec![
            element("span", "", count.name.as_str()),
            tag("svg", &["class", "aria-hidden"], &["bar", "true"], all(rects)),
            element("span", "number", count.figures.as_str()),
            element("span", "number", part),
            element("strong", "", count.verdict.as_str()),
        ];
        element("li", if count.is_reached { "met" } else { "" }, all(parts))
    });
    let parts =
        vec![element("h3", "", bar.name.as_str()), element("ul", "", all(counts.collect()))];
    element("div", "tally", all(parts))
}
