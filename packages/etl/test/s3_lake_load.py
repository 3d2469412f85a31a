"""A load by s3_lake.py without Spark: the rows come from files that another load wrote. For tests.

    s3_lake_load.py <plan.json> <written.json> [wait]

`written.json` has what a load gives, with paths of this machine in place of `uri`. With `wait`, it prints a line when it has read the
state and written its files, and goes on after a line of standard input.
"""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "src", "load", "spark"))

import s3_lake  # noqa: E402
from job_error import JobError  # noqa: E402


def main(plan_path, written_path, *words):
    with open(plan_path) as file:
        plan = json.load(file)
    with open(written_path) as file:
        given = json.load(file)

    def load(run):
        inputs = [one for one in given["inputs"] if one["hash"] not in run.known]
        if not inputs:
            return {**given, **{name: [] for name in ("inputs", "added", "removed", "quarantineAdded")}}
        bucket, _, prefix = run.scratch[len("s3://"):].partition("/")

        def upload(entry):
            key = f"{prefix}/{entry['hash']}/part-00000.parquet"
            run.store.client.upload_file(entry["local"], bucket, key)
            facts = {name: value for name, value in entry.items() if name not in ("local", "path")}
            return {**facts, "uri": f"s3://{bucket}/{key}"}

        written = {**given, "added": [upload(one) for one in given["added"]], "quarantineAdded": [upload(one) for one in given["quarantineAdded"]]}
        if "wait" in words:
            print(f"written {run.id} {len(run.files)}", flush=True)
            sys.stdin.readline()
        return written

    try:
        result = s3_lake.load_and_commit(plan, load)
    except JobError as error:
        result = {"status": "failed", "code": error.code, "details": error.details}
    print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
