//! A stand-in roster, from how many dwellings of which type there are.

use fentan_words::{say, say_with};
use yew::Html;

use crate::message::Dwelling;
use crate::page::Page;
use crate::parts::elements::{all, element, tag};
use crate::screens::roster::does;

/// A stand-in roster, made of how many homes of which size there are.
pub fn estimate(page: &Page) -> Html {
    let say = |key: &str| say(page.language, &format!("page.roster.estimate.{key}"));
    let say_with = |key: &str, count: u64| {
        let count = count.to_string();
        say_with(page.language, &format!("page.roster.estimate.{key}"), &[("count", &count)])
    };
    let dwellings = &page.view.dwellings;
    let mut parts = vec![element("h3", "", say("heading")), element("p", "note", say("note"))];
    for (place, of) in dwellings.iter().enumerate() {
        let mut fields = vec![element("legend", "", say_with("type", place as u64 + 1))];
        for field in ["area", "buildings", "units", "floors", "on_a_floor"] {
            let name = format!("{place} {field}");
            let input = tag(
                "input",
                &["name", "class", "inputmode", "value"],
                &[&name, "number", "decimal", &read(of, field)],
                "",
            );
            let label = vec![element("span", "", say(field)), input];
            fields.push(element("label", "field", all(label)));
        }
        parts.push(element("fieldset", "", all(fields)));
    }
    let words = match Dwelling::count(dwellings) {
        Some(count) => say_with("count", count),
        None => say_with("too-many", Dwelling::MOST),
    };
    let is_right = Dwelling::count(dwellings).is_some_and(|count| count > 0);
    let make = tag(
        "button",
        &["name", "disabled"],
        &["estimate", if is_right { "" } else { "disabled" }],
        say("make"),
    );
    let words = tag("span", &["role"], &["status"], words);
    parts.push(element("p", "tools", all(vec![does("dwelling", "", say("more")), make, words])));
    element("div", "estimate", all(parts))
}

fn count_of<'d>(of: &'d mut Dwelling, field: &str) -> &'d mut u32 {
    match field {
        "buildings" => &mut of.buildings,
        "units" => &mut of.units,
        "floors" => &mut of.floors,
        _ => &mut of.on_a_floor,
    }
}

/// What is written in a field; nothing where that is zero.
fn read(of: &Dwelling, field: &str) -> String {
    match field {
        "area" => of.area.clone(),
        _ => match *count_of(&mut of.clone(), field) {
            0 => String::new(),
            count => count.to_string(),
        },
    }
}

/// Writes a field; what is no count is zero.
pub fn write(of: &mut Dwelling, field: &str, text: String) {
    match field {
        "area" => of.area = text,
        _ => *count_of(of, field) = text.trim().parse().unwrap_or_default(),
    }
}
