//! Pots divided over compounds: published cases, limits, and a second division in exact rationals,
//! written from docs/programme.md alone, that must give the same.

use fentan_core::programme::{CompoundTable, Programme};
use fentan_core::{Document, Fen, Problems};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};

fn read(programme: &Value) -> Result<Programme, Problems> {
    let bytes = programme.to_string().into_bytes();
    Programme::read(&Document::from_json(&bytes)?, None)
}

fn programme(pot: &Value, compounds: &[Value]) -> Value {
    let mut pot = pot.clone();
    pot["id"] = json!("pot");
    json!({
        "fentan_programme": 1, "date": "2020-07-07", "by": "test",
        "pots": [pot], "compounds": compounds,
    })
}

/// What each compound gets, and what is left in the pot, in yuan.
fn divided(programme: &Value) -> (Vec<String>, String) {
    let division = read(programme).and_then(|programme| programme.divide());
    let division = division.unwrap_or_else(|problems| panic!("{problems}"));
    let pot = &division.pots[0];
    let portions = pot.portions.iter().map(|portion| portion.amount.to_string());
    (portions.collect(), pot.left.to_string())
}

#[track_caller]
fn divides(pot: Value, compounds: &[Value], portions: &[&str], left: &str) {
    let found = divided(&programme(&pot, compounds));
    let expected = portions.iter().map(|portion| (*portion).to_owned()).collect();
    assert_eq!(found, (expected, left.to_owned()));
}

/// The code and path of every problem.
fn problems(programme: &Value) -> Vec<(String, String)> {
    let refused = read(programme).and_then(|programme| programme.divide().map(|_| ()));
    let problems = refused.expect_err("problems");
    problems.iter().map(|one| (one.code().to_string(), one.path.clone())).collect()
}

fn homes(households: &[u64]) -> Vec<Value> {
    let compounds = households.iter().enumerate();
    compounds.map(|(id, count)| json!({ "id": id.to_string(), "households": count })).collect()
}

/// 中央财政城镇保障性安居工程专项资金管理办法 (2019) 第八条, two provinces without performance.
#[test]
fn the_central_formula_of_2019() {
    let pot = json!({
        "amount": "100",
        "weights": { "area": "0.4", "households": "0.4", "buildings": "0.1", "compounds": "0.1" },
    });
    let provinces = [
        json!({ "id": "1", "area": "60", "households": 50, "buildings": 30, "compounds": 20 }),
        json!({ "id": "2", "area": "40", "households": 50, "buildings": 70, "compounds": 80 }),
    ];
    divides(pot, &provinces, &["49.00", "51.00"], "0.00");
}

/// The later form: fiscal difficulty multiplies every factor but performance.
#[test]
fn performance_knows_no_fiscal_difficulty() {
    let pot = json!({ "amount": "300", "weights": { "households": "0.5", "performance": "0.5" } });
    let provinces = [
        json!({ "id": "1", "households": 10, "difficulty": "2", "performance": "80" }),
        json!({ "id": "2", "households": 10, "difficulty": "1", "performance": "80" }),
    ];
    // 150 by 2 : 1, and 150 in halves.
    divides(pot, &provinces, &["175.00", "125.00"], "0.00");
}

/// Hebi (鹤壁) 2020: nine tenths of each budget, rounded down to 10,000 yuan.
#[test]
fn nine_tenths_rounded_down() {
    let pot = json!({
        "amount": "10000000000", "rate": "90%", "round_down_to": "10000",
        "weights": { "compounds": "1" },
    });
    let districts = [
        json!({ "id": "qibin", "budget": "54330000" }),
        json!({ "id": "heshan", "budget": "39080000" }),
    ];
    divides(pot, &districts, &["48890000.00", "35170000.00"], "9915940000.00");
}

#[test]
fn a_cap_that_binds_leaves_more_for_the_others() {
    let pot = json!({ "amount": "900", "weights": { "households": "1" }, "most": "300" });
    divides(pot, &homes(&[6, 2, 1]), &["300.00", "300.00", "300.00"], "0.00");
    let pot = json!({ "amount": "800", "weights": { "households": "1" }, "most": "300" });
    divides(pot, &homes(&[6, 2, 1]), &["300.00", "300.00", "200.00"], "0.00");
    let pot = json!({ "amount": "100", "weights": { "compounds": "1" }, "per_household": "3" });
    divides(pot, &homes(&[5, 40]), &["15.00", "85.00"], "0.00");
}

