"""The package for Python: it answers as the engine does elsewhere, and loses no digit on the way."""

import doctest
import json
import pickle
import subprocess
import sys
import threading
import unittest
from decimal import Decimal
from os import environ
from pathlib import Path
from typing import Any

import fentan
from fentan import answers

WORKSPACE = Path(__file__).parents[2]
VECTORS = WORKSPACE / "tests" / "vectors"

PLAN: dict[str, Any] = {
    "fentan": 1,
    "lines": [
        {"id": "roof", "amount": "100000000.01"},
        {"id": "lift", "amount": "9.00", "share_by": {"table": "t"}},
    ],
    "tables": {"t": {"1": "0", "2": "1"}},
    "sources": [{"id": "county", "amount": "0"}],
    "households": [
        {"id": "1-1-101", "floor": 1, "area": "60.10"},
        {"id": "1-1-201", "floor": 2, "area": "39.90"},
    ],
}


def load_tests(_: Any, tests: unittest.TestSuite, __: Any) -> unittest.TestSuite:
    tests.addTests(doctest.DocTestSuite(fentan))
    return tests


def refused(plan: fentan.Given, **more: Any) -> list[tuple[str, str]]:
    """The codes and paths with which a plan is refused."""
    try:
        fentan.split(plan, **more)
    except fentan.FentanError as error:
        return [(problem.code, problem.path) for problem in error.problems]
    raise AssertionError("it was split")


