//! What a household pays, line by line and channel by channel.

use fentan_core::{Explainer, Fen, Figure, HouseholdFigure};
use fentan_words::{money, plain, say, say_with};
use serde::{Deserialize, Serialize};
use yew::{Callback, Event, Html};

use crate::figures::Dues;
use crate::message::Request;
use crate::packed::Packed;
use crate::page::{Action, Page};
use crate::parts::dialog::dialog;
use crate::parts::elements::{all, button, element, row, table, td, td_amount, td_sum, th, th_row};
use crate::screens::result::{explained, print, print_head};
use crate::session::Session;

/// What a household pays, line by line and channel by channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Its place in the roster.
    pub household: usize,
    /// Its id.
    pub id: String,
    /// Where it lives: building, unit, floor, area, as they are written.
    pub home: Vec<String>,
    /// The lines it takes part in.
    pub lines: Vec<StatementLine>,
    /// All together.
    pub dues: Dues,
}

/// A line of a household's statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementLine {
    /// The line's place in the plan.
    pub line: usize,
    /// The line's name; its id if it has no name.
    pub name: String,
    /// What the line costs.
    pub amount: Fen,
    /// What of it sources do not pay.
    pub uncovered: Fen,
    /// The household's share.
    pub share: Fen,
    /// What it is let off.
    pub relief: Fen,
    /// What it bears for others.
    pub borne: Fen,
}

impl Statement {
    /// The statement of a household of the open plan, by its place in the roster; none if there is
    /// no such household, or while the plan can't be split.
    pub fn of(session: &Session, household: usize) -> Option<Statement> {
        let (plan, split) = (session.plan()?, session.split()?);
        let of_household = split.households.get(household)?;
        let explainer = Explainer::new(plan).ok()?;
        let value = |figure| explainer.reason(figure).map_or(Fen::ZERO, |reason| reason.value);
        let lines = explainer.lines_of(household).map(|line| {
            let of = &plan.lines()[line];
            StatementLine {
                line,
                name: fentan_words::printable(of.name.as_deref().unwrap_or(&of.id)),
                amount: of.amount,
                uncovered: value(Figure::Uncovered { line }),
                share: value(Figure::LineShare { household, line }),
                relief: value(Figure::LineRelief { household, line }),
                borne: value(Figure::LineBorne { household, line }),
            }
        });
        Some(Statement {
            household,
            id: fentan_words::printable(&of_household.id),
            home: session.home(household)?.map(str::to_owned).into(),
            lines: lines.collect(),
            dues: Dues::of(of_household),
        })
    }
}

/// The statement of a household of the open plan, by its place in the roster; none if there is no
/// such household, or while the plan can't be split.
pub fn statement_of(session: &Session, household: usize) -> Option<Packed<Statement>> {
    Statement::of(session, household).as_ref().map(Packed::of)
}

/// What makes up what is due, what pays it, and the account: figures of the split by name, each
/// with the sign it counts by.
const SUMS: [(&str, &[(&str, &str)]); 3] = [
    (
        "due",
        &[
            ("", "share"),
            ("−", "relief"),
            ("+", "borne"),
            ("+", "top_up"),
            ("+", "individual"),
            ("=", "due"),
        ],
    ),
    (
        "paid",
        &[
            ("", "due"),
            ("−", "owner_unit"),
            ("−", "in_kind"),
            ("−", "public_revenue"),
            ("−", "maintenance_fund"),
            ("−", "provident_fund"),
            ("=", "cash"),
        ],
    ),
    ("account", &[("", "fund_after"), ("", "replenish")]),
];

