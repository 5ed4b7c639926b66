//! The time of reading a plan again, and of stress, for 1,000 households and 20 lines.
//! `cargo bench -p fentan-core --bench scenarios`; compare within one run.

use std::hint::black_box;
use std::thread;

use criterion::{Criterion, criterion_group, criterion_main};
use fentan_core::scenario::{Base, Condition, Pinned, Range, Seek, StressTest, compare, seek};
use fentan_core::{Document, Packs, Plan, split};

const HOUSEHOLDS: usize = 1_000;
const LINES: usize = 20;
const DRAWS: u32 = 1_000;
const THREADS: u32 = 2;

/// A plan with its roster in it, as the page keeps it.
fn document() -> Document<'static> {
    let mut plan = format!(
        r#"{{ "fentan": 1, "tables": {{ "lift": {{ "1": "0", "2": "0.5", "3": "1", "4": "1.1", "5": "1.2" }} }},
        "sources": [{{ "id": "central", "rate": "30%", "amount": "3000000" }},
            {{ "id": "city", "amount": "800000" }}, {{ "id": "county", "per_household": "3000" }}],
        "relief": {{ "rates": {{ "dibao": "1" }}, "pot": {{ "id": "pot", "amount": "20000" }} }},
        "channels": [{{ "kind": "public_revenue", "amount": "80000" }}, {{ "kind": "maintenance_fund" }}],
        "scenarios": [{{ "id": "more", "changes": [{{ "set": "sources.county.per_household", "to": "3500" }}] }}],
        "stress": {{ "draws": {DRAWS}, "sources": {{ "county": {{ "chance": "10%", "pays": "50%" }} }}, "lines": {{ "#
    );
    let overruns = (0..LINES)
        .map(|line| format!(r#""{line}": {{ "least": "-5%", "likely": "3%", "most": "20%" }}"#));
    plan += &overruns.collect::<Vec<_>>().join(",");
    plan += r#"} }, "lines": ["#;
    let keys = [r#""area""#, r#""household""#, r#"{ "table": "lift", "times": "area" }"#];
    let lines = (0..LINES).map(|line| {
        let (amount, key) = (680_000 + 977 * line, keys[line % keys.len()]);
        format!(r#"{{ "id": "{line}", "amount": "{amount}.07", "share_by": {key} }}"#)
    });
    plan += &lines.collect::<Vec<_>>().join(",");
    plan += r#"], "households": ["#;
    let households = (0..HOUSEHOLDS).map(|household| {
        let (floor, metres, hundredths) = (1 + household % 5, 40 + household % 57, household % 100);
        let hardship = if household % 50 == 0 { r#", "hardship": "dibao""# } else { "" };
        format!(
            r#"{{ "id": "{household}", "floor": {floor}, "area": "{metres}.{hundredths:02}",
                "fund_balance": "900.00"{hardship} }}"#
        )
    });
    plan += &households.collect::<Vec<_>>().join(",");
    plan += "] }";
    Document::from_json(plan.as_bytes()).expect("a document").into_owned()
}

fn reading(criterion: &mut Criterion) {
    let document = document();
    let plan = Plan::read(&document, None).expect("a plan");
    let packs = Packs::default();
    let mut group = criterion.benchmark_group("1,000 households x 20 lines");
    group.bench_function("read", |bencher| bencher.iter(|| Plan::read(black_box(&document), None)));
    group.bench_function("read again with the roster kept", |bencher| {
        bencher.iter(|| plan.reread(black_box(&document), &packs));
    });
    group.bench_function("split", |bencher| bencher.iter(|| split(black_box(&plan))));
    let mut base = Base::new(plan.clone(), &document, packs.clone());
    let pinned = Pinned::new(&mut base, None).expect("a plan that can be split");
    group.bench_function("compare one scenario", |bencher| {
        bencher.iter(|| compare(&mut base, &pinned, plan.scenarios(), None));
    });
    group.finish();
}

fn searching(criterion: &mut Criterion) {
    let document = document();
    let plan = Plan::read(&document, None).expect("a plan");
    let test = StressTest::new(&plan, plan.stress().clone()).expect("a plan that can be split");
    let mut group = criterion.benchmark_group("1,000 households x 20 lines, many splits");
    group.sample_size(10);
    group.bench_function("1,000 draws on 2 threads", |bencher| {
        bencher.iter(|| {
            thread::scope(|scope| {
                for first in 0..THREADS {
                    let test = &test;
                    scope.spawn(move || {
                        let draws = (first..DRAWS).step_by(THREADS as usize);
                        draws.map(|index| test.draw(index)).collect::<Result<Vec<_>, _>>()
                    });
                }
            });
        });
    });
    let base = Base::new(plan, &document, Packs::default());
    let asked = Seek {
        range: Range::read(&base, "sources.county.per_household").expect("a range"),
        greatest: false,
        conditions: vec![Condition::read("highest_cash<=12000").expect("a condition")],
        most: 10_000,
    };
    group.bench_function("seek an amount for each household", |bencher| {
        bencher.iter(|| seek(&base, &asked, &mut |_| true));
    });
    group.finish();
}

criterion_group!(benches, reading, searching);
criterion_main!(benches);
