"""The job of examples/spark on Spark of this machine: what it comes to is what a run writes."""

import csv
import subprocess
import sys
import tempfile
import unittest
from collections import defaultdict
from decimal import Decimal
from os import environ
from pathlib import Path

from pyspark.sql import SparkSession

JOB = Path(__file__).parents[2] / "examples" / "spark" / "job.py"
sys.path.insert(0, str(JOB.parent))
import job

COMPOUNDS, HOUSEHOLDS = 30, 120
BROKEN, UNREADABLE = "c000003", "c000011"


class Spark(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.county, self.out = self.folder / "county", self.folder / "out"
        size = [str(COMPOUNDS), str(HOUSEHOLDS), "20"]
        subprocess.run([environ["FENTAN_GENERATE"], str(self.county), *size], check=True)
        plan = self.county / BROKEN / "plan.toml"
        plan.write_text(plan.read_text().replace('id = "city"', 'id = "village"', 1))
        (self.county / UNREADABLE / "plan.toml").unlink()

    def table(self, name: str) -> list[dict[str, str]]:
        """A table that the run wrote."""
        with (self.out / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def test_totals_are_those_of_a_run(self) -> None:
        programme, compounds = (self.county / name for name in ("programme.toml", "compounds.csv"))
        run = [environ["FENTAN"], "programme", "run", str(programme), "--out", str(self.out)]
        # Some compounds are set apart.
        self.assertEqual(subprocess.run(run, capture_output=True).returncode, 2)

        submit = [str(Path(sys.prefix, "bin", "spark-submit")), "--master", "local[2]", str(JOB)]
        submit += [str(programme), str(compounds), str(self.folder / "done")]
        submitted = subprocess.run(submit, capture_output=True, text=True)
        self.assertEqual(submitted.returncode, 2, submitted.stderr)

        spark = SparkSession.builder.master("local[2]").appName("test").getOrCreate()
        self.addCleanup(spark.stop)
        done = spark.read.parquet(str(self.folder / "done"))
        rows = {row["id"]: row for row in done.collect()}

        expected = {row["compound"]: row for row in self.table("split-compounds.csv")}
        self.assertEqual(set(rows), set(expected))
        status = {id: row["status"] for id, row in rows.items()}
        self.assertEqual(status, {id: row["status"] for id, row in expected.items()})
        self.assertEqual({id for id in status if status[id] == "broken"}, {BROKEN, UNREADABLE})
        self.assertEqual(rows[BROKEN]["problems"][0]["code"], "unknown-id")

        households = [
            [id, one["id"], *(f"{one[name]:f}" for name in job.OF_HOUSEHOLD + job.CHANNELS)]
            for id, row in rows.items()
            for one in row["households"] or []
        ]
        expected_households = [
            [row["compound"], row["id"], *(row[name] for name in job.OF_HOUSEHOLD + job.CHANNELS)]
            for row in self.table("split-households.csv")
        ]
        self.assertEqual(len(households), (COMPOUNDS - 2) * HOUSEHOLDS)
        self.assertEqual(sorted(households), sorted(expected_households))

        sums: defaultdict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 3)
        for row in expected.values():
            is_split = row["status"] == "split"
            money = [Decimal(row[name]) if is_split else 0 for name in ("budget", "residents")]
            sums[row["county"]] = [a + b for a, b in zip(sums[row["county"]], [1, *money])]
        found = {
            row["county"]: [row["compounds"], row["budget"], row["residents"]]
            for row in job.by_county(done).collect()
        }
        self.assertEqual(found, dict(sums))

        paid: defaultdict[str, Decimal] = defaultdict(Decimal)
        for row in self.table("split-sources.csv"):
            paid[row["id"]] += Decimal(row["paid"])
        self.assertEqual({row["id"]: row["paid"] for row in job.by_source(done).collect()}, dict(paid))


if __name__ == "__main__":
    unittest.main()
