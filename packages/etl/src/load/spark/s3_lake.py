"""Loads into a lake on S3 by a script that runs alone: the protocol of every writer of such a lake.

The creation of the manifest, with `If-None-Match: *`, is the commit. Files are copied into their places right before it, and their
names hold the commit that they are for. A script that dies leaves only what the next run of any writer removes.
"""

import json
import time
import uuid
from datetime import datetime, timezone

from job_error import JobError
from lake_state import digits, input_key, keep_checkpoint, manifest_folder, manifest_path, read_state, same_schema
from s3_store import S3Store, in_parallel
from unlisted_files import remove_leftovers

# How often a load begins again, because commits by others changed what it builds on.
load_attempts = 4
# How often a commit is tried under a later number, when commits by others do not concern it.
commit_attempts = 10
grace_seconds = 3600


class OvertakenError(Exception):
    """Another run committed first, and changed what this one builds on."""


class S3Run:
    """One attempt of a load: the state that it builds on, and where it may write."""

    def __init__(self, store, plan, state):
        now = datetime.now(timezone.utc)
        stamp = now.strftime("%Y%m%d-%H%M%S") + f"{now.microsecond // 1000:03d}"
        self.store = store
        self.plan = plan
        self.state = state
        # Ids sort by time, as those of every other writer.
        self.id = f"{stamp}-{uuid.uuid4().hex[:8]}"
        self.started_at = now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self.begun = time.monotonic()
        source = plan.get("sourceName")
        self.known = {one["hash"] for one in state.inputs.values() if one.get("sourceName") == source}
        self.files = [
            {**file, "at": store.uri(path), "schema": (state.schema_of(path) or {}).get("fingerprint", "")}
            for path, file in sorted(state.files.items())
        ]
        self.scratch = store.uri(f"{self.upload_folder(state.sequence + 1)}/spark")

    def fetch(self, files):
        """Spark reads files where they are."""
        return files

    def uri(self, path):
        return self.store.uri(path)

    def upload_folder(self, sequence):
        """Where uploads for a commit go: once that commit is made, any run may remove the folder."""
        return f"{manifest_folder(self.state.table)}/staging/{digits(sequence)}-{self.id}"

    def place(self, entry, sequence):
        """The path of a file in the lake. Two runs never write the same one."""
        return f"{entry['folder']}/part-{entry['hash'][:16]}-{digits(sequence)}-{self.id[-8:]}.parquet"


def load_and_commit(plan, load):
    """Loads into the plan's lake and commits. Gives the result of the run.

    `load(run)` reads, cleans and writes below `run.scratch`, and gives the counts in the manifest's words, with `added` and
    `quarantineAdded` as entries `uri, folder, day, rows, bytes, hash, timeRange?, columnBytes?`. It is called again on the new state
    when commits by others changed what it built on.
    """
    store = S3Store(plan["lake"], plan.get("kmsKey"))
    removed = []
    for attempt in range(1, load_attempts + 1):
        state = read_state(store, plan["table"])
        assert_fits(store, plan, state)
        removed += remove_leftovers(store, state, plan["manifest"].get("graceSeconds", grace_seconds))
        run = S3Run(store, plan, state)
        try:
            written = load(run)
            result = commit(run, written) if written["inputs"] else {"status": "skipped"}
            return {**written, **report_of(run, written), **result, "attempts": attempt, "removedLeftovers": removed}
        except OvertakenError:
            continue
        except Exception as error:
            # Another run may have replaced the files that this one was reading.
            if isinstance(error, JobError) or read_state(store, plan["table"]).sequence == state.sequence:
                raise
        finally:
            remove_scratch(run)
    holder = f"runs that committed {manifest_path(plan['table'], state.sequence + 1)} and others first"
    raise JobError("LAKE_BUSY", {"lake": plan["lake"], "table": plan["table"], "holder": holder, "waitedSeconds": 0})


