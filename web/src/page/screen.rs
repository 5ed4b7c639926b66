//! The views of the page, and the stages of a plan that they belong to.

use fentan_words::{Language, say};

use crate::message::is_of_roster;

/// What a plan goes through, and the shelf that plans stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// All plans, and what is asked without one.
    Shelf,
    /// The budget and the roster are read and checked.
    Prepare,
    /// Who pays, and how it is shared.
    Discuss,
    /// What comes of it is decided and posted.
    Decide,
    /// It is paid, settled and joined.
    Settle,
}

impl Stage {
    /// The stages of a plan, in their order.
    pub const OF_A_PLAN: [Stage; 4] =
        [Stage::Prepare, Stage::Discuss, Stage::Decide, Stage::Settle];

    /// Its name in keys of texts and in attributes.
    pub fn key(self) -> &'static str {
        match self {
            Stage::Shelf => "shelf",
            Stage::Prepare => "prepare",
            Stage::Discuss => "discuss",
            Stage::Decide => "decide",
            Stage::Settle => "settle",
        }
    }

    /// The views that the navigation shows, in their order.
    pub fn views(self) -> impl Iterator<Item = Screen> {
        Screen::ALL.into_iter().filter(move |screen| screen.stage() == self)
    }
}

/// A screen of the page: a view of a plan, or of the shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Screen {
    /// The works budget.
    Works,
    /// The roster.
    Roster,
    /// What looks wrong in budget and roster, and what follows from the plan.
    Health,
    /// Files of offices, taken into the plan.
    Import,
    /// Who pays before the residents.
    Sources,
    /// What the residents agreed on, and how they pay.
    Agreements,
    /// What would come out if some of the plan were otherwise.
    Scenarios,
    /// The law and the policy that the plan stands on, and what they find.
    Basis,
    /// Who pays what.
    #[default]
    Result,
    /// One household, and two side by side.
    Lookup,
    /// The owners' vote.
    Vote,
    /// What is posted, handed over and filed.
    Papers,
    /// The versions of the plan that have a name.
    Versions,
    /// Calls and payments.
    Collection,
    /// What is spent and received when.
    Cash,
    /// The final account.
    FinalAccount,
    /// Who joins a line later.
    Joining,
    /// All plans, and how to begin one.
    Shelf,
    /// A programme: pots divided over compounds.
    Programme,
    /// What happened to the compounds of a programme.
    Ledger,
    /// Who must pay for one charge.
    WhoPays,
    /// How a lift is shared: a table to agree on.
    Lift,
}

impl Screen {
    /// All screens, in the order of the navigation.
    pub const ALL: [Screen; 22] = [
        Screen::Works,
        Screen::Roster,
        Screen::Health,
        Screen::Import,
        Screen::Sources,
        Screen::Agreements,
        Screen::Scenarios,
        Screen::Basis,
        Screen::Result,
        Screen::Lookup,
        Screen::Vote,
        Screen::Papers,
        Screen::Versions,
        Screen::Collection,
        Screen::Cash,
        Screen::FinalAccount,
        Screen::Joining,
        Screen::Shelf,
        Screen::Programme,
        Screen::Ledger,
        Screen::WhoPays,
        Screen::Lift,
    ];

    /// What it is called.
    pub fn name(self, language: Language) -> String {
        say(language, &["page.screen.", &self.address()[1..]].concat())
    }

    /// The stage that it belongs to.
    pub fn stage(self) -> Stage {
        match self {
            Screen::Works | Screen::Roster | Screen::Health | Screen::Import => Stage::Prepare,
            Screen::Sources | Screen::Agreements | Screen::Scenarios | Screen::Basis => {
                Stage::Discuss
            }
            Screen::Result | Screen::Lookup | Screen::Vote | Screen::Papers | Screen::Versions => {
                Stage::Decide
            }
            Screen::Collection | Screen::Cash | Screen::FinalAccount | Screen::Joining => {
                Stage::Settle
            }
            Screen::Shelf | Screen::Programme | Screen::Ledger | Screen::WhoPays | Screen::Lift => {
                Stage::Shelf
            }
        }
    }

    /// Whether a part of the plan is written there.
    pub fn is_written(self) -> bool {
        matches!(
            self,
            Screen::Works
                | Screen::Roster
                | Screen::Sources
                | Screen::Agreements
                | Screen::Scenarios
                | Screen::Basis
        )
    }

    /// Its address within the page.
    pub fn address(self) -> &'static str {
        match self {
            Screen::Works => "#works",
            Screen::Roster => "#roster",
            Screen::Health => "#health",
            Screen::Import => "#import",
            Screen::Sources => "#sources",
            Screen::Agreements => "#agreements",
            Screen::Scenarios => "#scenarios",
            Screen::Basis => "#basis",
            Screen::Result => "#result",
            Screen::Lookup => "#lookup",
            Screen::Vote => "#vote",
            Screen::Papers => "#papers",
            Screen::Versions => "#versions",
            Screen::Collection => "#collection",
            Screen::Cash => "#cash",
            Screen::FinalAccount => "#final-account",
            Screen::Joining => "#joining",
            Screen::Shelf => "#shelf",
            Screen::Programme => "#programme",
            Screen::Ledger => "#ledger",
            Screen::WhoPays => "#who-pays",
            Screen::Lift => "#lift",
        }
    }

    /// The screen at an address, or at a link that holds scenarios; `None` where there is none.
    pub fn at(address: &str) -> Option<Screen> {
        if address.starts_with("#scenario=") {
            return Some(Screen::Scenarios);
        }
        // What is looked for in a view stands behind its address: a home, or a charge and a place.
        let view = address.split(['?', '=']).next();
        Screen::ALL.into_iter().find(|screen| Some(screen.address()) == view)
    }

    /// The screen that shows the field at a path of the plan.
    pub fn of_path(path: &str) -> Screen {
        if is_of_roster(path) {
            return Screen::Roster;
        }
        let part = path.split(['.', '[', ':']).next().unwrap_or_default();
        match part {
            "lines" | "tables" | "fentan" | "name" => Screen::Works,
            "policy" | "own_policy" | "compound" => Screen::Basis,
            "sources" => Screen::Sources,
            "households" => Screen::Roster,
            "scenarios" | "stress" => Screen::Scenarios,
            _ => Screen::Agreements,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_on_the_screen_that_shows_it() {
        for (path, screen) in [
            ("policy", Screen::Basis),
            ("own_policy.checks[0].rate", Screen::Basis),
            ("compound.year_built", Screen::Basis),
            ("lines[3].reach", Screen::Works),
            ("channels[0].amount", Screen::Agreements),
            ("households", Screen::Roster),
            ("scenarios[0].changes[1].set", Screen::Scenarios),
        ] {
            assert_eq!(Screen::of_path(path), screen, "{path}");
        }
    }

    #[test]
    fn every_screen_has_an_address_of_its_own() {
        for screen in Screen::ALL {
            assert_eq!(Screen::at(screen.address()), Some(screen));
        }
        assert_eq!(Screen::at("#none"), None);
    }
}
