use fentan_core::internal::{decimal, quota};
use fentan_core::plan::PerPiece;
use fentan_core::policy::Clause;
use fentan_core::reason::{Quantity, SpareRule, WeightKind};
use fentan_core::{Fen, Figure, HouseholdFigure, Plan, Reason, Term};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use crate::decimal::grouped;
use crate::{Language, money, say, say_with};

/// A figure's reason in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Explanation {
    /// What the figure is.
    pub title: String,
    /// Its amount.
    pub value: String,
    /// The formula with its numbers in.
    pub formula: String,
    /// How it was rounded, and who got the spare fen.
    pub rounding: Vec<String>,
    /// What goes in.
    pub inputs: Vec<Input>,
    /// The clauses it rests on.
    pub clauses: Vec<String>,
}

/// What goes into a formula.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Input {
    /// What it is.
    pub name: String,
    /// The path, if it is a value of the plan.
    #[serde(skip_serializing)]
    pub path: Option<String>,
    /// Its value.
    pub value: String,
    /// The figure, if it has a reason of its own.
    #[serde(skip_serializing)]
    pub figure: Option<Figure>,
}

/// In a form for people, such as JSON, the name and the value; between fentan's own programs all of
/// it. A figure goes by places in the plan's lists, which other programs do not.
impl Serialize for Input {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Input { name, path, value, figure } = self;
        let is_for_people = serializer.is_human_readable();
        let mut input = serializer.serialize_struct("Input", if is_for_people { 2 } else { 4 })?;
        input.serialize_field("name", name)?;
        if !is_for_people {
            input.serialize_field("path", path)?;
        }
        input.serialize_field("value", value)?;
        if !is_for_people {
            input.serialize_field("figure", figure)?;
        }
        input.end()
    }
}

/// Words a reason.
pub fn reason(language: Language, plan: &Plan, reason: &Reason) -> Explanation {
    let (rounding, inputs) = (Vec::new(), Vec::new());
    let mut words = Words { language, plan, figure: reason.figure, rounding, inputs };
    let formula = words.term(&reason.formula, false);
    let Words { rounding, inputs, .. } = words;
    Explanation {
        title: figure(language, plan, reason.figure),
        value: money(reason.value),
        formula,
        rounding,
        inputs,
        clauses: reason
            .clauses
            .iter()
            .filter(|clause| holds(plan, **clause))
            .map(|clause| clause_of(language, *clause))
            .collect(),
    }
}

/// What a figure is, in words.
pub fn figure(language: Language, plan: &Plan, figure: Figure) -> String {
    let source = |index: usize| source_name(plan, index);
    let line = |index: usize| line_name(plan, index);
    let household = |index: usize| &*plan.households()[index].id;
    let words =
        |key: &str, values: &[(&str, &str)]| say_with(language, &format!("figure.{key}"), values);
    let of_both = |key: &str, of_source: usize, of_line: usize| {
        words(key, &[("source", source(of_source)), ("line", line(of_line))])
    };
    let of_line = |key: &str, index: usize| words(key, &[("line", line(index))]);
    let of_home = |key: &str, home: usize, index: usize| {
        words(key, &[("household", household(home)), ("line", line(index))])
    };
    let of_floor = |key: &str, index: usize, floor: i32| {
        words(key, &[("line", line(index)), ("floor", &floor.to_string())])
    };
    match figure {
        Figure::Amount { line } => of_line("amount", line),
        Figure::Offer { source: index } => words("offer", &[("source", source(index))]),
        Figure::SetAside { line } => of_line("set-aside", line),
        Figure::Limit { source, line } => of_both("limit", source, line),
        Figure::Payment { source, line } => of_both("payment", source, line),
        Figure::GiveBack { source, line } => of_both("give-back", source, line),
        Figure::Paid { source, line } => of_both("paid", source, line),
        Figure::Uncovered { line } => of_line("uncovered", line),
        Figure::Residents { line } => of_line("residents", line),
        Figure::FloorShare { line, floor } => of_floor("floor-share", line, floor),
        Figure::LineShare { household, line } => of_home("line-share", household, line),
        Figure::FullRelief { household, line } => of_home("full-relief", household, line),
        Figure::LineRelief { household, line } => of_home("line-relief", household, line),
        Figure::ReliefOfLine { line } => of_line("relief-of-line", line),
        Figure::PotPayment { line } => of_line("pot-payment", line),
        Figure::BorneOfLine { line } => of_line("borne-of-line", line),
        Figure::FloorBorne { line, floor } => of_floor("floor-borne", line, floor),
        Figure::LineBorne { household, line } => of_home("line-borne", household, line),
        Figure::Missing { household: index } => {
            words("missing", &[("household", household(index))])
        }
        Figure::TopUps => words("top-ups", &[]),
        Figure::MinimumShort => words("minimum-short", &[]),
        Figure::PoolInRound { round } => {
            words("pool-in-round", &[("round", &(round + 1).to_string())])
        }
        Figure::RevenueInRound { household: index, round } => words(
            "revenue-in-round",
            &[("household", household(index)), ("round", &(round + 1).to_string())],
        ),
        Figure::Of { household: index, figure } => {
            let figure = say(language, &format!("household-figure.{}", figure.as_str()));
            words("of", &[("household", household(index)), ("figure", &figure)])
        }
        other => format!("{other:?}"),
    }
}

