//! What was found in a plan, and who answers for what.

use fentan_core::policy::{Check, Severity};
use fentan_core::{Change, Finding, Plan, Split, findings};
use fentan_words::{Language, check, finding, in_words, listed, mended, say, severity};
use serde::{Deserialize, Serialize};
use yew::{Callback, Component, Context, Html, MouseEvent, Properties};

use super::clauses::{Basis, draw_basis};
use super::{Law, Saying};
use crate::message::Request;
use crate::page::Action;
use crate::parts::elements::{all, button, element, folded, panel_of, tag};
use crate::parts::going::link;

/// What was found, and who answers for what, in words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Review {
    /// The packs that the plan is checked against, in a sentence.
    pub packs: String,
    /// The number of findings by severity, in a sentence.
    pub counts: String,
    /// The findings, by check.
    pub groups: Vec<Group>,
    /// Each department that answers for a line, with the lines that it answers for.
    pub departments: Vec<(String, String)>,
}

/// What was found by one check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The severity, for the style sheet; empty for a note.
    pub class: String,
    /// The severity in words.
    pub severity: String,
    /// What was checked.
    pub check: String,
    /// Whether it is probably a slip, and no matter of law or policy.
    pub is_slip: bool,
    /// What was found.
    pub found: Vec<Found>,
    /// The clauses that it rests on.
    pub basis: Basis,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The path of what it is about.
    pub path: String,
    /// What was found, in words.
    pub words: String,
    /// What mends it, as changes that are made and undone together; none where that is not known.
    pub mend: Vec<Change>,
    /// What that changes, in words.
    pub mended: Vec<String>,
}

impl Review {
    pub(super) fn of(saying: &Saying, plan: &Plan, split: &Split) -> Review {
        let found = findings(plan, split, &saying.packs);
        // Those of a check stand together, in the order of the first.
        let mut groups: Vec<(Check, Vec<&Finding>)> = Vec::new();
        for one in &found {
            match groups.iter_mut().find(|(check, _)| *check == one.check) {
                Some((_, group)) => group.push(one),
                None => groups.push((one.check, vec![one])),
            }
        }
        let groups = groups.iter().filter_map(|(_, group)| saying.group(plan, group));
        let names = saying.chain(plan.policy().unwrap_or("china")).into_iter();
        let names: Vec<_> = names.map(|pack| saying.name_of(pack)).collect();
        let names = listed(saying.language, &names);
        Review {
            packs: saying.say_with("law.review.by-pack", &[("packs", &names)]),
            counts: saying.counts(&found),
            groups: groups.collect(),
            departments: saying.departments(plan),
        }
    }
}

impl Review {
    /// The same with slips alone, or with all but them, where that is asked for. What is counted is all of it.
    fn only(mut self, slips: Option<bool>) -> Review {
        let Some(slips) = slips else { return self };
        self.groups.retain(|group| group.is_slip == slips);
        self.counts.clear();
        if slips {
            self.packs.clear();
            self.departments.clear();
        }
        self
    }
}

impl Saying {
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
    fn group(&self, plan: &Plan, group: &[&Finding]) -> Option<Group> {
        let first = group.first()?;
        let mut clauses: Vec<&String> = Vec::new();
        for clause in group.iter().flat_map(|one| &one.clauses) {
            if !clauses.contains(&clause) {
                clauses.push(clause);
            }
        }
        let class = match first.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "",
        };
        let found = group.iter().map(|one| Found {
            path: one.path.clone(),
            words: finding(self.language, one),
            mend: one.mend.clone(),
            mended: mended(self.language, plan, &one.mend),
        });
        Some(Group {
            class: class.to_owned(),
            severity: severity(self.language, first.severity),
            check: check(self.language, first.check),
            is_slip: first.effect.is_some(),
            found: found.collect(),
            basis: self.basis(&clauses),
        })
    }

    /// Each department that answers for a line, with the lines that it answers for.
    fn departments(&self, plan: &Plan) -> Vec<(String, String)> {
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
        let departments = lines_of.into_iter().map(|(name, lines)| {
            let lines = match lines.len() == plan.lines().len() {
                true => self.say("policy.every-line"),
                false => listed(self.language, &lines),
            };
            (name.to_owned(), lines)
        });
        departments.collect()
    }
}

