//! The numbering of a works budget, which tells titles from lines: 一、 over （一） over 1 over 1.1.

use crate::address::chinese;
use crate::number::is_digits;
use crate::tidy::tidy;

/// How deep a row stands, by the number before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    depth: u8,
    /// Digits with points between them; empty for other marks.
    digits: String,
}

impl Mark {
    /// A part of the whole budget: Ⅰ.
    const PART: Mark = Mark::of_depth(1);
    /// A title by what it says, such as 基础类.
    pub(crate) const CLASS: Mark = Mark::of_depth(2);
    /// A title below those.
    pub(crate) const GROUP: Mark = Mark::of_depth(3);
    /// A row without a number.
    pub(crate) const NONE: Mark = Mark::of_depth(LINE);

    /// A row without a number, by how far it is moved to the right.
    pub(crate) fn indented(rank: usize) -> Mark {
        Mark::of_depth(LINE.saturating_add(u8::try_from(rank).unwrap_or(u8::MAX)))
    }

    /// Whether it is the number of a line, 1 or 1.2, and of no class.
    pub(crate) fn is_line(&self) -> bool {
        self.depth >= LINE
    }

    const fn of_depth(depth: u8) -> Mark {
        Mark { depth, digits: String::new() }
    }

    /// Reads a cell that holds a number and nothing else.
    pub(crate) fn read(cell: &str) -> Option<Mark> {
        let cell = tidy(cell).replace(' ', "");
        let mark = cell.trim_end_matches(['、', '.', ',', ':']);
        if let Some(part) = mark.strip_prefix('第') {
            let ends = ["部分", "章", "节", "篇"];
            return ends.iter().any(|end| part.ends_with(end)).then_some(Mark::of_depth(0));
        }
        if is_roman(mark) {
            return Some(Mark::PART);
        }
        if chinese(mark).is_some() {
            return Some(Mark::CLASS);
        }
        if let Some(inner) = mark.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            return match chinese(inner) {
                Some(_) => Some(Mark::GROUP),
                None => is_digits(inner).then_some(Mark::of_depth(LINE + 1)),
            };
        }
        if !mark.is_empty() && mark.chars().all(|one| ('①'..='⑳').contains(&one)) {
            return Some(Mark::of_depth(LINE + 2));
        }
        let digits = mark.replace('-', ".");
        digits.split('.').all(is_digits).then_some(Mark { depth: LINE, digits })
    }

    /// Takes the number before a name off it.
    pub(crate) fn before(name: &str) -> Option<(Mark, &str)> {
        let name = name.trim_start();
        let mut chars = name.char_indices().peekable();
        while let Some((at, one)) = chars.next() {
            let next = chars.peek().map(|&(_, next)| next);
            let ends = match one {
                '、' | ')' | '）' => true,
                '.' | '．' => !next.is_some_and(|next| next.is_ascii_digit()),
                one => one.is_whitespace(),
            };
            if ends {
                let (mark, rest) = name.split_at(at + one.len_utf8());
                return Some((Mark::read(mark)?, rest));
            }
        }
        None
    }

    /// Whether a row so marked is the title of the next, so marked.
    pub(crate) fn is_over(&self, next: &Mark) -> bool {
        if self.digits.is_empty() || next.digits.is_empty() {
            return self.depth < next.depth;
        }
        next.digits.strip_prefix(&self.digits).is_some_and(|rest| rest.starts_with('.'))
    }
}

/// The depth of rows numbered 1, 2, 3, and of those without a number.
const LINE: u8 = 4;

/// Whether it is a Roman number: Ⅰ, Ⅳ, III.
fn is_roman(mark: &str) -> bool {
    const IN_LETTERS: &[&str] = &["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];
    let in_signs = !mark.is_empty() && mark.chars().all(|one| ('Ⅰ'..='Ⅿ').contains(&one));
    in_signs || IN_LETTERS.contains(&mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_down_in_this_order() {
        let order = ["第一部分", "Ⅰ", "一、", "（一）", "1", "（1）", "①"].map(Mark::read);
        for pair in order.windows(2) {
            let [Some(over), Some(under)] = pair else { unreachable!("all are marks") };
            assert!(over.is_over(under) && !under.is_over(over), "{over:?} {under:?}");
        }
        for none in ["", "供水", "第三方检测", "1a", "1..2", "()", "（甲）"] {
            assert_eq!(Mark::read(none), None, "{none}");
        }
    }

    #[track_caller]
    fn is_over(over: &str, under: &str) -> bool {
        match (Mark::read(over), Mark::read(under)) {
            (Some(over), Some(under)) => over.is_over(&under),
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn a_number_is_over_those_that_begin_with_it() {
        assert!(is_over("1", "1.1"));
        assert!(is_over("1", "1-1"));
        assert!(is_over("1.2", "1.2.1"));
        assert!(!is_over("1", "10.1"));
        assert!(!is_over("1", "2"));
        assert!(!is_over("2", "1.5"));
    }

    #[track_caller]
    fn before(name: &str, expected: Option<(&str, &str)>) {
        let expected = expected.and_then(|(mark, rest)| Some((Mark::read(mark)?, rest)));
        assert_eq!(Mark::before(name), expected, "{name}");
    }

    #[test]
    fn a_number_may_stand_before_the_name() {
        before("一、基础类", Some(("一", "基础类")));
        before("（一）基础设施", Some(("（一）", "基础设施")));
        before("1.供水管网", Some(("1", "供水管网")));
        before("1.2 供水管网", Some(("1.2", "供水管网")));
        before("3 号楼屋面", Some(("3", "号楼屋面")));
        before("供水管网", None);
        before("三线入地", None);
        before("3号楼屋面", None);
        before("1.5米围墙", None);
        before("供水、供热管网", None);
        before("围墙（新建）", None);
    }
}
