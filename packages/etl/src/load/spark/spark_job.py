"""Loads raw files into a lake with Spark, or compacts folders, or replays a quarantine, by a plan that Headwater wrote.

    spark_job.py --plan <path or s3:// URI> [--inputs <JSON array, path or URI>] [--result <path or URI>]

The plan has every rule of the table, as Spark SQL. This script reads files, runs the SQL, counts, writes and reports. It runs on any
Spark 3.5 with Python 3.9 or later, and on AWS Glue 5.1. On a lake on S3 it commits by itself (`s3_lake.py`); with `local` in its plan,
the process that started it commits.
"""

import argparse
import json
import sys
import traceback

import byte_files
from compact_rows import compact
from job_result import failure_of, summary_of
from job_session import close, open_session
from load_rows import load
from local_run import LocalRun, watch_caller
from named_inputs import inputs_of
from replay_rows import replay

# What a plan may be for. One that does not say so is for a load.
operations = {"load": load, "compact": compact, "replay": replay}


def main():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--plan", required=True)
    parser.add_argument("--inputs")
    parser.add_argument("--result")
    # Glue adds arguments of its own.
    arguments, _ = parser.parse_known_args()
    plan = {}
    try:
        plan = json.loads(byte_files.read_text(arguments.plan))
        result = run_plan(plan, arguments)
    except Exception as error:
        result = failure_of(error)
        traceback.print_exc()
    if arguments.result:
        byte_files.write_text(arguments.result, json.dumps(result), plan.get("kmsKey"))
    sys.stdout.flush()
    if result["status"] == "failed":
        sys.exit(1)


def run_plan(plan, arguments):
    if arguments.inputs:
        plan["inputs"] = inputs_of(arguments.inputs, plan)
    local = plan.get("local")
    if local:
        watch_caller()
    spark = open_session(plan)
    try:
        if local:
            return operations[plan.get("operation", "load")](spark, plan, LocalRun(plan))
        import s3_inputs
        import s3_lake

        def load_new(run):
            found = s3_inputs.with_objects(plan, run)
            return {**load(spark, found, run), "inputsSkipped": found["inputsSkipped"]}

        return summary_of(s3_lake.load_and_commit(plan, load_new))
    except Exception as error:
        # While Java is there: the text of its errors is asked of it.
        traceback.print_exc()
        return failure_of(error)
    finally:
        close(spark)


if __name__ == "__main__":
    main()
