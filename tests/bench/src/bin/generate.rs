//! `generate FOLDER COMPOUNDS HOUSEHOLDS LINES` writes a county to try things with.

#[cfg(target_family = "wasm")]
fn main() {}

#[cfg(not(target_family = "wasm"))]
fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, compounds, households, lines] = arguments.as_slice() else {
        anyhow::bail!("generate FOLDER COMPOUNDS HOUSEHOLDS LINES");
    };
    let county = fentan_bench::County {
        compounds: compounds.parse()?,
        households: households.parse()?,
        lines: lines.parse()?,
    };
    Ok(county.write(folder.as_ref())?)
}
