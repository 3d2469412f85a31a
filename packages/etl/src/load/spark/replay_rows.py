"""The replay of a quarantine: cleans its rows again and writes those that pass, by the SQL of the plan."""

import job_progress
import load_inputs
import load_rows

# What a replay reads of the quarantine.
columns = ("source", "line", "raw", "record", "reasons", "schema_version")


def replay(spark, plan, run):
    """Cleans the quarantined rows again, and writes them: to their folders, or to the quarantine. Gives what the manifest needs."""
    progress = job_progress.Progress(spark.sparkContext)
    try:
        progress.enter("read", 0.0, 0.5)
        create_kept(spark, run, plan)
        if plan["lookups"]:
            load_inputs.create_lookups(spark, plan)
        staged = load_rows.stage(spark, run, cleaning_of(spark, plan))
        cleaned = [row.asDict() for row in spark.sql(plan["staged"]["counts"]).collect()]
        counts = {name: sum(row[name] for row in cleaned) for name in ("rows", "accepted", "rejected", "filtered")}
        rejected = counts["rejected"] + spark.sql(plan["replay"]["broken"]).collect()[0]["rows"]
        found = load_rows.rejections(spark, plan, run, rejected)
        written = load_rows.write_staged(spark, plan, run, staged, counts["rows"], rejected, progress)
        return result_of(plan, {**counts, "rejected": rejected}, {**found, **written})
    finally:
        progress.stop()


def create_kept(spark, run, plan):
    """Creates the view `kept_rows`: the quarantined rows with their place, which orders them, and the source that each was read as."""
    from pyspark.sql.functions import broadcast

    files = run.fetch(plan["replay"]["files"])
    # Files that were written before the table had sources lack the column.
    frame = spark.read.option("mergeSchema", "true").parquet(*[load_inputs.escaped(file["at"]) for file in files])
    source_name = "source_name" if "source_name" in frame.columns else "CAST(NULL AS STRING) AS source_name"
    read = frame.selectExpr("_metadata.file_name AS name", "_metadata.row_index AS row", *columns, source_name)
    numbers = [(file["at"].rsplit("/", 1)[-1], nr) for nr, file in enumerate(files)]
    numbered = read.join(broadcast(spark.createDataFrame(numbers, "name STRING, nr INT")), "name")
    numbered.createOrReplaceTempView("quarantine_files")
    spark.sql(plan["replay"]["kept"]).createOrReplaceTempView("kept_rows")


def cleaning_of(spark, plan):
    """The SQL that cleans the rows, of those sources alone that they have: a table may have many."""
    parts = plan["replay"]["parts"]
    known = {part["source"]: part for part in parts if "source" in part}
    others = next(part for part in parts if "source" not in part)
    found = [known.get(row["source_name"], others) for row in spark.sql(plan["replay"]["sources"]).collect()]
    used = [part for part in parts if part in found] or [others]
    return "\nUNION ALL\n".join(part["select"] for part in used)


def result_of(plan, counts, found):
    """The result of a replay, for the caller that accounts and commits."""
    duplicates = found["duplicates"]
    return {
        "status": "written",
        "operation": "replay",
        **{name: counts[name] for name in ("accepted", "rejected", "filtered")},
        "duplicates": sum(duplicates.values()),
        "reasons": {row["reason"]: row["rows"] for row in found["reasons"]},
        "lookups": [{"name": one["name"], "unmatched": found["unmatched"].get(one["name"], 0)} for one in plan["lookups"]],
        "added": found["files"],
        "removed": found["removed"],
        "quarantineAdded": found["quarantine"],
        "local": {"examples": found["reasons"], "nulled": found["nulled"], "losing": found["losing"]},
    }
