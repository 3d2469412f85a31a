"""The files of a lake on S3, through boto3: paths are relative to the lake, with forward slashes."""

import time
from concurrent.futures import ThreadPoolExecutor

from byte_files import bucket_and_key, encryption

# Calls at the same time.
parallel_calls = 16
# The maximum number of keys of one DeleteObjects call.
deletes_per_call = 1000
conflict_attempts = 5


class S3Store:
    def __init__(self, location, kms_key=None):
        import boto3
        from botocore.config import Config

        bucket, prefix = bucket_and_key(location)
        self.location = location
        self.bucket = bucket
        self.root = f"{prefix.rstrip('/')}/" if prefix.strip("/") else ""
        retries = {"mode": "standard", "max_attempts": 5}
        self.client = boto3.client("s3", config=Config(retries=retries, max_pool_connections=2 * parallel_calls))
        # A copy does not inherit encryption, so every request that writes asks for it.
        self.encryption = encryption(kms_key)

    def key(self, path):
        return f"{self.root}{path}"

    def uri(self, path):
        return f"s3://{self.bucket}/{self.key(path)}"

    def walk(self, folder, after=None):
        """Every file below a folder, as path and time, in the order of the names."""
        place = {"Bucket": self.bucket, "Prefix": self.key(f"{folder}/")}
        if after:
            place["StartAfter"] = self.key(f"{folder}/{after}")
        for page in self.client.get_paginator("list_objects_v2").paginate(**place):
            for item in page.get("Contents", []):
                yield item["Key"][len(self.root):], item["LastModified"]

    def names(self, folder, after):
        """The names of the files directly in a folder, after a name."""
        place = {"Bucket": self.bucket, "Prefix": self.key(f"{folder}/"), "Delimiter": "/", "StartAfter": self.key(f"{folder}/{after}")}
        pages = self.client.get_paginator("list_objects_v2").paginate(**place)
        return [item["Key"].rsplit("/", 1)[1] for page in pages for item in page.get("Contents", [])]

    def exists(self, path):
        return self.client.list_objects_v2(Bucket=self.bucket, Prefix=self.key(path), MaxKeys=1).get("Contents", [{}])[0].get("Key") == self.key(path)

    def read_text(self, path):
        """The text of a file. None when there is no such file."""
        try:
            found = self.client.get_object(Bucket=self.bucket, Key=self.key(path))
        except self.client.exceptions.NoSuchKey:
            return None
        return found["Body"].read().decode("utf-8")

    def write_text(self, path, text):
        self.client.put_object(Bucket=self.bucket, Key=self.key(path), Body=text.encode("utf-8"), **self.encryption)

    def create_text(self, path, text):
        """Creates a file if there is none of its name (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html).

        Gives False when there is one with another text. A retried request may find the file of its first attempt.
        """
        for attempt in range(1, conflict_attempts + 1):
            try:
                self.client.put_object(
                    Bucket=self.bucket, Key=self.key(path), Body=text.encode("utf-8"), IfNoneMatch="*", **self.encryption
                )
                return True
            except self.client.exceptions.ClientError as error:
                status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
                if status == 412:
                    return self.read_text(path) == text
                # Another write to the same name is in progress. Its result is unknown until it ends.
                if status != 409 or attempt == conflict_attempts:
                    raise
                time.sleep(0.2 * 2**attempt)

    def copy(self, source, path, content_hash=None):
        """Copies a file of the bucket, in parts when it is large. With a hash, the copy has it as metadata."""
        bucket, key = bucket_and_key(source)
        settings = dict(self.encryption)
        if content_hash:
            settings["MetadataDirective"] = "REPLACE"
            settings["Metadata"] = {"headwater-xxh3-128": content_hash}
            settings["ContentType"] = "application/vnd.apache.parquet"
        self.client.copy({"Bucket": bucket, "Key": key}, self.bucket, self.key(path), ExtraArgs=settings)

    def remove(self, paths):
        """Removes files. Missing ones are ignored."""
        paths = list(paths)
        for first in range(0, len(paths), deletes_per_call):
            keys = [{"Key": self.key(path)} for path in paths[first:first + deletes_per_call]]
            answer = self.client.delete_objects(Bucket=self.bucket, Delete={"Objects": keys, "Quiet": True})
            for failed in answer.get("Errors", []):
                raise OSError(f"cannot remove {failed.get('Key')}: {failed.get('Message')}")

    def remove_scratch(self, folder):
        """Removes a folder that Spark wrote, with the empty objects beside it that some file systems mark folders with."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.key(folder))
        keys = [item["Key"] for page in pages for item in page.get("Contents", [])]
        marks = (f"{self.key(folder)}/", f"{self.key(folder)}_$folder$")
        self.remove([key[len(self.root):] for key in keys if key.startswith(marks)])


def in_parallel(work, items):
    """Runs the work for every item, and gives the results in their order. After a failure it waits for what is running."""
    with ThreadPoolExecutor(parallel_calls) as pool:
        return list(pool.map(work, items))