#[test]
fn a_least_takes_from_the_others() {
    let pot = json!({ "amount": "100", "weights": { "households": "1" }, "least": "20" });
    divides(pot, &homes(&[1, 3, 6]), &["20.00", "26.67", "53.33"], "0.00");
}

#[test]
fn limits_of_a_compound_go_before_those_of_the_pot() {
    let pot =
        json!({ "amount": "100", "weights": { "households": "1" }, "least": "20", "most": "50" });
    let mut compounds = homes(&[1, 3, 6]);
    compounds[0]["least"] = json!({ "pot": "15.50" });
    compounds[2]["most"] = json!({ "pot": "60" });
    divides(pot, &compounds, &["15.50", "28.17", "56.33"], "0.00");
}

#[test]
fn a_table_has_a_column_for_the_limits_of_each_pot() {
    let mut programme =
        programme(&json!({ "amount": "100", "weights": { "households": "1" } }), &[]);
    programme["compounds"] = json!("compounds.csv");
    let bytes = programme.to_string().into_bytes();
    let document = Document::from_json(&bytes).expect("JSON");
    let read = |table: &str| {
        let table = CompoundTable { file: "compounds.csv", bytes: table.as_bytes() };
        let division = Programme::read(&document, Some(table))?.divide()?;
        let portions = &division.pots[0].portions;
        Ok(portions.iter().map(|portion| portion.amount.to_string()).collect::<Vec<_>>())
    };
    let found = read("id,households,least:pot,most:pot\nn,1,15.50,\ns,3,,\nw,6,,50\n");
    assert_eq!(
        found.map_err(|problems: Problems| problems.to_string()).expect("portions"),
        ["15.50", "34.50", "50.00"]
    );
    let told = |table| read(table).map_err(|problems| problems.to_string());
    for (table, problem) in [
        ("id,households,least:pot\nn,1,1.234\n", "compounds.csv:2:least:pot: too-precise"),
        ("id,households,most:jar\nn,1,5\n", "compounds.csv:2:most:jar: unknown-id"),
        ("id,households,most:pot,most:pot\nn,1,5,6\n", "compounds.csv:2:most:pot: duplicate-id"),
    ] {
        assert_eq!(told(table), Err(problem.to_owned()));
    }
}

#[test]
fn what_nobody_is_left_to_take_stays_in_the_pot() {
    let pot = json!({ "amount": "1000", "weights": { "households": "1" }, "most": "300" });
    divides(pot, &homes(&[6, 2, 1]), &["300.00", "300.00", "300.00"], "100.00");
}

#[test]
fn without_weight_there_is_the_least_and_no_more() {
    let pot = json!({ "amount": "100", "weights": { "households": "1" }, "most": "40" });
    divides(pot, &homes(&[0, 1, 1]), &["0.00", "40.00", "40.00"], "20.00");
    let pot = json!({
        "amount": "100", "weights": { "households": "1" }, "least": "10", "most": "40",
    });
    divides(pot, &homes(&[0, 1, 1]), &["10.00", "40.00", "40.00"], "10.00");
}

