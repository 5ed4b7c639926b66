//! What the roster's words say of homes: garages and shops, households in need.

use super::words::{HARDSHIP_WORDS, HOME_USES, NOT_SO, compact};
use super::{Detail, Effect, Review, ids_of};
use crate::document::Change;
use crate::money::Fen;
use crate::number::{Factor, Rate};
use crate::plan::{Household, Plan, Use};
use crate::policy::Rule;

/// The most that a garage or a storeroom measures, in millionths of a square metre: a larger home
/// whose note names one has one.
const LARGEST_GARAGE: u64 = 40_000_000;

/// What a home is that is none, by its id, name or note: `garage`, `storeroom`, `shop`.
pub(super) fn home_use(household: &Household) -> Option<&'static str> {
    let told = [household.note.as_deref(), household.name.as_deref()].into_iter().flatten();
    let told = told.map(compact).find_map(|text| HOME_USES.whole(&text));
    let told = told.filter(|&of| of == "shop" || household.area.millionths() <= LARGEST_GARAGE);
    // Most ids hold no word at all.
    let id = Some(&*household.id).filter(|id| id.chars().any(char::is_alphabetic));
    id.and_then(|id| use_in_id(&compact(id))).or(told)
}

/// What a compact id tells of a home: “车库12”, “3-车库”, “3号楼储藏室5”.
fn use_in_id(id: &str) -> Option<&'static str> {
    let is_sign = |one: char| "-#号".contains(one);
    let is_number = |text: &str| text.chars().all(|one| one.is_ascii_digit() || is_sign(one));
    if let Some((of, word)) = HOME_USES.at_start(id) {
        let rest = id[word.len()..].trim_start_matches(is_sign);
        let letter = rest.strip_prefix(|one: char| one.is_ascii_alphabetic() && !word.is_ascii());
        return is_number(letter.unwrap_or(rest)).then_some(of);
    }
    let stem = id.trim_end_matches(|one: char| one.is_ascii_digit() || is_sign(one));
    let (of, word) = HOME_USES.at_end(stem)?;
    let before = &stem[..stem.len() - word.len()];
    let is_place = |one: char| one.is_ascii_digit() || "-/#层楼号元区栋幢".contains(one);
    before.ends_with(is_place).then_some(of)
}

/// The hardship that a text tells, by a plan's usual code.
fn hardship_in(text: &str) -> Option<&'static str> {
    let text = compact(text);
    text.char_indices().find_map(|(at, _)| {
        let (code, word) = HARDSHIP_WORDS.at_start(&text[at..])?;
        let (before, behind) = (&text[..at], &text[at + word.len()..]);
        let is_so = NOT_SO.at_end(before).is_none_or(|(meaning, _)| meaning != "before")
            && NOT_SO.at_start(behind).is_none_or(|(meaning, _)| meaning != "after");
        is_so.then_some(code)
    })
}

/// The plan's own code for a hardship, with what it lets off.
fn code_of<'p>(plan: &'p Plan, code: &str) -> Option<&'p str> {
    let rates = plan.agreements().relief.rates.iter();
    let mut rates = rates.filter(|(known, rate)| {
        let is_named = known == code || hardship_in(known) == Some(code);
        is_named && !rate.is_zero()
    });
    rates.next().map(|(known, _)| known.as_str())
}

