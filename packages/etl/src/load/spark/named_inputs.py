"""Inputs that the arguments of a job name."""

import json
import os

import byte_files
from job_error import JobError

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