fn source_name(plan: &Plan, index: usize) -> &str {
    let source = &plan.sources()[index];
    source.name.as_ref().unwrap_or(&source.id)
}

fn line_name(plan: &Plan, index: usize) -> &str {
    let line = &plan.lines()[index];
    line.name.as_ref().unwrap_or(&line.id)
}

struct Words<'p> {
    language: Language,
    plan: &'p Plan,
    /// The figure whose reason is worded.
    figure: Figure,
    rounding: Vec<String>,
    inputs: Vec<Input>,
}

impl Words<'_> {
    fn say_with(&self, key: &str, values: &[(&str, &str)]) -> String {
        say_with(self.language, key, values)
    }

    /// A term with its numbers in; `nested` ones that hold a plus or minus get brackets.
    fn term(&mut self, term: &Term, nested: bool) -> String {
        let bracketed = |text: String| if nested { format!("({text})") } else { text };
        match term {
            Term::Given { path, value } => {
                let name = self.given(path, *value);
                let value = self.quantity(*value);
                self.input(Input { name, path: Some(path.clone()), value, figure: None })
            }
            Term::Figure { figure, value } => {
                let name = self::figure(self.language, self.plan, *figure);
                let (value, figure) = (money(*value), Some(*figure));
                self.input(Input { name, path: None, value, figure })
            }
            Term::Sum(terms) => {
                let mut counting = terms.iter().filter(|term| !is_nothing(term));
                match (counting.next(), counting.next()) {
                    (None, _) => say(self.language, "formula.sum-of-none"),
                    (Some(one), None) => self.term(one, nested),
                    (Some(one), Some(next)) => {
                        let all = [one, next].into_iter().chain(counting);
                        let all: Vec<_> = all.map(|term| self.term(term, true)).collect();
                        bracketed(all.join(" + "))
                    }
                }
            }
            Term::Less(one, other) if is_nothing(other) => self.term(one, nested),
            Term::Less(one, other) => {
                bracketed(format!("{} − {}", self.term(one, false), self.term(other, true)))
            }
            Term::Above(one, other) if is_nothing(other) => self.term(one, nested),
            Term::Above(one, other) => {
                let (one, other) = (self.term(one, true), self.term(other, true));
                bracketed(self.say_with("formula.above", &[("one", &one), ("other", &other)]))
            }
            Term::Least(terms) | Term::Greatest(terms) if terms.len() == 1 => {
                self.term(&terms[0], nested)
            }
            Term::Least(terms) => bracketed(self.chosen("formula.least", terms)),
            Term::Greatest(terms) => bracketed(self.chosen("formula.greatest", terms)),
            Term::Rounded { rate, of } => {
                self.note_rounding(rate, of.amount());
                format!("{} × {}", self.term(rate, true), self.term(of, true))
            }
            Term::Times { amount, count } => {
                self.note_rounding(count, amount.amount());
                format!("{} × {}", self.term(amount, true), self.term(count, true))
            }
            Term::ByStoreys { storeys, amount } => {
                self.term(storeys, true);
                self.term(amount, nested)
            }
            Term::Allocated {
                total, kind, weight, weights, factor, rule, before, spare, ..
            } => {
                let amount = total.amount();
                self.note_allocation(amount, (*weight, *weights), *rule, (*before, *spare));
                let total = self.term(total, true);
                if let Some(factor) = factor {
                    self.term(factor, true);
                }
                let weight = self.weight("one", *kind, *weight, factor.is_some());
                let weights = self.weight("all", *kind, *weights, factor.is_some());
                format!("{total} × {weight} ÷ {weights}")
            }
            Term::WhereBelow { amount, bound, then } => {
                let is_below = amount.amount() < bound.amount();
                let (amount, bound) = (self.term(amount, true), self.term(bound, true));
                let values = [("amount", amount.as_str()), ("bound", &bound)];
                if is_below {
                    let then = self.term(then, false);
                    let values = [values[0], values[1], ("then", &then)];
                    self.say_with("formula.where-below", &values)
                } else {
                    self.say_with("formula.where-not-below", &values)
                }
            }
            other => money(other.amount()),
        }
    }

    /// What a value of the plan is, in words; its path where there are none.
    fn given(&self, path: &str, value: Quantity) -> String {
        let plan = self.plan;
        let (list, rest) = path.split_once('[').unwrap_or((path, ""));
        let (place, field) = rest.split_once("].").unwrap_or_default();
        let field = field.split(['.', '[']).next().unwrap_or_default();
        let place = place.parse().unwrap_or_default();
        let word = |list: &str, of: &str| {
            let key = format!("{list}.{of}");
            let words = say(self.language, &key);
            if words == key { of.to_owned() } else { words }
        };
        let (key, of) = match (list, value) {
            ("lines", _) => (format!("lines.{field}"), line_name(plan, place).to_owned()),
            ("sources", _) if let Some(storeys) = storeys_of_step(plan, place, rest) => {
                let values = [("of", source_name(plan, place)), ("storeys", &storeys)];
                return self.say_with("given.step", &values);
            }
            ("sources", _) => (format!("sources.{field}"), source_name(plan, place).to_owned()),
            ("households", Quantity::Households(_)) => ("count".to_owned(), String::new()),
            ("households", Quantity::CountedHouseholds(_)) => ("counted".to_owned(), String::new()),
            ("households", Quantity::ServedHouseholds(_)) => ("served".to_owned(), String::new()),
            ("households", Quantity::ServedArea(_)) => ("served-area".to_owned(), String::new()),
            ("households", Quantity::TotalArea(_)) => ("area".to_owned(), String::new()),
            ("uses", _) => ("no-use".to_owned(), String::new()),
            ("households", _) => {
                (format!("households.{field}"), plan.households()[place].id.to_string())
            }
            ("channels", _) => (format!("channels.{field}"), String::new()),
            _ => match path.rsplit_once('.') {
                Some((of, field @ ("factor" | "household"))) if of.starts_with("uses.") => {
                    (format!("use-{field}"), word("use", &of["uses.".len()..]))
                }
                Some(("residents_at_least", tier)) => ("at-least".to_owned(), word("tier", tier)),
                Some(("relief.rates", code)) => ("relief-rate".to_owned(), word("hardship", code)),
                _ => (path.to_owned(), String::new()),
            },
        };
        let key = format!("given.{key}");
        let words = self.say_with(&key, &[("of", &of)]);
        if words == key { path.to_owned() } else { words }
    }

    /// A weight, or all together, with its place among what goes in.
    fn weight(&mut self, which: &str, kind: WeightKind, weight: u128, has_factor: bool) -> String {
        let weighed = weighed(self.figure).filter(|_| kind == WeightKind::Money);
        if let Some((figure, _)) = weighed.filter(|_| which == "one") {
            let (name, value) =
                (self::figure(self.language, self.plan, figure), money(Fen(weight)));
            return self.input(Input { name, path: None, value, figure: Some(figure) });
        }
        let kind_of = match kind {
            _ if let Some((_, name)) = weighed => name,
            WeightKind::Area => "area",
            WeightKind::Household => "household",
            WeightKind::Coefficient => "coefficient",
            WeightKind::CoefficientTimesArea => "coefficient-times-area",
            WeightKind::Money => "money",
            _ => "column",
        };
        let factor = if has_factor { "-times-factor" } else { "" };
        let name = say(self.language, &format!("weight.{kind_of}{factor}.{which}"));
        let value = weight_of(kind, weight, has_factor);
        self.input(Input { name, path: None, value, figure: None })
    }

    fn terms(&mut self, terms: &[Term]) -> Vec<String> {
        terms.iter().map(|term| self.term(term, true)).collect()
    }

    fn chosen(&mut self, key: &str, terms: &[Term]) -> String {
        let separator = say(self.language, "formula.separator");
        let terms = self.terms(terms).join(&separator);
        self.say_with(key, &[("terms", &terms)])
    }

    fn quantity(&self, quantity: Quantity) -> String {
        match quantity {
            Quantity::Money(amount) => money(amount),
            Quantity::Area(area) => square_metres(area.millionths().into()),
            Quantity::TotalArea(area) | Quantity::ServedArea(area) => square_metres(area),
            Quantity::Rate(rate) => rate.written(),
            Quantity::Households(count)
            | Quantity::CountedHouseholds(count)
            | Quantity::ServedHouseholds(count) => {
                self.say_with("formula.households", &[("count", &count.to_string())])
            }
            Quantity::Factor(factor) => factor.to_string(),
            Quantity::Pieces(count) => {
                self.say_with("formula.pieces", &[("count", &count.to_string())])
            }
            Quantity::Storeys(count) => {
                self.say_with("formula.storeys", &[("count", &count.to_string())])
            }
            other => format!("{other:?}"),
        }
    }

    fn input(&mut self, input: Input) -> String {
        let value = input.value.clone();
        if !self.inputs.contains(&input) {
            self.inputs.push(input);
        }
        value
    }

    fn note(&mut self, note: String) {
        if !self.rounding.contains(&note) {
            self.rounding.push(note);
        }
    }

    /// Notes that a factor of an amount was rounded, where it does not come to whole fen.
    fn note_rounding(&mut self, factor: &Term, of: Fen) {
        const MILLION: u128 = 1_000_000;
        let (numerator, denominator) = match factor {
            Term::Given { value: Quantity::Rate(rate), .. } => {
                (rate.numerator(), rate.denominator())
            }
            Term::Given { value: Quantity::Area(area), .. } => (area.millionths().into(), MILLION),
            Term::Given {
                value: Quantity::TotalArea(area) | Quantity::ServedArea(area), ..
            } => (*area, MILLION),
            _ => (1, 1),
        };
        if !(of.0 * numerator).is_multiple_of(denominator) {
            self.note(say(self.language, "rounding.half-up"));
        }
    }

    fn note_allocation(
        &mut self,
        total: Fen,
        (weight, weights): (u128, u128),
        rule: SpareRule,
        (before, spare): (u128, u128),
    ) {
        if weights == 0 {
            return;
        }
        let (whole, rest) = quota(total.0, weight, weights);
        let is_by_fraction = matches!(rule, SpareRule::LargestRemainder | SpareRule::Lots { .. });
        if spare == 0 || weight == 0 || (is_by_fraction && rest == 0) {
            return self.note(say(self.language, "rounding.exact"));
        }
        let key = match (rule, before < spare) {
            (SpareRule::First, true) => "rounding.first",
            (SpareRule::First, false) => "rounding.not-first",
            (SpareRule::Last, _) if before == 0 => "rounding.last",
            (SpareRule::Last, _) => "rounding.not-last",
            (_, true) => "rounding.spare",
            (_, false) => "rounding.no-spare",
        };
        let (rank, spare) = ((before + 1).to_string(), spare.to_string());
        let (whole, before) = (money(Fen(whole)), before.to_string());
        let values =
            [("whole", whole.as_str()), ("spare", &spare), ("rank", &rank), ("before", &before)];
        self.note(self.say_with(key, &values));
        if let SpareRule::Lots { lot } = rule {
            let lot: String = lot.iter().map(|byte| format!("{byte:02x}")).collect();
            self.note(self.say_with("rounding.lot", &[("lot", &lot)]));
        }
    }
}

