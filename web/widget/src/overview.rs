use fentan_core::Fen;
use fentan_core::tariff::{SharedLine, Tariff};
use fentan_words::{Language, listed, money, say, say_with, share_by, source_kind};

use crate::answers::{Bar, Overview, Part, Row};
use crate::questions::{name, shared};

/// A bar is so long.
const WHOLE: u128 = 1_000;

impl Overview {
    pub(crate) fn of(language: Language, tariff: &Tariff) -> Overview {
        let heads = ["term.line", "term.amount", "widget.paid", "widget.residents"];
        let rows = tariff.lines.iter().map(|line| match &line.shared {
            Some(shared) => Row {
                name: name(line).to_owned(),
                note: Some(how(language, shared)),
                amount: Some(money(shared.amount)),
                paid: parts(language, tariff, &shared.paid),
                residents: Some(money(shared.uncovered)),
            },
            None => Row {
                name: name(line).to_owned(),
                note: Some(say(language, "widget.individual")),
                amount: None,
                paid: Vec::new(),
                residents: None,
            },
        });
        let payers: Vec<Fen> =
            (0..tariff.payers.len()).map(|payer| paid_by(tariff, payer)).collect();
        let budget: Fen = shared(tariff).map(|(_, line)| line.amount).sum();
        let residents: Fen = shared(tariff).map(|(_, line)| line.uncovered).sum();
        let total = Row {
            name: say(language, "term.total"),
            note: None,
            amount: Some(money(budget)),
            paid: vec![Part {
                label: say(language, "widget.paid"),
                amount: money(payers.iter().copied().sum()),
            }],
            residents: Some(money(residents)),
        };
        let named =
            (0..).zip(payers).map(|(payer, paid)| (payer_name(language, tariff, payer), paid));
        let named = named.chain([(say(language, "widget.residents"), residents)]);
        Overview {
            heads: heads.map(|key| say(language, key)).into(),
            rows: rows.chain([total]).collect(),
            bars: bars(budget, named.filter(|(_, paid)| !paid.is_zero())),
            caption: say(language, "widget.who-pays"),
        }
    }
}

fn parts(language: Language, tariff: &Tariff, paid: &[(usize, Fen)]) -> Vec<Part> {
    let parts = paid.iter().map(|&(payer, paid)| Part {
        label: payer_name(language, tariff, payer),
        amount: money(paid),
    });
    parts.collect()
}

fn paid_by(tariff: &Tariff, payer: usize) -> Fen {
    let paid = shared(tariff).flat_map(|(_, line)| &line.paid);
    paid.filter(|&&(one, _)| one == payer).map(|&(_, paid)| paid).sum()
}

fn payer_name(language: Language, tariff: &Tariff, payer: usize) -> String {
    let Some(payer) = tariff.payers.get(payer) else {
        return String::new();
    };
    let kind = || payer.kind.map(|kind| source_kind(language, kind));
    payer.name.clone().or_else(kind).unwrap_or_else(|| payer.id.clone())
}

/// How a line is shared, and whom it serves.
fn how(language: Language, line: &SharedLine) -> String {
    let by = share_by(language, line.share_by);
    if line.serves.everyone {
        return by;
    }
    let say = |key: &str, name: &str, value: &str| say_with(language, key, &[(name, value)]);
    let buildings = line.serves.buildings.iter();
    let buildings = buildings.map(|id| say("widget.building", "building", id));
    let units = line.serves.units.iter().map(|unit| {
        let (building, unit) = unit.split_once('/').unwrap_or_default();
        say_with(language, "widget.unit-of", &[("building", building), ("unit", unit)])
    });
    let homes = line.serves.homes.then(|| fentan_words::say(language, "widget.homes"));
    let whom: Vec<String> = buildings.chain(units).chain(homes).collect();
    format!("{by} · {}", listed(language, &whom))
}

/// Parts of a bar, each ending at the thousandth that what it and those before it come to ends at.
fn bars(all: Fen, parts: impl Iterator<Item = (String, Fen)>) -> Vec<Bar> {
    let thousandths = |amount: Fen| match all.0 {
        0 => 0,
        all => u32::try_from((amount.0 * WHOLE + all / 2) / all).unwrap_or_default(),
    };
    let mut before = Fen::ZERO;
    parts
        .map(|(label, amount)| {
            let from = thousandths(before);
            before += amount;
            let tenths = thousandths(amount);
            Bar {
                label,
                amount: money(amount),
                percent: format!("{}.{}%", tenths / 10, tenths % 10),
                from,
                length: thousandths(before) - from,
            }
        })
        .collect()
}
