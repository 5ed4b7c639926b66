use fentan_core::policy::{Provision, Verified};
use fentan_pieces::{Piece, element};
use fentan_words::{listed, provision, say};

use super::Saying;

impl Saying<'_> {
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
    pub(super) fn provisions(
        &self,
        clauses: &[impl AsRef<str>],
    ) -> impl Iterator<Item = &Provision> {
        clauses.iter().filter_map(|id| self.packs.clause(id.as_ref()))
    }

    /// Clauses with their words, by document, and where these were read.
    pub(super) fn quotations<'p>(&self, clauses: impl Iterator<Item = &'p Provision>) -> Piece {
        let mut documents: Vec<([String; 2], Vec<Piece>)> = Vec::new();
        for clause in clauses {
            let document = self.document_of(clause);
            let mut words = vec![element("strong", "", clause.article.as_str())];
            words.extend(clause.quote.as_ref().map(|quote| element("q", "", quote.as_str())));
            let words = element("li", "", words);
            match documents.last_mut() {
                Some((last, quotes)) if *last == document => quotes.push(words),
                _ => documents.push((document, vec![words])),
            }
        }
        let documents = documents.into_iter().map(|([title, about], quotes)| {
            let quotes = element("ul", "", quotes);
            element("li", "", vec![element("span", "", title), element("small", "", about), quotes])
        });
        element("ul", "quotations", documents.collect::<Vec<_>>())
    }

    /// The title of a clause's document, and where and how the clause was read.
    fn document_of(&self, clause: &Provision) -> [String; 2] {
        let verified = match clause.verified {
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
