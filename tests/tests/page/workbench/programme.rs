//! Programmes, opened in the page: every figure is what the engine comes to here, from the same files.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use anyhow::{Context, Result};
use fantoccini::Locator;
use fentan_core::policy::Severity;
use fentan_core::programme::desk::{Desk, DeskChange, Together, by_county, by_payer, one_by_one};
use fentan_core::programme::{CompoundTable, Programme, percentile};
use fentan_core::scenario::{Base, Difference};
use fentan_core::{Document, Fen, Packs, Plan, RosterFile, Split, findings, split};
use fentan_words::{cell, money};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::browser::Browser;
use crate::workbench::{click, has, rows, says, show, text, type_into, value, wait_until, write};
use crate::{examples, speak_the_other_language};

/// The example programme, read from its folder as the command line does.
struct Example {
    programme: Programme,
    bases: Vec<Base>,
    /// Each plan with its portion, and its split.
    split: Vec<(Plan, Split)>,
    /// By compound and pot, what it gets.
    portions: Vec<Vec<Fen>>,
}

impl Example {
    fn read() -> Result<Example> {
        let folder = examples().join("programme");
        let programme = fs::read(folder.join("programme.toml"))?;
        let table = fs::read(folder.join("compounds.csv"))?;
        let table = CompoundTable { file: "compounds.csv", bytes: &table };
        let programme = Programme::read(&Document::from_toml(&programme)?, Some(table))?;
        let division = programme.divide()?;
        let mut example =
            Example { programme, bases: Vec::new(), split: Vec::new(), portions: Vec::new() };
        for (index, compound) in example.programme.compounds.iter().enumerate() {
            let path = folder.join(compound.plan.as_ref().context("a plan")?);
            let roster = fs::read(path.with_file_name("households.csv"))?;
            let bytes = fs::read(path)?;
            let document = Document::from_toml(&bytes)?;
            let roster = RosterFile { file: "households.csv", bytes: &roster };
            let plan = Plan::read(&document, Some(roster))?;
            example.bases.push(Base::new(plan.clone(), &document, Packs::default()));
            let plan = plan.with_offers(&example.programme.offers(&division, index))?;
            let split = split(&plan)?;
            example.split.push((plan, split));
            let portions = division.pots.iter().map(|pot| pot.portions[index].amount);
            example.portions.push(portions.collect());
        }
        Ok(example)
    }

    fn desk(&self) -> Desk {
        let bases = self.bases.iter().map(|base| Some(Ok(base.clone())));
        Desk::new(self.programme.clone(), bases.collect())
    }

    fn cash(&self, compound: usize) -> Vec<Fen> {
        let homes = self.split[compound].1.households.iter();
        let mut cash: Vec<Fen> = homes.map(|home| home.paid.cash).collect();
        cash.sort_unstable();
        cash
    }

    /// What the page lists of a compound.
    fn row(&self, compound: usize) -> Vec<String> {
        let of = &self.programme.compounds[compound];
        let (plan, split) = &self.split[compound];
        let cash = self.cash(compound);
        let paid = |source: &str| {
            let found = split.sources.iter().find(|one| one.id == source);
            found.map_or(Fen::ZERO, |one| one.paid)
        };
        let portions = &self.portions[compound];
        let pots = self.programme.pots.iter().zip(portions);
        let unused: Fen = pots.map(|(pot, portion)| portion.less(paid(&pot.source))).sum();
        let found = findings(plan, split, &Packs::default());
        let count = |severity| found.iter().filter(|one| one.severity == severity).count();
        let counted = match (count(Severity::Error), count(Severity::Warning)) {
            (0, 0) => "–".to_owned(),
            (errors, warnings) => format!("不符 {errors} · 注意 {warnings}"),
        };
        let mut row = vec![
            of.name.clone().unwrap_or_default(),
            of.county.clone().unwrap_or_default(),
            split.households.len().to_string(),
            cell(split.budget),
            cell(split.residents),
            cell(percentile(&cash, 50)),
            cell(cash.last().copied().unwrap_or_default()),
        ];
        row.extend(portions.iter().map(|&portion| cell(portion)));
        row.extend([cell(unused), counted]);
        row
    }

