"""The forms of what is answered. Every amount is yuan with two decimals, as text."""

from typing import Literal, TypedDict

__all__ = [
    "Division",
    "DividedCompound",
    "DividedPot",
    "Explanation",
    "FlatEstimate",
    "FundDrawn",
    "HouseholdSplit",
    "Input",
    "LineOfFlat",
    "LineSplit",
    "OfPot",
    "Paid",
    "SourceSplit",
    "Split",
]


class SourceSplit(TypedDict):
    """What a source pays."""

    id: str
    offer: str | None
    paid: str


class LineSplit(TypedDict):
    """Who pays a line."""

    id: str
    amount: str
    paid: dict[str, str]
    relief_pot: str
    top_up: str
    residents: str


class Paid(TypedDict):
    """How a household pays, by channel."""

    in_kind: str
    public_revenue: str
    maintenance_fund: str
    provident_fund: str
    owner_unit: str
    cash: str


class FundDrawn(TypedDict):
    """What is drawn from a maintenance-fund account, by its parts."""

    principal: str
    interest: str


class _HouseholdSplit(TypedDict):

    id: str
    share: str
    relief: str
    borne: str
    top_up: str
    individual: str
    due: str
    paid: Paid
    fund_after: str | None
    replenish: str | None


class HouseholdSplit(_HouseholdSplit, total=False):
    """What a household owes and how it pays."""

    # Only where the roster tells of the interest in its account.
    fund_drawn: FundDrawn


class _Split(TypedDict):

    fentan: Literal[1]
    budget: str
    residents: str
    pool_left: str | None
    sources: list[SourceSplit]
    lines: list[LineSplit]
    households: list[HouseholdSplit]


class Split(_Split, total=False):
    """Who pays what."""

    # Only of a plan with a minimum.
    minimum_short: str


class Input(TypedDict):
    """What goes into a formula."""

    name: str
    value: str


class Explanation(TypedDict):
    """How a figure comes about."""

    title: str
    value: str
    formula: str
    rounding: list[str]
    inputs: list[Input]
    clauses: list[str]


class LineOfFlat(TypedDict):
    """What one line would cost a flat."""

    id: str
    share: str
    relief: str
    others_relief: str


class FlatEstimate(TypedDict):
    """What one flat would pay by a tariff, and how exact that is."""

    lines: list[LineOfFlat]
    share: str
    relief: str
    others_relief: str
    top_up: str
    due: str
    least: str
    most: str
    fen: int
    withheld: list[str]
    unsaid: list[str]


class DividedPot(TypedDict):
    """What became of a pot."""

    id: str
    source: str
    amount: str
    left: str


class OfPot(TypedDict):
    """What a compound gets of one pot, and what decides it."""

    amount: str
    held: Literal["weight", "least", "most", "per_household", "rate"]


class DividedCompound(TypedDict):
    """What a compound gets, by pot, and what that makes its sources' offers."""

    id: str
    name: str | None
    county: str | None
    plan: str | None
    portions: dict[str, OfPot]
    offers: dict[str, str]


class Division(TypedDict):
    """How a programme's pots are divided."""

    pots: list[DividedPot]
    compounds: list[DividedCompound]