#[test]
fn the_assessment_rewards_and_cuts() {
    let pot = json!({
        "amount": "300", "weights": { "households": "1" },
        "assessment": { "excellent": "120%", "poor": "0.8" },
    });
    let compounds = [
        json!({ "id": "1", "households": 5, "assessment": "excellent" }),
        json!({ "id": "2", "households": 5 }),
        json!({ "id": "3", "households": 5, "assessment": "poor" }),
    ];
    divides(pot, &compounds, &["120.00", "100.00", "80.00"], "0.00");
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let of = |pot: Value, compounds: &[Value]| problems(&programme(&pot, compounds));
    let told = |code: &str, path: &str| vec![(code.to_owned(), path.to_owned())];
    let by_households = json!({ "amount": "100", "weights": { "households": "1" } });
    assert_eq!(
        of(by_households.clone(), &homes(&[0, 0])),
        told("no-weight", "pots[0].weights.households")
    );
    assert_eq!(
        of(by_households, &[json!({ "id": "1" })]),
        told("missing-field", "compounds[0].households")
    );
    let least = json!({ "amount": "100", "weights": { "households": "1" }, "least": "51" });
    assert_eq!(of(least, &homes(&[1, 1])), told("too-large", "pots[0].least"));
    let weights = json!({ "amount": "100", "weights": { "households": "0.9" } });
    assert_eq!(of(weights, &homes(&[1])), told("bad-table", "pots[0].weights"));
    let float = json!({ "amount": 1.5, "weights": { "households": "1" } });
    assert_eq!(of(float, &homes(&[1])), told("float", "pots[0].amount"));
    let twins = [json!({ "id": "1", "households": 1 }), json!({ "id": "1", "households": 1 })];
    let pot = json!({ "amount": "1", "weights": { "households": "1" } });
    assert_eq!(of(pot, &twins), told("duplicate-id", "compounds[1].id"));
}

#[test]
fn a_table_is_read_like_a_list_and_told_by_row() {
    let document = br#"{ "fentan_programme": 1, "date": "2020-07-07", "by": "test",
        "pots": [{ "id": "pot", "amount": "90", "weights": { "area": "1" } }],
        "compounds": "c.csv" }"#;
    let document = Document::from_json(document).expect("JSON");
    let read = |bytes| {
        let table = fentan_core::programme::CompoundTable { file: "c.csv", bytes };
        Programme::read(&document, Some(table))
    };
    let programme = read(b"id,area,plan\nn,20.5,\n\ns,10.25,s/plan.toml\n").expect("a programme");
    let division = programme.divide().expect("a division");
    let portions: Vec<Fen> = division.pots[0].portions.iter().map(|one| one.amount).collect();
    assert_eq!(portions, [Fen(6_000), Fen(3_000)]);
    let problems = read(b"id,area\nn,20\n\ns,x\n").expect_err("a problem");
    assert_eq!(problems.iter().next().map(|one| one.path.as_str()), Some("c.csv:4:area"));
}

/// docs/programme.md: pots of one source are used in the order of the file.
#[test]
fn what_a_plan_leaves_is_told_by_pot() {
    let given = json!({
        "fentan_programme": 1, "date": "2020-07-07", "by": "test",
        "pots": [
            { "id": "bonds", "source": "central", "amount": "60", "weights": { "compounds": "1" } },
            { "id": "budget", "source": "central", "amount": "40", "weights": { "compounds": "1" } },
        ],
        "compounds": [{ "id": "north" }, { "id": "south" }],
    });
    let programme = read(&given).expect("a programme");
    let division = programme.divide().expect("a division");
    // North uses 35 of its 50, the plan of south could not be split.
    let unused = programme.unused(&division, |compound, _| (compound == 0).then_some(Fen(3_500)));
    let found: Vec<_> = unused.iter().map(|one| (one.pot, one.compound, one.used)).collect();
    assert_eq!(found, [(1, 0, Fen(500))]);
    assert_eq!(unused[0].left(), Fen(1_500));
}

#[test]
fn a_compound_set_apart_gets_nothing_and_stops_nobody() {
    let pot = json!({ "amount": "90", "weights": { "households": "1" }, "least": "10" });
    let mut compounds = homes(&[2, 1]);
    compounds.push(json!({ "id": "broken" }));
    let mut programme = read(&programme(&pot, &compounds)).expect("a programme");
    assert!(programme.divide().is_err());
    programme.set_apart(2);
    let division = programme.divide().expect("a division");
    let portions = division.pots[0].portions.iter();
    let portions: Vec<_> = portions.map(|one| (one.amount, one.held.as_str())).collect();
    assert_eq!(portions, [(Fen(6_000), "weight"), (Fen(3_000), "weight"), (Fen::ZERO, "apart")]);
    // Nor do all of them.
    programme.set_apart(0);
    programme.set_apart(1);
    assert_eq!(programme.divide().expect("a division").pots[0].left, Fen(9_000));
}

