"""The load of inputs: reads, cleans, settles duplicates and writes, by the SQL of the plan."""

from collections import Counter

import byte_files
import job_progress
import load_inputs
import settle_duplicates
import write_folders
from job_result import result_of

local_times = "spark.sql.parquet.inferTimestampNTZ.enabled"


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
    staged = stage(spark, run, plan["staged"]["select"])
    spark.conf.set(local_times, "false")
    counts = {row["input"]: row.asDict() for row in spark.sql(plan["staged"]["counts"]).collect()}
    rejected = sum(count["rejected"] for count in counts.values())
    rows_in = sum(scan["rows"] + counts.get(index, {}).get("added", 0) for index, scan in enumerate(scans) if not scan["skipped"])
    found = rejections(spark, plan, run, rejected)
    if rejected > rows_in * plan["maxQuarantine"]:
        return result_of(plan, scans, counts, {**found, "refused": True})
    rows = sum(count["rows"] for count in counts.values())
    written = write_staged(spark, plan, run, staged, rows, rejected, progress)
    return result_of(plan, scans, counts, {**found, **written})


def write_staged(spark, plan, run, staged, rows, rejected, progress):
    """Settles the duplicates of the staged rows, and writes what remains and the quarantine."""
    progress.enter("write", 0.5, 0.6)
    folders = {row["folder"]: {"day": row["day"], "rows": row["rows"]} for row in spark.sql(plan["staged"]["folders"]).collect()}
    duplicates, losing = settle_duplicates.settle(spark, run, plan, folders)
    quarantine = write_folders.write_quarantine(spark, run, plan, rejected)
    progress.enter("write", 0.6, 0.95)
    size = write_folders.bytes_of_row(spark, run, staged, rows)
    files, removed = write_rows(spark, plan, run, folders, losing, size, bool(duplicates))
    return {
        "files": files,
        "removed": removed,
        "quarantine": quarantine,
        "duplicates": duplicates,
        "losing": sorted(losing),
    }


def create_inputs(spark, plan):
    rows = [(index, one["source"]) for index, one in enumerate(plan["inputs"])]
    spark.createDataFrame(rows, "input INT, source STRING").createOrReplaceTempView("inputs")


def stage(spark, run, select):
    """Cleans the rows once, into files of the run: whatever follows reads those."""
    place = byte_files.join(run.scratch, "staged")
    spark.sql(select).write.option("compression", "snappy").parquet(place)
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
