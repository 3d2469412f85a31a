"""Loads raw files into a lake with Spark, by a plan that Headwater wrote.

    spark_job.py --plan <path or s3:// URI> [--inputs <JSON array, path or URI>] [--result <path or URI>]

The plan has every rule of the table, as Spark SQL. This script reads files, runs the SQL, counts, writes and reports. It runs on any
Spark 3.5 with Python 3.9 or later, and on AWS Glue 5.1. On a lake on S3 it commits by itself (`s3_lake.py`); with `local` in its plan,
the process that started it commits.
"""

import argparse
import json
import os
import sys
import threading
import traceback
from collections import Counter

import byte_files
import job_progress
import load_inputs
import settle_duplicates
import write_folders
from job_error import JobError

local_times = "spark.sql.parquet.inferTimestampNTZ.enabled"
modules = ("byte_files", "input_scan", "job_error", "parquet_files")


def main():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--plan", required=True)
    parser.add_argument("--inputs")
    parser.add_argument("--result")
    # Glue adds arguments of its own.
    arguments, _ = parser.parse_known_args()
    try:
        result = run_plan(arguments)
    except Exception as error:
        result = failure_of(error)
        traceback.print_exc()
    if arguments.result:
        byte_files.write_text(arguments.result, json.dumps(result))
    sys.stdout.flush()
    if result["status"] == "failed":
        sys.exit(1)


def run_plan(arguments):
    plan = json.loads(byte_files.read_text(arguments.plan))
    if arguments.inputs:
        plan["inputs"] = inputs_of(arguments.inputs, plan)
    local = plan.get("local")
    if local:
        watch_caller()
    spark = open_session(plan)
    try:
        if local:
            return load(spark, plan, LocalRun(plan))
        import s3_inputs
        import s3_lake

        def load_new(run):
            found = s3_inputs.with_objects(plan, run, input_of)
            return {**load(spark, found, run), "inputsSkipped": found["inputsSkipped"]}

        return summary_of(s3_lake.load_and_commit(plan, load_new))
    finally:
        close(spark)


def close(spark):
    """Stops Spark. A Java that this process started ends with its standard input."""
    process = java_process()
    try:
        spark.stop()
    except Exception:
        # Java is gone already; what happened is in the result.
        traceback.print_exc()
    if process:
        process.stdin.close()
        process.wait()


def open_session(plan):
    try:
        import xxhash  # noqa: F401
        import zstandard  # noqa: F401
        from pyspark import __version__
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise JobError("SPARK_NOT_FOUND", {"problem": f"{sys.executable} has no package {error.name}"}) from error
    if not __version__.startswith("3.5."):
        raise JobError("SPARK_NOT_FOUND", {"problem": f"{sys.executable} has Spark {__version__}, and 3.5 is needed"})
    builder = SparkSession.builder.appName(f"headwater load {plan['table']}")
    for name, value in plan["settings"].items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("WARN")
    # What runs on executors is imported there by its name. On Glue the job's arguments bring the same files.
    folder = os.path.dirname(os.path.abspath(__file__))
    for name in modules:
        path = os.path.join(folder, f"{name}.py")
        if os.path.exists(path):
            spark.sparkContext.addPyFile(path)
    return spark


class LocalRun:
    """A run whose caller read the lake's state and commits."""

    def __init__(self, plan):
        local = plan["local"]
        self.id = local["runId"]
        self.started_at = local["startedAt"]
        self.known = set(local["known"])
        self.files = local["files"]
        self.scratch = local["scratch"]

    def fetch(self, files):
        """Asks the caller for the files that are not on this machine, and waits until they are."""
        paths = [file["path"] for file in files if not os.path.exists(file["at"])]
        if paths:
            job_progress.tell({"event": "fetch", "paths": paths})
            answers.acquire()
        return files


# The caller answers each request with a line.
answers = threading.Semaphore(0)


def watch_caller():
    """Ends the job, Spark included, when the process that started it is gone: its end of standard input closes."""

    def watch():
        for _ in sys.stdin:
            answers.release()
        stop_java()
        os._exit(130)

    threading.Thread(target=watch, daemon=True).start()


