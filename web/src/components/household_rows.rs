use yew::Html;

use super::elements::{all, element, row, td, td_amount, td_sum, th_row};
use crate::figures::{Dues, cell};
use crate::state::Shown;

/// A row for each of these households, given by their places in the roster.
pub fn household_rows(shown: &Shown, households: &[usize]) -> Html {
    let mut rows = Vec::new();
    for &index in households {
        let household = &shown.plan.households()[index];
        let split = &shown.split.households[index];
        let mut cells = vec![
            th_row(&household.id, "", Vec::new()),
            td(shown.plan.building_of(household).unwrap_or_default()),
            td(shown.plan.unit_of(household).unwrap_or_default()),
            td(household.floor.map_or_else(String::new, |floor| floor.to_string())),
            td(household.area.to_string()),
        ];
        amounts(&mut cells, &Dues::total(std::slice::from_ref(split)));
        let accounts = [split.fund_after, split.replenish];
        cells.extend(accounts.map(|amount| td(amount.map_or_else(String::new, cell))));
        rows.push(row(cells));
    }
    element("tbody", "", all(rows))
}

/// The cells of what is due and how it is paid.
pub fn amounts(cells: &mut Vec<Html>, dues: &Dues) {
    let Dues { share, relief, borne, top_up, individual, due, paid, .. } = *dues;
    cells.extend([share, relief, borne, top_up, individual].map(td_amount));
    cells.push(td_sum(due));
    cells.extend([paid.in_kind, paid.public_revenue, paid.maintenance_fund].map(td_amount));
    cells.extend([paid.provident_fund, paid.owner_unit].map(td_amount));
    cells.push(td_sum(paid.cash));
}
