//! The time of a split by households and lines, beside the least any split must do: writing
//! every share once. `cargo bench -p fentan-core`; compare within one run.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use fentan_core::{Document, Fen, Plan, RosterFile, split};

const HOUSEHOLDS: usize = 800;
const LINES: usize = 20;

fn plan(share_by: &str) -> Plan {
    let mut plan = String::from(
        "fentan = 1\ntables.lift = { 1 = \"0\", 2 = \"0.5\", 3 = \"1\", 4 = \"1.1\", 5 = \"1.2\" }\n",
    );
    for line in 0..LINES {
        plan += &format!(
            "[[lines]]\nid = \"{line}\"\namount = \"{}.07\"\nshare_by = {share_by}\n",
            680_000 + 977 * line
        );
    }
    let mut roster = String::from("id,floor,area\n");
    for household in 0..HOUSEHOLDS {
        let (metres, hundredths) = (40 + household % 57, household % 100);
        roster += &format!("{household},{},{metres}.{hundredths:02}\n", 1 + household % 5);
    }
    let document = Document::from_toml(plan.as_bytes()).expect("a document");
    let roster = RosterFile { file: "households.csv", bytes: roster.as_bytes() };
    Plan::read(&document, Some(roster)).expect("a plan")
}

fn splits(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("800 households x 20 lines");
    group.throughput(Throughput::Elements((HOUSEHOLDS * LINES) as u64));
    let mut cells = vec![Fen::ZERO; HOUSEHOLDS * LINES];
    group.bench_function("only write every cell", |bencher| {
        bencher.iter(|| {
            for (index, cell) in cells.iter_mut().enumerate() {
                *cell = Fen(black_box(index as u128));
            }
        });
    });
    for (name, share_by) in [
        ("by area", "\"area\""),
        ("by coefficient x area", "{ table = \"lift\", times = \"area\" }"),
        ("by floors, within by area", "{ table = \"lift\", within = \"area\" }"),
    ] {
        let plan = plan(share_by);
        group.bench_function(name, |bencher| bencher.iter(|| split(black_box(&plan))));
    }
    group.finish();
}

criterion_group!(benches, splits);
criterion_main!(benches);
