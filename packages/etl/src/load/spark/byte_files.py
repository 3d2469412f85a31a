"""Files by path or s3:// URI, for the driver and for executors."""

import os
import tempfile
from contextlib import contextmanager
from urllib.parse import urlsplit

chunk_bytes = 1 << 22


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
def open_write(place, kms_key=None):
    """Opens a new file or object for writing. An object appears when all of it was written, encrypted by the key if there is one."""
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
        s3_client().upload_file(draft.name, bucket, key, ExtraArgs=encryption(kms_key))


def read_text(place):
    with open_read(place) as file:
        return file.read().decode("utf-8")


def encryption(kms_key):
    """What a request says to encrypt what it writes: a key of KMS, or else nothing, for the default of the bucket.

    Whether the key is one of the bucket's own, which saves calls to KMS, is up to the bucket: boto3's managed uploads and copies take no
    word about it.
    """
    return {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": kms_key} if kms_key else {}


def write_text(place, text, kms_key=None):
    with open_write(place, kms_key) as file:
        file.write(text.encode("utf-8"))


class HashedReader:
    """The raw bytes of a file, hashed while they are read."""

    def __init__(self, file):
        import xxhash

        self.file = file
        self.hasher = xxhash.xxh3_128()
        self.bytes = 0
        self.last = b""
        self.ahead = b""

    def peek(self, size):
        """The first bytes. They are still to be read."""
        while len(self.ahead) < size:
            more = self.file.read(size - len(self.ahead))
            if not more:
                break
            self.ahead += more
        return self.ahead[:size]

    def read(self, size=-1):
        data = self.take(size)
        self.hasher.update(data)
        self.bytes += len(data)
        # At most four bytes, of which a read of fewer keeps some that came before.
        self.last = data[-4:] if len(data) > 3 else (self.last + data)[-4:]
        return data

    def take(self, size):
        if size < 0:
            data, self.ahead = self.ahead + self.file.read(), b""
            return data
        data, self.ahead = self.ahead[:size], self.ahead[size:]
        # A reader looks at its first chunk, which must not be what was peeked alone.
        return data + self.file.read(size - len(data)) if len(data) < size else data

    def finish(self):
        """Reads what a decompressor left."""
        while self.read(chunk_bytes):
            pass

    closed = False

    def close(self):
        """Leaves the file open: a stream that unpacks it closes what it reads."""

    def hash(self):
        return self.hasher.hexdigest()


def chunks_of(stream):
    while True:
        chunk = stream.read(chunk_bytes)
        if not chunk:
            return
        yield chunk


def tail_of(stream, copy=None):
    """Reads a stream to its end, into a copy if there is one, and gives the last bytes."""
    tail = b""
    for chunk in chunks_of(stream):
        tail = tail[-chunk_bytes:] + chunk
        if copy:
            copy.write(chunk)
    return tail


def join(folder, name):
    return folder.rstrip("/") + "/" + name


def local_path(place):
    """The path of a place on this machine; a file: URI is one without escapes."""
    return urlsplit(place).path if place.startswith("file:") else place


def folder_bytes(folder):
    """The bytes of the Parquet files below a folder."""
    return sum(size for _, size in parquet_files(folder))


def parquet_files(folder):
    """The Parquet files below a folder that Spark wrote, as places and bytes, in the order of their names."""
    if not is_s3(folder):
        root = local_path(folder)
        paths = [os.path.join(parent, name) for parent, _, names in os.walk(root) for name in names if is_part(name)]
        return [(path, os.path.getsize(path)) for path in sorted(paths)]
    bucket, prefix = bucket_and_key(join(folder, ""))
    pages = s3_client().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    found = [(item["Key"], item["Size"]) for page in pages for item in page.get("Contents", [])]
    return sorted((f"s3://{bucket}/{key}", size) for key, size in found if is_part(key.rsplit("/", 1)[-1]))


def is_part(name):
    return name.startswith("part-") and name.endswith(".parquet")
