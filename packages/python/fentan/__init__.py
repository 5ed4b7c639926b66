"""Who pays for renovating an old residential compound, how much and why, to the fen.

>>> import fentan
>>> plan = {
...     "fentan": 1,
...     "lines": [{"id": "gate", "amount": "100.00", "share_by": "household"}],
...     "sources": [{"id": "county", "rate": "10%"}],
...     "households": [{"id": "1-1-101", "area": "60"}, {"id": "1-1-201", "area": "60"}],
... }
>>> fentan.split(plan)["households"][0]["due"]
'45.00'

Amounts, areas and rates are strings or ``decimal.Decimal``, going in, and strings coming out. A
``float`` has already lost digits and is refused:

>>> plan["lines"][0]["amount"] = 0.1
>>> [(problem.code, problem.path) for problem in fentan.check(plan, "en")]
[('float', 'lines[0].amount')]
"""

from __future__ import annotations

import json
import operator
from collections.abc import Mapping
from decimal import Decimal
from importlib.metadata import version
from typing import Any, Literal, NamedTuple, SupportsIndex, TypeAlias, cast

from . import _engine
from .answers import Division, Explanation, FlatEstimate, Split

__all__ = [
    "FentanError",
    "Problem",
    "check",
    "divide",
    "estimate",
    "explain",
    "split",
    "tariff",
]

__version__ = version("fentan")

Given: TypeAlias = Mapping[str, Any] | str | bytes
"""A dictionary, or the text of a file: JSON where it begins with a brace, TOML else."""

Language: TypeAlias = Literal["zh", "en"]
"""Simplified Chinese, or English."""


class Problem(NamedTuple):
    """One thing that is wrong."""

    code: str
    """The stable code."""
    path: str
    """Where: ``lines[3].amount``."""
    message: str
    """What, and what to do about it."""


class FentanError(ValueError):
    """What is raised where something is refused: all that is wrong, each with code and path."""

    problems: list[Problem]

    def __init__(self, message: str, problems: list[tuple[str, str, str]]) -> None:
        # Both are kept as arguments, by which it is sent from one process to another.
        super().__init__(message, problems)
        self.problems = [Problem(*problem) for problem in problems]

    def __str__(self) -> str:
        return str(self.args[0])


def split(
    plan: Given,
    *,
    households: str | bytes | None = None,
    offers: Mapping[str, str | Decimal] | None = None,
    language: Language = "zh",
) -> Split:
    """Splits a plan: who pays each line, and how each household pays its part.

    ``households`` is the roster as CSV, where the plan holds none. ``offers`` puts what these
    sources give in all in place of their own amounts, as ``divide`` answers it for a compound.

    Raises ``FentanError`` with every problem of the plan.
    """
    answer = _engine.split(_bytes(plan), _roster(households), _offers(offers), language)
    return cast(Split, json.loads(answer))


def check(
    plan: Given,
    language: Language = "zh",
    *,
    households: str | bytes | None = None,
    offers: Mapping[str, str | Decimal] | None = None,
) -> list[Problem]:
    """Lists every problem of a plan; none where it can be split."""
    answer = _engine.check(_bytes(plan), _roster(households), _offers(offers), language)
    return [Problem(**problem) for problem in json.loads(answer)]


def explain(
    plan: Given,
    asked: Mapping[str, str],
    language: Language = "zh",
    *,
    households: str | bytes | None = None,
    offers: Mapping[str, str | Decimal] | None = None,
) -> Explanation:
    """Tells how a figure of a plan's split comes about, and what it rests on.

    ``asked`` is ``{"household": ID, "figure": NAME}``, ``{"household": ID, "line": ID}``, or
    ``{"line": ID}`` for what is left of a line to the residents.
    """
    answer = _engine.explain(
        _bytes(plan), _roster(households), _offers(offers), _text(asked), language
    )
    return cast(Explanation, json.loads(answer))


def tariff(
    plan: Given,
    edition: Mapping[str, Any],
    *,
    households: str | bytes | None = None,
    language: Language = "zh",
) -> dict[str, Any]:
    """Makes the tariff of a plan: what may be made public of it, with no household.

    ``edition`` is ``{"number": 1, "date": "2026-11-27"}``.
    """
    answer = _engine.tariff(_bytes(plan), _roster(households), _text(edition), language)
    return cast(dict[str, Any], json.loads(answer))


def estimate(
    tariff: Mapping[str, Any] | str, flat: Mapping[str, Any] | str, language: Language = "zh"
) -> FlatEstimate:
    """Works out what one flat would pay by a tariff, and how exact that is."""
    answer = _engine.estimate(_text(tariff), _text(flat), language)
    return cast(FlatEstimate, json.loads(answer))


def divide(
    programme: Given, compounds: str | bytes | None = None, language: Language = "zh"
) -> Division:
    """Divides the pots of a programme over its compounds.

    ``compounds`` is the table as CSV, where the programme names a file of it. All sizes that the
    pots go by stand in programme or table: no plan is read.
    """
    answer = _engine.divide(_bytes(programme), _roster(compounds), language)
    return cast(Division, json.loads(answer))


def _bytes(given: Given) -> bytes:
    return given if isinstance(given, bytes) else _text(given).encode()


def _text(given: Mapping[str, Any] | str) -> str:
    if isinstance(given, str):
        return given
    try:
        return json.dumps(given, default=_exact)
    except (TypeError, ValueError, RecursionError) as error:
        raise FentanError(str(error), [("bad-type", "", str(error))]) from error


def _roster(given: str | bytes | None) -> bytes | None:
    return given.encode() if isinstance(given, str) else given


def _offers(given: Mapping[str, str | Decimal] | None) -> str | None:
    return None if given is None else _text(given)


def _exact(value: object) -> object:
    """What JSON has no form of: decimals have all their digits, and mappings are objects."""
    if isinstance(value, Decimal):
        # Without an exponent, as 1E+2 has one. What is no number is refused as a text.
        return format(value, "f") if value.is_finite() else str(value)
    if isinstance(value, Mapping):
        return dict(value)
    # Whole numbers of other libraries, such as numpy's.
    if isinstance(value, SupportsIndex):
        return operator.index(value)
    raise TypeError(f"a plan holds texts, whole numbers, lists and dictionaries, not {value!r}")