def java_process():
    """The process of Java; None where something else started it, as `spark-submit` and Glue do."""
    from pyspark import SparkContext

    return getattr(SparkContext._gateway, "proc", None)


def stop_java():
    process = java_process()
    if process:
        process.kill()
        process.wait()


def load(spark, plan, run):
    """Reads, cleans and writes the inputs that were not loaded before. Gives what the commit's manifest needs."""
    progress = job_progress.Progress(spark.sparkContext)
    try:
        progress.enter("read", 0.0, 0.1)
        scans = load_inputs.scan_inputs(spark, run, plan)
        if all(scan["skipped"] for scan in scans):
            return result_of(plan, scans, {}, {})
        return load_fresh(spark, plan, run, scans, progress)
    finally:
        progress.stop()


def load_fresh(spark, plan, run, scans, progress):
    # Times of inputs without a zone are local ones; those that DuckDB writes into a lake are UTC all the same.
    spark.conf.set(local_times, "true")
    load_inputs.create_raw(spark, run, plan, scans)
    load_inputs.create_blocks(spark, scans)
    create_inputs(spark, plan)
    progress.enter("read", 0.1, 0.5)
    staged = stage(spark, plan, run)
    spark.conf.set(local_times, "false")
    counts = {row["input"]: row.asDict() for row in spark.sql(plan["staged"]["counts"]).collect()}
    rejected = sum(count["rejected"] for count in counts.values())
    rows_in = sum(scan["rows"] + counts.get(index, {}).get("added", 0) for index, scan in enumerate(scans) if not scan["skipped"])
    found = rejections(spark, plan, run, rejected)
    if rejected > rows_in * plan["maxQuarantine"]:
        return result_of(plan, scans, counts, {**found, "refused": True})
    progress.enter("write", 0.5, 0.6)
    folders = {row["folder"]: {"day": row["day"], "rows": row["rows"]} for row in spark.sql(plan["staged"]["folders"]).collect()}
    duplicates, losing = settle_duplicates.settle(spark, run, plan, folders)
    quarantine = write_folders.write_quarantine(spark, run, plan, rejected)
    progress.enter("write", 0.6, 0.95)
    size = write_folders.bytes_of_row(spark, run, staged, sum(count["rows"] for count in counts.values()))
    files, removed = write_rows(spark, plan, run, folders, losing, size, bool(duplicates))
    written = {"files": files, "removed": removed, "quarantine": quarantine, "duplicates": duplicates}
    return result_of(plan, scans, counts, {**found, **written, "losing": sorted(losing), "folders": folders})


def create_inputs(spark, plan):
    rows = [(index, one["source"]) for index, one in enumerate(plan["inputs"])]
    spark.createDataFrame(rows, "input INT, source STRING").createOrReplaceTempView("inputs")


def stage(spark, plan, run):
    """Cleans the rows once, into files of the run: whatever follows reads those."""
    place = byte_files.join(run.scratch, "staged")
    spark.sql(plan["staged"]["select"]).write.option("compression", "snappy").parquet(place)
    spark.read.parquet(load_inputs.escaped(place)).createOrReplaceTempView("staged")
    return place


def rejections(spark, plan, run, rejected):
    """Why rows were rejected and values became null, with the place of the first of each."""
    spark.sql(plan["quarantine"]["select"].replace("{run_id}", run.id)).createOrReplaceTempView("quarantine")
    reasons = spark.sql(plan["quarantine"]["reasons"]).collect() if rejected else []
    nulled = rows_of(spark, plan["staged"].get("nulled"))
    spark.sql(plan["write"]["fresh"]).createOrReplaceTempView("accepted")
    unmatched = rows_of(spark, plan["staged"].get("unmatched"))
    return {
        "reasons": [row.asDict() for row in reasons],
        "nulled": [row.asDict() for row in nulled],
        "unmatched": {row["name"]: row["rows"] for row in unmatched},
    }


def rows_of(spark, sql):
    return spark.sql(sql).collect() if sql else []


