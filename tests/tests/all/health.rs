//! The health check (体检): that it finds each slip, with what it does in yuan and what mends it, and
//! nothing in an ordinary plan.

use fentan_core::findings::Effect;
use fentan_core::{Change, Document, Finding, Packs, Plan, findings, split};
use serde_json::{Value, json};

/// Two buildings of two units, six homes of 60 m² and six of 80 m²; every home pays 30.00 or 40.00
/// of the gate.
fn ordinary() -> Value {
    let homes = [("1", "1"), ("1", "2"), ("2", "1")].into_iter().flat_map(|(building, unit)| {
        [(1, "60"), (1, "80"), (2, "60"), (2, "80")].into_iter().enumerate().map(
            move |(door, (floor, area))| {
                json!({ "id": format!("{building}-{unit}-{floor}0{}", door % 2 + 1),
                    "building": building, "unit": unit, "floor": floor, "area": area })
            },
        )
    });
    json!({
        "fentan": 1,
        "lines": [{ "id": "gate", "name": "小区大门", "amount": "420" }],
        "tables": { "lift": { "1": "0", "2": "1" } },
        "sources": [],
        "relief": { "rates": { "dibao": "50%" } },
        "households": homes.collect::<Vec<_>>(),
    })
}

/// What is found, with the plan as it was written.
fn found(plan: &Value) -> (Document<'static>, Vec<Finding>) {
    let bytes = plan.to_string().into_bytes();
    let document = Document::from_json(&bytes).expect("a document").into_owned();
    let plan = Plan::read(&document, None).unwrap_or_else(|problems| panic!("{problems}"));
    let found = findings(&plan, &split(&plan).expect("a split"), &Packs::default());
    // The maintenance fund is law, and another matter.
    let found = found.into_iter().filter(|one| one.effect.is_some()).collect();
    (document, found)
}

/// What of the health check is found after a change.
fn ids(change: impl FnOnce(&mut Value)) -> Vec<&'static str> {
    let mut plan = ordinary();
    change(&mut plan);
    found(&plan).1.iter().map(|one| one.check.as_str()).collect()
}

/// The one thing found after a change, as JSON; once its mend is made, it is found no more, and what
/// households owe differs by what it said.
#[track_caller]
fn finds(path: &str, id: &str, change: impl FnOnce(&mut Value)) -> Value {
    let mut plan = ordinary();
    change(&mut plan);
    let (mut document, found) = found(&plan);
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((finding.path.as_str(), finding.check.as_str()), (path, id));
    if !finding.mend.is_empty() {
        let before = dues(&document);
        for change in &finding.mend {
            assert!(document.change(change).is_some(), "{change:?}");
        }
        let after = dues(&document);
        let Some(Effect::Moves { less, more }) = finding.effect else { panic!("{finding:?}") };
        let by = |from: &[i128], to: &[i128]| -> (usize, i128) {
            let moved = from.iter().zip(to).map(|(from, to)| (to - from).max(0));
            let moved: Vec<i128> = moved.filter(|&fen| fen > 0).collect();
            (moved.len(), moved.iter().sum())
        };
        let fen = |amount: fentan_core::Fen| fen(&amount.to_string());
        assert_eq!((less.households, fen(less.amount)), by(&after, &before), "{finding:?}");
        assert_eq!((more.households, fen(more.amount)), by(&before, &after), "{finding:?}");
        let plan = Plan::read(&document, None).expect("a plan");
        let left = findings(&plan, &split(&plan).expect("a split"), &Packs::default());
        assert!(left.iter().all(|one| one.check != finding.check), "{left:?}");
    }
    serde_json::to_value(finding).expect("JSON")
}

fn fen(amount: &str) -> i128 {
    amount.replace('.', "").parse().expect("an amount")
}

fn dues(document: &Document<'_>) -> Vec<i128> {
    let plan = Plan::read(document, None).unwrap_or_else(|problems| panic!("{problems}"));
    let split = split(&plan).expect("a split");
    split.households.iter().map(|household| fen(&household.due.to_string())).collect()
}

fn add_line(plan: &mut Value, line: Value) {
    plan["lines"].as_array_mut().expect("lines").push(line);
}

fn add_home(plan: &mut Value, home: Value) {
    plan["households"].as_array_mut().expect("households").push(home);
}

