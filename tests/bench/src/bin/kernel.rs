//! The time of a cell in the kernel, largest remainder by area: the same program natively and in
//! wasm, so that `cargo xtask bench` can set one beside the other.
//!
//! Prints nanoseconds a cell: the median and the least of its rounds.

#![allow(clippy::float_arithmetic, reason = "times, not money")]

use std::hint::black_box;
use std::time::Instant;

use fentan_core::Fen;
use fentan_core::internal::{Allocator, Weights};

const COMPOUNDS: usize = 30;
const HOUSEHOLDS: usize = 800;
const LINES: usize = 20;
const ROUNDS: usize = 101;

fn main() {
    let mut compounds: Vec<Weights> = (0..COMPOUNDS).map(areas).collect();
    let mut allocator = Allocator::default();
    let mut cells = vec![Fen::ZERO; HOUSEHOLDS * LINES];
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            for weights in &mut compounds {
                for (line, cells) in (0..).zip(cells.chunks_exact_mut(HOUSEHOLDS)) {
                    let total = black_box(Fen(68_000_007 + 97_700 * line));
                    let split = allocator.split(total, black_box(weights), black_box(cells));
                    assert!(split.is_ok(), "areas are above nought");
                }
            }
            begun.elapsed().as_secs_f64() * 1e9 / (COMPOUNDS * HOUSEHOLDS * LINES) as f64
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{:.2} {:.2}", times[ROUNDS / 2], times[0]);
}

/// The areas of a compound's households, in millionths of a square metre.
fn areas(compound: usize) -> Weights {
    let area = move |household: usize| {
        let metres = 40 + (household * 7 + compound) % 57;
        let hundredths = (household * 31 + compound * 17) % 100;
        ((metres * 100 + hundredths) * 10_000) as u128
    };
    let mut weights = Weights::default();
    weights.set((0..HOUSEHOLDS).map(area));
    weights
}
