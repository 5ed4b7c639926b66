//! A split asks for memory by household and by line, never by cell.

use fentan_core::Plan;
use serde_json::json;

const HOUSEHOLDS: usize = 800;

fn plan(lines: usize) -> Plan {
    let ways = [
        json!("area"),
        json!({ "table": "lift", "times": "area" }),
        json!({ "table": "lift", "within": "area" }),
    ];
    let lines: Vec<_> = (0..lines)
        .map(|line| {
            let share_by = &ways[line % ways.len()];
            json!({ "id": line.to_string(), "amount": "680000.07", "share_by": share_by })
        })
        .collect();
    let households: Vec<_> = (0..HOUSEHOLDS)
        .map(|household| {
            let hardship = if household % 50 == 0 { "dibao" } else { "none" };
            json!({
                "id": household.to_string(),
                "floor": 1 + household % 5,
                "area": format!("{}.{:02}", 40 + household % 57, household % 100),
                "hardship": hardship,
            })
        })
        .collect();
    let plan = json!({
        "fentan": 1,
        "tables": { "lift": { "1": "0", "2": "0.5", "3": "1", "4": "1.1", "5": "1.2" } },
        "relief": { "rates": { "dibao": "1", "none": "0" } },
        "lines": lines,
        "households": households,
    });
    let bytes = plan.to_string().into_bytes();
    let document = fentan_core::Document::from_json(&bytes).expect("a document");
    Plan::read(&document, None).expect("a plan")
}

fn allocations(plan: &Plan) -> u64 {
    let counted = allocation_counter::measure(|| {
        fentan_core::split(plan).expect("a split");
    });
    counted.count_total
}

#[test]
fn no_cell_is_allocated() {
    let (ten, twenty) = (allocations(&plan(10)), allocations(&plan(20)));
    println!("800 households: {ten} allocations for 10 lines, {twenty} for 20");
    // Eight thousand cells more, and a few vectors for each of the ten lines.
    assert!(twenty - ten <= 10 * 8, "{ten} for 10 lines, {twenty} for 20");
}