#[test]
fn portions_become_the_offers_of_sources() {
    let plan = br#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "100" }],
        "sources": [{ "id": "central", "per_household": "1" }],
        "households": [{ "id": "1", "area": "60" }] }"#;
    let plan = fentan_core::Plan::read(&Document::from_json(plan).expect("JSON"), None);
    let plan = plan.expect("a plan");
    let split =
        fentan_core::split(&plan.clone().with_offers(&[("central", Fen(6_000))]).expect("offers"));
    assert_eq!(split.expect("a split").residents, Fen(4_000));
    let problems = plan.with_offers(&[("city", Fen(1))]).expect_err("no such source");
    let problem = problems.iter().next().expect("a problem");
    assert_eq!((problem.code().as_str(), problem.path.as_str()), ("unknown-id", "sources"));
}

type Exact = BigRational;

fn number(value: &Value) -> Exact {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if let Some(percent) = text.strip_suffix('%') {
        return number(&json!(percent)) / whole(100);
    }
    let (before, after) = text.split_once('.').unwrap_or((&text, ""));
    let digits: BigInt = format!("{before}{after}").parse().expect("digits");
    Exact::new(digits, BigInt::from(10).pow(after.len() as u32))
}

fn whole(number: u64) -> Exact {
    Exact::from(BigInt::from(number))
}

/// The portions of the first pot in fen, and what is left; `None` where the least can't be given or
/// nobody has any of a factor.
fn reference(programme: &Value) -> Option<(Vec<Exact>, Exact)> {
    let (pot, compounds) = (&programme["pots"][0], programme["compounds"].as_array()?);
    let zero = whole(0);
    let total = number(&pot["amount"]) * whole(100);
    let of = |compound: &Value, name: &str, default: u64| match compound.get(name) {
        Some(value) => number(value),
        None => whole(default),
    };
    let value = |compound: &Value, factor: &str| match factor {
        "performance" => of(compound, factor, 0),
        "compounds" => of(compound, factor, 1) * of(compound, "difficulty", 1),
        _ => of(compound, factor, 0) * of(compound, "difficulty", 1),
    };
    let mut weights = vec![zero.clone(); compounds.len()];
    for (factor, weight) in pot["weights"].as_object()? {
        let weight = number(weight);
        let all: Exact = compounds.iter().map(|compound| value(compound, factor)).sum();
        if weight == zero {
            continue;
        }
        if all == zero && total > zero {
            return None;
        }
        for (sum, compound) in weights.iter_mut().zip(compounds) {
            if all > zero {
                *sum += &weight * value(compound, factor) / &all;
            }
        }
    }
    for (weight, compound) in weights.iter_mut().zip(compounds) {
        if let Some(grade) = compound.get("assessment").and_then(Value::as_str) {
            *weight *= number(&pot["assessment"][grade]);
        }
    }
    let yuan = |value: &Value| number(value) * whole(100);
    let limit = |compound: &Value, name: &str| {
        let own = compound.get(name).map(|own| &own["pot"]);
        own.or(pot.get(name)).map(yuan)
    };
    let limits: Vec<(Exact, Option<Exact>)> = compounds
        .iter()
        .map(|compound| {
            let half = Exact::new(1.into(), 2.into());
            let most = [
                limit(compound, "most"),
                pot.get("per_household").map(|most| yuan(most) * of(compound, "households", 0)),
                pot.get("rate")
                    .map(|rate| (number(rate) * yuan(&compound["budget"]) + half).floor()),
            ];
            let most = most.into_iter().flatten().min();
            let least = limit(compound, "least").unwrap_or(zero.clone());
            let least = most.clone().map_or(least.clone(), |most| least.min(most));
            (least, most)
        })
        .collect();
    if limits.iter().map(|(least, _)| least.clone()).sum::<Exact>() > total {
        return None;
    }
    let at = |scale: &Exact| -> Vec<Exact> {
        let portion = |(weight, (least, most)): (&Exact, &(Exact, Option<Exact>))| {
            let portion = (scale * weight).max(least.clone());
            most.clone().map_or(portion.clone(), |most| portion.min(most))
        };
        weights.iter().zip(&limits).map(portion).collect()
    };
    // Between two neighbouring scales at which a limit is met, the sum is linear.
    let mut corners = vec![zero.clone()];
    for (weight, (least, most)) in weights.iter().zip(&limits).filter(|(weight, _)| **weight > zero)
    {
        corners.push(least / weight);
        corners.extend(most.iter().map(|most| most / weight));
    }
    corners.sort();
    corners.dedup();
    let sum = |scale: &Exact| at(scale).into_iter().sum::<Exact>();
    let beyond = corners.last()? + whole(1);
    corners.push(beyond);
    let mut scale = corners.last()?.clone();
    let last = corners.len() - 1;
    for (index, corner) in corners.iter().enumerate() {
        if sum(corner) >= total || index == last {
            let before = &corners[index.saturating_sub(1)];
            let slope = sum(corner) - sum(before);
            // Past the last corner it goes on as it does before it.
            if slope > zero {
                scale = before + (&total - sum(before)) * (corner - before) / slope;
            } else {
                scale = before.clone();
            }
            break;
        }
    }
    let portions = at(&scale);
    let is_free = |index: usize| {
        let (least, most) = &limits[index];
        let free = &scale * &weights[index];
        weights[index] > zero && free >= *least && most.as_ref().is_none_or(|most| free <= *most)
    };
    let mut given: Vec<Exact> = portions.iter().map(Exact::floor).collect();
    match pot.get("round_down_to").map(yuan) {
        Some(unit) => {
            given = portions.iter().map(|portion| (portion / &unit).floor() * &unit).collect();
        }
        None => {
            let mut free: Vec<usize> =
                (0..portions.len()).filter(|&index| is_free(index)).collect();
            free.sort_by_cached_key(|&index| -portions[index].fract());
            let spare = portions.iter().sum::<Exact>() - given.iter().sum::<Exact>();
            for index in free {
                if given.iter().sum::<Exact>() < portions.iter().sum::<Exact>() && spare > zero {
                    given[index] += whole(1);
                }
            }
        }
    }
    let left = total - given.iter().sum::<Exact>();
    Some((given, left))
}

