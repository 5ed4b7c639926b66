//! What holds where and when: the packs of a place, and documents in force on a day.

use super::{Pack, Packs, Provision};
use crate::day::PartialDay;

/// The place of the packs that hold everywhere.
const EVERYWHERE: &str = "全国";

/// The packs that hold at a place.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Locality<'p> {
    /// The packs, those of the nearest place first.
    pub packs: Vec<&'p Pack>,
    /// Whether one of them is of the place itself, and not only of a wider one.
    pub is_known: bool,
}

impl Provision {
    /// Whether its document is in force on a day, or may be where day or document are known to the
    /// month or the year only.
    pub fn is_in_force(&self, day: PartialDay) -> bool {
        self.from.is_none_or(|from| !day.is_before(from))
            && self.until.is_none_or(|until| !until.is_before(day))
    }
}

impl Pack {
    /// Whether one of its documents is in force on a day, as [`Provision::is_in_force`] has it.
    pub fn is_in_force(&self, day: PartialDay) -> bool {
        self.provisions.is_empty() || self.provisions.iter().any(|one| one.is_in_force(day))
    }
}

impl Packs {
    /// Whether all of these clauses, given as `pack/clause`, are in force on a day.
    pub(crate) fn is_in_force(&self, clauses: &[String], day: PartialDay) -> bool {
        clauses.iter().filter_map(|id| self.clause(id)).all(|clause| clause.is_in_force(day))
    }

    /// The packs that hold at a place, which may be named in short (杭州, 浙江省杭州市西湖区,
    /// Hangzhou): those of the place, of the wider places around it, and those that hold everywhere.
    ///
    /// ```
    /// let packs = fentan_core::Packs::default();
    /// let hangzhou = packs.at("杭州市西湖区");
    /// let ids: Vec<_> = hangzhou.packs.iter().map(|pack| pack.id()).collect();
    /// assert!(ids.contains(&"hangzhou-property") && ids.contains(&"zhejiang"));
    /// assert!(ids.contains(&"china") && !ids.contains(&"huzhou-property"));
    /// assert!(!packs.at("某市").is_known);
    /// ```
    pub fn at(&self, place: &str) -> Locality<'_> {
        let own: Vec<&str> = self
            .iter()
            .filter(|pack| is_named(pack, place))
            .map(|pack| pack.place.chinese.as_str())
            .collect();
        let mut packs: Vec<&Pack> = self
            .iter()
            .filter(|pack| {
                let around = pack.place.chinese.as_str();
                around == EVERYWHERE || own.iter().any(|own| own.starts_with(around))
            })
            .collect();
        packs.sort_by_key(|pack| match pack.place.chinese.as_str() {
            EVERYWHERE => 0,
            place => -(place.chars().count() as i64),
        });
        Locality { packs, is_known: !own.is_empty() }
    }
}

/// Whether a text names a pack's place: by the last part of its Chinese name, or the first of its
/// English one.
fn is_named(pack: &Pack, text: &str) -> bool {
    let chinese = pack.place.chinese.as_str();
    if chinese == EVERYWHERE {
        return false;
    }
    // 浙江省杭州市 is 杭州.
    let last = chinese.split_inclusive(['省', '区']).next_back().unwrap_or(chinese);
    let short = last.trim_end_matches(['省', '市', '区']);
    let english = pack.place.english.split(',').next().unwrap_or_default();
    text.contains(short)
        || (!english.is_empty() && text.to_lowercase().contains(&english.to_lowercase()))
}
