//! The works budget (工程预算) [三(一)4].

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use super::fields::{Fields, entries, list, number, text, wrong_type};
use super::final_account::{read_charges, read_life};
use super::roster::{Column, Household, Roster};
use super::uses::UsesOfHomes;
use super::{FinalCost, Life, Table};
use crate::document::Value;
use crate::enumeration;
use crate::money::Fen;
use crate::number::{self, MOST_MONEY, Rate, Scalar};
use crate::place::Place;
use crate::policy::Filling;
use crate::problem::{Cause, Expected, Homes, Naming, Problems};

/// The most the whole budget may come to, 10^15 yuan: with it every product of money and the
/// largest weights fits 128 bits.
pub(crate) const MOST_BUDGET: Fen = Fen(100_000_000_000_000_000);

/// How many lines a problem names that there are to choose from, at most.
const MOST_KNOWN: usize = 20;

enumeration! {
    /// The four groups of works of 濮政办〔2020〕31号 [二(二)1–4].
    Category {
        /// 改建配套基础设施 [二(二)1].
        Infrastructure = "infrastructure",
        /// 改造提升人居环境 [二(二)2].
        Environment = "environment",
        /// 改善优化居民服务 [二(二)3].
        Services = "services",
        /// 改进规范社区管理 [二(二)4].
        Management = "management",
    }
}

enumeration! {
    /// The three classes of works of 国办发〔2020〕23号.
    Tier {
        /// 基础类.
        Basic = "basic",
        /// 完善类.
        Improved = "improved",
        /// 提升类.
        Upgraded = "upgraded",
    }
}

enumeration! {
    /// Pipes and cables whose owners take part [四(二)].
    Pipeline {
        /// 供水.
        Water = "water",
        /// 排水.
        Drainage = "drainage",
        /// 供电.
        Power = "power",
        /// 燃气.
        Gas = "gas",
        /// 供热.
        Heating = "heating",
        /// 通信.
        Telecom = "telecom",
    }
}

enumeration! {
    /// Whether all pay for a line or only those who ordered it [四(三)].
    Kind {
        /// 公益设施共同出资.
        Shared = "shared",
        /// 个性项目户主负责.
        Individual = "individual",
    }
}

enumeration! {
    /// What a line is about, where category and pipeline don't tell; decides departments and the
    /// sharing rule of a policy pack, spec §7.
    Subject {
        /// 加装电梯.
        Lift = "lift",
        /// 消防设施.
        Fire = "fire",
        /// 充电设施.
        Charging = "charging",
        /// 生活垃圾分类.
        Waste = "waste",
        /// 拆除、清理违法设施.
        Clearance = "clearance",
        /// 养老、助餐.
        Elderly = "elderly",
        /// 幼儿园、托幼.
        Kindergarten = "kindergarten",
        /// 医疗卫生.
        Health = "health",
        /// 文化.
        Culture = "culture",
        /// 体育健身.
        Sports = "sports",
        /// 有线电视.
        CableTv = "cable_tv",
        /// 社区配套用房.
        Premises = "premises",
    }
}

enumeration! {
    /// Whether a line belongs to the compound or beyond it [二(一)].
    Reach {
        /// 小区内.
        Compound = "compound",
        /// 主干道、主管网、综合管廊.
        Trunk = "trunk",
        /// 广场.
        Square = "square",
        /// 城市公园.
        Park = "park",
    }
}

enumeration! {
    /// How the part of a floor is split within it.
    Within {
        /// By area.
        Area = "area",
        /// Equally by household.
        Household = "household",
    }
}