/// What it takes to draw what law and policy say.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct OfLaw {
    /// The language of the page.
    pub language: Language,
    /// What law and policy say.
    pub law: std::rc::Rc<Law>,
    /// Whether only slips are shown, or only what is none; missing for all that was found.
    #[prop_or_default]
    pub slips: Option<bool>,
    /// Where actions go.
    pub send: Callback<Action>,
}

/// The panel of what was found. It is drawn when law and policy say something else.
#[derive(Debug, Default)]
pub struct ReviewPanel {
    /// What was mended last, in words. It is said until the plan has changed once more.
    mended: Vec<String>,
    /// How many times law and policy have said something else since.
    heard: usize,
}

impl Component for ReviewPanel {
    /// A finding is mended: the changes, and what they do in words.
    type Message = (Vec<Change>, Vec<String>);
    type Properties = OfLaw;

    fn create(_: &Context<Self>) -> Self {
        ReviewPanel::default()
    }

    fn changed(&mut self, context: &Context<Self>, before: &OfLaw) -> bool {
        self.heard += usize::from(context.props().law != before.law);
        // The first time it is what mending has changed.
        if self.heard > 1 {
            self.mended.clear();
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, (mend, mended): Self::Message) -> bool {
        (self.mended, self.heard) = (mended, 0);
        context.props().send.emit(Action::Ask(Request::Make(mend)));
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let OfLaw { language, law, slips, send } = context.props();
        let review = law.review.as_ref().and_then(|review| review.open());
        let review = review.map(|review| review.only(*slips));
        let mend = context.link().callback(|mend| mend);
        let drawn = review.map(|review| draw(*language, &review, send, &mend, &self.mended));
        drawn.unwrap_or_default()
    }
}

/// What mends a finding: the changes, and what they do in words.
type Mend = Callback<(Vec<Change>, Vec<String>)>;

pub(super) fn draw(
    language: Language,
    review: &Review,
    send: &Callback<Action>,
    mend: &Mend,
    mended: &[String],
) -> Html {
    let groups = review.groups.iter().map(|group| {
        let severity = element("span", "severity", group.severity.as_str());
        let found = group.found.iter().map(|found| {
            let go = link(&say(language, "law.review.go-to"), &found.path, send);
            let words = element("span", "", found.words.as_str());
            element("li", "", all(vec![words, go, mender(language, found, mend)]))
        });
        let parts = vec![
            element("h3", "", all(vec![severity, group.check.as_str().into()])),
            element("ul", "", all(found.collect())),
            // What is probably a slip rests on no clause.
            match group.basis.documents.is_empty() {
                true => Html::default(),
                false => draw_basis(&group.basis),
            },
        ];
        element("li", &group.class, all(parts))
    });
    let done = match mended {
        [] => Html::default(),
        mended => {
            let heading = element("p", "", say(language, "law.review.mended"));
            let list = mended.iter().map(|one| element("li", "", one.as_str()));
            let list = element("ul", "", all(list.collect()));
            let id = &["id", "class"];
            tag("div", id, &["mended", "message"], all(vec![heading, list]))
        }
    };
    let mut parts = vec![
        tag("div", &["role"], &["status"], done),
        element("p", "counts", review.counts.as_str()),
        element("ul", "findings", all(groups.collect())),
    ];
    if !review.departments.is_empty() {
        let departments = review.departments.iter().flat_map(|(name, lines)| {
            [element("dt", "", name.as_str()), element("dd", "", lines.as_str())]
        });
        let list = element("dl", "departments", all(departments.collect()));
        parts.push(folded("more", say(language, "law.review.departments"), vec![list]));
    }
    // Slips rest on no pack.
    let (heading, note) = match review.packs.as_str() {
        "" => ("view.health.heading", say(language, "view.health.note")),
        packs => ("law.review.heading", packs.to_owned()),
    };
    panel_of("review", say(language, heading), note, parts)
}

/// What mending a finding would change, with the button that does it.
fn mender(language: Language, found: &Found, mend: &Mend) -> Html {
    if found.mend.is_empty() {
        return Html::default();
    }
    let done = (found.mend.clone(), found.mended.clone());
    let does = mend.reform(move |_: MouseEvent| done.clone());
    let changes = found.mended.iter().map(|one| element("small", "", one.as_str()));
    let changes = all(changes.collect());
    let button = button("", say(language, "law.review.mend"), Some(does));
    element("div", "mend", all(vec![button, changes]))
}