def write_rows(spark, plan, run, folders, losing, size, has_losers):
    """Writes the rows that remain. Folders that lose a committed row are written again, with their other rows."""
    present = {}
    for file in run.files:
        present.setdefault(file["path"].rsplit("/", 1)[0], []).append(file)
    write = plan["write"]
    fresh = write["freshKept"] if has_losers else write["fresh"]

    def folders_with(names):
        return {name: facts_with(name, folders.get(name), present.get(name, [])) for name in names}

    rewritten = sorted(losing)
    appended = [name for name in folders if name not in losing]
    files = []
    removed = []
    if appended:
        spark.sql(fresh).createOrReplaceTempView("rows_fresh")
        new = {name: folders[name] for name in appended}
        files = write_folders.write_folders(spark, run, plan, new, "rows_fresh", size, "files")
        # In a folder lake files are named by their content: of two files of equal rows, which a table may keep, only one could be there.
        rewritten += sorted(clashing(run, plan, files))
        files = [file for file in files if file["folder"] not in rewritten]
    if rewritten:
        old = [file for name in rewritten for file in present.get(name, [])]
        settle_duplicates.create_committed(spark, run, plan, old, "committed_rewritten")
        spark.sql(fresh).createOrReplaceTempView("rows_fresh")
        kept = write["committedKept"] if has_losers else write["committed"]
        spark.sql(kept).createOrReplaceTempView("rows_kept")
        spark.table("rows_fresh").unionByName(spark.table("rows_kept")).createOrReplaceTempView("rows_rewritten")
        again = folders_with(rewritten)
        files += write_folders.write_folders(spark, run, plan, again, "rows_rewritten", size, "rewritten")
        removed = [file["path"] for file in old]
    return files, removed


def clashing(run, plan, files):
    """Folders in which a written file would have the name of another."""
    if "local" not in plan:
        return set()
    names = Counter(file["path"] for file in run.files)
    names.update(f"{file['folder']}/part-{file['hash'][:16]}.parquet" for file in files)
    return {name.rsplit("/", 1)[0] for name, times in names.items() if times > 1}


def facts_with(name, fresh, files):
    day = fresh["day"] if fresh else files[0]["day"]
    return {"day": day, "rows": (fresh["rows"] if fresh else 0) + sum(file["rows"] for file in files)}


def result_of(plan, scans, counts, found):
    """The result in the words of a manifest, and what a report says beside it."""
    duplicates = dict(found.get("duplicates", {}))
    # A row that was in the lake and equals another of it leaves with the first input.
    stray = duplicates.pop(-1, 0)
    inputs = []
    reports = []
    for index, (one, scan) in enumerate(zip(plan["inputs"], scans)):
        report = {"source": one["source"], "hash": scan["hash"], "bytes": scan["bytes"], "skipped": scan["skipped"], "isEmpty": scan["isEmpty"]}
        if "fields" in scan:
            report["fields"] = scan["fields"]
        if not scan["skipped"]:
            count = counts.get(index, {"accepted": 0, "rejected": 0, "filtered": 0, "added": 0})
            own = duplicates.get(index, 0) + stray
            stray = 0
            rows = scan["rows"] + count["added"]
            if rows != count["accepted"] + count["rejected"] + count["filtered"] and "local" not in plan:
                raise JobError(
                    "ACCOUNTING_MISMATCH",
                    {"file": one["source"], "rowsIn": rows, "rowsOut": count["accepted"], "duplicates": 0, "quarantined": count["rejected"]},
                )
            records = {"recordsIn": scan["rows"]} if plan["isExploded"] else {}
            numbers = {
                "rowsIn": rows,
                "rowsOut": count["accepted"] - own,
                "duplicates": own,
                "quarantined": count["rejected"],
            }
            filtered = {"filtered": count["filtered"]} if count["filtered"] else {}
            named = {"sourceName": plan["sourceName"]} if plan.get("sourceName") else {}
            looked = {"lookups": {lookup["name"]: lookup["hash"] for lookup in plan["lookups"]}} if plan["lookups"] else {}
            stored = {"object": one["object"]} if "object" in one else {}
            inputs.append({"source": one["source"], **named, "hash": scan["hash"], "bytes": scan["bytes"], **stored, **records, **numbers, **filtered, **looked})
            report.update({**records, **numbers, "accepted": count["accepted"], "filtered": count["filtered"]})
        reports.append(report)
    totals = {name: sum(one.get(name, 0) for one in inputs) for name in ("rowsIn", "rowsOut", "duplicates", "quarantined", "filtered")}
    reasons = {row["reason"]: row["rows"] for row in found.get("reasons", [])}
    if found.get("refused"):
        if "local" not in plan:
            counts = {"quarantined": totals["quarantined"], "rowsIn": totals["rowsIn"], "reasons": reasons}
            raise JobError("QUARANTINE_EXCEEDED", {**counts, "examples": found["reasons"][:3]})
    nulled = {f"{row['column']}:{row['code']}": row["rows"] for row in found.get("nulled", [])}
    lookups = [
        {**{key: lookup[key] for key in ("name", "source", "hash", "rows")}, "unmatched": found.get("unmatched", {}).get(lookup["name"], 0)}
        for lookup in plan["lookups"]
    ]
    result = {
        "status": "written",
        "operation": "load",
        "inputs": inputs,
        **{name: totals[name] for name in ("rowsIn", "rowsOut", "duplicates", "quarantined")},
        **({"filtered": totals["filtered"]} if totals["filtered"] else {}),
        "reasons": reasons,
        **({"nulled": nulled} if nulled else {}),
        **({"lookups": lookups} if lookups else {}),
        "added": found.get("files", []),
        "removed": found.get("removed", []),
        "quarantineAdded": found.get("quarantine", []),
        "quarantineRemoved": [],
    }
    if "local" in plan:
        result["local"] = {
            "inputs": reports,
            "examples": found.get("reasons", [])[:3],
            "nulled": found.get("nulled", []),
            "losing": found.get("losing", []),
        }
    return result