/// A line of the works budget (工程项目).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Line {
    /// Unique among the lines.
    pub id: String,
    /// What the line is called.
    pub name: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// What the line costs; of an individual line the sum of its charges.
    pub amount: Fen,
    /// Of which lines it is which part, where it costs that.
    pub rate_of: Option<RateOf>,
    /// Of how many pieces it is, such as lifts.
    pub pieces: u32,
    /// The storeys of the building it is for.
    pub storeys: Option<u32>,
    /// The group of works.
    pub category: Option<Category>,
    /// The class of works.
    pub tier: Option<Tier>,
    /// The pipes or cables it renews.
    pub pipeline: Option<Pipeline>,
    /// What it is about.
    pub subject: Option<Subject>,
    /// Whether it lies within the compound; left out = it does.
    pub reach: Option<Reach>,
    /// Whether pipes or cables lie behind the household's meter, on the household's side.
    pub beyond_meter: Option<bool>,
    /// What it came to in the final account (决算), where that is known.
    pub final_cost: Option<FinalCost>,
    /// How long what a shared line paid for serves, where the plan tells.
    pub life: Option<Life>,
    /// Shared or individual, with who benefits and how they share.
    pub works: Works,
}

/// That a line costs a part of what others do, such as a reserve (预备费) or a fee for the design
/// (设计费).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateOf {
    /// The part.
    pub rate: Rate,
    /// Indices of the lines that it is a part of; `None` for all that are no part of others
    /// themselves.
    pub lines: Option<Vec<usize>>,
}

/// Who benefits from a line and how they share it [四(三)].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Works {
    /// 公益设施共同出资: all in scope pay jointly.
    #[non_exhaustive]
    Shared {
        /// Indices of the households in scope, in roster order; none = every household.
        scope: Option<Vec<u32>>,
        /// What the scope names.
        named: Named,
        /// How they share.
        share_by: ShareBy,
    },
    /// 个性项目户主负责: each pays what it ordered.
    #[non_exhaustive]
    Individual {
        /// Indices of the households that ordered, in roster order.
        households: Vec<u32>,
        /// What each of them is charged.
        charges: Vec<Fen>,
    },
}

/// What a line's scope names, as indices of the roster.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Named {
    pub(crate) buildings: Vec<usize>,
    pub(crate) units: Vec<usize>,
    pub(crate) households: Vec<u32>,
    pub(crate) except: Vec<u32>,
}

impl Named {
    /// Whether the scope takes in every household but its exceptions.
    pub(crate) fn is_everyone(&self) -> bool {
        self.buildings.is_empty() && self.units.is_empty() && self.households.is_empty()
    }
}

impl Line {
    /// Shared or individual.
    pub fn kind(&self) -> Kind {
        match self.works {
            Works::Shared { .. } => Kind::Shared,
            Works::Individual { .. } => Kind::Individual,
        }
    }

    pub(crate) fn is_shared(&self) -> bool {
        self.kind() == Kind::Shared
    }
}

/// The key by which the beneficiaries share a line.
///
/// 民法典 第283条: as agreed, and without agreement by area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareBy {
    /// By area.
    Area,
    /// Equally by household.
    Household,
    /// By a column of weights of the roster, an index of the plan's columns.
    Column(usize),
    /// By the coefficient of the floor, an index of [`Plan::tables`](crate::Plan::tables).
    Coefficient(usize),
    /// By coefficient × area.
    CoefficientTimesArea(usize),
    /// First over the floors by coefficient, then within each floor.
    Floors(usize, Within),
}

/// Reads `lines`.
pub(crate) struct LineReader<'r> {
    pub(crate) households: &'r Roster,
    pub(crate) tables: &'r [Table],
    pub(crate) uses: UsesOfHomes<'r>,
    /// The columns of weights that lines share by, each once.
    pub(crate) columns: Vec<Column>,
    /// What lines leave out.
    pub(crate) filling: Filling<'r>,
}