/// What a household pays, line by line and channel by channel.
pub fn statement(page: &Page, send: &Callback<Action>) -> Option<Html> {
    let language = page.language;
    let statement = &page.statement.as_ref().and_then(Packed::open)?;
    let home = ["building", "unit", "floor", "area"].iter().zip(&statement.home);
    let home = home.filter(|(_, text)| !text.is_empty()).map(|(name, text)| {
        say_with(language, &format!("page.roster.home.{name}"), &[("text", text)])
    });
    let home = home.collect::<Vec<_>>().join(" · ");
    let sums = SUMS.iter().map(|(name, figures)| {
        let figures: Vec<Html> = figures
            .iter()
            .filter_map(|&(sign, figure)| sum(page, statement, sign, figure, send))
            .collect();
        if figures.is_empty() {
            return Html::default();
        }
        let heading = say(language, &format!("page.roster.sum.{name}"));
        element(
            "section",
            "",
            all(vec![element("h3", "", heading), element("ul", "", all(figures))]),
        )
    });
    let print = button("print-statement", say(language, "page.print"), Some(Callback::from(print)));
    let parts = vec![
        print_head(page),
        element("p", "home", all(vec![element("span", "", home), print])),
        element("p", "note", say(language, "page.roster.statement-note")),
        element("div", "sums", all(sums.collect())),
        element("h3", "", say(language, "page.roster.lines")),
        element("div", "table-box", lines(page, statement, send)),
    ];
    Some(dialog(
        "statement",
        say_with(language, "page.statement", &[("id", &statement.id)]),
        say(language, "page.roster.close"),
        send.reform(|_: Event| Action::Ask(Request::State(None))),
        parts,
    ))
}

/// A figure of a sum; none if it is zero and nobody looks for it.
fn sum(
    page: &Page,
    statement: &Statement,
    sign: &'static str,
    name: &str,
    send: &Callback<Action>,
) -> Option<Html> {
    let named = statement.dues.named();
    let (_, amount) = named.iter().find(|(one, _)| *one == name)?;
    let is_result = sign == "=";
    if amount.is_zero() && !is_result {
        return None;
    }
    let figure = HouseholdFigure::ALL.iter().find(|figure| figure.as_str() == name)?;
    let figure = Figure::Of { household: statement.household, figure: *figure };
    let parts = vec![
        element("span", "sign", sign),
        element("span", "", say(page.language, &format!("household-figure.{name}"))),
        element("span", "number", explained(money(*amount), figure, send)),
    ];
    Some(element("li", if is_result { "sum" } else { "" }, all(parts)))
}

/// The lines that the household takes part in.
fn lines(page: &Page, statement: &Statement, send: &Callback<Action>) -> Html {
    let household = statement.household;
    let dues = &statement.dues;
    let explained = |amount: Fen, figure| match amount.is_zero() {
        true => td_amount(amount),
        false => td(explained(plain(amount), figure, send)),
    };
    let has_relief = !dues.relief.is_zero();
    let has_borne = !dues.borne.is_zero();
    let rows = statement.lines.iter().map(|of| {
        let line = of.line;
        let mut cells = vec![
            th_row(&of.name),
            td(plain(of.amount)),
            explained(of.uncovered, Figure::Uncovered { line }),
            explained(of.share, Figure::LineShare { household, line }),
        ];
        if has_relief {
            cells.push(explained(of.relief, Figure::LineRelief { household, line }));
        }
        if has_borne {
            cells.push(explained(of.borne, Figure::LineBorne { household, line }));
        }
        row(cells)
    });
    let rows = rows.collect();
    let mut heads = vec!["term.line", "page.amount", "page.left-to-residents", "page.roster.share"];
    let total = say(page.language, "term.total");
    let mut foot = vec![th_row(&total), td(""), td("")];
    foot.push(td_sum(dues.share + dues.individual));
    if has_relief {
        heads.push("term.relief");
        foot.push(td_sum(dues.relief));
    }
    if has_borne {
        heads.push("term.borne");
        foot.push(td_sum(dues.borne));
    }
    let heads = heads.into_iter().map(|key| th(say(page.language, key))).collect();
    table(vec![row(heads)], rows, foot)
}
