//! `fentan stress`: overruns and shortfalls.

use std::fmt::Write;
use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::thread;

use clap::ArgMatches;
use fentan_core::scenario::{Fan, Outcome, Percentiles, StressTest, Swing, tornado};
use fentan_core::{Error, Fen};
use fentan_words::{Language, defused, money, printable, say, say_with};
use serde::Serialize;

use crate::progress::Progress;
use crate::split::finish;
use crate::tables::Style;
use crate::{Failure, colours, input, output};

pub(crate) fn run(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    super::answered(language, matches, answer(language, matches))
}

#[derive(Serialize)]
struct Stressed<'s> {
    #[serde(flatten)]
    fan: &'s Fan,
    tornado: &'s [Swing],
}

fn answer(language: Language, matches: &ArgMatches) -> Result<(), Failure> {
    let base = input::base(language, matches)?;
    let mut stress = base.plan().stress().clone();
    if stress.is_empty() {
        return Err(anyhow::Error::msg(say(language, "stress.none")).into());
    }
    stress.draws = matches.get_one("draws").copied().unwrap_or(stress.draws);
    stress.seed = matches.get_one("seed").copied().unwrap_or(stress.seed);
    let failure = |error| Failure::of_split(language, error);
    let test = StressTest::new(base.plan(), stress).map_err(failure)?;
    let draws = draw_all(&test, input::threads(matches)).map_err(failure)?;
    let swings = (0..test.inputs()).map(|input| test.swing(input));
    let swings = tornado(swings.collect::<Result<_, _>>().map_err(failure)?);
    let fan = test.fan(&draws);
    match super::format(matches) {
        "json" => output::print(&output::versioned(&Stressed { fan: &fan, tornado: &swings })?)?,
        "csv" => output::print(&csv(&fan)?)?,
        _ => output::print(shown(language, &fan, &swings).as_bytes())?,
    }
    Ok(())
}

/// Every draw, each at its own place whichever thread made it.
fn draw_all(test: &StressTest, threads: usize) -> Result<Vec<Option<Outcome>>, Error> {
    let next = AtomicU32::new(0);
    let (sender, receiver) = mpsc::channel();
    let mut draws = vec![None; test.count() as usize];
    thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    // Nobody listens any more where a draw has failed.
                    if index >= test.count() || sender.send((index, test.draw(index))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut progress = Progress::of(test.count().into());
        for (done, (index, drawn)) in (1..).zip(receiver) {
            draws[index as usize] = drawn?;
            progress.at(done);
        }
        Ok(draws)
    })
}

/// A row of the fan: its key in a file, its title, its amounts.
fn rows(language: Language, fan: &Fan) -> Vec<(String, String, Percentiles)> {
    let payers = fan.payers.iter().map(|payer| {
        let name = printable(payer.name.as_ref().unwrap_or(&payer.id));
        (defused(&format!("paid.{}", payer.id)), name, payer.paid)
    });
    let figures = [
        ("residents", fan.residents),
        ("median_cash", fan.median_cash),
        ("highest_cash", fan.highest_cash),
    ];
    let figures = figures.map(|(name, amounts)| {
        (name.to_owned(), say(language, &format!("measure.{name}")), amounts)
    });
    payers.chain(figures).collect()
}

fn amounts(row: &Percentiles) -> [Fen; 4] {
    [row.base, row.tenth, row.half, row.ninetieth]
}

fn csv(fan: &Fan) -> io::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["figure", "base", "p10", "p50", "p90"])?;
    for (name, _, row) in rows(Language::English, fan) {
        let amounts = amounts(&row).map(|amount| amount.to_string());
        table.write_record(std::iter::once(name).chain(amounts))?;
    }
    finish(table)
}

/// Writing to a text can't fail.
fn shown(language: Language, fan: &Fan, swings: &[Swing]) -> String {
    let style = Style { language, colours: colours() };
    let say = |key: &str| say(language, key);
    let (draws, seed) = (fan.draws.to_string(), fan.seed.to_string());
    let drawn = say_with(language, "stress.drawn", &[("draws", &draws), ("seed", &seed)]);
    let mut text = format!("{}\n", style.bold(&drawn));
    let heads = ["compare.base", "stress.tenth", "stress.half", "stress.ninetieth"].map(say);
    let mut table = style.table(&["compare.figure"], &heads);
    for (_, title, row) in rows(language, fan) {
        table.add_row(std::iter::once(title).chain(amounts(&row).map(money)));
    }
    let _ = writeln!(text, "{table}");
    if fan.failed > 0 {
        let failed = [("count", &*fan.failed.to_string())];
        let _ = writeln!(text, "{}", say_with(language, "stress.failed", &failed));
    }
    let _ = writeln!(text, "\n{}", style.bold(&say("stress.tornado")));
    let heads = ["stress.low", "term.residents", "stress.high", "term.residents", "stress.swing"];
    let mut table = style.table(&["stress.input"], &heads.map(say));
    for swing in swings {
        let name = printable(swing.name.as_ref().unwrap_or(&swing.input));
        let owed = |owed: Option<Fen>| owed.map_or_else(|| say("seek.unsplittable"), money);
        let ((low, at_low), (high, at_high)) = (&swing.low, &swing.high);
        let (low, high) = (printable(low), printable(high));
        let cells = [low, owed(*at_low), high, owed(*at_high), money(swing.swing)];
        table.add_row(std::iter::once(name).chain(cells));
    }
    let _ = writeln!(text, "{table}");
    text
}
