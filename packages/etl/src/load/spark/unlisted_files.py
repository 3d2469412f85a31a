"""What dead runs left in a lake on S3: files that no manifest lists. The rules are those of every other load."""

import json
import re
from datetime import datetime, timezone

from job_error import JobError
from lake_state import manifest_folder, manifest_path, read_state

data_file = re.compile(r"/dt=\d{4}-\d\d-\d\d(?:/[^/=]+=[^/]*)*/part-([0-9a-f]{16})(?:-(\d{8,})-([0-9a-f]{8}))?\.parquet$")
upload = re.compile(r"/staging/(\d{8,})-[^/]*-([0-9a-f]{8})/(?:([0-9a-f]{16})[0-9a-f]*\.parquet$)?")


def quarantine_name(table):
    return f"{table}__quarantine"


def remove_leftovers(store, state, grace_seconds):
    """Removes what can never be committed, once it is old enough. Gives the removed paths.

    The name of a file holds the commit that was to add it: once that commit is made, by whichever run, the file is dead. A run that
    lost its commit copies its uploads to the next number, so dead files stay for a while.

    Raises LAKE_CORRUPT when files in place show that the last manifest was lost: the next commit would take its number.
    """
    now = datetime.now(timezone.utc)

    def is_old(when):
        return (now - when).total_seconds() >= grace_seconds

    listed = {*state.files, *state.quarantine}
    dead = []
    later = []
    repaired = {}
    for folder in (state.table, quarantine_name(state.table)):
        for path, when in store.walk(folder):
            name = data_file.search(path)
            if path in listed or not name or not name[2]:
                continue
            commit = int(name[2])
            if commit > state.sequence:
                later.append((path, name[1], name[3]))
            elif is_old(when) and not was_repair(store, state.table, commit, repaired):
                dead.append(path)
    # The records are read after the files: a running run makes its record before it puts a file in its place.
    uploads = list(store.walk(f"{manifest_folder(state.table)}/staging"))
    records = {(name[3], name[2]) for path, _ in uploads for name in [upload.search(path)] if name}
    assert_none_lost(store, state, [path for path, content, run in later if (content, run) not in records])
    old = [path for path, when in uploads for name in [upload.search(path)] if name and int(name[1]) <= state.sequence and is_old(when)]
    # The uploads go last: each is the record that its file in place was not committed.
    store.remove(dead)
    store.remove(old)
    return dead + old


def was_repair(store, table, commit, known):
    """A repair may have made the commit in the place of a lost one, and says nothing about files that it could not list."""
    if commit not in known:
        text = store.read_text(manifest_path(table, commit))
        known[commit] = text is None or json.loads(text)["operation"] == "repair"
    return known[commit]


def assert_none_lost(store, state, paths):
    if not paths:
        return
    # A run may have taken its files back, or committed them, while the records were read.
    now = read_state(store, state.table)
    lost = sorted(path for path in paths if path not in now.files and path not in now.quarantine and store.exists(path))
    if now.sequence != state.sequence or not lost:
        return
    raise JobError(
        "LAKE_CORRUPT",
        {
            "lake": store.location,
            "table": state.table,
            "file": lost[0],
            "problem": f"no manifest lists it{f', nor {len(lost) - 1} more' if len(lost) > 1 else ''}. A manifest that listed it was lost",
            "fix": f"Restore the missing files of {manifest_folder(state.table)}, or run `headwater lake repair --lake {store.location}`",
        },
    )
