//! Whether the documents of a plan's policy are in force on its day, and of its place.

use super::{Detail, Finding};
use crate::day::PartialDay;
use crate::plan::Plan;
use crate::policy::{Check, Pack, Packs, Provision, Severity, Wording};

/// The documents of the plan's own pack, and those that its values rest on, which are not in force on
/// a day of the plan.
pub(super) fn not_in_force(plan: &Plan, packs: &Packs) -> Vec<Finding> {
    let compound = plan.compound();
    let day = compound.and_then(|compound| compound.works_on.or(compound.vote_on));
    let Some(day) = day else {
        return Vec::new();
    };
    let own = plan.policy().and_then(|id| packs.find(id));
    let own = own.into_iter().flat_map(|pack| &pack.provisions);
    let filled = plan.filled().iter().flat_map(|filled| &filled.clauses);
    let filled = filled.filter_map(|id| packs.clause(id));
    let mut found: Vec<Finding> = Vec::new();
    for provision in own.chain(filled).filter(|provision| !provision.is_in_force(day)) {
        let clauses = vec![provision.id.clone()];
        let known = found.iter_mut().find(|one| one.values[0].1 == title(provision));
        match known {
            Some(known) if known.clauses.contains(&provision.id) => {}
            Some(known) => known.clauses.extend(clauses),
            None => found.push(of_document(plan, packs, provision, day)),
        }
    }
    found
}

fn named(pack: &Pack) -> (String, Wording) {
    (pack.id().to_owned(), pack.name.clone())
}

/// Whether two packs tell who pays for a thing that is the same.
fn speaks_of_the_same(pack: &Pack, other: &Pack) -> bool {
    let items = |of: &Pack| of.charges.iter().flat_map(|one| one.items.clone()).collect::<Vec<_>>();
    let of_other = items(other);
    pack.id() != other.id() && items(pack).iter().any(|item| of_other.contains(item))
}

fn title(provision: &Provision) -> Detail {
    Detail::Name(provision.title.clone())
}

fn of_document(plan: &Plan, packs: &Packs, provision: &Provision, day: PartialDay) -> Finding {
    let pack = plan.policy().and_then(|id| packs.find(id));
    let of_place = pack.map(|pack| packs.at(&pack.place.chinese).packs).unwrap_or_default();
    let in_force = of_place.into_iter().filter(|other| {
        let is_alike = |pack: &Pack| pack.place == other.place && speaks_of_the_same(pack, other);
        pack.is_some_and(is_alike) && other.is_in_force(day)
    });
    let instead = in_force.map(named).collect();
    let has_ended = provision.until.is_some_and(|until| until.is_before(day));
    let when = if has_ended { provision.until } else { provision.from };
    let when = when.map(|when| when.to_string()).unwrap_or_default();
    let values = vec![
        ("document", title(provision)),
        ("day", Detail::Name(day.to_string())),
        ("when", Detail::Name(when)),
        ("verdict", Detail::Verdict(if has_ended { "ended" } else { "not-begun" })),
        ("packs", Detail::Packs(instead)),
    ];
    finding(Check::NotInForce, Severity::Warning, values, vec![provision.id.clone()])
}

/// The plan's policy is of another place than the compound, or it has none and there is one.
pub(super) fn other_place(plan: &Plan, packs: &Packs) -> Option<Finding> {
    let place = plan.compound()?.place.as_deref()?;
    let locality = packs.at(place);
    let own = plan.policy().and_then(|id| packs.find(id));
    if own.is_some_and(|own| locality.packs.iter().any(|pack| pack.id() == own.id())) {
        return None;
    }
    // Those of the place itself, which come first.
    let nearest = locality.packs.first().filter(|_| locality.is_known).map(|pack| &pack.place);
    let right = locality.packs.iter().filter(|pack| Some(&pack.place) == nearest);
    let right: Vec<_> = right.copied().map(named).collect();
    if own.is_none() && right.is_empty() {
        return None;
    }
    let severity = if own.is_some() { Severity::Warning } else { Severity::Note };
    let values = vec![
        ("place", Detail::Name(place.to_owned())),
        ("policy", Detail::Packs(own.map(named).into_iter().collect())),
        ("packs", Detail::Packs(right)),
    ];
    Some(finding(Check::OtherPlace, severity, values, Vec::new()))
}

fn finding(
    check: Check,
    severity: Severity,
    values: Vec<(&'static str, Detail)>,
    clauses: Vec<String>,
) -> Finding {
    Finding {
        severity,
        check,
        path: "policy".to_owned(),
        values,
        clauses,
        effect: None,
        mend: Vec::new(),
    }
}
