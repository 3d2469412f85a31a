"""Inputs that the arguments of a job name."""

import json
import os

import byte_files
from job_error import JobError


def inputs_of(text, plan):
    """The inputs that an argument names: URIs, in JSON or in a file of JSON."""
    words = json.loads(text if text.lstrip().startswith("[") else byte_files.read_text(text))
    return [input_of(word, plan) for word in words]


def input_of(word, plan):
    """The input of a URI. The plan says what endings mean; its format, where it has one, is that of every input."""
    if word.endswith("/"):
        return {"source": word, "at": word, "isFolder": True}
    form, compression = named(word, plan)
    form = plan.get("format") or form
    if form is None:
        raise JobError("INPUT_UNREADABLE", {"file": word, "problem": "its name does not say its format: give --format"})
    return {"source": word, "at": word, "format": form, "compression": compression}


def why_left_out(word, plan):
    """Why an object below a folder is not loaded, by its name; None if it is."""
    form, wanted = named(word, plan)[0], plan.get("format")
    if wanted is None:
        return None if form else "its name does not tell its format"
    return None if form in (None, wanted) else f"its name is of {form}, and the format of the job is {wanted}"


def named(word, plan):
    """What a name says: the format and the packing, None where it does not say."""
    compressions, formats = plan["named"]["compressions"], plan["named"]["formats"]
    stem, ending = os.path.splitext(word)
    packed = compressions.get(ending.lower())
    form = formats.get((os.path.splitext(stem)[1] if packed else ending).lower())
    # A name such as events.csv is a plain file.
    return form, packed or ("none" if form else None)
