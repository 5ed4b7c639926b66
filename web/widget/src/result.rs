use fentan_core::Fen;
use fentan_core::tariff::{Estimate, Tariff};
use fentan_words::{Language, listed, money, say, say_with};

use crate::answers::{Answer, LineShare, Part};
use crate::questions::name;

impl Answer {
    pub(crate) fn of(language: Language, tariff: &Tariff, estimate: &Estimate) -> Answer {
        let say = |key: &str| say(language, key);
        let part = |key: &str, amount: String| Part { label: say(key), amount };
        let line_name = |line: usize| tariff.lines.get(line).map_or("", name).to_owned();
        let mut parts = Vec::new();
        if !estimate.relief.is_zero() || !estimate.top_up.is_zero() {
            parts.push(part("term.share", money(estimate.share)));
            if !estimate.relief.is_zero() {
                parts.push(part("term.relief", format!("−{}", money(estimate.relief))));
            }
            if !estimate.top_up.is_zero() {
                parts.push(part("term.top-up", money(estimate.top_up)));
            }
        }
        let lines = estimate
            .lines
            .iter()
            .map(|line| Part { label: line_name(line.line), amount: money(line.share) });
        let shares = estimate.lines.iter().filter_map(|line| {
            let id = tariff.lines.get(line.line)?.id.clone();
            Some(LineShare { id, share: line.share.to_string() })
        });
        Answer::Pays {
            label: say("widget.would-pay"),
            due: money(estimate.due),
            exactness: exactness(language, estimate),
            parts,
            heads: ["term.line", "widget.share"].map(say).into(),
            lines: lines.collect(),
            notes: notes(language, tariff, estimate, line_name),
            shares: shares.collect(),
            share: estimate.share.to_string(),
            fen: estimate.fen,
        }
    }
}

fn exactness(language: Language, estimate: &Estimate) -> Vec<String> {
    let mut said = vec![match estimate.fen {
        0 => say(language, "widget.exact"),
        fen => say_with(language, "widget.within", &[("fen", &fen.to_string())]),
    }];
    if !estimate.others_relief.is_zero() {
        // A bound beyond what is due itself says nothing that helps.
        let is_close = estimate.others_relief <= estimate.due;
        let key = if is_close { "widget.others-at-most" } else { "widget.others" };
        let amount = money(estimate.others_relief);
        said.push(say_with(language, key, &[("amount", &amount)]));
    }
    let range = estimate.most.less(estimate.least);
    if estimate.others_relief.is_zero() && range > Fen(2 * u128::from(estimate.fen)) {
        let values = [("least", money(estimate.least)), ("most", money(estimate.most))];
        let values = values.each_ref().map(|(name, amount)| (*name, amount.as_str()));
        said.push(say_with(language, "widget.between", &values));
    }
    said
}

fn notes(
    language: Language,
    tariff: &Tariff,
    estimate: &Estimate,
    line_name: impl Fn(usize) -> String,
) -> Vec<String> {
    let of_lines = |key: &str, lines: &[usize]| {
        let names: Vec<String> = lines.iter().map(|&line| line_name(line)).collect();
        let names = listed(language, &names);
        (!lines.is_empty()).then(|| say_with(language, key, &[("lines", &names)]))
    };
    let individual: Vec<usize> =
        (0..tariff.lines.len()).filter(|&line| tariff.lines[line].shared.is_none()).collect();
    let mut notes = vec![say(language, "widget.not-channels")];
    notes.extend(of_lines("widget.not-individual", &individual));
    notes.extend(of_lines("widget.withheld", &estimate.withheld));
    notes.extend(of_lines("widget.unsaid", &estimate.unsaid));
    notes
}