impl LineReader<'_> {
    pub(super) fn read_all(&mut self, value: &Value<'_>, problems: &mut Problems) -> Vec<Line> {
        let place = Place::Field(&Place::Root, "lines");
        let values = list(value, &place, problems).unwrap_or_default();
        let lines = values.iter().enumerate();
        let mut lines: Vec<_> =
            lines.map(|(index, value)| self.read(value, place.index(index), problems)).collect();
        read_parts_of_others(values, &mut lines, problems);
        let mut first = HashMap::with_capacity(lines.len());
        for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.id.is_empty()) {
            let first = *first.entry(line.id.as_str()).or_insert(index);
            if first != index {
                let first = place.index(first).field("id").to_string();
                let cause = Cause::DuplicateId { first };
                problems.add_seen(place.index(index).field("id"), &line.id, cause);
            }
        }
        self.check_joins(&lines, problems);
        for column in &self.households.charges {
            let line = first.get(column.line.as_str()).map(|&index| &lines[index]);
            if line.is_none_or(Line::is_shared) {
                let known = lines.iter().filter(|line| !line.is_shared());
                let cause = Cause::UnknownId {
                    naming: Naming::IndividualLine,
                    known: known.map(|line| line.id.clone()).collect(),
                };
                problems.add_seen(&column.place, &column.line, cause);
            }
        }
        if lines.iter().map(|line| line.amount).sum::<Fen>() > MOST_BUDGET {
            problems.add(place, over_budget(MOST_BUDGET));
        }
        lines
    }

    fn read(&mut self, value: &Value<'_>, place: Place<'_>, problems: &mut Problems) -> Line {
        const KNOWN: &[&str] = &[
            "id",
            "name",
            "note",
            "amount",
            "rate_of",
            "pieces",
            "storeys",
            "category",
            "tier",
            "kind",
            "pipeline",
            "scope",
            "share_by",
            "charges",
            "final",
            "final_charges",
            "life",
            "subject",
            "reach",
            "beyond_meter",
        ];
        let mut line = Line {
            id: String::new(),
            name: None,
            note: None,
            amount: Fen::ZERO,
            rate_of: None,
            pieces: 1,
            storeys: None,
            category: None,
            tier: None,
            pipeline: None,
            subject: None,
            reach: None,
            beyond_meter: None,
            final_cost: None,
            life: None,
            works: Works::Shared { scope: None, named: Named::default(), share_by: ShareBy::Area },
        };
        let Some(fields) = Fields::open(value, place, KNOWN, problems) else {
            return line;
        };
        line.id = fields.id("id", problems).unwrap_or_default().to_owned();
        line.name = fields.text("name", problems).map(str::to_owned);
        line.note = fields.text("note", problems).map(str::to_owned);
        line.category = fields.choice("category", Category::ALL, Category::as_str, problems);
        line.tier = fields.choice("tier", Tier::ALL, Tier::as_str, problems);
        line.pipeline = fields.choice("pipeline", Pipeline::ALL, Pipeline::as_str, problems);
        line.subject = fields.choice("subject", Subject::ALL, Subject::as_str, problems);
        line.reach = fields.choice("reach", Reach::ALL, Reach::as_str, problems);
        line.beyond_meter = fields.boolean("beyond_meter", problems);
        let kind = fields.choice("kind", Kind::ALL, Kind::as_str, problems);
        // A kind that can't be read says nothing about the fields beside it.
        let kind = match kind {
            None if fields.has("kind") && fields.has("charges") => Kind::Individual,
            kind => kind.unwrap_or(Kind::Shared),
        };
        match kind {
            Kind::Shared => self.read_shared(&fields, &mut line, problems),
            Kind::Individual => self.read_individual(&fields, &mut line, problems),
        }
        line
    }

    fn read_shared(&mut self, fields: &Fields<'_>, line: &mut Line, problems: &mut Problems) {
        refuse_fields(fields, &["charges", "final_charges"], problems);
        if !fields.has("rate_of") {
            fields.required("amount", problems);
            line.amount = fields.number("amount", number::money, problems).unwrap_or_default();
        } else if fields.has("amount") {
            let cause = Cause::InPlaceOf { other: "rate_of" };
            problems.add(fields.place().field("amount"), cause);
        }
        line.pieces = fields.number("pieces", number::pieces, problems).unwrap_or(1);
        // Those that can't be read are there all the same.
        let storeys = fields.number("storeys", number::storeys, problems);
        line.storeys = fields.has("storeys").then(|| storeys.unwrap_or_default());
        line.final_cost = fields.number("final", number::money, problems).map(FinalCost::Amount);
        line.life = read_life(fields, problems);
        let mut named = Named::default();
        let scope = self.beneficiaries(fields, &line.id, &mut named, problems);
        let place = fields.place().field("share_by");
        let share_by =
            fields.get("share_by").or_else(|| self.filling.share_by(line.subject?, &place));
        let share_by = share_by.and_then(|share_by| self.share_by(share_by, place, problems));
        let share_by = share_by.unwrap_or(ShareBy::Area);
        line.works = Works::Shared { scope, named, share_by };
        self.check_weights(*fields.place(), line, share_by, problems);
    }

    fn read_individual(&self, fields: &Fields<'_>, line: &mut Line, problems: &mut Problems) {
        let of_shared =
            ["amount", "rate_of", "pieces", "storeys", "scope", "share_by", "final", "life"];
        refuse_fields(fields, &of_shared, problems);
        let place = fields.place().field("charges");
        let mut of_households = vec![None; self.households.all.len()];
        if let Some(value) = fields.get("charges") {
            for (household, value) in entries(value, &place, problems).unwrap_or_default() {
                let place = place.field(household);
                let money = number(Scalar::of(value), place, number::money, problems);
                match self.households.find(household) {
                    Some(index) => {
                        of_households[index as usize] = Some(money.unwrap_or_default());
                    }
                    None => self.unknown(Naming::Household, household, place, problems),
                }
            }
        }
        let columns = self.households.charges.iter().filter(|column| column.line == line.id);
        let mut given = fields.has("charges");
        for column in columns {
            given = true;
            for &(household, money) in &column.charges {
                if of_households[household as usize].replace(money).is_some() {
                    let id = &self.households.all[household as usize].id;
                    problems.add_seen(place.field(id), id, Cause::DuplicateKey);
                }
            }
        }
        if !given {
            problems.add(place, Cause::MissingField);
        }
        let charged = (0u32..).zip(of_households);
        let (households, charges): (Vec<_>, Vec<_>) =
            charged.filter_map(|(household, charge)| Some((household, charge?))).unzip();
        line.amount = charges.iter().copied().sum();
        line.final_cost = read_charges(fields, self.households, &households, problems);
        line.works = Works::Individual { households, charges };
    }

    /// Those in a line's scope who take part in it; `None` for every household.
    fn beneficiaries(
        &self,
        fields: &Fields<'_>,
        line: &str,
        named: &mut Named,
        problems: &mut Problems,
    ) -> Option<Vec<u32>> {
        let place = fields.place().field("scope");
        let scope = fields.get("scope").map(|scope| self.scope(scope, place, named, problems));
        let (mut left, takes_anybody_in) = scope.unwrap_or((None, true));
        if let Some(leaving) = self.households.not_joining(line) {
            let left = left.get_or_insert_with(|| self.households.everyone.clone());
            left.retain(|household| leaving.binary_search(household).is_err());
        }
        // A scope that takes nobody in was said already.
        if takes_anybody_in && left.as_ref().is_some_and(Vec::is_empty) {
            let place = if fields.has("scope") { place } else { *fields.place() };
            problems.add(place, Cause::EmptyScope);
        }
        left
    }

    /// The households of a scope: the union of its buildings, units and households, or every
    /// household, less its exceptions, with `None` for every household; and whether it takes anybody
    /// in before these.
    fn scope(
        &self,
        value: &Value<'_>,
        place: Place<'_>,
        taken_in: &mut Named,
        problems: &mut Problems,
    ) -> (Option<Vec<u32>>, bool) {
        const UNION: &[&str] = &["buildings", "units", "households"];
        const KNOWN: &[&str] = &["buildings", "units", "households", "except"];
        let Some(fields) = Fields::open(value, place, KNOWN, problems) else {
            return (Some(Vec::new()), false);
        };
        let named = Cell::new(0);
        let mut mark = |field, naming, mark: &mut dyn FnMut(&str) -> bool| {
            let place = fields.place().field(field);
            let ids = fields.get(field).and_then(|ids| list(ids, &place, problems));
            for (index, id) in ids.unwrap_or_default().iter().enumerate() {
                named.set(named.get() + 1);
                let place = place.index(index);
                let Some(id) = text(id, &place, problems) else {
                    continue;
                };
                if !mark(id) {
                    self.unknown(naming, id, place, problems);
                }
            }
        };
        let roster = self.households;
        let mut buildings = vec![false; roster.buildings.len()];
        let mut units = vec![false; roster.units.len()];
        let mut households = vec![false; roster.all.len()];
        let mut except = vec![false; roster.all.len()];
        mark("buildings", Naming::Building, &mut |id| {
            let found = roster.find_building(id);
            taken_in.buildings.extend(found);
            set(&mut buildings, found)
        });
        mark("units", Naming::Unit, &mut |id| {
            let found = roster.find_unit(id);
            taken_in.units.extend(found);
            set(&mut units, found)
        });
        mark("households", Naming::Household, &mut |id| {
            let found = roster.find(id);
            taken_in.households.extend(found);
            set(&mut households, found.map(|index| index as usize))
        });
        let is_empty = named.get() == 0;
        mark("except", Naming::Household, &mut |id| {
            let found = roster.find(id);
            taken_in.except.extend(found);
            set(&mut except, found.map(|index| index as usize))
        });
        let is_union = UNION.iter().any(|field| fields.has(field));
        if is_empty && (is_union || !fields.has("except")) {
            problems.add(place, Cause::EmptyScope);
        }
        if is_empty && !is_union && !fields.has("except") {
            return (Some(Vec::new()), false);
        }
        if !is_union && !except.contains(&true) {
            return (None, true);
        }
        let all = (0u32..).zip(&roster.all);
        let in_union = all.filter(|&(index, household)| {
            !is_union || households[index as usize] || household.is_in(&buildings, &units)
        });
        let mut in_scope: Vec<u32> = in_union.map(|(index, _)| index).collect();
        let takes_anybody_in = !in_scope.is_empty();
        in_scope.retain(|&index| !except[index as usize]);
        (Some(in_scope), takes_anybody_in)
    }

    /// Whoever joins a line joins a shared one.
    fn check_joins(&self, lines: &[Line], problems: &mut Problems) {
        let shared = || lines.iter().filter(|line| line.is_shared()).map(|line| &line.id);
        let ids: HashSet<&str> = shared().map(String::as_str).collect();
        let known: Vec<String> = shared().take(MOST_KNOWN).cloned().collect();
        for (line, places) in self.households.joined().filter(|(line, _)| !ids.contains(line)) {
            for place in places {
                let cause = Cause::UnknownId { naming: Naming::SharedLine, known: known.clone() };
                problems.add_seen(place, line, cause);
            }
        }
    }

    pub(crate) fn share_by(
        &mut self,
        value: &Value<'_>,
        place: Place<'_>,
        problems: &mut Problems,
    ) -> Option<ShareBy> {
        const KNOWN: &[&str] = &["column", "table", "times", "within"];
        match value {
            Value::Text(text) if text == "area" => return Some(ShareBy::Area),
            Value::Text(text) if text == "household" => return Some(ShareBy::Household),
            Value::Text(text) => {
                let known = ["area", "household"].map(str::to_owned).to_vec();
                let naming = Naming::Listed;
                problems.add_seen(place, text, Cause::UnknownId { naming, known });
                return None;
            }
            Value::Fields(_) => {}
            _ => {
                wrong_type(value, &place, Expected::Sharing, problems);
                return None;
            }
        }
        let fields = Fields::open(value, place, KNOWN, problems)?;
        if fields.has("column") {
            refuse_fields(&fields, &["table", "times", "within"], problems);
            let name = fields.text("column", problems)?;
            return self.column(name, place.field("column"), problems);
        }
        fields.required("table", problems)?;
        let name = fields.text("table", problems)?;
        let table = self.tables.iter().position(|table| table.name == name);
        if table.is_none() {
            let known = self.tables.iter().map(|table| table.name.clone()).collect();
            let naming = Naming::Table;
            problems.add_seen(place.field("table"), name, Cause::UnknownId { naming, known });
        }
        if fields.has("times") {
            refuse_fields(&fields, &["within"], problems);
            fields.choice("times", &[Within::Area], Within::as_str, problems)?;
            return table.map(ShareBy::CoefficientTimesArea);
        }
        if fields.has("within") {
            let within = fields.choice("within", Within::ALL, Within::as_str, problems)?;
            return table.map(|table| ShareBy::Floors(table, within));
        }
        table.map(ShareBy::Coefficient)
    }

    fn column(&mut self, name: &str, place: Place<'_>, problems: &mut Problems) -> Option<ShareBy> {
        if let Some(index) = self.columns.iter().position(|column| column.name == name) {
            return Some(ShareBy::Column(index));
        }
        let Some(column) = self.households.column(name) else {
            self.unknown(Naming::Column, name, place, problems);
            return None;
        };
        self.columns.push(column);
        Some(ShareBy::Column(self.columns.len() - 1))
    }

    /// Every beneficiary has a weight, whatever there will be to split.
    pub(super) fn check_weights(
        &self,
        place: Place<'_>,
        line: &Line,
        share_by: ShareBy,
        problems: &mut Problems,
    ) {
        if matches!(share_by, ShareBy::Area | ShareBy::Household) {
            return;
        }
        let beneficiaries = match &line.works {
            Works::Shared { scope: Some(scope), .. } => scope,
            _ => &self.households.everyone,
        };
        match share_by {
            ShareBy::Area | ShareBy::Household => {}
            ShareBy::Column(index) => {
                let column = &self.columns[index];
                for &household in beneficiaries {
                    if column.weights[household as usize].is_none() {
                        let line = line.id.clone();
                        let place = self.households.place_of_weight(household, &column.name);
                        problems.add(place, Cause::MissingWeight { line });
                    }
                }
            }
            ShareBy::Coefficient(table)
            | ShareBy::CoefficientTimesArea(table)
            | ShareBy::Floors(table, _) => {
                let table = &self.tables[table];
                let mut floors = Vec::new();
                let (mut on_floors, mut floorless) = <(Box<Homes>, Box<Homes>)>::default();
                let is_asked = |household: &Household| match share_by {
                    // Without a weight within its floor it counts for nothing.
                    ShareBy::Floors(_, within) => self.uses.counts(household).within(within) > 0,
                    _ => true,
                };
                for &index in beneficiaries {
                    let household = &self.households.all[index as usize];
                    if !is_asked(household) {
                        continue;
                    }
                    match household.floor {
                        Some(floor) if table.coefficient(floor).is_some() => {}
                        Some(floor) => {
                            if let Err(position) = floors.binary_search(&floor) {
                                floors.insert(position, floor);
                            }
                            on_floors.add(&household.id);
                        }
                        None if self.households.has_unreadable_floor(index) => {}
                        None => floorless.add(&household.id),
                    }
                }
                if !floors.is_empty() || floorless.count > 0 {
                    let cause = Cause::NoCoefficient { floors, on_floors, floorless };
                    problems.add(place.field("share_by").field("table"), cause);
                }
            }
        }
    }

    /// Notes an id that names nothing in the roster; without a roster that goes without saying.
    fn unknown(&self, naming: Naming, id: &str, place: Place<'_>, problems: &mut Problems) {
        if !self.households.readable {
            return;
        }
        let known = match naming {
            Naming::Building => self.households.buildings.clone(),
            Naming::Column => self.households.column_names(),
            _ => Vec::new(),
        };
        problems.add_seen(place, id, Cause::UnknownId { naming, known });
    }
}

