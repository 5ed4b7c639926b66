//! What the engine tells of households: those that are found, one with its reasons, two beside each other.

use fentan_core::internal::decimal;
use fentan_core::plan::{Household, Line, ShareBy, Works};
use fentan_core::scenario::Difference;
use fentan_core::{Explainer, Fen, Figure, Plan, Split};
use fentan_words::{Language, channel, money, percent, printable, reason, say_with, vote};
use serde::{Deserialize, Serialize};

use crate::figures::Dues;
use crate::screens::result::statement::Statement;
use crate::session::Session;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Asked {
    /// A part of the door number, of the name or of the owner's; empty for all.
    pub search: String,
    /// Which households are looked through.
    pub group: Group,
    /// The most that are listed.
    pub count: usize,
    /// The ids of those told of: one, or two beside each other.
    pub homes: Vec<String>,
}

/// Some of the households.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Group {
    /// All of them.
    #[default]
    All,
    /// Those that pay the most in cash.
    Highest,
    /// Those that pay the least in cash.
    Lowest,
    /// Those that pay in cash from this amount on and below that one.
    Cash(Fen, Fen),
    /// Those of a building, by its place among those that the roster names, and of a floor; missing for a home that
    /// has none.
    Floor(usize, Option<i32>),
    /// Those of a building.
    Building(usize),
}

/// What is told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Told {
    /// How many were found.
    pub found: usize,
    /// What the group is called; empty for all households.
    pub group: String,
    /// The first of those found.
    pub rows: Vec<Found>,
    /// Those asked for that there are.
    pub homes: Vec<Home>,
    /// Why the second pays something else than the first.
    pub whys: Vec<Why>,
}

/// A household that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Its id.
    pub id: String,
    /// What it is called, where the roster has a name.
    pub name: String,
    /// Where it is, and its area.
    pub place: String,
    /// What is due.
    pub due: Fen,
    /// The same for a square metre.
    pub per_area: Fen,
    /// What it pays in cash.
    pub cash: Fen,
}

/// A household with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// Its place in the roster.
    pub place: usize,
    /// What it is called.
    pub found: Found,
    /// What it pays and why, in sentences.
    pub sentences: Vec<String>,
    /// Its part of each line: the line, how it is reckoned, and the amount.
    pub lines: Vec<(String, String, Fen)>,
    /// What comes to that or off it, with its sign.
    pub others: Vec<(String, char, Fen)>,
}

/// Why one household pays something else than another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// The line, or what it is about.
    pub name: String,
    /// Why.
    pub words: String,
    /// What the first pays.
    pub first: Fen,
    /// What the second pays.
    pub second: Fen,
    /// From the first to the second.
    pub difference: Difference,
}

/// Tells what is asked of the open plan; `None` while it can't be split.
pub fn told(session: &Session, asked: &Asked) -> Option<Box<Told>> {
    let (plan, split) = (session.plan()?, session.split()?);
    let telling = &Telling { language: session.language(), plan, split };
    let mut found = telling.of_group(&asked.group);
    if !asked.search.trim().is_empty() {
        found = telling.search(found, &asked.search);
    }
    let homes = asked.homes.iter().filter_map(|id| telling.place_of(id)).collect::<Vec<_>>();
    let explainer = Explainer::new(plan).ok().filter(|_| !homes.is_empty());
    let statements: Vec<_> =
        homes.iter().filter_map(|&home| Statement::of(session, home)).collect();
    let whys = match &statements[..] {
        [first, second] => telling.whys(first, second),
        _ => Vec::new(),
    };
    let homes = explainer.iter().flat_map(|explainer| {
        let homes = statements.iter().map(|statement| telling.home(explainer, statement));
        homes.collect::<Vec<_>>()
    });
    Some(Box::new(Told {
        found: found.len(),
        group: telling.group(&asked.group),
        homes: homes.collect(),
        whys,
        rows: found.into_iter().take(asked.count).map(|home| telling.found(home)).collect(),
    }))
}