def report_of(run, written):
    files = written["added"]
    return {
        "runId": run.id,
        "table": run.state.table,
        "lake": run.store.location,
        "startedAt": run.started_at,
        "seconds": round(time.monotonic() - run.begun, 3),
        "files": len(files),
        "bytes": sum(file["bytes"] for file in files),
        "days": len({file["day"] for file in files}),
        "partitions": len({file["folder"] for file in files}),
    }


def remove_scratch(run):
    try:
        run.store.remove_scratch(f"{run.upload_folder(run.state.sequence + 1)}/spark")
    except Exception as error:
        # A later run removes it.
        print(f"The scratch files of {run.id} stay for now: {type(error).__name__}", flush=True)


def assert_fits(store, plan, state):
    """Refuses a lake whose files are of a definition that was not compared with the plan's when the plan was made."""
    own = plan["manifest"]["schema"]
    if not state.schemas or state.schemas[-1]["fingerprint"] == own["fingerprint"]:
        return
    known = [own, *plan["manifest"]["fits"]]
    used = {id(span): span for path in state.files for span in [state.schema_of(path)] if span}
    for span in [state.schemas[-1], *used.values()]:
        if not any(same_schema(span, one) for one in known):
            problem = (
                f"commit {span['since']} was made with the definition {span['fingerprint']}, and the plan was made with "
                f"{own['fingerprint']} before it"
            )
            fix = "Submit the load again with the present definition: `headwater etl submit`"
            raise JobError("PLAN_STALE", {"lake": store.location, "table": state.table, "problem": problem, "fix": fix})


def assert_rewritable(run, removed):
    """Refuses to rewrite files whose values the plan's definition would lose."""
    own = run.plan["manifest"]["schema"]
    kept = [own, *run.plan["manifest"].get("rewritable", [])]
    for path in removed:
        span = run.state.schema_of(path)
        if span and not any(same_schema(span, one) for one in kept):
            problem = f"new rows replace rows of {path}, a file of the definition {span['fingerprint']}, whose values would be lost"
            fix = "Run `headwater etl run` on the same inputs: it names each change, and --allow confirms it"
            raise JobError("PLAN_STALE", {"lake": run.store.location, "table": run.state.table, "problem": problem, "fix": fix})


def assert_counts(run, written):
    """The rows of the files, less those of the replaced ones, are the rows that came in."""
    before = sum(run.state.files[path]["rows"] for path in written["removed"])
    grown = sum(file["rows"] for file in written["added"]) - before
    counts = {name: written[name] for name in ("rowsIn", "rowsOut", "duplicates", "quarantined")}
    accounted = counts["rowsOut"] + counts["duplicates"] + counts["quarantined"] + written.get("filtered", 0)
    if grown != counts["rowsOut"] or accounted != counts["rowsIn"]:
        raise JobError("ACCOUNTING_MISMATCH", {"file": run.store.location, **counts, "rowsOut": grown})


