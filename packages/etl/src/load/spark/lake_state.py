"""The state of a table of a lake: its checkpoint, and the later manifests folded in order."""

import json

from job_error import JobError
from s3_store import in_parallel

commits_per_checkpoint = 100
# What a checkpoint may hold. One of a later release, with more, is not used: it would lose that.
checkpoint_parts = {"files", "addedBy", "quarantineFiles", "inputs", "listings", "schemas", "allowed", "inputsUnknownAt"}


def digits(sequence):
    return str(sequence).zfill(8)


def manifest_folder(table):
    return f"_headwater/{table}"


def manifest_path(table, sequence):
    return f"{manifest_folder(table)}/{digits(sequence)}.json"


def checkpoint_path(table):
    return f"{manifest_folder(table)}/checkpoint.jsonl"


def input_key(one):
    """The same file under another source is another input."""
    return f"{one['hash']}:{one['sourceName']}" if "sourceName" in one else one["hash"]


def listing_key(one):
    """Other sources and formats load other objects of the same place."""
    return (one["location"], one.get("sourceName"), one.get("format"))


class LakeState:
    """A table after its commits. Only these files are in the lake."""

    def __init__(self, table):
        self.table = table
        self.sequence = 0
        self.run_id = ""
        self.files = {}
        self.added_by = {}
        self.quarantine = {}
        self.inputs = {}
        # The last listing of each place on S3: this script makes none, and keeps those of others.
        self.listings = {}
        self.schemas = []
        self.allowed = {}
        self.inputs_unknown_at = 0
        self.checkpoint = 0

    def copy(self):
        other = LakeState(self.table)
        for name, value in vars(self).items():
            setattr(other, name, value.copy() if isinstance(value, (dict, list)) else value)
        return other

    def add(self, manifest):
        """Folds the next commit."""
        sequence = manifest["sequence"]
        for path in manifest["removed"]:
            self.files.pop(path, None)
            self.added_by.pop(path, None)
        for path in manifest["quarantineRemoved"]:
            self.quarantine.pop(path, None)
        for file in manifest["added"]:
            self.files[file["path"]] = file
            self.added_by[file["path"]] = sequence
        for file in manifest["quarantineAdded"]:
            self.quarantine[file["path"]] = file
        for one in manifest["inputs"]:
            self.inputs[input_key(one)] = one
        for one in manifest.get("listings", []):
            before = self.listings.get(listing_key(one))
            if not before or before["at"] < one["at"]:
                self.listings[listing_key(one)] = one
        forgotten = set(manifest.get("forgotten", []))
        if forgotten or manifest.get("inputsUnknown"):
            self.listings = {}
        if forgotten:
            self.inputs = {key: one for key, one in self.inputs.items() if one["hash"] not in forgotten}
        for change in manifest.get("allowed", []):
            self.allowed[change] = sequence
        if manifest.get("inputsUnknown"):
            self.inputs_unknown_at = sequence
        if not self.schemas or not same_schema(self.schemas[-1], manifest["schema"]):
            self.schemas.append({"since": sequence, **manifest["schema"]})
        self.sequence = sequence
        self.run_id = manifest["runId"]

    def schema_of(self, path):
        """The definition of the commit that added a file."""
        commit = self.added_by.get(path, 0)
        return next((span for span in reversed(self.schemas) if span["since"] <= commit), None)


def same_schema(one, other):
    return all(one.get(name) == other.get(name) for name in ("fingerprint", "time", "columns"))


def read_state(store, table):
    """The present state of a table. Raises LAKE_CORRUPT for a manifest that cannot be read, or a missing number."""
    state = read_checkpoint(store, table)
    if state:
        # The checkpoint's own commit differs if the lake was deleted and created again.
        own, *later = [*read_manifests(store, table, state.sequence), None]
        if own and own["runId"] == state.run_id:
            for manifest in later[:-1]:
                state.add(manifest)
            return state
    state = LakeState(table)
    for manifest in read_manifests(store, table, 1):
        state.add(manifest)
    return state


