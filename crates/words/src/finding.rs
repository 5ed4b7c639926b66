use fentan_core::policy::{Check, Provision, Severity, Wording};
use fentan_core::{Detail, Finding};

use crate::problem::listed;
use crate::{Language, money, say, say_with, tier};

/// What was found and what to do about it, in words.
pub fn finding(language: Language, finding: &Finding) -> String {
    let values: Vec<_> =
        finding.values.iter().map(|(name, value)| (*name, detail(language, value))).collect();
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    say_with(language, &format!("finding.{}", finding.check.as_str()), &values)
}

/// What a pack calls something, in a language.
pub fn in_words(language: Language, wording: &Wording) -> &str {
    match language {
        Language::Chinese => &wording.chinese,
        Language::English => &wording.english,
    }
}

/// How much a finding weighs, in words.
pub fn severity(language: Language, severity: Severity) -> String {
    say(language, &format!("severity.{}", severity.as_str()))
}

/// What a check is about, as a heading.
pub fn check(language: Language, check: Check) -> String {
    say(language, &format!("check.{}", check.as_str()))
}

/// A clause as it is cited: by its document's number, else by its title.
pub fn provision(language: Language, provision: &Provision) -> String {
    let article = ("article", provision.article.as_str());
    match &provision.number {
        Some(number) => say_with(language, "provision.numbered", &[("number", number), article]),
        None => say_with(language, "provision.document", &[("title", &provision.title), article]),
    }
}

fn detail(language: Language, value: &Detail) -> String {
    match value {
        Detail::Money(amount) => money(*amount),
        Detail::Rate(rate) => rate.written(),
        Detail::Count(count) => count.to_string(),
        Detail::Year(year) => year.to_string(),
        Detail::Name(name) => name.clone(),
        Detail::Tier(one) => tier(language, *one),
        Detail::Reach(reach) => say(language, &format!("reach.{}", reach.as_str())),
        Detail::Chapters(chapters) => {
            let names = chapters.iter().map(|one| format!("chapter.{}", one.as_str()));
            listed(language, &names.map(|key| say(language, &key)).collect::<Vec<_>>())
        }
        Detail::Fields(paths) => {
            listed(language, &paths.iter().map(|path| say(language, path)).collect::<Vec<_>>())
        }
        _ => String::new(),
    }
}
