//! Clauses: as they are cited, and with their words.

use fentan_core::policy::{Provision, Verified};
use fentan_words::{listed, provision, say};
use serde::{Deserialize, Serialize};
use yew::Html;

use super::Saying;
use crate::parts::elements::{all, element, folded};

/// What something rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// The clauses as they are cited, in a sentence.
    pub cited: String,
    /// The documents that they stand in.
    pub documents: Vec<Quoted>,
}

/// A document with the words of some of its clauses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quoted {
    /// Its title and number.
    pub title: String,
    /// Where and how it was read, and since when it is in force.
    pub about: String,
    /// The clauses: the article, and a sentence of it.
    pub clauses: Vec<(String, Option<String>)>,
}

impl Saying {
    pub(super) fn say(&self, key: &str) -> String {
        say(self.language, key)
    }

    pub(super) fn say_with(&self, key: &str, values: &[(&str, &str)]) -> String {
        fentan_words::say_with(self.language, key, values)
    }

    /// Clauses as they are cited, each once.
    pub(super) fn cited(&self, clauses: &[impl AsRef<str>]) -> String {
        let mut cited: Vec<String> = Vec::with_capacity(clauses.len());
        for clause in self.provisions(clauses) {
            let clause = provision(self.language, clause);
            if !cited.contains(&clause) {
                cited.push(clause);
            }
        }
        listed(self.language, &cited)
    }

    /// Clauses by id.
    fn provisions(&self, clauses: &[impl AsRef<str>]) -> impl Iterator<Item = &Provision> {
        clauses.iter().filter_map(|id| self.packs.clause(id.as_ref()))
    }

    /// Clauses by id, as they are cited and with their words.
    pub(super) fn basis(&self, clauses: &[impl AsRef<str>]) -> Basis {
        let cited = self.cited(clauses);
        Basis {
            cited: self.say_with("law.review.basis", &[("clauses", &cited)]),
            documents: self.quoted(self.provisions(clauses)),
        }
    }

    /// Clauses with their words, by document.
    pub(super) fn quoted<'p>(&self, clauses: impl Iterator<Item = &'p Provision>) -> Vec<Quoted> {
        let mut documents: Vec<Quoted> = Vec::new();
        for clause in clauses {
            let [title, about] = self.document_of(clause);
            let words = (clause.article.clone(), clause.quote.clone());
            match documents.last_mut() {
                Some(last) if last.title == title && last.about == about => {
                    last.clauses.push(words);
                }
                _ => documents.push(Quoted { title, about, clauses: vec![words] }),
            }
        }
        documents
    }

    /// The title of a clause's document, and where and how the clause was read.
    fn document_of(&self, clause: &Provision) -> [String; 2] {
        let verified = match clause.verified {
            _ if clause.is_own => "policy.verified-own",
            Verified::Text => "policy.verified-text",
            Verified::Report => "policy.verified-report",
        };
        let mut about = vec![format!("{} {}", self.say("policy.published"), clause.published)];
        about.push(self.say(verified));
        for (name, date) in [("policy.from", &clause.from), ("policy.until", &clause.until)] {
            about.extend(date.as_ref().map(|date| format!("{} {date}", self.say(name))));
        }
        let number = clause.number.as_deref().unwrap_or_default();
        [format!("{} {number}", clause.title), about.join(" · ")]
    }
}

/// Draws what something rests on: the clauses, and folded their words.
pub(super) fn draw_basis(basis: &Basis) -> Html {
    folded("more", basis.cited.clone(), vec![draw_quoted(&basis.documents)])
}

/// Draws documents with the words of their clauses.
pub(super) fn draw_quoted(documents: &[Quoted]) -> Html {
    let documents = documents.iter().map(|document| {
        let clauses = document.clauses.iter().map(|(article, quote)| {
            let article = element("strong", "", article.as_str());
            let quote = quote.as_ref().map(|quote| element("q", "", quote.as_str()));
            element("li", "", all([Some(article), quote].into_iter().flatten().collect()))
        });
        let parts = vec![
            element("span", "", document.title.as_str()),
            element("small", "", document.about.as_str()),
            element("ul", "", all(clauses.collect())),
        ];
        element("li", "", all(parts))
    });
    element("ul", "quotations", all(documents.collect()))
}