def read_manifests(store, table, first):
    names = [name for name in store.names(manifest_folder(table), f"{digits(first - 1)}.json") if is_manifest(name)]
    names.sort(key=lambda name: int(name[:-5]))
    manifests = in_parallel(lambda name: parse(store, table, name), names)
    for expected, (name, manifest) in enumerate(zip(names, manifests), first):
        if manifest["sequence"] != int(name[:-5]):
            raise corrupt(store, table, name, f"is commit {manifest['sequence']} by its content")
        if manifest["sequence"] != expected:
            raise corrupt(store, table, f"{digits(expected)}.json", "is missing, and later manifests are there")
    return manifests


def is_manifest(name):
    return name.endswith(".json") and len(name) >= 13 and name[:-5].isdigit()


def parse(store, table, name):
    try:
        manifest = json.loads(store.read_text(f"{manifest_folder(table)}/{name}") or "")
    except ValueError:
        raise corrupt(store, table, name, "is not JSON") from None
    if not isinstance(manifest, dict) or manifest.get("version") != 1:
        raise corrupt(store, table, name, "is not a manifest")
    if manifest.get("table") != table:
        raise corrupt(store, table, name, "is a manifest of another table")
    return manifest


def corrupt(store, table, name, problem):
    file = f"{manifest_folder(table)}/{name}"
    fix = f"Restore {file} from a copy of the lake, or repair the lake without it: `headwater lake repair --lake {store.location}`"
    return JobError("LAKE_CORRUPT", {"lake": store.location, "table": table, "file": file, "problem": problem, "fix": fix})


def read_checkpoint(store, table):
    """The state of the last checkpoint. None when there is no usable one: it only saves reading manifests."""
    text = store.read_text(checkpoint_path(table))
    try:
        first, content = (text or "").split("\n")[:2]
        head = json.loads(first)
        if head["version"] != 1 or head["table"] != table or head["digest"] != digest_of(content):
            return None
        body = json.loads(content)
        if set(body) - checkpoint_parts:
            return None
        state = LakeState(table)
        state.sequence = state.checkpoint = head["sequence"]
        state.run_id = head["runId"]
        state.files = {file["path"]: file for file in body["files"]}
        state.added_by = dict(zip(state.files, body["addedBy"]))
        state.quarantine = {file["path"]: file for file in body["quarantineFiles"]}
        state.inputs = {input_key(one): one for one in body["inputs"]}
        state.listings = {listing_key(one): one for one in body.get("listings", [])}
        state.schemas = body["schemas"]
        state.allowed = body.get("allowed", {})
        state.inputs_unknown_at = body.get("inputsUnknownAt", 0)
        return state
    except (ValueError, KeyError, TypeError):
        return None


def keep_checkpoint(store, state):
    """Writes a checkpoint when enough commits have been made since the last one."""
    if state.sequence - state.checkpoint < commits_per_checkpoint:
        return
    files = [state.files[path] for path in sorted(state.files)]
    content = {
        "files": files,
        "addedBy": [state.added_by.get(file["path"], 0) for file in files],
        "quarantineFiles": [state.quarantine[path] for path in sorted(state.quarantine)],
        "inputs": list(state.inputs.values()),
        **({"listings": list(state.listings.values())} if state.listings else {}),
        "schemas": state.schemas,
    }
    if state.allowed:
        content["allowed"] = state.allowed
    if state.inputs_unknown_at:
        content["inputsUnknownAt"] = state.inputs_unknown_at
    body = compact(content)
    head = {"version": 1, "table": state.table, "sequence": state.sequence, "runId": state.run_id, "digest": digest_of(body)}
    store.write_text(checkpoint_path(state.table), f"{compact(head)}\n{body}\n")


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def digest_of(text):
    """FNV-1a, 32 bits, over UTF-16 code units."""
    value = 0x811C9DC5
    for unit in memoryview(text.encode("utf-16-le", "surrogatepass")).cast("H"):
        value = ((value ^ unit) * 0x01000193) & 0xFFFFFFFF
    return f"{value:08x}"
