//! The words of `headings.toml` and `values.toml`, worked in at compile time.

use crate::tidy::compact;

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// Words in order, each with what it means and its rank among those that mean the same.
pub(crate) struct Words(&'static [(&'static str, &'static str, usize)]);

impl Words {
    /// What a compact text means, and the word's rank.
    pub(crate) fn find(&self, compact: &str) -> Option<(&'static str, usize)> {
        let found = self.0.binary_search_by(|(word, ..)| (*word).cmp(compact)).ok()?;
        self.0.get(found).map(|&(_, meaning, rank)| (meaning, rank))
    }

    /// What a text as typed means, blanks and the like aside.
    pub(crate) fn meaning(&self, text: &str) -> Option<&'static str> {
        self.find(&compact(text)).map(|(meaning, _)| meaning)
    }

    /// The words themselves.
    pub(crate) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|&(word, ..)| word)
    }

    /// What the first of the words inside a text means, the longest before others.
    pub(crate) fn first_meaning_in(&self, compact: &str) -> Option<&'static str> {
        let met = self.0.iter().filter(|(word, ..)| compact.contains(word));
        met.max_by_key(|(word, ..)| word.len()).map(|entry| entry.1)
    }

    /// What the words inside a text mean; nothing where they mean more than one thing.
    pub(crate) fn only_meaning_in(&self, text: &str) -> Option<&'static str> {
        let text = compact(text);
        let mut met = self.0.iter().filter(|(word, ..)| text.contains(word)).map(|entry| entry.1);
        let first = met.next()?;
        met.all(|other| other == first).then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_a_text_counts_only_where_it_is_the_only_one() {
        let pipeline = |name| PIPELINE_IN_NAME.only_meaning_in(name);
        assert_eq!(pipeline("供水管网改造"), Some("water"));
        assert_eq!(pipeline("雨 污 分流（污水、雨水）"), Some("drainage"));
        assert_eq!(pipeline("供水、供热管网"), None);
        assert_eq!(pipeline("给排水改造"), None);
        assert_eq!(pipeline("强弱电入地"), None);
        assert_eq!(pipeline("屋面防水"), None);
    }

    #[test]
    fn words_are_found_however_they_are_typed() {
        assert_eq!(HARDSHIP_WORDS.meaning(" 低　保 "), Some("dibao"));
        assert_eq!(HARDSHIP_WORDS.meaning("低保边缘户"), Some("low_income"));
        assert_eq!(HARDSHIP_WORDS.meaning("低保、残疾"), None);
        assert_eq!(NOTHING.meaning("——"), Some("nothing"));
    }
}
