//! Generates a county: `generate COMPOUNDS HOUSEHOLDS LINES FOLDER`.

#[cfg(target_family = "wasm")]
fn main() {}

#[cfg(not(target_family = "wasm"))]
fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [compounds, households, lines, folder] = arguments.as_slice() else {
        anyhow::bail!("generate COMPOUNDS HOUSEHOLDS LINES FOLDER");
    };
    let county = fentan_bench::County {
        compounds: compounds.parse()?,
        households: households.parse()?,
        lines: lines.parse()?,
    };
    Ok(county.write(std::path::Path::new(folder))?)
}
