//! A whole run of a county, from CSV to CSV, beside only reading and writing the same bytes with
//! the `csv` crate's byte records. Run by `cargo xtask bench`.
//!
//! `county FENTAN FOLDER [COMPOUNDS HOUSEHOLDS LINES]`: FENTAN is the program, FOLDER where the
//! county is generated and its results are written.

#![allow(clippy::float_arithmetic, reason = "times, not money")]

#[cfg(target_family = "wasm")]
fn main() {}

#[cfg(not(target_family = "wasm"))]
fn main() -> anyhow::Result<()> {
    measured::main()
}

#[cfg(not(target_family = "wasm"))]
mod measured {
    use std::fs::{self, File};
    use std::path::{Path, PathBuf};
    use std::process::{Command, Stdio};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Instant;

    use anyhow::{Context, Result, ensure};
    use csv::{ByteRecord, ReaderBuilder, WriterBuilder};
    use fentan_bench::{County, id};

    const ROUNDS: usize = 9;
    const TABLES: [&str; 5] = [
        "split-compounds.csv",
        "split-sources.csv",
        "split-lines.csv",
        "split-payments.csv",
        "split-households.csv",
    ];

    pub(super) fn main() -> Result<()> {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let [program, folder, size @ ..] = arguments.as_slice() else {
            anyhow::bail!("county FENTAN FOLDER [COMPOUNDS HOUSEHOLDS LINES]");
        };
        let size = size.iter().map(|one| one.parse()).collect::<Result<Vec<usize>, _>>()?;
        let county = match size[..] {
            [compounds, households, lines] => County { compounds, households, lines },
            _ => County::MEASURED,
        };
        let folder = Path::new(folder);
        let given = folder.join("county");
        county.write(&given)?;
        let out = folder.join("out");
        let mut times = [const { Vec::new() }; 3];
        let mut peak = 0;
        for round in 0..=ROUNDS {
            let _ = fs::remove_dir_all(&out);
            let begun = Instant::now();
            peak = peak.max(run(Path::new(program), &given, &out)?);
            let whole = begun.elapsed().as_secs_f64();
            let written = Written::read(&out)?;
            let csv_alone = [2, 1].map(|threads| copy(&county, &given, &written, folder, threads));
            // The first warms the disk's memory.
            if round > 0 {
                times[0].push(whole);
                for (times, time) in times[1..].iter_mut().zip(csv_alone) {
                    times.push(time?);
                }
            }
        }
        let [whole, two, one] = times.map(median);
        let households = (county.compounds * county.households) as f64;
        println!(
            "{} compounds, {households} households, {} lines each",
            county.compounds, county.lines
        );
        println!(
            "programme run, 2 threads        {:7.1} ms, peak memory {:.1} MB",
            whole * 1e3,
            peak as f64 / 1024.0
        );
        println!(
            "only csv byte records, 2 threads {:6.1} ms: {:.2} times as long",
            two * 1e3,
            whole / two
        );
        println!(
            "only csv byte records, 1 thread  {:6.1} ms: {:.2} times as long",
            one * 1e3,
            whole / one
        );
        for (what, further) in
            [("sweep of 100 points", &SWEEP[..]), ("seek of the least pot", &SEEK)]
        {
            let (seconds, peak) = scenario(Path::new(program), &given, &out, further)?;
            let megabytes = peak as f64 / 1024.0;
            println!("{what}, 2 threads  {seconds:7.2} s, peak memory {megabytes:.1} MB");
        }
        println!(
            "{:.0} households a second; 42 million: {:.0} s",
            households / whole,
            42e6 * whole / households
        );
        Ok(())
    }

    /// A hundred amounts of the central pot, from too little to nearly enough.
    const SWEEP: [&str; 7] = [
        "sweep",
        "--over",
        "pots.central.amount=20000000..218000000/2000000",
        "--measure",
        "max.median_cash",
        "--measure",
        "residents",
    ];

    /// The least central amount such that nobody anywhere pays above 2,500 yuan.
    const SEEK: [&str; 5] = [
        "seek",
        "--least",
        "pots.central.amount=20000000..400000000",
        "--such-that",
        "max.highest_cash<=2500",
    ];

