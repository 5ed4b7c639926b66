//! A fund centre's sheet (支取分摊清册) laid beside the plan's.

use fentan_core::fund_sheet::{ComparedRow, Comparison, OtherRow, RowState, compare};
use fentan_core::{Document, Fen, Packs, Plan};
use fentan_import::fund_sheet::{self, FundSheet, SHARE};
use fentan_import::report::{self, Place};
use fentan_import::{Content, Table};
use fentan_words::{Language, plain, printable, reconcile, say, say_with, vote};
use serde::{Deserialize, Serialize};

use super::papers::why_not;
use super::thread::Given;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The shared line that is compared, by its id; empty for all.
    pub line: String,
    /// The language of what is told.
    pub language: Language,
}

/// What is told: the comparison, or why there is none, in words.
pub type Told = Result<Compared, String>;

/// A sheet beside the plan's, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// How many homes either sheet has, and what they add up to.
    pub sums: String,
    /// How many rows are in each state.
    pub counts: String,
    /// Which rule of the odd fen fits.
    pub rule: String,
    /// Whether that is another rule than the plan's, and more rows are equal under it.
    pub is_other_rule: bool,
    /// The first rows that differ: those of both sheets first, those by no more than the odd fen last.
    pub rows: Vec<Row>,
    /// How many rows differ besides.
    pub more: usize,
    /// What of the sheet was not read, or is doubtful.
    pub doubts: Vec<String>,
}

/// A row that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The home.
    pub id: String,
    /// The row of the sheet; empty where it has none.
    pub number: String,
    /// How it differs, for the style sheet and for tests.
    pub state: String,
    /// The same in words.
    pub result: String,
    /// Why.
    pub why: String,
    /// The plan's share, the sheet's, and how far that is from the plan's.
    pub amounts: [String; 3],
    /// The plan's area and the sheet's.
    pub areas: [String; 2],
}

/// The most rows that are told.
const LISTED: usize = 200;
/// The most doubts.
const DOUBTS: usize = 20;

/// Does the task.
pub fn perform(given: Given<'_>, tell: &mut dyn FnMut(Vec<u8>)) {
    let Ok(order) = postcard::from_bytes::<Order>(given.asked) else { return };
    let file = given.file.as_deref().map(fentan_import::open);
    let told: Told = match file {
        Some(Ok(tables)) => compared(given.plan, &tables, &order),
        Some(Err(unreadable)) => {
            Err(say(order.language, &format!("import.unreadable.{}", unreadable.as_str())))
        }
        None => Err(say(order.language, "import.unreadable.broken")),
    };
    tell(super::written(&told));
}

/// Compares the sheets of a file with a plan given as JSON.
///
/// # Errors
/// Why they can't be compared, in words.
fn compared(plan: &str, tables: &[Table], order: &Order) -> Told {
    let language = order.language;
    let document = Document::from_json(plan.as_bytes());
    let document = document.map_err(|problems| why_not(language, problems.into()))?;
    let plan = Plan::read_without_scenarios(&document, None, &Packs::default())
        .map_err(|problems| why_not(language, problems.into()))?;
    let lines = plan.lines().iter().position(|line| line.id == order.line);
    let mut sheets = Content::Roster.sheets(tables);
    sheets.iter_mut().for_each(|(_, mapping)| fund_sheet::settle(mapping));
    if !sheets.iter().any(|(_, mapping)| mapping.all().any(|one| one.has(SHARE))) {
        return Err(say(language, "reconcile.page.no-share"));
    }
    let sheet = fund_sheet::read(&sheets);
    let others: Vec<OtherRow> = sheet.rows.iter().map(|(.., row)| row.clone()).collect();
    let comparison =
        compare(&plan, &others, lines.as_slice()).map_err(|error| why_not(language, error))?;
    Ok(Compared::of(language, &comparison, &sheet))
}

impl Compared {
    fn of(language: Language, comparison: &Comparison, sheet: &FundSheet) -> Compared {
        let differs = |row: &&ComparedRow| row.state != RowState::Equal;
        let mut differing: Vec<&ComparedRow> = comparison.rows.iter().filter(differs).collect();
        // What is one sheet's alone may be a whole building; the odd fen matters least.
        differing.sort_by_key(|row| match row.state {
            RowState::TheirsOnly => 1,
            RowState::OursOnly => 2,
            RowState::OddFen => 3,
            _ => 0,
        });
        let rows = differing.iter().take(LISTED).map(|row| Row::of(language, row, sheet));
        let own = comparison.rules.first();
        Compared {
            sums: reconcile::sums(language, comparison, sheet.rows.len()),
            counts: reconcile::counts(language, comparison),
            rule: reconcile::rule(language, comparison, |_, _| String::new()),
            is_other_rule: !comparison.is_equal()
                && own.is_some_and(|own| own.odd_fen != comparison.nearest),
            rows: rows.collect(),
            more: differing.len().saturating_sub(LISTED),
            doubts: doubts(language, sheet),
        }
    }
}