# A manifest has them. Step Functions reads a result of at most 256 KiB.
lists = ("inputs", "added", "removed", "quarantineAdded", "quarantineRemoved", "removedLeftovers")


def summary_of(result):
    """The result of a job that commits by itself: counts in the place of lists."""
    skipped = result["inputsSkipped"]
    loaded = len(result["inputs"])
    return {
        **{name: value for name, value in result.items() if name not in lists},
        "inputsLoaded": loaded,
        "inputsSkipped": skipped,
        "leftoversRemoved": len(result["removedLeftovers"]),
        # The first ones by name, for the report.
        "removedLeftovers": result["removedLeftovers"][:20],
    }


def inputs_of(text, plan):
    """The inputs that an argument names: URIs, in JSON or in a file of JSON."""
    words = json.loads(text if text.lstrip().startswith("[") else byte_files.read_text(text))
    return [input_of(word, plan) for word in words]


endings = {".gz": "gzip", ".gzip": "gzip", ".zst": "zstd", ".zstd": "zstd"}
formats = {".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".pq": "parquet"}


def input_of(word, plan):
    if word.endswith("/"):
        return {"source": word, "at": word, "isFolder": True}
    stem, ending = os.path.splitext(word)
    compression = endings.get(ending.lower(), "none")
    inner = os.path.splitext(stem)[1] if compression != "none" else ending
    form = plan.get("format") or formats.get(inner.lower())
    if form is None:
        raise JobError("INPUT_UNREADABLE", {"file": word, "problem": "its name does not say its format: give --format"})
    return {"source": word, "at": word, "format": form, "compression": compression}


# What a repetition of the same job may mend.
passing_codes = ("LAKE_BUSY", "INPUT_CHANGED")


def failure_of(error):
    """The result of a job that failed, with a code for what its user can mend. Texts of Spark may hold values, so they stay in the log."""
    code = getattr(error, "code", None)
    details = getattr(error, "details", None)
    if code:
        counts = {name: details[name] for name in ("rowsIn", "rowsOut", "duplicates", "quarantined", "reasons") if name in (details or {})}
        return {"status": "failed", "code": code, "details": details, "message": str(error), "retryable": code in passing_codes, **counts}
    return {"status": "failed", "code": "SPARK_FAILED", "details": {"problem": type(error).__name__}, "message": str(error)[:4000]}


if __name__ == "__main__":
    main()