fn compound() -> impl Strategy<Value = Value> {
    let size = (0..40u64, 0..30u64, 0..6u64, prop::sample::select(&["0", "0.5", "1", "1.75"]));
    let limits = (option::weighted(0.2, 0..200u64), option::weighted(0.2, 0..900u64));
    let grade = option::of(prop::sample::select(&["good", "poor"]));
    (size, 0..4u64, grade, 0..3_000u64, limits).prop_map(
        |((area, households, buildings, difficulty), performance, grade, budget, (least, most))| {
            let mut compound = json!({
                "area": format!("{area}.25"), "households": households, "buildings": buildings,
                "difficulty": difficulty, "performance": performance.to_string(),
                "budget": budget.to_string(),
            });
            if let Some(grade) = grade {
                compound["assessment"] = json!(grade);
            }
            for (name, limit) in [("least", least), ("most", most)] {
                if let Some(limit) = limit {
                    compound[name] = json!({ "pot": limit.to_string() });
                }
            }
            compound
        },
    )
}

fn pot() -> impl Strategy<Value = Value> {
    let weights = prop::sample::select(vec![
        json!({ "area": "0.4", "households": "0.4", "buildings": "0.1", "compounds": "0.1" }),
        json!({ "area": "40%", "households": "30%", "buildings": "10%", "compounds": "10%", "performance": "10%" }),
        json!({ "households": "1", "area": "0" }),
        json!({ "performance": "0.333333", "compounds": "0.666667" }),
    ]);
    let limits = (
        option::weighted(0.4, 0..60u64),
        option::weighted(0.4, 0..900u64),
        option::weighted(0.3, 0..40u64),
        option::weighted(0.3, prop::sample::select(&["90%", "0.333333"])),
        option::weighted(0.3, prop::sample::select(&["1", "10", "0.05"])),
    );
    (0..400_000u64, weights, limits).prop_map(
        |(fen, weights, (least, most, per_household, rate, unit))| {
            let mut pot = json!({
                "amount": Fen(fen.into()).to_string(), "weights": weights,
                "assessment": { "good": "1.1", "poor": "75%" },
            });
            let given = [("least", least), ("most", most), ("per_household", per_household)];
            for (name, value) in given {
                if let Some(value) = value {
                    pot[name] = json!(value.to_string());
                }
            }
            for (name, value) in [("rate", rate), ("round_down_to", unit)] {
                if let Some(value) = value {
                    pot[name] = json!(value);
                }
            }
            pot
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, ..ProptestConfig::default() })]

    /// Divided again as often as plans leave money, everybody has what one division gives with what the
    /// plans can use, rounded up to the pot's unit, as their most. A plan that can use just what it was
    /// given leaves nothing, and is not held to it.
    #[test]
    fn further_rounds_come_to_what_one_with_the_needs_as_limits_does(
        pot in pot(),
        compounds in vec((compound(), 0..90_000u128), 1..9),
    ) {
        let (compounds, needs): (Vec<Value>, Vec<u128>) = compounds.into_iter().unzip();
        let with_ids = |(id, mut compound): (usize, Value)| {
            compound["id"] = json!(id.to_string());
            compound
        };
        let mut compounds: Vec<Value> = compounds.into_iter().enumerate().map(with_ids).collect();
        let given = programme(&pot, &compounds);
        let mut again = read(&given).expect("a programme");
        let Ok(mut division) = again.divide() else { return Ok(()) };
        let unit = pot.get("round_down_to").map_or(1, |unit| {
            let unit: Fen = unit.as_str().expect("a text").parse().expect("money");
            unit.0
        });
        let usable: Vec<Fen> = needs.iter().map(|need| Fen(need.div_ceil(unit) * unit)).collect();
        let mut held = vec![false; needs.len()];
        loop {
            let portions: Vec<Fen> =
                division.pots[0].portions.iter().map(|portion| portion.amount).collect();
            let unused = again.unused(&division, |compound, source| {
                assert_eq!(source, "pot");
                Some(Fen(needs[compound]).min(portions[compound]))
            });
            for one in &unused {
                assert_eq!(one.left(), Fen(portions[one.compound].0 - needs[one.compound]));
                held[one.compound] |= portions[one.compound] > usable[one.compound];
            }
            if !again.hold(&unused) {
                break;
            }
            division = again.divide().expect("a further round");
        }
        let portions = &division.pots[0].portions;
        let whole = divided(&given).0;
        for (index, compound) in compounds.iter_mut().enumerate() {
            let need = usable[index];
            if !held[index] && portions[index].amount == need {
                continue;
            }
            let own = compound.get("most").map_or(&pot["most"], |most| &most["pot"]);
            let own: Option<Fen> = own.as_str().map(|most| most.parse().expect("money"));
            compound["most"] = json!({ "pot": own.unwrap_or(need).min(need).to_string() });
        }
        let expected = divided(&programme(&pot, &compounds)).0;
        let found: Vec<String> = portions.iter().map(|one| one.amount.to_string()).collect();
        prop_assert_eq!(found, expected, "{} needs {:?}, first {:?}", given, needs, whole);
    }

    #[test]
    fn the_reference_and_the_engine_divide_the_same(pot in pot(), compounds in vec(compound(), 1..9)) {
        let with_ids = |(id, mut compound): (usize, Value)| {
            compound["id"] = json!(id.to_string());
            compound
        };
        let compounds: Vec<Value> = compounds.into_iter().enumerate().map(with_ids).collect();
        let programme = programme(&pot, &compounds);
        match reference(&programme) {
            Some((portions, left)) => {
                let fen = |exact: &Exact| {
                    assert!(exact.is_integer(), "{exact} fen");
                    Fen(exact.to_integer().try_into().expect("not below nought")).to_string()
                };
                let expected = (portions.iter().map(fen).collect::<Vec<_>>(), fen(&left));
                prop_assert_eq!(divided(&programme), expected, "{}", programme);
            }
            None => prop_assert!(!problems(&programme).is_empty()),
        }
    }
}