    fn rows(&self, takes: impl Fn(usize) -> bool) -> Vec<Vec<String>> {
        (0..self.split.len()).filter(|&one| takes(one)).map(|one| self.row(one)).collect()
    }
}

/// The example as a zip file, as an office sends a folder; but for the files that are left out.
fn zipped(left_out: &[&str]) -> Result<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let folder = examples().join("programme");
    let mut folders = vec![folder.clone()];
    while let Some(one) = folders.pop() {
        for entry in fs::read_dir(one)? {
            let path = entry?.path();
            let name = path.strip_prefix(&folder)?.to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if !left_out.contains(&name.as_str()) {
                writer.start_file(format!("计划/{name}"), SimpleFileOptions::default())?;
                writer.write_all(&fs::read(path)?)?;
            }
        }
    }
    Ok(writer.finish()?.into_inner())
}

/// Opens a zip file of a programme on the screen that is shown.
async fn open(browser: &Browser, folder: &Path, file: &[u8]) -> Result<()> {
    let path = folder.join("programme.zip");
    fs::write(&path, file)?;
    type_into(browser, "#programme-zip", path.to_str().context("a path")?).await
}

/// Opens the example programme on the screen that is shown.
pub async fn open_programme(browser: &Browser) -> Result<()> {
    let folder = tempfile::tempdir()?;
    open(browser, folder.path(), &zipped(&[])?).await?;
    wait_until("it is open", || has(browser, "#programme-compounds tbody th")).await
}

/// The rows of the compounds, without those that keep room.
async fn listed(browser: &Browser) -> Result<Vec<Vec<String>>> {
    let rows = rows(browser, "#programme-compounds").await?;
    Ok(rows.into_iter().filter(|row| row.len() > 1).collect())
}

async fn lists(browser: &Browser, what: &str, expected: &[Vec<String>]) -> Result<()> {
    wait_until(what, || async { Ok(listed(browser).await? == expected) }).await
}

