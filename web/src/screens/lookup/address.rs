//! What the view looks at, as its address has it: so that links lead to it and the browser's way back works.

use fentan_core::Fen;

use super::told::Group;
use crate::page::Screen;

/// What the view looks at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// Which households are listed.
    pub group: Group,
    /// The ids of those shown.
    pub homes: Vec<String>,
    /// Whether the meeting sees it.
    pub is_meeting: bool,
}

impl Place {
    /// From the part of the page's address that names the view. What can't be read is passed over.
    pub fn at(address: &str, decode: impl Fn(&str) -> Option<String>) -> Place {
        let mut place = Place::default();
        let Some((_, query)) = address.split_once('?') else { return place };
        for part in query.split('&') {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let number = || value.parse::<usize>().ok();
            match name {
                "highest" => place.group = Group::Highest,
                "lowest" => place.group = Group::Lowest,
                "cash" => {
                    let fen = |text: &str| text.parse().ok().map(Fen);
                    let range = value.split_once('-');
                    let range = range.and_then(|(from, to)| Some((fen(from)?, fen(to)?)));
                    place.group = range.map_or(Group::All, |(from, to)| Group::Cash(from, to));
                }
                "building" => place.group = number().map_or(Group::All, Group::Building),
                "floor" => {
                    let floor = (!value.is_empty()).then(|| value.parse().ok()).flatten();
                    if let Group::Building(building) = place.group {
                        place.group = Group::Floor(building, floor);
                    }
                }
                "home" => place.homes.extend(decode(value)),
                "meeting" => place.is_meeting = true,
                _ => {}
            }
        }
        place.homes.truncate(2);
        place
    }

    /// The address that leads to it.
    pub fn address(&self, encode: impl Fn(&str) -> String) -> String {
        let mut parts = match self.group {
            Group::All => Vec::new(),
            Group::Highest => vec!["highest".to_owned()],
            Group::Lowest => vec!["lowest".to_owned()],
            Group::Cash(from, to) => vec![format!("cash={}-{}", from.0, to.0)],
            Group::Building(building) => vec![format!("building={building}")],
            Group::Floor(building, floor) => {
                let floor = floor.map(|floor| floor.to_string()).unwrap_or_default();
                vec![format!("building={building}"), format!("floor={floor}")]
            }
        };
        parts.extend(self.homes.iter().map(|home| ["home=", &encode(home)].concat()));
        if self.is_meeting {
            parts.push("meeting".to_owned());
        }
        let view = Screen::Lookup.address();
        if parts.is_empty() { view.to_owned() } else { [view, "?", &parts.join("&")].concat() }
    }
}

/// The address of a group of households.
pub fn of_group(group: Group) -> String {
    Place { group, ..Place::default() }.address(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_view_looks_at_is_read_back_from_its_address() {
        let homes = vec!["3-1-502".to_owned(), "3-1-501".to_owned()];
        for group in [
            Group::All,
            Group::Highest,
            Group::Lowest,
            Group::Cash(Fen(100), Fen(250)),
            Group::Building(2),
            Group::Floor(2, Some(-1)),
            Group::Floor(0, None),
        ] {
            let place = Place { group, homes: homes.clone(), is_meeting: true };
            let address = place.address(str::to_owned);
            assert_eq!(Place::at(&address, |text| Some(text.to_owned())), place, "{address}");
            assert_eq!(Screen::at(&address), Some(Screen::Lookup));
        }
        assert_eq!(Place::at("#lookup", |_| None), Place::default());
        assert_eq!(Place::at("#lookup?cash=x&floor=3&home", |_| None), Place::default());
    }
}