def commit(run, written):
    """Puts the files in their places and creates the manifest. Raises OvertakenError when the load has to begin again."""
    assert_counts(run, written)
    assert_rewritable(run, written["removed"])
    store = run.store
    entries = [*written["added"], *written["quarantineAdded"]]
    state = run.state
    staged = None
    # While a file is in its place and not committed, its upload stays: it is the record that the file was not committed.
    is_in_place = False
    try:
        for _ in range(commit_attempts):
            sequence = state.sequence + 1
            places = [run.place(entry, sequence) for entry in entries]
            before, staged = staged, run.upload_folder(sequence)
            try:
                stage(run, entries, before, staged)
                is_in_place = True
                in_parallel(lambda pair: store.copy(store.uri(upload_of(staged, pair[0])), pair[1]), list(zip(entries, places)))
            except Exception:
                store.remove(places)
                is_in_place = False
                # Another run made this commit, and may have removed the uploads for it.
                if not store.exists(manifest_path(state.table, sequence)):
                    raise
            if is_in_place:
                manifest = manifest_of(run, written, sequence)
                # Until the answer arrives it is unknown whether the commit stands; a failure must not take the files back.
                if store.create_text(manifest_path(state.table, sequence), json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"):
                    is_in_place = False
                    return {"status": "committed", "sequence": sequence, **after_commit(store, state, manifest)}
                store.remove(places)
                is_in_place = False
            present = read_state(store, state.table)
            assert_fits(store, run.plan, present)
            if has_moved(run, state, present, written):
                raise OvertakenError
            state = present
        raise OvertakenError
    finally:
        if staged and not is_in_place:
            remove_uploads(store, [upload_of(staged, entry) for entry in entries])


def upload_of(folder, entry):
    return f"{folder}/{entry['hash']}.parquet"


def stage(run, entries, before, folder):
    """Copies what Spark wrote, or what was staged for an earlier commit, to the names by which other runs know it."""

    def put(entry):
        earlier = upload_of(before, entry) if before else None
        source = run.store.uri(earlier) if earlier and run.store.exists(earlier) else entry["uri"]
        run.store.copy(source, upload_of(folder, entry), entry["hash"])

    in_parallel(put, entries)
    if before:
        run.store.remove([upload_of(before, entry) for entry in entries])


def remove_uploads(store, paths):
    try:
        store.remove(paths)
    except Exception as error:
        # A later run removes them.
        print(f"Uploads stay for now: {type(error).__name__}", flush=True)


def after_commit(store, state, manifest):
    """Removes the files that the commit replaced, and writes a checkpoint when one is due. The commit stands, whatever happens here."""
    there = {file["path"] for file in [*manifest["added"], *manifest["quarantineAdded"]]}
    gone = [path for path in [*manifest["removed"], *manifest["quarantineRemoved"]] if path not in there]
    left = []
    try:
        store.remove(gone)
    except Exception:
        left = [path for path in gone if store.exists(path)]
    try:
        now = state.copy()
        now.add(manifest)
        keep_checkpoint(store, now)
    except Exception as error:
        print(f"No checkpoint was written: {type(error).__name__}", flush=True)
    # Engines that read the folders count these rows twice until a later run removes the files.
    return {"notRemoved": left} if left else {}


def has_moved(run, before, now, written):
    """Whether commits by others since the load looked at the table concern it: its folders, its inputs, its quarantine."""
    folders = {entry["folder"] for entry in written["added"]} | {parent_of(path) for path in written["removed"]}
    changed = set(before.files) ^ set(now.files)
    is_whole = run.plan["manifest"]["isWholeTable"]
    return (
        any(is_whole or parent_of(path) in folders for path in changed)
        or any(input_key(one) in now.inputs for one in written["inputs"])
        or any(path not in now.quarantine for path in written["quarantineRemoved"])
    )


def parent_of(path):
    return path.rsplit("/", 1)[0]


def manifest_of(run, written, sequence):
    """The manifest of the written files as commit number `sequence`."""
    given = run.plan["manifest"]

    def listed(entry):
        facts = {"path": run.place(entry, sequence), **{name: entry[name] for name in ("day", "rows", "bytes", "hash")}}
        return {**facts, **{name: entry[name] for name in ("timeRange", "columnBytes") if entry.get(name) is not None}}

    return {
        "version": 1,
        "table": run.state.table,
        "sequence": sequence,
        "runId": run.id,
        "operation": written.get("operation", "load"),
        "startedAt": run.started_at,
        "seconds": round(time.monotonic() - run.begun, 3),
        "headwater": given["headwater"],
        "schema": given["schema"],
        **({"allowed": given["allowed"]} if given.get("allowed") else {}),
        "inputs": written["inputs"],
        **{name: written[name] for name in ("rowsIn", "rowsOut", "duplicates", "quarantined")},
        **({"filtered": written["filtered"]} if written.get("filtered") else {}),
        "reasons": written["reasons"],
        **({"nulled": written["nulled"]} if written.get("nulled") else {}),
        **({"lookups": written["lookups"]} if written.get("lookups") else {}),
        "added": [listed(entry) for entry in written["added"]],
        "removed": written["removed"],
        "quarantineAdded": [listed(entry) for entry in written["quarantineAdded"]],
        "quarantineRemoved": written["quarantineRemoved"],
    }
