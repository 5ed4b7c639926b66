//! How one household stands on a day, from its calls and what it paid; spec §9.

use crate::day::Day;
use crate::money::Fen;

/// How a household stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stand {
    /// What is due of it by the day.
    pub called: Fen,
    /// What it still owes of what is due (欠缴).
    pub arrears: Fen,
    /// What it paid ahead of what is due (预缴).
    pub ahead: Fen,
}

impl Stand {
    /// How a household stands that has these calls, due on these days, and paid this by the day.
    ///
    /// ```
    /// use fentan_core::collection::Stand;
    /// use fentan_core::{Day, Fen};
    /// let due = [Day::read("2026-03-01")?, Day::read("2026-09-01")?];
    /// let stand = Stand::of(&[Fen(500), Fen(300)], &due, Fen(450), Day::read("2026-03-01")?);
    /// assert_eq!((stand.called, stand.arrears), (Fen(500), Fen(50)));
    /// # Ok::<(), fentan_core::plan::NoDay>(())
    /// ```
    pub fn of(calls: &[Fen], due: &[Day], paid: Fen, on: Day) -> Stand {
        let is_due = calls.iter().zip(due).filter(|(_, due)| **due <= on);
        let called: Fen = is_due.map(|(&amount, _)| amount).sum();
        Stand { called, arrears: called.less(paid), ahead: paid.less(called) }
    }
}

/// What of each call is paid where a household paid this much: the calls are paid in their order.
///
/// ```
/// use fentan_core::Fen;
/// use fentan_core::collection::paid_of_calls;
/// assert_eq!(paid_of_calls(&[Fen(500), Fen(300)], Fen(650)), [Fen(500), Fen(150)]);
/// ```
pub fn paid_of_calls(calls: &[Fen], paid: Fen) -> Vec<Fen> {
    let mut left = paid;
    let paid = calls.iter().map(|&call| {
        let of_call = call.min(left);
        left -= of_call;
        of_call
    });
    paid.collect()
}
