//! Bars of who pays how much, and the colours and textures of payers.

use fentan_core::Fen;
use fentan_words::{money, percent};
use yew::Html;

use super::elements::{all, element, tag};
use super::scale::{HUES, TEXTURES, in_percent};
use crate::by_payer::Payer;
use crate::figures::segments;

/// A stacked bar of what each payer pays. The tables hold the same figures.
pub fn bar(title: &str, names: &[String], payers: &[Payer], amounts: &[Fen]) -> Html {
    let whole = amounts.iter().copied().sum();
    let mut label = title.to_owned();
    let mut parts = Vec::new();
    for (index, (&amount, segment)) in amounts.iter().zip(segments(amounts)).enumerate() {
        if amount.is_zero() {
            continue;
        }
        let (name, part) = (&names[index], percent(amount, whole));
        label.push_str(&format!(" · {name} {part}"));
        let title = element("title", "", format!("{name} {} {part}", money(amount)));
        let (start, length) = (in_percent(segment.start), in_percent(segment.length));
        parts.push(element("g", "", all(vec![title, paint(index, &payers[index], start, length)])));
    }
    svg("bar", &label, all(parts))
}

/// The colour and texture of a payer, as in the bars, beside its name.
pub fn swatch(index: usize, payer: &Payer) -> Html {
    let parts = paint(index, payer, in_percent(0), "100%".to_owned());
    tag("svg", &["class", "aria-hidden"], &["swatch", "true"], parts)
}

fn svg(class: &str, label: &str, parts: Html) -> Html {
    tag("svg", &["class", "role", "aria-label"], &[class, "img", label], parts)
}

fn paint(index: usize, payer: &Payer, start: String, length: String) -> Html {
    let (hue, texture) = match payer {
        Payer::Residents => ("residents".to_owned(), 0),
        _ => (format!("payer-{}", index % HUES), index % TEXTURES),
    };
    let rect = |class: &str, fill: &str| {
        let keys = &["class", "x", "width", "height", "fill"];
        tag("rect", keys, &[class, &start, &length, "100%", fill], "")
    };
    let mut layers = vec![rect(&hue, "")];
    if texture > 0 {
        layers.push(rect("", &format!("url(#texture-{texture})")));
    }
    all(layers)
}