/// What it takes to tell.
struct Telling<'s> {
    language: Language,
    plan: &'s Plan,
    split: &'s Split,
}

/// A square metre, in millionths.
const SQUARE_METRE: u128 = 1_000_000;

/// An amount for each square metre, rounded half up to the fen.
fn for_area(amount: Fen, area: u128) -> Fen {
    Fen((2 * amount.0 * SQUARE_METRE + area).checked_div(2 * area).unwrap_or_default())
}

/// A text as it is compared: without what people leave out or write otherwise in a door number.
fn plain(text: &str) -> String {
    let mut plain = text.trim().to_lowercase();
    for word in ["号楼", "幢", "栋", "单元", "号", " ", "#"] {
        plain = plain.replace(word, "-");
    }
    plain.replace('室', "").replace('－', "-").trim_matches('-').replace("--", "-")
}

impl Telling<'_> {
    fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        say_with(self.language, &["view.lookup.", key].concat(), values)
    }

    fn household(&self, home: usize) -> &Household {
        &self.plan.households()[home]
    }

    fn place_of(&self, id: &str) -> Option<usize> {
        self.plan.households().iter().position(|home| *home.id == *id)
    }

    fn cash(&self, home: usize) -> Fen {
        self.split.households[home].paid.cash
    }

    /// The names of the buildings, as the roster first names them.
    fn buildings(&self) -> Vec<&str> {
        let mut buildings = Vec::new();
        for home in self.plan.households() {
            let building = self.plan.building_of(home).unwrap_or_default();
            if !buildings.contains(&building) {
                buildings.push(building);
            }
        }
        buildings
    }

    fn of_group(&self, group: &Group) -> Vec<usize> {
        let all = 0..self.split.households.len();
        let cash = |home: &usize| self.cash(*home);
        let of_cash =
            |amount: Option<Fen>| all.clone().filter(move |home| Some(self.cash(*home)) == amount);
        let in_building = |home: &usize, building: usize| {
            let building = self.buildings().get(building).copied();
            building == Some(self.plan.building_of(self.household(*home)).unwrap_or_default())
        };
        match *group {
            Group::All => all.collect(),
            Group::Highest => of_cash(all.clone().map(|home| cash(&home)).max()).collect(),
            Group::Lowest => of_cash(all.clone().map(|home| cash(&home)).min()).collect(),
            Group::Cash(from, to) => {
                all.filter(|home| cash(home) >= from && cash(home) < to).collect()
            }
            Group::Building(building) => all.filter(|home| in_building(home, building)).collect(),
            Group::Floor(building, floor) => all
                .filter(|home| self.household(*home).floor == floor && in_building(home, building))
                .collect(),
        }
    }

    /// What a group is called.
    fn group(&self, group: &Group) -> String {
        let building = |building: usize| {
            let name = self.buildings().get(building).copied().unwrap_or_default();
            match name {
                "" => self.say("no-building", &[]),
                name => self.say("building", &[("text", name)]),
            }
        };
        match *group {
            Group::All => String::new(),
            Group::Highest => self.say("highest", &[]),
            Group::Lowest => self.say("lowest", &[]),
            Group::Cash(from, to) => {
                self.say("cash-range", &[("from", &money(from)), ("to", &money(to))])
            }
            Group::Building(at) => building(at),
            Group::Floor(at, floor) => {
                let floor = match floor {
                    Some(floor) => self.say("floor", &[("text", &floor.to_string())]),
                    None => self.say("no-floor", &[]),
                };
                [building(at), floor].join(" ")
            }
        }
    }

    /// The households among these that hold a text: whose door number it is first, then those that end with it.
    fn search(&self, among: Vec<usize>, search: &str) -> Vec<usize> {
        let wanted = plain(search);
        let mut ranked: [Vec<usize>; 3] = Default::default();
        for home in among {
            let one = self.household(home);
            let id = plain(&one.id);
            let holds = |text: Option<&str>| text.is_some_and(|text| plain(text).contains(&wanted));
            let is_named = holds(one.name.as_deref()) || holds(self.plan.owner_of(one));
            let rank = if id == wanted {
                0
            } else if id.ends_with(&wanted) {
                1
            } else if id.contains(&wanted) || is_named {
                2
            } else {
                continue;
            };
            ranked[rank].push(home);
        }
        ranked.concat()
    }

    fn found(&self, home: usize) -> Found {
        let (one, split) = (self.household(home), &self.split.households[home]);
        let area = u128::from(one.area.millionths());
        let floor = one.floor.map(|floor| floor.to_string());
        let places = [
            ("building", self.plan.building_of(one)),
            ("unit", self.plan.unit_of(one)),
            ("floor", floor.as_deref()),
        ];
        let places =
            places.into_iter().filter_map(|(key, text)| Some(self.say(key, &[("text", text?)])));
        let area_text = self.say("area", &[("text", &vote::area(one.area))]);
        Found {
            id: printable(&one.id),
            name: printable(one.name.as_deref().or(self.plan.owner_of(one)).unwrap_or_default()),
            place: places.chain([area_text]).collect::<Vec<_>>().join(" · "),
            due: split.due,
            per_area: for_area(split.due, area),
            cash: split.paid.cash,
        }
    }

    fn home(&self, explainer: &Explainer<'_>, statement: &Statement) -> Home {
        let home = statement.household;
        let lines = statement.lines.iter().map(|line| {
            let figure = Figure::LineShare { household: home, line: line.line };
            let formula = explainer
                .reason(figure)
                .map(|found| reason(self.language, self.plan, &found).formula);
            (line.name.clone(), formula.unwrap_or_default(), line.share)
        });
        let dues = &statement.dues;
        let others = [
            ("relief", '−', dues.relief),
            ("borne", '+', dues.borne),
            ("top-up", '+', dues.top_up),
        ];
        let others = others.into_iter().filter(|(.., amount)| !amount.is_zero());
        Home {
            place: home,
            found: self.found(home),
            sentences: self.sentences(home, dues),
            lines: lines.collect(),
            others: others.map(|(key, sign, amount)| (self.say(key, &[]), sign, amount)).collect(),
        }
    }

    /// What a household pays and why.
    fn sentences(&self, home: usize, dues: &Dues) -> Vec<String> {
        let one = self.household(home);
        let area = u128::from(one.area.millionths());
        let all: u128 =
            self.plan.households().iter().map(|one| u128::from(one.area.millionths())).sum();
        let values = [
            ("area", vote::area(one.area)),
            ("part", percent(Fen(area), Fen(all))),
            ("due", money(dues.due)),
            ("per-area", money(for_area(dues.due, area))),
            ("average", money(for_area(self.split.residents, all))),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let mut sentences = vec![self.say("sentence", &values)];
        let named = dues.named();
        let amount = |name: &str| {
            named.iter().find(|(one, _)| *one == name).map_or(Fen::ZERO, |(_, amount)| *amount)
        };
        let by = [
            "owner_unit",
            "in_kind",
            "public_revenue",
            "maintenance_fund",
            "provident_fund",
            "cash",
        ];
        let paid: Vec<_> = by
            .into_iter()
            .filter(|name| !amount(name).is_zero())
            .map(|name| [channel(self.language, name), money(amount(name))].join(" "))
            .collect();
        if paid.len() > 1 {
            let paid = paid.join(&self.say("between", &[]));
            sentences.push(self.say("paid", &[("paid", &paid)]));
        }
        sentences
    }

    /// Why the second of two households pays something else than the first, line by line; together it is the
    /// difference of what is due.
    fn whys(&self, first: &Statement, second: &Statement) -> Vec<Why> {
        let share = |statement: &Statement, line: usize| {
            statement.lines.iter().find(|one| one.line == line).map(|one| one.share)
        };
        let mut whys = Vec::new();
        for (index, line) in self.plan.lines().iter().enumerate() {
            let shares = [share(first, index), share(second, index)];
            if shares[0] == shares[1] {
                continue;
            }
            let homes = [first.household, second.household];
            let name = printable(line.name.as_deref().unwrap_or(&line.id));
            let words = self.why(line, homes, shares);
            whys.push(why(name, words, shares.map(Option::unwrap_or_default)));
        }
        let (one, other) = (&first.dues, &second.dues);
        for (key, is_less, amounts) in [
            ("relief", true, [one.relief, other.relief]),
            ("borne", false, [one.borne, other.borne]),
            ("top-up", false, [one.top_up, other.top_up]),
        ] {
            if amounts[0] != amounts[1] {
                let words = self.say(&["why-", key].concat(), &[]);
                let mut why = why(self.say(key, &[]), words, amounts);
                if is_less {
                    why.difference = Difference::between(amounts[1], amounts[0]);
                }
                whys.push(why);
            }
        }
        whys
    }

    /// Why two households pay different shares of a line.
    fn why(&self, line: &Line, homes: [usize; 2], shares: [Option<Fen>; 2]) -> String {
        let [first, second] = homes.map(|home| self.household(home));
        let with = |key: &str, one: String, other: String| {
            let ids = [printable(&first.id), printable(&second.id)];
            let values =
                [("first", ids[0].as_str()), ("second", &ids[1]), ("one", &one), ("other", &other)];
            self.say(key, &values)
        };
        let empty = String::new;
        match shares {
            [None, Some(_)] => return with("why-only-second", empty(), empty()),
            [Some(_), None] => return with("why-only-first", empty(), empty()),
            _ => {}
        }
        let area = |home: &Household| vote::area(home.area);
        let floor = |home: &Household| match home.floor {
            Some(floor) => self.say("floor", &[("text", &floor.to_string())]),
            None => self.say("no-floor", &[]),
        };
        let coefficient = |home: &Household, table: usize| {
            let found =
                home.floor.and_then(|floor| self.plan.tables().get(table)?.coefficient(floor));
            decimal(found.unwrap_or_default().into(), 6)
        };
        let by_floor = |table| {
            let of = |home| [floor(home), coefficient(home, table)].join(" ");
            with("why-floor", of(first), of(second))
        };
        let by_area = || with("why-area", area(first), area(second));
        let odd_fen = || with("why-odd-fen", empty(), empty());
        let use_of = |home: &Household| self.plan.use_of(home).map(|one| printable(&one.name));
        let Works::Shared { share_by, .. } = line.works else {
            return with("why-individual", empty(), empty());
        };
        let is_same_floor = first.floor == second.floor;
        let is_same_area = first.area == second.area;
        match share_by {
            _ if use_of(first) != use_of(second) => with(
                "why-use",
                use_of(first).unwrap_or_else(|| self.say("home-use", &[])),
                use_of(second).unwrap_or_else(|| self.say("home-use", &[])),
            ),
            ShareBy::Area if !is_same_area => by_area(),
            ShareBy::Coefficient(table) | ShareBy::Floors(table, _) if !is_same_floor => {
                by_floor(table)
            }
            ShareBy::CoefficientTimesArea(table) if !is_same_floor => {
                let of = |home| {
                    [floor(home), coefficient(home, table), "×".to_owned(), area(home)].join(" ")
                };
                with("why-floor-area", of(first), of(second))
            }
            ShareBy::CoefficientTimesArea(_) | ShareBy::Floors(..) if !is_same_area => by_area(),
            ShareBy::Column(_) => with("why-column", empty(), empty()),
            _ => odd_fen(),
        }
    }
}

fn why(name: String, words: String, [first, second]: [Fen; 2]) -> Why {
    Why { name, words, first, second, difference: Difference::between(first, second) }
}
