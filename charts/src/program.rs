use fentan_pieces::{Piece, panel};
use fentan_words::{Language, say};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::Figures;
use crate::floor_table::floor_table;
use crate::floors::Floors;
use crate::flow_chart::flow_chart;
use crate::histogram::histogram;

/// Draws [`Figures`]: a list of [`Piece`]s, both in the form that the page's worker talks in
/// (postcard); none where the figures are none.
///
/// ```
/// use fentan_charts::{Figures, Flow, FlowLine, charts};
/// use fentan_core::Fen;
/// let line = FlowLine { name: "roof".to_owned(), paid: vec![Fen(500)], residents: Fen(100) };
/// let flow = Flow { payers: vec!["county".to_owned()], lines: vec![line], groups: Vec::new() };
/// let figures = postcard::to_allocvec(&Figures { flow, homes: Vec::new() })?;
/// let drawn = charts(&figures, "en").expect("figures");
/// assert_eq!(postcard::from_bytes::<Vec<fentan_pieces::Piece>>(&drawn)?.len(), 3);
/// assert_eq!(charts(b"none", "en"), None);
/// # Ok::<(), postcard::Error>(())
/// ```
#[wasm_bindgen]
pub fn charts(figures: &[u8], language: &str) -> Option<Vec<u8>> {
    let Figures { flow, homes } = postcard::from_bytes(figures).ok()?;
    let language = Language::of_tag(language).unwrap_or_default();
    let chart = |id: &str, drawing: Piece| {
        let heading = format!("charts.{id}");
        let note = say(language, &format!("{heading}-note"));
        panel(id, say(language, &heading), note, vec![drawing])
    };
    let charts = [
        chart("flow", flow_chart(language, "flow", &flow)),
        chart("cash", histogram(language, "cash", &homes)),
        chart("floors", floor_table(language, "floors", &Floors::of(&homes))),
    ];
    postcard::to_allocvec(&charts.to_vec()).ok()
}
