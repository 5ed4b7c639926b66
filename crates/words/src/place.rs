//! Places in a plan, as people call them: the third line's amount, and no path.

use fentan_core::internal::{Step, steps};
use fentan_core::{Document, Value};

use crate::texts::text;
use crate::{Language, say, say_with};

/// Where a path leads in a plan: of which line, source or household, and which of its fields.
///
/// ```
/// use fentan_core::Document;
/// use fentan_words::{Language, place};
/// let plan = Document::from_json(r#"{ "lines": [{ "id": "a" }, { "id": "lift", "name": "电梯" }] }"#.as_bytes())?;
/// assert_eq!(place(Language::Chinese, "lines[1].amount", &plan), "第2项工程“电梯”的金额");
/// # Ok::<(), fentan_core::Problems>(())
/// ```
pub fn place(language: Language, path: &str, document: &Document<'_>) -> String {
    if let Some(rest) = path.strip_prefix("own_policy") {
        let own = document.value("own_policy").cloned().map(Document::from).unwrap_or_default();
        return match rest.strip_prefix('.') {
            Some(rest) => {
                let field = place(language, rest, &own);
                let of = say(language, "place.field.own_policy");
                say_with(language, "place.of", &[("of", &of), ("field", &field)])
            }
            None => say(language, "place.field.own_policy"),
        };
    }
    let all: Vec<Step<'_>> = steps(path).collect();
    let named = |key: &str, name: &str| Some(say_with(language, key, &[("name", name)]));
    let (of, rest) = match all.as_slice() {
        [Step::Field(list), Step::Index(index), rest @ ..] => {
            (element(language, list, *index, document), rest)
        }
        [Step::Field(part), Step::Field(name), rest @ ..] if part == "tables" => {
            (named("place.table", name), rest)
        }
        [Step::Field(part), Step::Field(name), rest @ ..] if part == "uses" => {
            (named("place.use", &code_in_words(language, name)), rest)
        }
        [Step::Field(part), Step::Field(list), Step::Field(id), rest @ ..]
            if part == "schedule" && matches!(&**list, "lines" | "sources" | "channels") =>
        {
            (Some(scheduled(language, list, id, rest.first(), document)), rest)
        }
        [Step::Field(_), Step::Field(rates), Step::Field(code)] if rates == "rates" => {
            (named("place.relief", &code_in_words(language, code)), &[][..])
        }
        rest => (None, rest),
    };
    let mut field = None;
    let mut parent = "";
    for step in rest {
        let Step::Field(name) = step else { continue };
        let said = match parent {
            "charges" | "final_charges" => named("place.charge", name),
            "weights" => named("place.weight", name),
            "joins" => named("place.joins", &named_of("lines", name, document)),
            _ if rest.len() == 1 && name.parse::<i32>().is_ok() => named("place.floor", name),
            _ => text(language, &format!("place.field.{name}")).map(str::to_owned),
        };
        field = said.or(field);
        parent = name;
    }
    match (of, field) {
        (Some(of), Some(field)) => {
            say_with(language, "place.of", &[("of", &of), ("field", &field)])
        }
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => say(language, "place.plan"),
    }
}

/// What a field of a plan is called; the field itself where it has no name.
pub(crate) fn field_in_words(language: Language, name: &str) -> String {
    text(language, &format!("place.field.{name}")).unwrap_or(name).to_owned()
}

/// What a choice of a plan is called; the choice itself where it has no name.
pub(crate) fn code_in_words(language: Language, code: &str) -> String {
    const GROUPS: [&str; 10] = [
        "category",
        "tier",
        "pipeline",
        "source-kind",
        "channel",
        "hardship",
        "use",
        "share-by",
        "place.choice",
        "place.field",
    ];
    let found = GROUPS.iter().find_map(|group| text(language, &format!("{group}.{code}")));
    found.unwrap_or(code).to_owned()
}

