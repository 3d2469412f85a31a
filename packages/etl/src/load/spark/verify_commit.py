"""Compares the files of one commit with its manifest: content hash, bytes, and the rows that each file's footer says.

A job of Glue's Python shell, without Spark. Arguments:

--lake      s3://bucket/prefix
--table     the table
--sequence  the number of the commit
--result    where the result goes, s3://bucket/key, also when something differs
--kms_key   the ARN of the key by which the result is encrypted (optional)

The result has counts and no path: {"status": "verified", "sequence": 4, "files": 12, "rows": ..., "bytes": ..., "differing": 0,
"problems": {}}. The log names the files that differ. A file that a later commit replaced is not looked for. The exit code is 1 when
something differs.
"""

import argparse
import io
import json
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import boto3
import pyarrow.parquet
import xxhash
from botocore.config import Config
from botocore.exceptions import ClientError

# Each thread holds one chunk of a file.
THREADS = 16
CHUNK = 8 * 1024 * 1024

# S3 answers AccessDenied for an object that is not there to a role that may not list the bucket.
GONE = {"NoSuchKey", "404", "AccessDenied", "403"}


class Place:
    """Objects below an address `s3://bucket/prefix`."""

    def __init__(self, client, address):
        _, _, self.bucket, *folders = address.rstrip("/").split("/")
        self.prefix = "/".join(folders)
        self.client = client

    def key(self, path):
        return f"{self.prefix}/{path}" if self.prefix else path

    def get(self, path, **options):
        return self.client.get_object(Bucket=self.bucket, Key=self.key(path), **options)

    def json(self, path):
        return json.loads(self.get(path)["Body"].read())


class RangeFile(io.RawIOBase):
    """An object as a file of which only the parts that are read are transferred."""

    def __init__(self, place, path, size):
        self.place, self.path, self.size, self.position = place, path, size, 0

    def readable(self):
        return True

    def seekable(self):
        return True

    def tell(self):
        return self.position

    def seek(self, offset, whence=io.SEEK_SET):
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self.position, io.SEEK_END: self.size}[whence]
        self.position = base + offset
        return self.position

    def readinto(self, buffer):
        end = min(self.position + len(buffer), self.size)
        if end <= self.position:
            return 0
        part = self.place.get(self.path, Range=f"bytes={self.position}-{end - 1}")["Body"].read()
        buffer[: len(part)] = part
        self.position += len(part)
        return len(part)


def manifest_path(table, sequence):
    return f"_headwater/{table}/{sequence:08d}.json"


def differences(place, file):
    """The kinds of what differs between a file and its entry in the manifest."""
    try:
        body = place.get(file["path"])["Body"]
        digest, size = xxhash.xxh3_128(), 0
        for chunk in body.iter_chunks(CHUNK):
            digest.update(chunk)
            size += len(chunk)
        found = [kind for kind, differs in (("bytes", size != file["bytes"]), ("hash", digest.hexdigest() != file["hash"])) if differs]
        try:
            rows = pyarrow.parquet.read_metadata(RangeFile(place, file["path"], size)).num_rows
        except (pyarrow.ArrowException, OSError):
            return [*found, "footer"]
        return [*found, "rows"] if rows != file["rows"] else found
    except ClientError as error:
        if error.response["Error"]["Code"] in GONE:
            return ["missing"]
        raise


def removed_after(place, table, sequence):
    """The paths that later commits took out of the lake."""
    removed = set()
    while True:
        sequence += 1
        try:
            manifest = place.json(manifest_path(table, sequence))
        except ClientError as error:
            if error.response["Error"]["Code"] in GONE:
                return removed
            raise
        removed.update(manifest["removed"], manifest["quarantineRemoved"])


def verify(place, table, sequence):
    """The result of the comparison."""
    manifest = place.json(manifest_path(table, sequence))
    files = [*manifest["added"], *manifest["quarantineAdded"]]
    with ThreadPoolExecutor(THREADS) as pool:
        found = dict(zip((file["path"] for file in files), pool.map(lambda file: differences(place, file), files)))
    if any("missing" in kinds for kinds in found.values()):
        for path in removed_after(place, table, sequence):
            found.pop(path, None)
    differing = {path: kinds for path, kinds in found.items() if kinds}
    for path, kinds in sorted(differing.items()):
        print(f"{path}: {', '.join(kinds)}", file=sys.stderr)
    counts = {
        "sequence": sequence,
        "files": len(found),
        "rows": sum(file["rows"] for file in files if file["path"] in found),
        "bytes": sum(file["bytes"] for file in files if file["path"] in found),
        "differing": len(differing),
        "problems": dict(Counter(kind for kinds in differing.values() for kind in kinds)),
    }
    return {"status": "failed", "code": "COMMIT_DIFFERS", **counts} if differing else {"status": "verified", **counts}


def write_result(client, address, result, kms_key):
    bucket, _, key = address[len("s3://") :].partition("/")
    encryption = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": kms_key} if kms_key else {}
    client.put_object(Bucket=bucket, Key=key, Body=json.dumps(result), ContentType="application/json", **encryption)


def main():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    for name in ("--lake", "--table", "--result"):
        parser.add_argument(name, required=True)
    parser.add_argument("--sequence", type=int, required=True)
    parser.add_argument("--kms_key")
    options, _ = parser.parse_known_args()  # Glue adds arguments of its own
    retries = {"mode": "standard", "max_attempts": 8}
    client = boto3.client("s3", config=Config(retries=retries, max_pool_connections=2 * THREADS))
    try:
        result = verify(Place(client, options.lake), options.table, options.sequence)
    except Exception as error:
        write_result(client, options.result, {"status": "failed", "code": type(error).__name__}, options.kms_key)
        raise
    write_result(client, options.result, result, options.kms_key)
    print(json.dumps(result))
    sys.exit(0 if result["status"] == "verified" else 1)


if __name__ == "__main__":
    main()