impl Review<'_> {
    /// Garages, storerooms and shops that count as homes.
    pub(super) fn not_a_home(&mut self, rule: &Rule) {
        let plan = self.plan;
        let all = (0u32..).zip(plan.households());
        let found = all.filter(|(_, household)| plan.use_of(household).is_none());
        let found = found.filter_map(|(index, household)| Some((index, home_use(household)?)));
        let found: Vec<(u32, &str)> = found.collect();
        let Some(&(first, _)) = found.first() else {
            return;
        };
        let mut mend = Vec::new();
        let mut uses: Vec<(&str, Use)> = Vec::new();
        for &(_, word) in &found {
            if uses.iter().any(|(known, _)| *known == word) {
                continue;
            }
            let of_plan = plan.uses().iter().find(|one| {
                let name = compact(&one.name);
                name == word || HOME_USES.is(word, &name)
            });
            let one = of_plan.cloned().unwrap_or_else(|| {
                // The owner of a shop votes like any other.
                let votes = word == "shop";
                let json = match votes {
                    true => r#"{"household":false}"#,
                    false => r#"{"household":false,"votes":false}"#,
                };
                let path = format!("uses.{word}");
                mend.push(Change::Put { path, json: json.to_owned(), at: None });
                Use { name: word.to_owned(), factor: Factor::ONE, household: false, votes }
            });
            uses.push((word, one));
        }
        let of = |word: &str| uses.iter().find(|(known, _)| *known == word).map(|(_, one)| one);
        let used: Vec<(u32, Use)> =
            found.iter().filter_map(|&(index, word)| Some((index, of(word)?.clone()))).collect();
        mend.extend(used.iter().map(|(household, one)| Change::Write {
            path: format!("households[{household}].use"),
            text: one.name.clone(),
        }));
        let homes: Vec<u32> = found.iter().map(|&(index, _)| index).collect();
        let effect = self.effect_of(&plan.with_uses(used), self.due_of(&homes));
        let values = [("homes", Detail::Homes(ids_of(plan, &homes)))];
        self.find_health(rule, format!("households[{first}]"), values, effect, mend);
    }

    /// Households whose name or note tells a hardship that the roster doesn't give them.
    pub(super) fn hardship_noted(&mut self, rule: &Rule) {
        let plan = self.plan;
        let all = (0u32..).zip(plan.households());
        let without = all.filter(|(_, household)| plan.hardships_of(household).next().is_none());
        let noted = without.filter_map(|(index, household)| {
            let texts = [household.note.as_deref(), household.name.as_deref()];
            Some((index, texts.into_iter().flatten().find_map(hardship_in)?))
        });
        let noted: Vec<(u32, &str)> = noted.collect();
        let Some(&(first, _)) = noted.first() else {
            return;
        };
        let given = noted.iter().filter_map(|&(index, code)| Some((index, code_of(plan, code)?)));
        let given: Vec<(u32, &str)> = given.collect();
        let mend = given.iter().map(|(household, code)| Change::Write {
            path: format!("households[{household}].hardship"),
            text: (*code).to_owned(),
        });
        let mend: Vec<Change> = mend.collect();
        let homes: Vec<u32> = noted.iter().map(|&(index, _)| index).collect();
        let stake = self.due_of(&homes);
        let effect = match given.is_empty() {
            true => Effect::Stake { amount: stake },
            false => self.effect_of(&plan.with_hardships(&given), stake),
        };
        let values = [("homes", Detail::Homes(ids_of(plan, &homes)))];
        self.find_health(rule, format!("households[{first}].hardship"), values, effect, mend);
    }

    /// Relief that lets nobody off anything.
    pub(super) fn relief_zero(&mut self, rule: &Rule) {
        let plan = self.plan;
        let mut rates = plan.agreements().relief.rates.clone();
        let mut codes = Vec::new();
        for (code, rate) in rates.iter_mut().filter(|(_, rate)| rate.is_zero()) {
            codes.push(code.clone());
            *rate = Rate::ONE;
        }
        let Some(first) = codes.first() else {
            return;
        };
        let path = |code: &str| format!("relief.rates.{}", crate::document::quoted(code));
        let first = path(first);
        let is_zero = |household: &Household| {
            plan.hardships_of(household).any(|one| codes.iter().any(|code| code == one))
        };
        let count = plan.households().iter().filter(|household| is_zero(household)).count();
        let mend =
            codes.iter().map(|code| Change::Write { path: path(code), text: "1".to_owned() });
        let mend: Vec<Change> = mend.collect();
        let effect = self.effect_of(&plan.with_relief_rates(&rates), Fen::ZERO);
        let values = [("codes", Detail::Hardships(codes)), ("count", Detail::Count(count))];
        self.find_health(rule, first, values, effect, mend);
    }

    /// What these households owe.
    pub(super) fn due_of(&self, households: &[u32]) -> Fen {
        households.iter().map(|&household| self.split.households[household as usize].due).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_a_garage_from_a_home() {
        let garage =
            ["车库12", "车库-a3", "3-车库", "3-1-车库05", "3号楼车库12", "地下车库7", "garage12"];
        for id in garage {
            assert_eq!(use_in_id(id), Some("garage"), "{id}");
        }
        assert_eq!(use_in_id("2号楼储藏室5"), Some("storeroom"));
        assert_eq!(use_in_id("一层商铺3"), Some("shop"));
        for id in ["3-1-101", "车库路5-101", "库房", "shopping3", "门面街12-101", "李车库"]
        {
            assert_eq!(use_in_id(id), None, "{id}");
        }
    }

    #[test]
    fn a_note_tells_a_hardship_that_is_so() {
        for (text, code) in [
            ("低保户", "dibao"),
            ("户主：张三（低保）", "dibao"),
            ("低保边缘", "low_income"),
            ("特困供养", "tekun"),
            ("重度残疾", "disabled"),
            ("户主残疾，非低保", "disabled"),
        ] {
            assert_eq!(hardship_in(text), Some(code), "{text}");
        }
        for text in [
            "非低保",
            "无残疾",
            "低保已取消",
            "低保：否",
            "残疾人联合会",
            "残疾人坡道",
            "不是低保户",
            "",
        ] {
            assert_eq!(hardship_in(text), None, "{text}");
        }
    }
}