/// Chooses of a list.
async fn choose(browser: &Browser, list: &str, value: &str) -> Result<()> {
    browser.with(list, async |list| list.select_by_value(value).await).await
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_programme_is_listed_and_filtered_with_the_figures_of_a_run() -> Result<()> {
    let example = Example::read()?;
    let browser = Browser::open(1280, 900).await?;
    show(&browser, "programme").await?;
    browser.requests().await?;
    open_programme(&browser).await?;
    lists(&browser, "all are listed", &example.rows(|_| true)).await?;
    let unused: Vec<_> = example.rows(|_| true).iter().map(|row| row[9].clone()).collect();
    assert!(unused.iter().any(|amount| amount != &cell(Fen::ZERO)), "somebody leaves money");
    let budget: Fen = example.split.iter().map(|(_, split)| split.budget).sum();
    let residents: Fen = example.split.iter().map(|(_, split)| split.residents).sum();
    let together = text(&browser, "#programme-together .cards").await?;
    for amount in [budget, residents] {
        assert!(together.contains(&money(amount)), "{together}");
    }
    browser.screenshot("programme-open-1280").await?;

    let compounds = &example.programme.compounds;
    choose(&browser, "#programme-county", "=南乐县").await?;
    let is_of_county = |one: usize| compounds[one].county.as_deref() == Some("南乐县");
    lists(&browser, "a county is listed", &example.rows(is_of_county)).await?;
    assert_eq!(text(&browser, "#programme-count").await?, "24 个小区中的 8 个");
    choose(&browser, "#programme-county", "").await?;

    // The column of how many homes it is stands beside the households.
    write(&browser, "#programme-over", "9,500").await?;
    let over = |one: usize| example.cash(one).iter().filter(|&&cash| cash > Fen(950_000)).count();
    let expected: Vec<_> = (0..compounds.len())
        .filter(|&one| over(one) > 0)
        .map(|one| {
            let mut row = example.row(one);
            row.insert(3, over(one).to_string());
            row
        })
        .collect();
    assert!((1..24).contains(&expected.len()));
    lists(&browser, "those over an amount are listed", &expected).await?;
    write(&browser, "#programme-over", "many").await?;
    wait_until("it is told", || says(&browser, "#programme-over-wrong", "3000")).await?;
    write(&browser, "#programme-over", " ").await?;

    choose(&browser, "#programme-findings", "has-unused").await?;
    let leaves = |one: usize| example.row(one)[9] != cell(Fen::ZERO);
    lists(&browser, "those that leave money are listed", &example.rows(leaves)).await?;
    choose(&browser, "#programme-findings", "has-any").await?;
    let has_findings = |one: usize| example.row(one)[10] != "–";
    lists(&browser, "those with findings are listed", &example.rows(has_findings)).await?;
    choose(&browser, "#programme-findings", "").await?;

    click(&browser, "#programme-compounds [value='residents']").await?;
    let mut sorted: Vec<usize> = (0..compounds.len()).collect();
    sorted.sort_by_key(|&one| std::cmp::Reverse(example.split[one].1.residents));
    let expected: Vec<_> = sorted.into_iter().map(|one| example.row(one)[0].clone()).collect();
    wait_until("the largest comes first", || async {
        let names = listed(&browser).await?.into_iter().map(|row| row[0].clone());
        Ok(names.collect::<Vec<_>>() == expected)
    })
    .await?;
    // The worker loads its program, and of the programme nothing is sent.
    let is_program = |asked: &String| asked.ends_with(".js") || asked.ends_with(".wasm");
    let sent: Vec<_> =
        browser.requests().await?.into_iter().filter(|one| !is_program(one)).collect();
    assert_eq!(sent, Vec::<String>::new());
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn tiles_show_what_is_chosen_and_open_a_compound() -> Result<()> {
    let example = Example::read()?;
    let browser = Browser::open(1280, 900).await?;
    show(&browser, "programme").await?;
    open_programme(&browser).await?;
    choose(&browser, "#programme-colour", "budget").await?;
    let tiles = "return [...document.querySelectorAll('.tiles button')]
        .map((tile) => [...tile.children].map((part) => part.textContent))";
    let county = |one: &usize| example.programme.compounds[*one].county.clone();
    let mut compounds: Vec<usize> = (0..example.split.len()).collect();
    compounds.sort_by_key(county);
    let expected: Vec<Vec<String>> = compounds
        .iter()
        .map(|&one| {
            let row = example.row(one);
            vec![row[0].clone(), row[3].clone()]
        })
        .collect();
    wait_until("tiles show budgets", || async {
        let found = browser.page.execute(tiles, vec![]).await?;
        Ok(serde_json::from_value::<Vec<Vec<String>>>(found)? == expected)
    })
    .await?;
    // A fifth of them is of the darkest shade, and of the widest bar.
    let darkest = browser.page.find_all(Locator::Css(".tiles .tile-4")).await?.len();
    assert!((1..=5).contains(&darkest), "{darkest}");
    browser.screenshot("programme-tiles-1280").await?;
    click(&browser, ".tiles button").await?;
    let heading = "#programme-compound h2";
    wait_until("it is told", || says(&browser, heading, &expected[0][0])).await?;
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_compound_and_a_home_are_told_as_a_run_has_them() -> Result<()> {
    let example = Example::read()?;
    let browser = Browser::open(1280, 900).await?;
    show(&browser, "programme").await?;
    open_programme(&browser).await?;
    let place = 1;
    let (plan, split) = &example.split[place];
    click(&browser, &format!("#programme-compound-{place}")).await?;
    wait_until("its homes are told", || has(&browser, "#programme-homes-box tbody th")).await?;
    let focused = browser.page.active_element().await?.prop("id").await?;
    assert_eq!(focused.as_deref(), Some("programme-compound-heading"));

    let lines = rows(&browser, "#programme-lines + .table-box").await?;
    let mut expected: Vec<Vec<String>> = Vec::new();
    for (of, line) in plan.lines().iter().zip(&split.lines) {
        let mut row = vec![of.name.clone().unwrap_or_default(), cell(line.amount)];
        row.extend(split.sources.iter().map(|source| {
            let paid = line.paid.iter().find(|(id, _)| *id == source.id);
            cell(paid.map_or(Fen::ZERO, |&(_, amount)| amount))
        }));
        row.push(cell(line.left_to_residents + line.top_up));
        expected.push(row);
    }
    assert_eq!(lines[..expected.len()], expected);
    let homes = rows(&browser, "#programme-homes-box").await?;
    let expected: Vec<Vec<String>> = split
        .households
        .iter()
        .map(|home| {
            vec![home.id.to_string(), cell(home.share), cell(home.due), cell(home.paid.cash)]
        })
        .collect();
    assert_eq!(homes, expected);
    let found = findings(plan, split, &Packs::default());
    let told = browser.page.find_all(Locator::Css("#programme-findings-list li")).await?;
    assert_eq!(told.len(), found.len());
    browser.screenshot("programme-compound-1280").await?;

    // Into the open plan it could be written, too, were it of this compound.
    let row = |id: &str| {
        let offers = plan.sources().iter().find(|source| source.id == id);
        offers.and_then(|source| source.amount).map(cell)
    };
    let offered = rows(&browser, "#programme-portion + .table-box").await?;
    assert_eq!(offered.iter().map(|row| row.last().cloned()).collect::<Vec<_>>(), {
        let pots = example.programme.pots.iter().map(|pot| row(&pot.source));
        pots.collect::<Vec<_>>()
    });
    assert!(says(&browser, "#programme-compound", "可能不是同一个小区").await?);

    click(&browser, "#programme-home-0").await?;
    let home = &split.households[0];
    wait_until("a home is told", || has(&browser, "#programme-home")).await?;
    let told = text(&browser, "#programme-home").await?;
    for amount in [home.share, home.due, home.paid.cash] {
        assert!(told.contains(&money(amount)), "{} of {told}", money(amount));
    }
    browser.screenshot("programme-home-1280").await?;
    for _ in 0..2 {
        assert_eq!(browser.axe().await?, Vec::<String>::new());
        speak_the_other_language(&browser).await?;
    }
    click(&browser, "#programme-home-close").await?;
    wait_until("it is closed", || async { Ok(!has(&browser, "#programme-home").await?) }).await?;
    click(&browser, "#programme-back").await?;
    wait_until("all are shown", || has(&browser, "#programme-compounds")).await?;
    let focused = browser.page.active_element().await?.prop("id").await?;
    assert_eq!(focused, Some(format!("programme-compound-{place}")));
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_compound_is_opened_as_a_plan_with_its_portion() -> Result<()> {
    let example = Example::read()?;
    let browser = Browser::open(1280, 900).await?;
    // The file is read once more for a copy.
    let folder = tempfile::tempdir()?;
    let open_again = async || {
        show(&browser, "programme").await?;
        open(&browser, folder.path(), &zipped(&[])?).await?;
        wait_until("it is open", || has(&browser, "#programme-compounds tbody th")).await
    };
    open_again().await?;
    let place = 1;
    let (plan, split) = &example.split[place];
    click(&browser, &format!("#programme-compound-{place}")).await?;
    wait_until("it can be copied", || has(&browser, "#programme-copy")).await?;
    click(&browser, "#programme-copy").await?;
    // Its result is that of a run, and its name says whose money it is.
    let budget = money(split.budget);
    wait_until("it is open", || says(&browser, "#summary", &budget)).await?;
    let residents = money(split.residents);
    wait_until("its result is that of a run", || says(&browser, "#summary", &residents)).await?;
    let name = value(&browser, "#field-name").await?;
    let programme = example.programme.name.as_deref().context("a name")?;
    assert!(name.contains(&format!("按“{programme}”分配")), "{name}");
    show(&browser, "sources").await?;
    wait_until("the sources are there", || has(&browser, "#field-sources-0--amount")).await?;
    for (at, source) in plan.sources().iter().enumerate() {
        if example.programme.pots.iter().any(|pot| pot.source == source.id) {
            let amount = value(&browser, &format!("#field-sources-{at}--amount")).await?;
            let offer = source.amount.map(|amount| amount.to_string());
            assert_eq!(Some(amount.replace(',', "")), offer);
            let note = format!("#sources .parts > li:nth-child({}) > .note", at + 1);
            assert!(says(&browser, &note, "此前写的是").await?);
        }
    }

    // Its portion can be written into the plan that is open, too.
    open_again().await?;
    click(&browser, &format!("#programme-compound-{place}")).await?;
    wait_until("it can be written", || has(&browser, "#programme-write")).await?;
    assert!(!says(&browser, "#programme-compound", "可能不是同一个小区").await?);
    click(&browser, "#programme-write").await?;
    wait_until("the sources are shown", || has(&browser, "#field-sources-0--amount")).await?;
    show(&browser, "result").await?;
    wait_until("nothing has changed", || says(&browser, "#summary", &residents)).await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

/// Adds a change to a scenario.
async fn change(browser: &Browser, case: &str, path: &str, to: &str) -> Result<()> {
    choose(browser, "#programme-case", case).await?;
    choose(browser, "#programme-what", path).await?;
    write(browser, "#programme-to", to).await?;
    click(browser, "#programme-add").await
}

/// A difference as the page shows it.
fn signed(difference: Difference) -> String {
    let size = money(difference.size());
    match (difference.is_zero(), difference.is_less()) {
        (true, _) => "–".to_owned(),
        (_, true) => format!("−{size}"),
        (_, false) => format!("+{size}"),
    }
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn scenarios_stand_side_by_side_as_the_command_line_compares_them() -> Result<()> {
    let example = Example::read()?;
    let browser = Browser::open(1280, 900).await?;
    show(&browser, "programme").await?;
    open_programme(&browser).await?;
    let asked = [("pots.central.amount", "2310000"), ("sources.county.per_household", "500")];
    for (case, (path, to)) in ["0", "1"].into_iter().zip(asked) {
        change(&browser, case, path, to).await?;
    }

    let desk = example.desk();
    let before = desk.outcomes(&[], &one_by_one)?;
    let mut compared = Vec::new();
    for (path, to) in asked {
        let after = desk.outcomes(&[DeskChange::read(&desk, path, to)?], &one_by_one)?;
        compared.push(desk.compare(&before, &after));
    }
    let of_all: Vec<Vec<_>> = compared.iter().map(|one| one.compounds.iter().collect()).collect();
    let homes = |count: usize, amount: Fen| match count {
        0 => "–".to_owned(),
        count => format!("{count} 户，共 {}", money(amount)),
    };
    let cells = |together: &Together| {
        let (before, after) = together.residents;
        [
            cell(after),
            signed(Difference::between(before, after)),
            homes(together.less.households, together.less.amount),
            homes(together.more.households, together.more.amount),
        ]
    };
    let mut expected: Vec<Vec<String>> = Vec::new();
    for (place, (county, _)) in by_county(&of_all[0]).iter().enumerate() {
        let each = of_all.iter().map(|all| Together::of(by_county(all)[place].1.iter().copied()));
        let each: Vec<Together> = each.collect();
        let mut row = vec![(*county).to_owned(), cell(each[0].residents.0)];
        row.extend(each.iter().flat_map(cells));
        expected.push(row);
    }
    let all: Vec<Together> = of_all.iter().map(|all| Together::of(all.iter().copied())).collect();
    assert!(all[0].less.households > 0 && all[1].more.households > 0, "both change something");
    let mut row = vec!["合计".to_owned(), cell(all[0].residents.0)];
    row.extend(all.iter().flat_map(cells));
    expected.push(row);
    wait_until("counties are compared", || async {
        Ok(rows(&browser, "#programme-by-county + .table-box").await? == expected)
    })
    .await?;
    let payers = rows(&browser, "#programme-by-payer + .table-box").await?;
    let paid: Vec<Vec<_>> = of_all.iter().map(|all| by_payer(all)).collect();
    for (place, row) in payers.iter().enumerate() {
        let expected = [paid[0][place].before, paid[0][place].after, paid[1][place].after];
        assert_eq!(row[1..], expected.map(cell));
    }

    // The table of compounds has a column for each.
    let listed = listed(&browser).await?;
    for (row, difference) in listed.iter().zip(&compared[1].compounds) {
        let (before, after) = difference.residents;
        assert_eq!(row.last(), Some(&signed(Difference::between(before, after))));
    }
    choose(&browser, "#programme-colour", "scenario-0").await?;
    wait_until("tiles show who gains", || has(&browser, ".tiles .good")).await?;
    assert_eq!(browser.axe().await?, Vec::<String>::new());
    browser.screenshot("programme-scenarios-1280").await?;

    // A home of one that gains pays what the scenario says.
    let gains = compared[0].compounds.iter().position(|one| one.less.households > 0);
    let gains = gains.context("somebody gains")?;
    click(&browser, &format!("#programme-compound-{gains}")).await?;
    wait_until("its homes are told", || has(&browser, "#programme-homes-box tbody th")).await?;
    let homes = rows(&browser, "#programme-homes-box").await?;
    let home = &compared[0].compounds[gains].homes[0];
    let row = homes.iter().find(|row| row[0] == *home.household).context("the home")?;
    assert_eq!(row[3..5], [home.before, home.after].map(cell));
    click(&browser, "#programme-back").await?;

    change(&browser, "1", "pots.city.least", "many").await?;
    let refused = "#programme-scenarios .case:nth-child(2) [role='alert'] p";
    wait_until("it is refused", || has(&browser, refused)).await?;
    assert!(!has(&browser, "#programme-by-county + .table-box td:nth-child(7)").await?);
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_broken_compound_is_told_and_the_others_go_on() -> Result<()> {
    let example = Example::read()?;
    let browser = Browser::open(360, 740).await?;
    show(&browser, "programme").await?;
    let folder = tempfile::tempdir()?;
    open(&browser, folder.path(), &zipped(&["nl03/plan.toml"])?).await?;
    wait_until("it is told", || says(&browser, "#programme-refusal", "供销社家属院")).await?;
    let row = |one: usize| example.row(one);
    let listed = listed(&browser).await?;
    assert_eq!(listed.len(), 24);
    // Its size is given in the table of compounds, so that it keeps its portion and the others theirs.
    assert_eq!(listed[0], row(0));
    assert_eq!(listed[10][4..7], ["–", "–", "–"]);
    click(&browser, "#programme-compound-10").await?;
    let problem = "#programme-compound .told";
    wait_until("the file is named", || says(&browser, problem, "nl03/plan.toml")).await?;
    assert_eq!(browser.overflow().await?, 0, "pixels beyond the right edge");

    for (file, said) in
        [(b"no zip".to_vec(), "里面没有改造计划"), (b"PK\x03\x04".to_vec(), "压缩包打不开")]
    {
        open(&browser, folder.path(), &file).await?;
        wait_until(said, || says(&browser, "#programme-refusal", said)).await?;
        assert!(!has(&browser, "#programme-compounds").await?);
    }
    open(&browser, folder.path(), &zipped(&["compounds.csv"])?).await?;
    wait_until("the table is named", || says(&browser, "#programme-refusal", "compounds.csv"))
        .await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

/// The tables of a run of two compounds, one of which is broken, as `fentan programme run` writes them.
const RUN: [(&str, &str); 10] = [
    (
        "run.json",
        r#"{"fentan_run": 1, "name": "两个小区", "year": 2026, "programme": "../programme.toml"}"#,
    ),
    (
        "pots.csv",
        "pot,source,amount,divided,left\ncentral,central,900.00,900.00,0.00\nmore,central,200.00,200.00,0.00\n",
    ),
    (
        "division.csv",
        "pot,compound,portion,held\ncentral,north,600.00,weight\ncentral,south,300.00,weight\n\
         more,north,150.00,weight\nmore,south,50.00,weight\n",
    ),
    (
        "split-compounds.csv",
        "compound,name,county,status,households,area,budget,residents,errors,warnings,digest\n\
         north,北街,华龙区,split,2,120.000000,1000.00,300.00,1,0,00\n\
         south,'=南园,华龙区,broken,5,,,,,,00\n",
    ),
    ("split-sources.csv", "compound,id,offer,paid\nnorth,central,750.00,700.00\n"),
    (
        "split-lines.csv",
        "compound,id,amount,relief_pot,top_up,residents\nnorth,gate,1000.00,0.00,0.00,300.00\n",
    ),
    ("split-payments.csv", "compound,line,source,paid\nnorth,gate,central,700.00\n"),
    (
        "split-households.csv",
        "compound,id,share,relief,borne,top_up,individual,due,in_kind,public_revenue,maintenance_fund,\
         provident_fund,owner_unit,cash,fund_after,replenish\n\
         north,1-101,100.00,0.00,0.00,0.00,0.00,100.00,0.00,0.00,10.00,0.00,0.00,90.00,,\n\
         north,'-102,200.00,0.00,0.00,0.00,0.00,200.00,0.00,0.00,0.00,0.00,0.00,200.00,,\n",
    ),
    (
        "problems.csv",
        "compound,path,code,message,file\nsouth,lines,missing-field,没有写工程,south/plan.toml\n",
    ),
    (
        "findings.csv",
        "compound,check,severity,path,message,clauses\nnorth,x,error,sources,钱不够,\n",
    ),
];

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_run_is_listed_from_its_tables() -> Result<()> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, table) in RUN {
        writer.start_file(format!("结果/{name}"), SimpleFileOptions::default())?;
        writer.write_all(table.as_bytes())?;
    }
    let browser = Browser::open(1280, 900).await?;
    show(&browser, "programme").await?;
    let folder = tempfile::tempdir()?;
    open(&browser, folder.path(), &writer.finish()?.into_inner()).await?;
    // Of the portions of one source, the first is used first.
    let expected = [
        [
            "北街",
            "华龙区",
            "2",
            "1,000.00",
            "300.00",
            "90.00",
            "200.00",
            "600.00",
            "150.00",
            "50.00",
            "不符 1 · 注意 0",
        ],
        ["=南园", "华龙区", "5", "–", "–", "–", "–", "300.00", "50.00", "–", "–"],
    ];
    lists(&browser, "both are listed", &expected.map(|row| row.map(str::to_owned).to_vec()))
        .await?;
    assert!(!has(&browser, "#programme-scenarios").await?);
    click(&browser, "#programme-compound-0").await?;
    wait_until("its homes are told", || has(&browser, "#programme-homes-box tbody th")).await?;
    assert_eq!(rows(&browser, "#programme-homes-box").await?[1][0], "-102");
    assert!(says(&browser, "#programme-findings-list", "钱不够").await?);
    click(&browser, "#programme-home-0").await?;
    wait_until("a home is told", || says(&browser, "#programme-home", "¥90.00")).await?;
    click(&browser, "#programme-back").await?;
    wait_until("all are shown", || has(&browser, "#programme-compounds")).await?;
    click(&browser, "#programme-compound-1").await?;
    let problem = "#programme-compound .told";
    wait_until("it is told why", || says(&browser, problem, "south/plan.toml: 没有写工程")).await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn a_folder_is_opened_where_it_is() -> Result<()> {
    let browser = Browser::open(1280, 900).await?;
    show(&browser, "programme").await?;
    let folder = examples().join("programme").canonicalize()?;
    type_into(&browser, "#programme-folder", folder.to_str().context("a path")?).await?;
    wait_until("it is open", || has(&browser, "#programme-compounds tbody th")).await?;
    assert_eq!(text(&browser, "#programme-count").await?, "24 个小区中的 24 个");
    Ok(())
}