#[test]
fn nothing_is_found_in_an_ordinary_plan() {
    assert_eq!(ids(|_| {}), [""; 0]);
}

#[test]
fn a_line_of_a_building_that_all_share() {
    let finding = finds("lines[1]", "line-place", |plan| {
        add_line(plan, json!({ "id": "roof", "name": "2号楼屋面防水", "amount": "420" }));
    });
    assert_eq!(finding["values"], json!({ "lines": ["2号楼屋面防水"], "amount": "420.00" }));
    assert_eq!(
        finding["effect"]["moves"],
        json!({ "less": { "households": 8, "amount": "280.00" },
            "more": { "households": 4, "amount": "280.00" } })
    );
    assert_eq!(
        finding["mend"],
        json!([{ "Put": { "path": "lines[1].scope", "json": r#"{"buildings":["2"]}"#, "at": null } }])
    );
    let unit = finds("lines[1]", "line-place", |plan| {
        let share_by = json!({ "table": "lift", "times": "area" });
        add_line(
            plan,
            json!({ "id": "lift", "name": "1幢2单元加装电梯", "amount": "420",
            "share_by": share_by }),
        );
        add_line(plan, json!({ "id": "paint", "name": "1、2号楼外墙", "amount": "420" }));
    });
    assert_eq!(unit["mend"][0]["Put"]["json"], json!(r#"{"units":["1/2"]}"#));
    // Two of them are one finding.
    let both = finds("lines[1]", "line-place", |plan| {
        add_line(plan, json!({ "id": "roof", "name": "2号楼屋面防水", "amount": "420" }));
        add_line(plan, json!({ "id": "wall", "name": "１号楼外墙", "amount": "420" }));
    });
    assert_eq!(both["values"]["lines"], json!(["2号楼屋面防水", "１号楼外墙"]));
}

#[test]
fn a_line_that_names_a_building_and_is_right() {
    for line in [
        json!({ "id": "roof", "name": "2号楼屋面", "amount": "420", "scope": { "buildings": ["2"] } }),
        json!({ "id": "walls", "name": "1号楼、2号楼外墙", "amount": "420" }),
        json!({ "id": "walls", "name": "1-2号楼外墙", "amount": "420" }),
        json!({ "id": "walls", "name": "2栋外墙", "amount": "420" }),
        json!({ "id": "ramp", "name": "2号楼东侧坡道", "amount": "420" }),
        json!({ "id": "shed", "name": "2号楼充电棚", "amount": "420" }),
        json!({ "id": "roof", "name": "9号楼屋面", "amount": "420" }),
        json!({ "id": "roof", "name": "2号楼屋面", "amount": "0" }),
        json!({ "id": "road", "name": "C30混凝土", "amount": "420" }),
    ] {
        assert_eq!(ids(|plan| add_line(plan, line.clone())), [""; 0], "{line}");
    }
}

#[test]
fn homes_that_have_no_building() {
    let scoped =
        json!({ "id": "roof", "name": "屋面", "amount": "420", "scope": { "buildings": ["2"] } });
    let finding = finds("households[11].building", "building-missing", |plan| {
        add_line(plan, scoped.clone());
        let home = plan["households"][11].as_object_mut().expect("a household");
        home.remove("building");
        home.remove("unit");
    });
    assert_eq!(finding["values"], json!({ "homes": ["2-1-202"], "lines": ["屋面"] }));
    // 80 of 280 m²: what it would pay of 420 is what the others pay too much.
    assert_eq!(finding["effect"]["moves"]["more"], json!({ "households": 1, "amount": "120.00" }));
    assert_eq!(finding["mend"][0]["Write"]["text"], json!("2"));
    // Where its id doesn't tell, the lines are at stake.
    let unknown = finds("households[12].building", "building-missing", |plan| {
        add_line(plan, scoped.clone());
        add_home(plan, json!({ "id": "张三", "area": "70" }));
    });
    assert_eq!(unknown["effect"], json!({ "stake": { "amount": "420.00" } }));
    // A home of a building without a line of its own lacks nothing by it, nor does one that is
    // named, one that takes no part or a garage.
    let rights: [fn(&mut Value); 4] = [
        |plan| add_home(plan, json!({ "id": "1-1-301", "area": "70" })),
        |plan| {
            add_home(plan, json!({ "id": "张三", "area": "70" }));
            plan["lines"][1]["scope"]["households"] = json!(["张三"]);
        },
        |plan| add_home(plan, json!({ "id": "张三", "area": "70", "joins": { "roof": false } })),
        |plan| {
            plan["uses"] = json!({ "garage": {} });
            add_home(plan, json!({ "id": "车库1", "area": "18", "use": "garage" }));
        },
    ];
    for right in rights {
        let found = ids(|plan| {
            add_line(plan, scoped.clone());
            right(plan);
        });
        assert_eq!(found, [""; 0]);
    }
}

#[test]
fn homes_that_no_line_reaches() {
    let finding = finds("households[8]", "home-unreached", |plan| {
        plan["lines"][0]["scope"] = json!({ "buildings": ["1"] });
    });
    assert_eq!(finding["values"]["homes"], json!(["2-1-101", "2-1-102", "2-1-201", "2-1-202"]));
    assert_eq!(finding["effect"], json!({ "stake": { "amount": "420.00" } }));
    // Who is left out by name, or takes no part, is left out on purpose.
    let except = ids(|plan| plan["lines"][0]["scope"] = json!({ "except": ["1-1-101"] }));
    assert_eq!(except, [""; 0]);
    let joins = ids(|plan| plan["households"][0]["joins"] = json!({ "gate": false }));
    assert_eq!(joins, [""; 0]);
}

#[test]
fn areas_far_from_the_median_of_the_building() {
    // Building 1 has four homes of 80 m², and three of 60 beside the one that changes: the median of one
    // above them is 80, that of one below them 70.
    let area =
        |area: &'static str| move |plan: &mut Value| plan["households"][0]["area"] = json!(area);
    assert_eq!(ids(area("239.999999")), [""; 0]);
    let finding = finds("households[0].area", "area-outlier", area("6000"));
    assert_eq!(
        finding["values"],
        json!({ "homes": ["1-1-101"], "home": "1-1-101", "area": "6000", "median": "80", "likely": "60" })
    );
    assert_eq!(
        finding["mend"],
        json!([{ "Write": { "path": "households[0].area", "text": "60" } }])
    );
    // Without a likely slip of the point nothing is proposed, and it is worked out with the median.
    let median = finds("households[0].area", "area-outlier", area("240"));
    assert_eq!((&median["values"]["likely"], median.get("mend")), (&json!("80"), None));
    assert_eq!(ids(area("7.000001")), [""; 0]);
    assert_eq!(ids(area("7")), ["area-outlier"]);
    // Two homes tell no median, and a shop may be of any size.
    let two = ids(|plan| {
        add_home(plan, json!({ "id": "3-1-101", "building": "3", "area": "60" }));
        add_home(plan, json!({ "id": "3-1-102", "building": "3", "area": "6000" }));
    });
    assert_eq!(two, [""; 0]);
    let shop = ids(|plan| {
        plan["uses"] = json!({ "shop": {} });
        add_home(plan, json!({ "id": "shop", "building": "1", "area": "600", "use": "shop" }));
    });
    assert_eq!(shop, [""; 0]);
}

#[test]
fn hardship_in_a_note_only() {
    let finding = finds("households[1].hardship", "hardship-noted", |plan| {
        plan["households"][1]["note"] = json!("低保户");
        plan["households"][3]["name"] = json!("王五（低保）");
    });
    assert_eq!(finding["values"], json!({ "homes": ["1-1-102", "1-1-202"] }));
    assert_eq!(finding["effect"]["moves"]["less"], json!({ "households": 2, "amount": "40.00" }));
    // Without a relief rate for it, what they owe is at stake.
    let without = finds("households[1].hardship", "hardship-noted", |plan| {
        plan["households"][1]["note"] = json!("残疾");
    });
    assert_eq!(without["effect"], json!({ "stake": { "amount": "40.00" } }));
    assert_eq!(without.get("mend"), None);
    // A code in Chinese is one too.
    let chinese = finds("households[1].hardship", "hardship-noted", |plan| {
        plan["relief"] = json!({ "rates": { "低保": "1" } });
        plan["households"][1]["note"] = json!("享受低保");
    });
    assert_eq!(chinese["mend"][0]["Write"]["text"], json!("低保"));
    for (note, hardship) in
        [("非低保", json!([])), ("低保户", json!("dibao")), ("住三楼", json!([]))]
    {
        let found = ids(|plan| {
            plan["households"][1]["note"] = json!(note);
            plan["households"][1]["hardship"] = hardship;
        });
        assert_eq!(found, [""; 0], "{note}");
    }
}

#[test]
fn garages_that_count_as_homes() {
    let finding = finds("households[12]", "not-a-home", |plan| {
        add_line(plan, json!({ "id": "stairs", "amount": "130", "share_by": "household" }));
        add_home(plan, json!({ "id": "车库12", "building": "1", "area": "18" }));
    });
    assert_eq!(finding["values"], json!({ "homes": ["车库12"] }));
    // A thirteenth of the stairs.
    assert_eq!(finding["effect"]["moves"]["less"], json!({ "households": 1, "amount": "10.00" }));
    assert_eq!(
        finding["mend"],
        json!([
            { "Put": { "path": "uses.garage", "json": r#"{"household":false,"votes":false}"#, "at": null } },
            { "Write": { "path": "households[12].use", "text": "garage" } },
        ])
    );
    // The owner of a shop votes.
    let shop = finds("households[12]", "not-a-home", |plan| {
        add_home(plan, json!({ "id": "商铺1", "building": "1", "area": "180" }));
    });
    assert_eq!(shop["mend"][0]["Put"]["json"], json!(r#"{"household":false}"#));
    assert_eq!(shop["effect"]["moves"]["less"], json!({ "households": 0, "amount": "0.00" }));
    // A use that the plan has is taken; a note tells a small room.
    let known = finds("households[12]", "not-a-home", |plan| {
        plan["uses"] = json!({ "商铺": { "factor": "1.5" } });
        add_home(plan, json!({ "id": "1-底商3", "building": "1", "area": "180" }));
    });
    assert_eq!(
        known["mend"],
        json!([{ "Write": { "path": "households[12].use", "text": "商铺" } }])
    );
    assert_eq!(ids(|plan| plan["households"][0]["note"] = json!("车库")), [""; 0], "it has one");
    assert_eq!(ids(|plan| plan["households"][0]["note"] = json!("带储藏室一间")), [""; 0]);
}

#[test]
fn what_mends_a_roster_apart_from_the_plan_names_its_households() {
    let mut plan = ordinary();
    plan["households"][1]["note"] = json!("低保户");
    let (_, found) = found(&plan);
    assert!(
        matches!(&found[0].mend[0], Change::Write { path, .. } if path == "households[1].hardship")
    );
}

#[test]
fn floors_above_those_of_the_building() {
    let floor = |floor: i32| move |plan: &mut Value| plan["households"][2]["floor"] = json!(floor);
    let finding = finds("households[2].floor", "floor-outlier", floor(12));
    assert_eq!(finding["values"], json!({ "homes": ["1-1-201"], "home": "1-1-201", "floor": 12 }));
    assert_eq!(finding["effect"]["moves"]["less"]["amount"], "0.00", "nothing is shared by floor");
    assert_eq!(ids(floor(11)), [""; 0]);
    // Where a third live that high, the building is so high.
    let tower = ids(|plan| (0..3).for_each(|home| plan["households"][home]["floor"] = json!(30)));
    assert_eq!(tower, [""; 0]);
    // The storeys that a line tells are the building's.
    let lift = |storeys: u32| {
        move |plan: &mut Value| {
            add_line(
                plan,
                json!({ "id": "lift", "name": "1号楼电梯", "amount": "420", "storeys": storeys,
                "scope": { "buildings": ["1"] }, "share_by": { "table": "lift" } }),
            );
        }
    };
    let finding = finds("households[2].floor", "floor-outlier", lift(1));
    assert_eq!(finding["effect"], json!({ "stake": { "amount": "420.00" } }));
    assert_eq!(ids(lift(2)), [""; 0]);
}

#[test]
fn a_new_lift_shared_by_area() {
    let lift = |line: Value| {
        move |plan: &mut Value| {
            let mut line = line;
            let fields = line.as_object_mut().expect("a line");
            fields.insert("id".to_owned(), json!("lift"));
            fields.insert("amount".to_owned(), json!("420"));
            fields.insert("scope".to_owned(), json!({ "units": ["1/1"] }));
            add_line(plan, line);
        }
    };
    let finding = finds("lines[1].share_by", "lift-by-area", lift(json!({ "name": "加装电梯" })));
    // By floor the two on the second floor pay it all.
    assert_eq!(finding["effect"]["moves"]["less"], json!({ "households": 2, "amount": "210.00" }));
    let without_table = finds("lines[1].share_by", "lift-by-area", |plan| {
        plan.as_object_mut().expect("a plan").remove("tables");
        lift(json!({ "name": "电梯井", "subject": "lift" }))(plan);
    });
    assert_eq!(without_table["effect"], json!({ "stake": { "amount": "420.00" } }));
    for right in [
        json!({ "name": "加装电梯", "share_by": { "table": "lift", "within": "area" } }),
        json!({ "name": "加装电梯", "share_by": "household" }),
        json!({ "name": "电梯大修" }),
        json!({ "name": "楼道" }),
    ] {
        assert_eq!(ids(lift(right.clone())), [""; 0], "{right}");
    }
}

#[test]
fn relief_that_lets_nobody_off() {
    let finding = finds("relief.rates.dibao", "relief-zero", |plan| {
        plan["relief"]["rates"]["dibao"] = json!("0%");
        plan["households"][0]["hardship"] = json!("dibao");
    });
    assert_eq!(finding["values"], json!({ "codes": ["dibao"], "count": 1 }));
    assert_eq!(finding["effect"]["moves"]["less"], json!({ "households": 1, "amount": "30.00" }));
    let little = ids(|plan| plan["relief"]["rates"]["dibao"] = json!("0.000001"));
    assert_eq!(little, [""; 0]);
}

#[test]
fn payers_that_can_not_be_told_apart() {
    let sources = |sources: Value| move |plan: &mut Value| plan["sources"] = sources;
    let county = |id: &str, name: &str| json!({ "id": id, "name": name, "amount": "10" });
    let twice = json!([county("county", "供水单位"), county("city", "供水单位 ")]);
    let finding = finds("sources[1].name", "payer-twice", sources(twice));
    assert_eq!(finding["values"], json!({ "name": "供水单位", "count": 2 }));
    assert_eq!(finding["effect"], json!({ "stake": { "amount": "10.00" } }));
    let nameless = json!([county("county", " "), { "id": "source-2", "amount": "5" }]);
    let finding = finds("sources[0].name", "payer-nameless", sources(nameless));
    assert_eq!(finding["values"], json!({ "ids": ["county", "source-2"] }));
    assert_eq!(finding["effect"], json!({ "stake": { "amount": "15.00" } }));
    // An id that says who it is will do.
    let right = json!([{ "id": "county", "amount": "10" }, county("city", "供水单位")]);
    assert_eq!(ids(sources(right)), [""; 0]);
}

/// The examples have nothing of the kind.
#[test]
fn nothing_is_found_in_the_examples() {
    for (name, plan) in fentan_tests::examples() {
        let (_, found) = found(&plan);
        assert!(found.is_empty(), "{name}: {found:?}");
    }
}

#[test]
fn a_source_that_waits_for_its_portion() {
    let waiting = json!([{
        "id": "central", "name": "中央补助", "amount": "10", "awaits_portion": true,
    }]);
    let finding = finds("sources[0].awaits_portion", "portion-awaited", |plan| {
        plan["sources"] = waiting.clone();
    });
    assert_eq!(finding["values"], json!({ "name": "中央补助", "amount": "10.00" }));
    assert_eq!(finding["severity"], "warning");
    let bytes = br#"{ "fentan": 1, "lines": [{ "id": "gate", "amount": "100" }],
        "sources": [{ "id": "central", "amount": "10", "awaits_portion": true }],
        "households": [{ "id": "1", "area": "60" }] }"#;
    let document = Document::from_json(bytes).expect("JSON");
    let plan = Plan::read(&document, None).expect("a plan");
    let plan = plan.with_offers(&[("central", fentan_core::Fen(2_000))]).expect("offers");
    let left = findings(&plan, &split(&plan).expect("a split"), &Packs::default());
    assert!(left.iter().all(|one| one.check.as_str() != "portion-awaited"), "{left:?}");
}