/// Reads of which lines others are a part, and works out what these cost.
fn read_parts_of_others(values: &[Value<'_>], lines: &mut [Line], problems: &mut Problems) {
    let is_part = |index: usize| values[index].get("rate_of").is_some();
    if !(0..lines.len()).any(is_part) {
        return;
    }
    let counted = || (0..lines.len()).filter(|&index| !is_part(index));
    let known = counted().take(MOST_KNOWN).map(|index| lines[index].id.clone()).collect();
    let counted = counted().rev().map(|index| (lines[index].id.clone(), index));
    let counted = Counted { lines: counted.collect(), known };
    for index in 0..lines.len() {
        if let Some(value) = values[index].get("rate_of").filter(|_| lines[index].is_shared()) {
            let place = Place::Field(&Place::Root, "lines");
            let place = place.index(index);
            lines[index].rate_of = read_part(value, place.field("rate_of"), &counted, problems);
        }
    }
    follow(lines);
    for (index, line) in lines.iter().enumerate() {
        if line.rate_of.is_some() && line.amount > MOST_MONEY {
            problems.add(format_args!("lines[{index}].rate_of"), over_budget(MOST_MONEY));
        }
    }
}

/// The lines that others may be a part of.
struct Counted {
    /// By id, the earliest.
    lines: HashMap<String, usize>,
    known: Vec<String>,
}

fn read_part(
    value: &Value<'_>,
    place: Place<'_>,
    counted: &Counted,
    problems: &mut Problems,
) -> Option<RateOf> {
    let fields = Fields::open(value, place, &["rate", "lines"], problems)?;
    fields.required("rate", problems);
    let rate = fields.number("rate", number::rate, problems);
    let place = place.field("lines");
    let Some(named) = fields.get("lines") else {
        return Some(RateOf { rate: rate?, lines: None });
    };
    let (mut found, mut met) = (Vec::new(), HashSet::new());
    for (index, id) in list(named, &place, problems)?.iter().enumerate() {
        let place = place.index(index);
        let Some(id) = text(id, &place, problems) else {
            continue;
        };
        match counted.lines.get(id) {
            Some(&line) if met.insert(line) => found.push(line),
            Some(_) => problems.add_seen(place, id, Cause::DuplicateKey),
            None => {
                let (naming, known) = (Naming::CountedLine, counted.known.clone());
                let cause = Cause::UnknownId { naming, known };
                problems.add_seen(place, id, cause);
            }
        }
    }
    Some(RateOf { rate: rate?, lines: Some(found) })
}

/// Lets lines that are a part of others cost that part of what these cost.
pub(super) fn follow(lines: &mut [Line]) {
    let all = lines.iter().filter(|line| line.rate_of.is_none()).map(|line| line.amount).sum();
    for index in 0..lines.len() {
        if let Some(part) = &lines[index].rate_of {
            let of = match &part.lines {
                Some(others) => others.iter().map(|&other| lines[other].amount).sum(),
                None => all,
            };
            lines[index].amount = part.rate.of(of);
        }
    }
}

/// Marks what an id names; answers whether it names anything.
fn set(marks: &mut [bool], index: Option<usize>) -> bool {
    if let Some(index) = index {
        marks[index] = true;
    }
    index.is_some()
}

pub(super) fn over_budget(most: Fen) -> Cause {
    Cause::TooLarge { most: most.0 / 100 }
}

/// Fields that the table's other fields rule out.
fn refuse_fields(fields: &Fields<'_>, names: &[&str], problems: &mut Problems) {
    for name in names.iter().filter(|name| fields.has(name)) {
        problems.add(fields.place().field(name), Cause::WrongKind);
    }
}