/// Up to how many storeys a step of a source's limits reaches, where a path leads to one that does.
fn storeys_of_step(plan: &Plan, source: usize, rest: &str) -> Option<String> {
    let (_, step) = rest.split_once("per_piece[")?;
    let step: usize = step.split(']').next()?.parse().ok()?;
    match plan.sources()[source].per_piece.as_ref()? {
        PerPiece::ByStoreys(steps) => Some(steps.get(step)?.0?.to_string()),
        _ => None,
    }
}

/// The figure in proportion to which one is divided, with the name of all of its kind.
fn weighed(figure: Figure) -> Option<(Figure, &'static str)> {
    Some(match figure {
        Figure::Payment { source, line } | Figure::Paid { source, line } => {
            (Figure::Limit { source, line }, "limit")
        }
        Figure::GiveBack { source, line } => (Figure::Payment { source, line }, "payment"),
        Figure::PotPayment { line } => (Figure::ReliefOfLine { line }, "relief"),
        Figure::Of { household, figure: HouseholdFigure::TopUp } => {
            (Figure::Missing { household }, "missing")
        }
        _ => return None,
    })
}

/// Whether a term adds nothing, and would only be in the reader's way.
fn is_nothing(term: &Term) -> bool {
    term.amount().is_zero()
}

/// Whether a clause may be cited for a plan: those of a place only where its policy is chosen.
fn holds(plan: &Plan, clause: Clause) -> bool {
    let is_national = matches!(
        clause,
        Clause::CommonIncome
            | Clause::SharesByArea
            | Clause::FundThreshold
            | Clause::SoldPublicHousing
    );
    is_national || plan.policy().is_some_and(|policy| policy.starts_with("puyang"))
}

fn clause_of(language: Language, clause: Clause) -> String {
    let key = match clause {
        Clause::Treasury => "treasury",
        Clause::Units => "units",
        Clause::PrivateCapital => "private-capital",
        Clause::CommonIncome => "common-income",
        Clause::SharesByArea => "shares-by-area",
        Clause::FundThreshold => "fund-threshold",
        Clause::SoldPublicHousing => "sold-public-housing",
        _ => "residents",
    };
    say(language, &format!("clause.{key}"))
}

/// A weight of a kind; times a factor it has six decimals more.
fn weight_of(kind: WeightKind, weight: u128, has_factor: bool) -> String {
    let decimals = match kind {
        WeightKind::Money => return money(Fen(weight)),
        WeightKind::Area if !has_factor => return square_metres(weight),
        WeightKind::Household => 0,
        WeightKind::CoefficientTimesArea => 12,
        _ => 6,
    };
    let weight = decimal(weight, if has_factor { decimals + 6 } else { decimals });
    if kind == WeightKind::Area { format!("{weight} m²") } else { weight }
}

fn square_metres(millionths: u128) -> String {
    format!("{} m²", grouped(millionths))
}
