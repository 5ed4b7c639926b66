"""Splits every compound of a programme on Spark, one compound a row.

    spark-submit examples/spark/job.py PROGRAMME COMPOUNDS OUT

PROGRAMME and COMPOUNDS are the file and the table that `fentan programme run` takes; the plans lie
in the same folder or below, each with its roster beside it as households.csv, where every executor
can read them. OUT becomes a table in Parquet.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

import fentan
from pyspark.sql import DataFrame, SparkSession, functions as F
from pyspark.sql.types import (
    ArrayType,
    DecimalType,
    MapType,
    StringType,
    StructField,
    StructType,
)

ROSTER = "households.csv"

# Budgets come to 10^15 yuan at most; sums get ten digits more.
MONEY = DecimalType(20, 2)

OF_HOUSEHOLD = ["share", "relief", "borne", "top_up", "individual", "due"]
CHANNELS = [
    "in_kind",
    "public_revenue",
    "maintenance_fund",
    "provident_fund",
    "owner_unit",
    "cash",
]


def fields(texts: list[str], amounts: list[str]) -> list[StructField]:
    return [StructField(name, StringType()) for name in texts] + [
        StructField(name, MONEY) for name in amounts
    ]


GIVEN = StructType(
    fields(["id", "name", "county", "plan", "roster"], [])
    + [StructField("offers", MapType(StringType(), StringType()))]
)

DONE = StructType(
    fields(["status"], ["budget", "residents"])
    + [
        StructField(name, ArrayType(StructType(columns)))
        for name, columns in {
            "sources": fields(["id"], ["paid"]),
            "households": fields(["id"], OF_HOUSEHOLD + CHANNELS),
            "problems": fields(["path", "code", "message"], []),
        }.items()
    ]
)


def split_row(
    path: str | None, plan: bytes | None, roster: bytes | None, offers: dict[str, str]
) -> dict[str, Any]:
    """A compound's row: split, only divided to, or broken and set apart."""
    if path is None:
        return {"status": "divided"}
    if plan is None:
        problem = {"path": path, "code": "unreadable", "message": "there is no such plan"}
        return {"status": "broken", "problems": [problem]}
    try:
        split = fentan.split(
            bytes(plan), households=None if roster is None else bytes(roster), offers=offers
        )
    except fentan.FentanError as error:
        return {"status": "broken", "problems": [one._asdict() for one in error.problems]}
    return {
        "status": "split",
        "budget": Decimal(split["budget"]),
        "residents": Decimal(split["residents"]),
        "sources": [(one["id"], Decimal(one["paid"])) for one in split["sources"]],
        "households": [household(one) for one in split["households"]],
    }


def household(one: Mapping[str, Any]) -> dict[str, Any]:
    amounts = {name: one[name] for name in OF_HOUSEHOLD} | one["paid"]
    return {"id": one["id"]} | {name: Decimal(amount) for name, amount in amounts.items()}


def split_programme(spark: SparkSession, programme: Path, compounds: Path) -> DataFrame:
    """Divides the pots here, and has the compounds split wherever Spark puts them."""
    division = fentan.divide(programme.read_bytes(), compounds.read_bytes())
    rows, names = [], {ROSTER}
    for one in division["compounds"]:
        plan = None if one["plan"] is None else PurePosixPath(one["plan"])
        roster = None if plan is None else str(plan.with_name(ROSTER))
        names |= set() if plan is None else {plan.name}
        rows.append(
            (one["id"], one["name"], one["county"], plan and str(plan), roster, one["offers"])
        )
    # A partition for a few compounds each: none waits long for another.
    given = spark.createDataFrame(rows, GIVEN).repartition(max(1, len(rows) // 8))

    folder = programme.resolve().parent.as_posix()
    files = (
        spark.read.format("binaryFile")
        .option("recursiveFileLookup", True)
        .option("pathGlobFilter", "{" + ",".join(sorted(names)) + "}")
        .load(folder)
        .select(F.substring_index("path", folder + "/", -1).alias("path"), "content")
    )
    plans = files.select(F.col("path").alias("plan"), F.col("content").alias("plan_file"))
    rosters = files.select(F.col("path").alias("roster"), F.col("content").alias("roster_file"))
    joined = given.join(plans, "plan", "left").join(rosters, "roster", "left")
    done = F.udf(split_row, DONE)("plan", "plan_file", "roster_file", "offers")
    return joined.select("id", "name", "county", done.alias("done")).select(
        "id", "name", "county", "done.*"
    )


def by_county(done: DataFrame) -> DataFrame:
    """What the compounds of each county cost, and what their residents pay."""
    sums = [F.sum(name).alias(name) for name in ["budget", "residents"]]
    return done.groupBy("county").agg(F.count("id").alias("compounds"), *sums).orderBy("county")


def by_source(done: DataFrame) -> DataFrame:
    """What each source pays in all compounds."""
    sources = done.select(F.explode("sources").alias("source")).select("source.*")
    return sources.groupBy("id").agg(F.sum("paid").alias("paid")).orderBy("id")


def main() -> int:
    programme, compounds, out = sys.argv[1:]
    spark = SparkSession.builder.appName("fentan").getOrCreate()
    split_programme(spark, Path(programme), Path(compounds)).write.parquet(out)
    done = spark.read.parquet(out)
    by_county(done).show(1000, truncate=False)
    by_source(done).show(1000, truncate=False)
    broken = done.where("status = 'broken'").select("id", "problems")
    broken.show(1000, truncate=False)
    return 2 if broken.count() else 0


if __name__ == "__main__":
    sys.exit(main())
