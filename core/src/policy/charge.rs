//! Who must pay for what (该由谁出): for a place and a day, what the packs say of one kind of cost.

use super::read::{References, clauses, wording};
use super::{Pack, Packs, Verified, Wording};
use crate::day::PartialDay;
use crate::document::Value;
use crate::enumeration;
use crate::money::Fen;
use crate::number::{self, Rate};
use crate::place::Place;
use crate::plan::fields::Fields;
use crate::problem::Problems;

enumeration! {
    /// What a resident is asked to pay for.
    Item {
        /// 户外燃气管道: gas pipes outside the flat.
        GasPipe = "gas_pipe",
        /// 燃气表.
        GasMeter = "gas_meter",
        /// 户内燃气管道、灶具: gas pipes within the flat, and appliances.
        GasIndoor = "gas_indoor",
        /// 户外供水管道、二次供水设施: water pipes outside the flat, and pumps.
        WaterPipe = "water_pipe",
        /// 水表.
        WaterMeter = "water_meter",
        /// 供电线路、电表: power lines, and meters.
        Power = "power",
        /// 户外供热管道: heating pipes outside the flat.
        HeatingPipe = "heating_pipe",
        /// 户内暖气管道、散热器: heating within the flat.
        HeatingIndoor = "heating_indoor",
        /// 通信、有线电视线路: telephone and television cables.
        Telecom = "telecom",
        /// 屋顶、外墙、楼道等共用部位: roof, walls, stairs.
        Roof = "roof",
        /// 加装电梯: adding a lift.
        LiftNew = "lift_new",
        /// 电梯大修、改造、更新: repairing or renewing a lift.
        LiftRenewal = "lift_renewal",
        /// 自家门窗等专有部分: the flat itself.
        OwnPart = "own_part",
        /// 续交、补交维修资金: refilling the maintenance fund.
        FundRefill = "fund_refill",
    }
}

enumeration! {
    /// Who must pay.
    Payer {
        /// 专业经营单位: the company that runs the pipes or cables.
        Company = "company",
        /// 本户: the household itself.
        Household = "household",
        /// 相关业主按面积: the owners concerned, by exclusive area.
        OwnersByArea = "owners_by_area",
        /// 相关业主共同: the owners concerned, together.
        OwnersTogether = "owners_together",
        /// 业主协商: the owners, as they agree.
        OwnersAgreed = "owners_agreed",
        /// 业主共同决定: the owners, as they decide by vote.
        OwnersDecide = "owners_decide",
        /// 电梯所有权人: the owners of the lift.
        LiftOwners = "lift_owners",
        /// 几方分担: several, in stated parts.
        Shared = "shared",
    }
}

enumeration! {
    /// Whether the maintenance fund may pay.
    FundUse {
        /// It may not.
        Barred = "barred",
        /// It may, by its own rules.
        Allowed = "allowed",
    }
}

/// What a pack says of who pays for some items.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Charge {
    /// What is to be paid for.
    pub items: Vec<Item>,
    /// Who must pay.
    pub payer: Payer,
    /// The residents' part, where it is stated.
    pub residents: Option<Rate>,
    /// What a household pays, where it is stated.
    pub per_household: Option<Fen>,
    /// Whether the maintenance fund may pay, where the clauses say so.
    pub fund: Option<FundUse>,
    /// How far it goes, and on what it depends.
    pub note: Option<Wording>,
    /// Whom to ask.
    pub ask: Option<Wording>,
    /// The clauses that say so, as `pack/clause`.
    pub clauses: Vec<String>,
}

/// Reads one of `charges`.
pub(super) fn read(
    value: &Value<'_>,
    place: Place<'_>,
    references: &mut References,
    problems: &mut Problems,
) -> Option<Charge> {
    const KNOWN: &[&str] =
        &["items", "payer", "residents", "per_household", "fund", "note", "ask", "clauses"];
    let fields = Fields::open(value, place, KNOWN, problems)?;
    for name in ["items", "payer"] {
        fields.required(name, problems);
    }
    let items = fields.choices("items", Item::ALL, Item::as_str, problems);
    let payer = fields.choice("payer", Payer::ALL, Payer::as_str, problems);
    let mut words = |name| fields.has(name).then(|| wording(&fields, name, problems));
    let (note, ask) = (words("note"), words("ask"));
    Some(Charge {
        items: items.unwrap_or_default(),
        payer: payer?,
        residents: fields.number("residents", number::rate, problems),
        per_household: fields.number("per_household", number::money, problems),
        fund: fields.choice("fund", FundUse::ALL, FundUse::as_str, problems),
        note,
        ask,
        clauses: clauses(fields.get("clauses"), place.field("clauses"), references, problems),
    })
}

/// What the packs of a place say of who pays for an item.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Answer<'p> {
    /// Whether there is a pack of the place itself; else only wider ones were asked.
    pub is_known_place: bool,
    /// What holds, the nearest place first.
    pub rulings: Vec<Ruling<'p>>,
    /// What held, or is to hold, at another time than that asked for.
    pub at_other_times: Vec<Ruling<'p>>,
}

/// What a pack says of who pays for an item.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Ruling<'p> {
    /// The pack.
    pub pack: &'p Pack,
    /// What it says.
    pub charge: &'p Charge,
    /// How far it is verified: as far as the least verified of its clauses.
    pub verified: Verified,
}

impl Packs {
    /// Who must pay for an item at a place: what every pack that holds there says, the nearest place
    /// first; none where nothing was found. A day leaves out what is not in force then.
    ///
    /// It is information and no legal advice: what the owners agreed on may differ.
    ///
    /// ```
    /// use fentan_core::Packs;
    /// use fentan_core::policy::charge::{Item, Payer};
    /// let packs = Packs::default();
    /// let answer = packs.who_pays("青岛", Item::GasMeter, None);
    /// assert_eq!(answer.rulings[0].charge.payer, Payer::Company);
    /// assert_eq!(answer.rulings[0].charge.clauses[0], "qingdao-property/gas-33");
    /// ```
    pub fn who_pays(&self, place: &str, item: Item, on: Option<PartialDay>) -> Answer<'_> {
        let locality = self.at(place);
        let charges = locality.packs.into_iter().flat_map(|pack| {
            let charges = pack.charges.iter().filter(|charge| charge.items.contains(&item));
            charges.map(move |charge| (pack, charge))
        });
        let rulings = charges.map(|(pack, charge)| {
            let clauses = charge.clauses.iter().filter_map(|id| self.clause(id));
            let is_report = clauses.into_iter().any(|one| one.verified == Verified::Report);
            let verified = if is_report { Verified::Report } else { Verified::Text };
            Ruling { pack, charge, verified }
        });
        let holds =
            |ruling: &Ruling<'_>| on.is_none_or(|on| self.is_in_force(&ruling.charge.clauses, on));
        let (rulings, at_other_times) = rulings.partition(holds);
        Answer { is_known_place: locality.is_known, rulings, at_other_times }
    }
}