    /// The seconds that scenarios over the programme take, and the most memory in kilobytes.
    fn scenario(program: &Path, given: &Path, out: &Path, further: &[&str]) -> Result<(f64, u64)> {
        let report = out.with_extension("time");
        let begun = Instant::now();
        let (command, further) = further.split_first().context("no command")?;
        let status = Command::new("/usr/bin/time")
            .args(["--format=%M", "--output"])
            .arg(&report)
            .arg(program)
            .args(["programme", command])
            .arg(given.join("programme.toml"))
            .args(further)
            .args(["--threads", "2"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .context("GNU time is needed, Debian's package `time`")?;
        ensure!(status.success(), "it ended with {status}");
        let seconds = begun.elapsed().as_secs_f64();
        Ok((seconds, fs::read_to_string(report)?.trim().parse()?))
    }

    fn median(mut times: Vec<f64>) -> f64 {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    }

    /// Runs the program; answers the most memory it held, in kilobytes.
    fn run(program: &Path, given: &Path, out: &Path) -> Result<u64> {
        let report = out.with_extension("time");
        let status = Command::new("/usr/bin/time")
            .args(["--format=%M", "--output"])
            .arg(&report)
            .arg(program)
            .args(["programme", "run"])
            .arg(given.join("programme.toml"))
            .arg("--out")
            .arg(out)
            .args(["--threads", "2"])
            .stderr(Stdio::null())
            .status()
            .context("GNU time is needed, Debian's package `time`")?;
        ensure!(status.success(), "the run ended with {status}");
        Ok(fs::read_to_string(report)?.trim().parse()?)
    }

    /// The records that a run wrote, by table.
    struct Written(Vec<(&'static str, Vec<ByteRecord>)>);

    impl Written {
        fn read(out: &Path) -> Result<Written> {
            let read = |name| {
                let reader = ReaderBuilder::new().has_headers(false).from_path(out.join(name));
                anyhow::Ok((name, reader?.byte_records().collect::<Result<_, _>>()?))
            };
            Ok(Written(TABLES.into_iter().map(read).collect::<Result<_>>()?))
        }
    }

    /// Reads every roster and writes every table, each as byte records, and puts them on the disk
    /// as the run does; answers the seconds it took.
    fn copy(
        county: &County,
        given: &Path,
        written: &Written,
        folder: &Path,
        threads: usize,
    ) -> Result<f64> {
        let copies = folder.join("copy");
        let _ = fs::remove_dir_all(&copies);
        fs::create_dir_all(&copies)?;
        // Parts of tables, so that every thread has as much to write.
        const PARTS: usize = 8;
        let parts: Vec<(PathBuf, &[ByteRecord])> = written
            .0
            .iter()
            .flat_map(|(name, records)| {
                let part = records.len().div_ceil(PARTS).max(1);
                let (parts, copies) = (records.chunks(part).enumerate(), &copies);
                parts.map(move |(part, records)| (copies.join(format!("{part}-{name}")), records))
            })
            .collect();
        let begun = Instant::now();
        let (roster, part) = (AtomicUsize::new(0), AtomicUsize::new(0));
        thread::scope(|scope| {
            let work = || {
                loop {
                    let compound = roster.fetch_add(1, Ordering::Relaxed);
                    if compound >= county.compounds {
                        break;
                    }
                    let path = given.join(id(compound)).join("households.csv");
                    let mut reader = ReaderBuilder::new().from_path(path)?;
                    let mut record = ByteRecord::new();
                    while reader.read_byte_record(&mut record)? {}
                }
                while let Some((path, records)) = parts.get(part.fetch_add(1, Ordering::Relaxed)) {
                    let file = File::create(path)?;
                    let mut writer = WriterBuilder::new().flexible(true).from_writer(file);
                    records.iter().try_for_each(|record| writer.write_byte_record(record))?;
                    writer.flush()?;
                    writer.get_ref().sync_all()?;
                }
                anyhow::Ok(())
            };
            let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            threads.into_iter().try_for_each(|thread| thread.join().expect("no panic"))
        })?;
        Ok(begun.elapsed().as_secs_f64())
    }
}
