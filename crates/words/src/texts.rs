//! The tables of texts, and which of them a program has taken in.
//!
//! On a machine every text is there from the start. In a browser a program carries only the tables that it names, and
//! takes each in with the part that says its texts: so that a visitor loads no text before it can be shown.

use crate::Language;

/// The texts of one language in a file of `locales/`.
#[derive(Debug)]
pub struct Texts {
    language: Language,
    /// The keys, sorted, and the texts in that order, with the control character that parts units between them.
    keys: &'static str,
    texts: &'static str,
}

/// What stands between keys and between texts.
const BETWEEN: char = '\u{1f}';

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// A table that can be looked up.
struct Known {
    of: &'static Texts,
    keys: Vec<&'static str>,
    texts: Vec<&'static str>,
}

impl Known {
    fn of(of: &'static Texts) -> Known {
        let parts = |texts: &'static str| texts.split(BETWEEN).collect();
        Known { of, keys: parts(of.keys), texts: parts(of.texts) }
    }

    fn text(&self, key: &str) -> Option<&'static str> {
        self.texts.get(self.keys.binary_search(&key).ok()?).copied()
    }
}

#[cfg(target_family = "wasm")]
mod known {
    use std::cell::RefCell;

    use super::{Known, Texts};
    use crate::Language;

    thread_local! {
        static KNOWN: RefCell<Vec<Known>> = const { RefCell::new(Vec::new()) };
    }

    pub fn take_in(tables: &[&'static Texts]) {
        KNOWN.with_borrow_mut(|known| {
            for &table in tables {
                if !known.iter().any(|one| std::ptr::eq(one.of, table)) {
                    known.push(Known::of(table));
                }
            }
        });
    }

    pub fn text(language: Language, key: &str) -> Option<&'static str> {
        KNOWN.with_borrow(|known| {
            known.iter().filter(|one| one.of.language == language).find_map(|one| one.text(key))
        })
    }
}

#[cfg(not(target_family = "wasm"))]
mod known {
    use std::sync::LazyLock;

    use super::{ALL_CHINESE, ALL_ENGLISH, Known, Texts};
    use crate::Language;

    static KNOWN: LazyLock<[Known; 2]> =
        LazyLock::new(|| [Known::of(&ALL_CHINESE), Known::of(&ALL_ENGLISH)]);

    pub fn take_in(_: &[&'static Texts]) {}

    pub fn text(language: Language, key: &str) -> Option<&'static str> {
        KNOWN.iter().find(|one| one.of.language == language)?.text(key)
    }
}

/// Takes tables in, so that their texts can be said; those that are there already change nothing.
///
/// ```
/// use fentan_words::{Language, say, take_in, texts};
/// take_in(&texts::TERMS);
/// assert_eq!(say(Language::English, "term.residents"), "Residents");
/// ```
pub fn take_in(tables: &[&'static Texts]) {
    known::take_in(tables);
}

/// The text under a key; `None` where no table that was taken in has it.
pub(crate) fn text(language: Language, key: &str) -> Option<&'static str> {
    known::text(language, key)
}

/// The keys of all texts, sorted.
pub fn keys() -> impl Iterator<Item = &'static str> {
    ALL_KEYS.split(BETWEEN)
}
