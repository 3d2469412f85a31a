"""The compaction of folders: writes their committed rows again, as few sorted files of the intended size."""

import job_progress
import settle_duplicates
import write_folders


def compact(spark, plan, run):
    """Writes the folders of the plan again, each with the rows of all of its committed files. Gives what the manifest needs."""
    progress = job_progress.Progress(spark.sparkContext)
    try:
        progress.enter("write", 0.0, 0.95)
        folders = {one["folder"]: one for one in plan["folders"]}
        old = [file for file in run.files if file["path"].rsplit("/", 1)[0] in folders]
        settle_duplicates.create_committed(spark, run, plan, old, "committed_rewritten")
        spark.sql(plan["write"]["committed"]).createOrReplaceTempView("rows_compacted")
        size = sum(file["bytes"] for file in old) / max(1, sum(file["rows"] for file in old))
        files = write_folders.write_folders(spark, run, plan, folders, "rows_compacted", size, "files")
        return {"status": "written", "operation": "compact", "added": files, "removed": [file["path"] for file in old]}
    finally:
        progress.stop()