/// An element of a list, by its number and name.
fn element(
    language: Language,
    list: &str,
    index: usize,
    document: &Document<'_>,
) -> Option<String> {
    let one = document.value(list).map_or(&[][..], Value::list).get(index);
    let field = |name: &str| one.and_then(|one| one.get(name)?.text()).unwrap_or_default();
    let name = match list {
        "households" => field("id").to_owned(),
        "channels" => code_in_words(language, field("kind")),
        "documents" => field("title").to_owned(),
        "checks" => {
            text(language, &format!("check.{}", field("id"))).unwrap_or_default().to_owned()
        }
        _ if field("name").is_empty() => field("id").to_owned(),
        _ => field("name").to_owned(),
    };
    let number = (index + 1).to_string();
    let key = match name.is_empty() {
        true => format!("place.numbered.{list}"),
        false => format!("place.named.{list}"),
    };
    let key = text(language, &key).is_some().then_some(key)?;
    Some(say_with(language, &key, &[("number", &number), ("name", &name)]))
}

/// Whose part of the schedule it is, and which.
fn scheduled(
    language: Language,
    list: &str,
    id: &str,
    part: Option<&Step<'_>>,
    document: &Document<'_>,
) -> String {
    let name = match list {
        "channels" => code_in_words(language, id),
        _ => named_of(list, id, document),
    };
    match part {
        Some(Step::Index(index)) => {
            let values = [("name", name.as_str()), ("number", &(index + 1).to_string())];
            say_with(language, "place.scheduled-part", &values)
        }
        _ => say_with(language, "place.scheduled", &[("name", &name)]),
    }
}

/// The name of a line or source of an id.
fn named_of(list: &str, id: &str, document: &Document<'_>) -> String {
    let all = document.value(list).map_or(&[][..], Value::list);
    let one = all.iter().find(|one| one.get("id").and_then(Value::text) == Some(id));
    let name = one.and_then(|one| one.get("name")?.text()).filter(|name| !name.is_empty());
    name.unwrap_or(id).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_said_without_a_path() {
        let document = Document::from_json(
            r#"{ "lines": [{ "id": "lift", "name": "电梯" }, { "amount": "x" }],
                "households": [{ "id": "3-1-101" }], "sources": [{ "id": "county" }],
                "channels": [{ "kind": "maintenance_fund" }] }"#
                .as_bytes(),
        );
        let document = document.expect("a document");
        for (path, chinese, english) in [
            ("lines[0].amount", "第1项工程“电梯”的金额", "amount of line 1 “电梯”"),
            ("lines[1].amount", "第2项工程的金额", "amount of line 2"),
            ("lines[0]", "第1项工程“电梯”", "line 1 “电梯”"),
            ("lines[0].scope.units[2]", "第1项工程“电梯”的受益单元", "units of line 1 “电梯”"),
            (
                "lines[0].charges.\"3-1-101\"",
                "第1项工程“电梯”的“3-1-101”自付金额",
                "charge of “3-1-101” of line 1 “电梯”",
            ),
            ("households[0].area", "住户“3-1-101”的面积", "area of household “3-1-101”"),
            ("households[7].area", "名册第8户的面积", "area of household 8 of the roster"),
            (
                "households[0].joins.lift",
                "住户“3-1-101”的是否参加“电梯”",
                "takes part in “电梯” of household “3-1-101”",
            ),
            ("sources[0].rate", "出资方“county”的比例", "rate of source “county”"),
            (
                "channels[0].amount",
                "支付渠道“维修资金”的金额",
                "amount of channel “Maintenance fund”",
            ),
            ("tables.lift.3", "楼层系数表“lift”的第3层", "floor 3 of the coefficients “lift”"),
            (
                "relief.rates.dibao",
                "“最低生活保障家庭”的减免比例",
                "relief of “Minimum living security”",
            ),
            ("minimum.per_household", "每户金额", "amount per household"),
            ("", "方案", "the plan"),
        ] {
            assert_eq!(place(Language::Chinese, path, &document), chinese, "{path}");
            assert_eq!(place(Language::English, path, &document), english, "{path}");
        }
    }
}
