"""The module gives what the engine gives, in text and as a dict."""

import json
from pathlib import Path

import fentan
import pytest

VECTORS = Path(__file__).parents[2] / "tests" / "vectors"
SPLITS = [
    path for path in sorted(VECTORS.glob("*.split.json")) if "errors" not in json.loads(path.read_text("utf-8"))
]


def plan_of(path: Path) -> Path:
    return path.with_name(path.name.replace(".split.", ".plan."))


@pytest.mark.parametrize("path", SPLITS, ids=lambda path: path.name)
def test_every_vector_in_text_and_as_dict(path):
    expected = json.loads(path.read_text("utf-8"))
    plan = plan_of(path).read_bytes()
    assert json.loads(fentan.split(plan)) == expected
    assert json.loads(fentan.split(plan.decode())) == expected
    assert fentan.split_dict(json.loads(plan)) == expected


def test_a_float_is_refused():
    plan = {"fentan": 1, "lines": [{"id": "gate", "amount": 1.5}], "households": [{"id": "1", "area": "60"}]}
    with pytest.raises(fentan.PlanError, match=r"lines\[0\].amount: float"):
        fentan.split_dict(plan)


def test_a_roster_and_offers_apart():
    plan = 'fentan = 1\n[[lines]]\nid = "gate"\namount = "100"\n[[sources]]\nid = "central"\namount = "0"\n'
    split = json.loads(fentan.split(plan, "id,area\n1,60\n", {"central": "40.00"}))
    assert split["residents"] == "60.00"
    with pytest.raises(fentan.PlanError, match="unknown-id"):
        fentan.split(plan, "id,area\n1,60\n", {"city": "40.00"})


def test_a_programme_is_divided():
    programme = {
        "fentan_programme": 1, "date": "2020-07-07", "by": "test",
        "pots": [{"id": "central", "amount": "90", "weights": {"households": "1"}}],
        "compounds": [{"id": "n", "households": 2}, {"id": "s", "households": 1}],
    }
    divided = json.loads(fentan.divide(json.dumps(programme)))
    assert [one["offers"] for one in divided["compounds"]] == [{"central": "60.00"}, {"central": "30.00"}]
