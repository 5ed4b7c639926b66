use fentan_core::plan::ShareBy;
use fentan_core::tariff;
use fentan_core::tariff::{Basis, SharedLine, Tariff};
use fentan_words::{Language, say, say_with};

use crate::answers::{Choice, Field, Head, Overview, View};

impl View {
    pub(crate) fn of(language: Language, tariff: &Tariff) -> View {
        let number = tariff.edition.number.to_string();
        let date = tariff.edition.date.to_string();
        let edition = [("number", number.as_str()), ("date", &date)];
        let left_out = tariff.left_out.iter();
        let clauses = tariff.clauses.iter().map(|clause| match &clause.number {
            Some(number) => format!("{}（{number}）{}", clause.title, clause.article),
            None => format!("{} {}", clause.title, clause.article),
        });
        View {
            title: tariff.name.clone().unwrap_or_else(|| say(language, "widget.title")),
            edition: say_with(language, "widget.edition", &edition),
            fields: fields(language, tariff),
            head: head(language),
            overview: Overview::of(language, tariff),
            left_out: left_out.map(|&what| fentan_words::left_out(language, what)).collect(),
            clauses: clauses.collect(),
            digest: tariff.digest.to_string(),
        }
    }
}

fn head(language: Language) -> Head {
    let say = |key: &str| say(language, &format!("widget.{key}"));
    Head {
        ask: say("ask"),
        submit: say("submit"),
        privacy: say("privacy"),
        overview: say("overview"),
        left_out: say("left-out"),
        clauses: say("clauses"),
        digest: say("digest"),
        wrong: say("wrong"),
    }
}

pub(crate) fn shared(tariff: &Tariff) -> impl Iterator<Item = (&tariff::Line, &SharedLine)> {
    tariff.lines.iter().filter_map(|line| Some((line, line.shared.as_ref()?)))
}

pub(crate) fn name(line: &tariff::Line) -> &str {
    line.name.as_deref().unwrap_or(&line.id)
}

/// What the tariff's lines need to be told, and no more.
fn fields(language: Language, tariff: &Tariff) -> Vec<Field> {
    let say = |key: &str| say(language, key);
    let field = |name: &str, label: String| Field {
        name: name.to_owned(),
        label,
        hint: None,
        required: true,
        whole: false,
        several: false,
        choices: Vec::new(),
    };
    let choice =
        |value: &str| Choice { value: value.to_owned(), label: value.to_owned(), of: None };
    let mut fields = Vec::new();
    let has_units = shared(tariff).any(|(_, line)| !line.serves.units.is_empty());
    if has_units || shared(tariff).any(|(_, line)| !line.serves.buildings.is_empty()) {
        let choices = tariff.buildings.iter().map(|building| choice(&building.id)).collect();
        fields.push(Field { choices, ..field("building", say("term.building")) });
    }
    if has_units {
        let units = tariff.buildings.iter().flat_map(|building| {
            let of = move || Some(building.id.clone());
            building.units.iter().map(move |unit| Choice { of: of(), ..choice(unit) })
        });
        fields.push(Field { choices: units.collect(), ..field("unit", say("widget.unit")) });
    }
    let mut floors: Vec<i32> = tariff
        .tables
        .iter()
        .flat_map(|table| table.coefficients.iter().map(|&(floor, _)| floor))
        .collect();
    floors.sort_unstable();
    floors.dedup();
    if !floors.is_empty() {
        let choices = floors.iter().map(|floor| choice(&floor.to_string())).collect();
        fields.push(Field { choices, whole: true, ..field("floor", say("term.floor")) });
    }
    fields.push(Field { hint: Some(say("widget.area-hint")), ..field("area", say("term.area")) });
    for (index, column) in tariff.columns.iter().enumerate() {
        let is_asked = |(_, line): (_, &SharedLine)| {
            line.share_by == ShareBy::Column(index) && line.basis != Basis::Withheld
        };
        if shared(tariff).any(is_asked) {
            let lines = shared(tariff).filter(|(_, line)| line.share_by == ShareBy::Column(index));
            let lines: Vec<String> = lines.map(|(line, _)| name(line).to_owned()).collect();
            let lines = fentan_words::listed(language, &lines);
            let hint = say_with(language, "widget.weight-hint", &[("lines", &lines)]);
            let label = say_with(language, "widget.weight", &[("column", column)]);
            let name = format!("weights.{column}");
            fields.push(Field { hint: Some(hint), ..field(&name, label) });
        }
    }
    let served: Vec<Choice> = shared(tariff)
        .filter(|(_, line)| line.serves.homes)
        .map(|(line, _)| Choice { label: name(line).to_owned(), ..choice(&line.id) })
        .collect();
    if !served.is_empty() {
        fields.push(Field {
            choices: served,
            several: true,
            required: false,
            hint: Some(say("widget.served-hint")),
            ..field("served", say("widget.served"))
        });
    }
    if tariff.relieved_fewer_than.is_some() {
        let codes = tariff.relief.rates.iter().map(|(code, rate)| {
            let key = format!("hardship.{code}");
            let worded = say(&key);
            let worded = if worded == key { code.clone() } else { worded };
            let rate = rate.written();
            let values = [("hardship", worded.as_str()), ("rate", rate.as_str())];
            Choice { label: say_with(language, "widget.hardship-choice", &values), ..choice(code) }
        });
        let none = Choice { label: say("widget.no-hardship"), ..choice("") };
        fields.push(Field {
            choices: std::iter::once(none).chain(codes).collect(),
            required: false,
            hint: Some(say("widget.hardship-hint")),
            ..field("hardship", say("widget.hardship"))
        });
    }
    fields
}
