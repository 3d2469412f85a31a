"""Files by path or s3:// URI, for the driver and for executors."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from urllib.parse import urlsplit


def is_s3(place):
    return place.startswith("s3://")


def bucket_and_key(uri):
    """The bucket and the key of an s3:// URI. A key may hold any character, so only the first slash divides."""
    parts = uri[len("s3://"):].split("/", 1)
    return parts[0], parts[1] if len(parts) > 1 else ""


def s3_client():
    """A client with the credentials and the region of the process; executors make their own."""
    import boto3

    return boto3.client("s3")


@contextmanager
def open_read(place):
    """Opens a file or an object for reading its bytes once, from the first to the last."""
    if not is_s3(place):
        with open(local_path(place), "rb") as file:
            yield file
        return
    bucket, key = bucket_and_key(place)
    body = s3_client().get_object(Bucket=bucket, Key=key)["Body"]
    try:
        yield body
    finally:
        body.close()


@contextmanager
def open_write(place):
    """Opens a new file or object for writing. An object appears when all of it was written."""
    if not is_s3(place):
        path = local_path(place)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            yield file
        return
    bucket, key = bucket_and_key(place)
    with tempfile.NamedTemporaryFile() as draft:
        yield draft
        draft.flush()
        s3_client().upload_file(draft.name, bucket, key)


def read_text(place):
    with open_read(place) as file:
        return file.read().decode("utf-8")


def write_text(place, text):
    with open_write(place) as file:
        file.write(text.encode("utf-8"))


def join(folder, name):
    return folder.rstrip("/") + "/" + name


def local_path(place):
    """The path of a place on this machine; a file: URI is one without escapes."""
    return urlsplit(place).path if place.startswith("file:") else place


def parquet_files(folder):
    """The Parquet files below a folder that Spark wrote, as places, in the order of their names."""
    if not is_s3(folder):
        root = local_path(folder)
        found = [
            os.path.join(parent, name)
            for parent, _, names in os.walk(root)
            for name in names
            if name.startswith("part-") and name.endswith(".parquet")
        ]
        return sorted(found)
    bucket, prefix = bucket_and_key(join(folder, ""))
    pages = s3_client().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    keys = [item["Key"] for page in pages for item in page.get("Contents", [])]
    return sorted(
        f"s3://{bucket}/{key}"
        for key in keys
        if key.rsplit("/", 1)[-1].startswith("part-") and key.endswith(".parquet")
    )


def total_bytes(places):
    """The bytes of files on this machine or on S3."""
    total = 0
    for place in places:
        if is_s3(place):
            bucket, key = bucket_and_key(place)
            total += s3_client().head_object(Bucket=bucket, Key=key)["ContentLength"]
        else:
            total += os.path.getsize(local_path(place))
    return total


def remove_folder(folder):
    """Removes a folder and what is in it; nothing when there is none."""
    if not is_s3(folder):
        shutil.rmtree(local_path(folder), ignore_errors=True)
        return
    bucket, prefix = bucket_and_key(join(folder, ""))
    client = s3_client()
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        keys = [{"Key": item["Key"]} for item in page.get("Contents", [])]
        if keys:
            client.delete_objects(Bucket=bucket, Delete={"Objects": keys, "Quiet": True})
