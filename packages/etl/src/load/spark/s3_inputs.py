"""The objects on S3 that a job's inputs name. Those that the lake has by their listing are not read again."""

import byte_files
from job_error import JobError
from named_inputs import input_of, why_left_out

# Hive, Spark and Athena ignore such names as well: markers, and unfinished output of jobs.
hidden = (".", "_")


def with_objects(plan, run):
    """The plan with an input for each object that is not in the lake yet, and the number of those that are, `inputsSkipped`.

    An input whose address ends in `/` is a folder.
    """
    known = known_objects(run.state, plan.get("sourceName"))
    inputs, skipped = [], 0
    for one in plan["inputs"]:
        if not byte_files.is_s3(one["at"]):
            inputs.append(one)
            continue
        for found in objects_of(one, plan, run.store.client):
            if identity_of(found) in known:
                skipped += 1
            else:
                inputs.append(found)
    return {**plan, "inputs": inputs, "inputsSkipped": skipped}


def known_objects(state, source_name):
    """The objects that were loaded as a source. The same object has the same key, ETag, size and time."""
    return {identity_of(one) for one in state.inputs.values() if "object" in one and one.get("sourceName") == source_name}


def identity_of(one):
    facts = one["object"]
    return one["source"], one["bytes"], facts["etag"], facts["lastModified"]


def objects_of(one, plan, client):
    """The objects of an input, each with what the listing says of it."""
    bucket, key = byte_files.bucket_and_key(one["at"])
    is_folder = one.get("isFolder", False)
    found = []
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=key, **({} if is_folder else {"PaginationConfig": {"MaxItems": 1}})):
        for item in page.get("Contents", []):
            if not is_folder:
                # Of all keys that begin with a key, it is the first.
                if item["Key"] != key:
                    break
                found.append({**one, **facts_of(item)})
                continue
            planned = named_input(f"s3://{bucket}/{item['Key']}", item, key, plan)
            if planned:
                found.append(planned)
    if not is_folder and not found:
        raise JobError("INPUT_NOT_FOUND", {"input": one["source"]})
    return found


def named_input(address, item, folder, plan):
    """The input of an object below a folder; None for one that is not loaded, which the log names."""
    names = item["Key"][len(folder) :].split("/")
    # Consoles make an empty object for a folder.
    if names[-1] == "" and item["Size"] == 0:
        return None
    if any(name.startswith(hidden) for name in names):
        print(f"Left out: {address}: a name begins with . or _", flush=True)
        return None
    why = why_left_out(address, plan)
    if why:
        print(f"Left out: {address}: {why}", flush=True)
        return None
    return {**input_of(address, plan), **facts_of(item)}


def facts_of(item):
    modified = item["LastModified"].strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"bytes": item["Size"], "object": {"etag": item["ETag"].strip('"'), "lastModified": modified}}
