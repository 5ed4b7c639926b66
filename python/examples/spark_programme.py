"""A programme on Spark: one compound a row, split where the row is.

    spark_programme.py PROGRAMME.toml

Prints what the compounds come to together. Money is decimal text in the rows and exact in the sums; nothing
is a float.
"""

import json
import sys
import tomllib
from decimal import Decimal
from pathlib import Path

import fentan
from pyspark.sql import SparkSession


def rows(programme: Path):
    """Each compound with the text of its plan and roster, and what it gets of the pots."""
    text = programme.read_text(encoding="utf-8")
    compounds = tomllib.loads(text)["compounds"]
    table = (programme.parent / compounds).read_text(encoding="utf-8")
    for compound in json.loads(fentan.divide(text, table))["compounds"]:
        plan = programme.parent / compound["plan"]
        roster = plan.with_name("households.csv")
        yield (
            compound["id"],
            plan.read_text(encoding="utf-8"),
            roster.read_text(encoding="utf-8"),
            json.dumps(compound["offers"]),
        )


def split(row):
    """Runs on the worker: totals of one compound, and its sources' payments."""
    result = json.loads(fentan.split(row.plan, row.households, json.loads(row.offers)))
    paid = sum(Decimal(source["paid"]) for source in result["sources"])
    return row.compound, Decimal(result["budget"]), Decimal(result["residents"]), paid


def main(programme: str) -> None:
    spark = SparkSession.builder.master("local[2]").appName("fentan").getOrCreate()
    schema = "compound string, plan string, households string, offers string"
    frame = spark.createDataFrame(list(rows(Path(programme))), schema).repartition(4)
    split_rows = frame.rdd.map(split)
    money = "decimal(20,2)"
    totals = spark.createDataFrame(
        split_rows, f"compound string, budget {money}, residents {money}, sources {money}"
    )
    count = totals.count()
    budget, residents, sources = totals.selectExpr(
        "sum(budget)", "sum(residents)", "sum(sources)"
    ).first()
    print(json.dumps({
        "compounds": count,
        "budget": f"{budget:.2f}",
        "residents": f"{residents:.2f}",
        "sources": f"{sources:.2f}",
    }))
    spark.stop()


if __name__ == "__main__":
    main(sys.argv[1])