impl Row {
    fn of(language: Language, row: &ComparedRow, sheet: &FundSheet) -> Row {
        let number = row.other.and_then(|at| sheet.rows.get(at)).map(|(_, number, _)| number);
        let amount = |amount: Option<Fen>| amount.map(plain).unwrap_or_default();
        let difference = row.ours.zip(row.theirs);
        let difference = difference.map(|(ours, theirs)| reconcile::difference(ours, theirs));
        Row {
            id: printable(&row.id),
            number: number.map(u64::to_string).unwrap_or_default(),
            state: row.state.as_str().to_owned(),
            result: reconcile::state(language, row.state),
            why: say(language, &format!("reconcile.page.why.{}", row.state.as_str())),
            amounts: [amount(row.ours), amount(row.theirs), difference.unwrap_or_default()],
            areas: [row.our_area, row.their_area]
                .map(|area| area.map(vote::area).unwrap_or_default()),
        }
    }
}

/// What of the sheet was not read, or is doubtful.
fn doubts(language: Language, sheet: &FundSheet) -> Vec<String> {
    let differing = sheet.checks.iter().filter(|check| !check.agrees);
    let mut said: Vec<String> =
        differing.map(|check| report::check(language, check, &sheet.left_out)).collect();
    let asked = sheet.told.iter().filter(|told| told.kind.asks());
    said.extend(asked.map(|told| report::told(language, Place::Page, told)));
    let faults = report::faults(&sheet.left_out);
    said.extend(faults.iter().map(|fault| report::fault(language, Place::Page, fault)));
    said.extend(sheet.unread.iter().map(|(_, row, seen)| {
        let values = [("row", &*row.to_string()), ("seen", seen)];
        say_with(language, "reconcile.page.unread", &values)
    }));
    let more = said.len().saturating_sub(DOUBTS);
    said.truncate(DOUBTS);
    if more > 0 {
        said.push(say_with(language, "import.page.more", &[("count", &more.to_string())]));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = r#"{ "fentan": 1, "lines": [{ "id": "roof", "amount": "100" }],
        "households": [{ "id": "1-101", "building": "1", "area": "60" },
            { "id": "1-102", "building": "1", "area": "60" },
            { "id": "1-201", "building": "1", "area": "60" }] }"#;

    fn told(sheet: &str, language: Language) -> Told {
        let order = Order { line: String::new(), language };
        compared(PLAN, &[Table::from_text(sheet)], &order)
    }

    #[test]
    fn rows_that_differ_are_told_with_both_figures_and_why() {
        let sheet = "房屋编号,面积,分摊金额\n1-101,60,33.34\n1-102,60,40.00\n1-201,61,30.00\n";
        let compared = told(sheet, Language::Chinese).expect("a comparison");
        let rows: Vec<_> = compared.rows.iter().map(|row| (&*row.id, &*row.state)).collect();
        assert_eq!(rows, [("1-102", "wrong"), ("1-201", "area")], "{compared:?}");
        let amounts = ["33.33", "40.00", "¥6.67"].map(str::to_owned);
        assert_eq!(compared.rows[0].amounts, amounts);
        assert_eq!(compared.rows[1].areas[1], "61");
        assert!(compared.rows[1].why.contains("面积"), "{compared:?}");
        assert!(compared.sums.contains("清册减方案 ¥3.34"), "{}", compared.sums);
    }

    #[test]
    fn a_sheet_that_gives_the_odd_fen_to_another_home_tells_its_rule() {
        let sheet = "房屋编号,面积,分摊金额\n1-101,60,33.33\n1-102,60,33.33\n1-201,60,33.34\n";
        let compared = told(sheet, Language::Chinese).expect("a comparison");
        assert!(compared.rows.iter().all(|row| row.state == "odd-fen"), "{compared:?}");
        assert!(compared.is_other_rule && compared.rule.contains("都归最后一户"), "{compared:?}");
    }

    #[test]
    fn a_sheet_without_shares_says_what_is_missing() {
        let refused = told("房屋编号,面积\n1-101,60\n", Language::Chinese);
        assert!(refused.is_err_and(|words| words.contains("分摊金额")));
    }
}
