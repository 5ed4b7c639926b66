#[cfg(feature = "findings")]
use fentan_core::plan::Subject;
use fentan_core::plan::{Category, Pipeline, ShareBy, SourceKind, Tier, Within};

use crate::{Language, say};

/// The name of a group of works.
pub fn category(language: Language, category: Category) -> String {
    say(language, &format!("category.{}", category.as_str()))
}

/// The name of a class of works.
pub fn tier(language: Language, tier: Tier) -> String {
    say(language, &format!("tier.{}", tier.as_str()))
}

/// The name of a kind of pipes or cables.
pub fn pipeline(language: Language, pipeline: Pipeline) -> String {
    say(language, &format!("pipeline.{}", pipeline.as_str()))
}

/// What a line is about, in words.
#[cfg(feature = "findings")]
pub fn subject(language: Language, subject: Subject) -> String {
    say(language, &format!("subject.{}", subject.as_str()))
}

/// The name of a kind of source.
pub fn source_kind(language: Language, kind: SourceKind) -> String {
    say(language, &format!("source-kind.{}", kind.as_str()))
}

/// The name of a channel, by its name in the result: `in_kind` … `owner_unit`, `cash`.
pub fn channel(language: Language, channel: &str) -> String {
    say(language, &format!("channel.{channel}"))
}

/// How a line is shared.
pub fn share_by(language: Language, share_by: ShareBy) -> String {
    let key = match share_by {
        ShareBy::Area => "share-by.area",
        ShareBy::Household => "share-by.household",
        ShareBy::Column(_) => "share-by.column",
        ShareBy::Coefficient(_) => "share-by.coefficient",
        ShareBy::CoefficientTimesArea(_) => "share-by.coefficient-times-area",
        ShareBy::Floors(_, Within::Area) => "share-by.floors-by-area",
        ShareBy::Floors(_, Within::Household) => "share-by.floors-by-household",
    };
    say(language, key)
}