class Answers(unittest.TestCase):
    def test_worked_cases(self) -> None:
        plans = sorted(VECTORS.glob("*.plan.json"))
        self.assertGreater(len(plans), 20)
        for path in plans:
            text = path.read_text("utf-8")
            split = json.loads(path.with_name(path.name.replace(".plan.", ".split.")).read_text())
            # As text, and as a dictionary, whose floats are floats.
            for plan in (text, text.encode(), json.loads(text)):
                with self.subTest(path.name, type=type(plan).__name__):
                    if "errors" in split:
                        errors = {(error["code"], error["path"]) for error in split["errors"]}
                        self.assertLessEqual(errors, set(refused(plan)))
                        found = {(one.code, one.path) for one in fentan.check(plan)}
                        self.assertLessEqual(errors, found)
                    else:
                        self.assertEqual(fentan.split(plan), split)
                        self.assertEqual(fentan.check(plan), [])

    def test_toml_with_a_roster_is_what_the_program_answers(self) -> None:
        folder = WORKSPACE / "examples" / "puyang"
        command = [environ["FENTAN"], "split", str(folder / "plan.toml"), "--format", "json"]
        expected = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        plan, roster = (folder / name for name in ("plan.toml", "households.csv"))
        for split in (
            fentan.split(plan.read_bytes(), households=roster.read_bytes()),
            fentan.split(plan.read_text("utf-8"), households=roster.read_text("utf-8")),
        ):
            self.assertEqual(split, {name: expected[name] for name in split})

    def test_no_digit_is_lost(self) -> None:
        split = fentan.split(PLAN)
        self.assertEqual([one["due"] for one in split["households"]], ["60100000.01", "39900009.00"])
        plan = {**PLAN, "lines": [{"id": "roof", "amount": Decimal("9999999999999.99")}]}
        self.assertEqual(fentan.split(plan)["budget"], "9999999999999.99")
        plan["lines"] = [{"id": "roof", "amount": 100}]
        self.assertEqual(fentan.split(plan)["budget"], "100.00")

    def test_floats_are_refused(self) -> None:
        for amount in (0.1, 100.0, 1e22):
            plan = {**PLAN, "lines": [{"id": "roof", "amount": amount}]}
            self.assertEqual(refused(plan), [("float", "lines[0].amount")])
        nowhere = {**PLAN, "lines": [{"id": "roof", "amount": float("nan")}]}
        self.assertEqual([code for code, _ in refused(nowhere)], ["bad-syntax"])
        nothing = {**PLAN, "lines": [{"id": "roof", "amount": Decimal("NaN")}]}
        self.assertEqual(refused(nothing), [("bad-number", "lines[0].amount")])
        self.assertEqual(refused(PLAN, offers={"county": 0.5}), [("float", "offers.county")])

    def test_decimals_and_whole_numbers_of_any_kind_are_read(self) -> None:
        class Whole:
            """A whole number as other libraries have them, numpy's for one."""

            def __index__(self) -> int:
                return 100

        for amount in (Decimal("1E+2"), Decimal("100.00").normalize(), Decimal("1.000E2"), Whole()):
            plan = {**PLAN, "lines": [{"id": "roof", "amount": amount}]}
            self.assertEqual(fentan.split(plan)["budget"], "100.00", amount)

    def test_what_is_no_plan_is_refused_like_one_that_is_wrong(self) -> None:
        circle: dict[str, object] = {**PLAN}
        circle["name"] = circle
        deep: list[object] = []
        for _ in range(100_000):
            deep = [deep]
        for name in (object(), {1, 2}, circle, deep, 10**5000):
            with self.assertRaises(fentan.FentanError):
                fentan.split({**PLAN, "name": name})
        with self.assertRaises(fentan.FentanError) as raised:
            fentan.check(PLAN, "fr")  # type: ignore[arg-type]
        self.assertEqual(raised.exception.problems[0].path, "language")
        self.assertRegex(fentan.__version__, r"^\d+\.\d+\.\d+")

    def test_offers_take_the_place_of_amounts(self) -> None:
        split = fentan.split(PLAN, offers={"county": "40000003.60"})
        self.assertEqual(split["sources"], [{"id": "county", "offer": "40000003.60", "paid": "40000003.60"}])
        self.assertEqual(refused(PLAN, offers={"nobody": "1"}), [("unknown-id", "sources")])

    def test_errors_cross_from_one_process_to_another(self) -> None:
        with self.assertRaises(fentan.FentanError) as raised:
            fentan.split({})
        copy = pickle.loads(pickle.dumps(raised.exception))
        self.assertEqual(copy.problems, raised.exception.problems)
        self.assertEqual(str(copy).split("\n")[0], "fentan: missing-field")
        self.assertIn("add it", fentan.check({}, "en")[0].message)

    def test_reasons_and_tariffs(self) -> None:
        asked = {"household": "1-1-101", "line": "roof"}
        self.assertEqual(fentan.explain(PLAN, asked)["value"], "¥60,100,000.01")
        with self.assertRaises(fentan.FentanError):
            fentan.explain(PLAN, {"household": "nobody", "line": "roof"})
        tariff = fentan.tariff(PLAN, {"number": 2, "date": "2026-11-27"})
        self.assertEqual((tariff["edition"], tariff["households"]), (2, 2))
        flat = fentan.estimate(tariff, {"area": "39.90", "floor": 2})
        self.assertEqual((flat["due"], flat["fen"]), ("39900009.00", 1))

    def test_forms_are_those_of_the_types(self) -> None:
        split = fentan.split(PLAN)
        programme = {
            "fentan_programme": 1,
            "date": "2020-07-07",
            "by": "住建局",
            "pots": [{"id": "central", "amount": "90", "weights": {"households": "1"}}],
            "compounds": [{"id": "north", "households": 2}, {"id": "south", "households": 1}],
        }
        division = fentan.divide(programme)
        self.assertEqual(division["compounds"][0]["offers"], {"central": "60.00"})
        explanation = fentan.explain(PLAN, {"line": "roof"})
        tariff = fentan.tariff(PLAN, {"number": 1, "date": "2026-11-27"})
        flat = fentan.estimate(tariff, {"area": "39.90", "floor": 2})
        forms: list[tuple[Any, Any]] = [
            (split, answers.Split),
            (split["sources"][0], answers.SourceSplit),
            (split["lines"][0], answers.LineSplit),
            (split["households"][0], answers.HouseholdSplit),
            (split["households"][0]["paid"], answers.Paid),
            (explanation, answers.Explanation),
            (explanation["inputs"][0], answers.Input),
            (flat, answers.FlatEstimate),
            (flat["lines"][0], answers.LineOfFlat),
            (division, answers.Division),
            (division["pots"][0], answers.DividedPot),
            (division["compounds"][0], answers.DividedCompound),
            (division["compounds"][0]["portions"]["central"], answers.OfPot),
        ]
        for answer, form in forms:
            self.assertEqual(set(answer), set(form.__annotations__), form.__name__)

    def test_other_threads_go_on(self) -> None:
        """No thread is made to let go by itself here, so only the engine can have let go."""
        households = [{"id": str(number), "area": "60.10"} for number in range(100_000)]
        plan = json.dumps({**PLAN, "lines": [{"id": "roof", "amount": "9"}], "households": households})
        is_inside = False

        def work() -> None:
            nonlocal is_inside
            is_inside = True
            fentan.check(plan)
            is_inside = False

        thread, interval = threading.Thread(target=work), sys.getswitchinterval()
        sys.setswitchinterval(600)
        try:
            thread.start()
            was_inside = is_inside
            thread.join()
        finally:
            sys.setswitchinterval(interval)
        self.assertTrue(was_inside)


if __name__ == "__main__":
    unittest.main()
