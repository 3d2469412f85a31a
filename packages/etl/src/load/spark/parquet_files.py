"""Facts of Parquet files, from one reading of their bytes and from their footers, on an executor."""

import hashlib
import io
from datetime import datetime, timedelta

import byte_files

# Spark's own types of the columns, where Spark wrote the file: it reads them by those.
spark_types = b"org.apache.spark.sql.parquet.row.metadata"


class FooterError(Exception):
    """The file has no footer of a Parquet file."""


def describe(task):
    """Reads a written file. Takes `uri, time` (the column whose range is wanted, or None).

    Gives `uri, hash, bytes, rows, columnBytes, timeRange?`.
    """
    with byte_files.open_read(task["uri"]) as file:
        raw = byte_files.HashedReader(file)
        tail = byte_files.tail_of(raw)
    facts = facts_of(footer(task["uri"], tail), task["time"])
    return {"uri": task["uri"], "hash": raw.hash(), "bytes": raw.bytes, **facts}


def footer(place, tail):
    """The metadata of a file, of which `tail` is the end (https://parquet.apache.org/docs/file-format/)."""
    import pyarrow
    from pyarrow import parquet

    if len(tail) < 12 or tail[-4:] != b"PAR1":
        raise FooterError("it is no Parquet file, or is cut off")
    if int.from_bytes(tail[-8:-4], "little") + 8 > len(tail):
        with byte_files.open_read(place) as file:
            tail = file.read()
    try:
        return parquet.read_metadata(io.BytesIO(tail))
    except (pyarrow.ArrowException, OSError) as error:
        raise FooterError("its footer is damaged: write the file again") from error


def layout_of(metadata):
    """A text that files of one schema share, and the places of the columns that hold INT96 among all that hold values."""
    # The first line is the address of the object.
    schema = str(metadata.schema).split("\n", 1)[1]
    own = (metadata.metadata or {}).get(spark_types, b"")
    columns = [metadata.schema.column(place) for place in range(metadata.num_columns)]
    return {
        "layout": hashlib.sha256(schema.encode() + own).hexdigest(),
        "int96": [place for place, column in enumerate(columns) if column.physical_type == "INT96"],
    }


def facts_of(metadata, time):
    """Rows, bytes of columns and the time range."""
    column_bytes = {}
    times = []
    for group in (metadata.row_group(index) for index in range(metadata.num_row_groups)):
        for chunk in (group.column(index) for index in range(group.num_columns)):
            name = chunk.path_in_schema.split(".")[0]
            column_bytes[name] = column_bytes.get(name, 0) + chunk.total_compressed_size
            found = chunk.statistics if name == time else None
            if found and found.has_min_max:
                times += [found.min_raw, found.max_raw]
    facts = {"rows": metadata.num_rows, "columnBytes": column_bytes}
    return {**facts, "timeRange": [iso_time(min(times)), iso_time(max(times))]} if times else facts


def iso_time(milliseconds):
    """Milliseconds since 1970 as ISO 8601, for years 1 to 9999."""
    moment = datetime(1970, 1, 1) + timedelta(milliseconds=milliseconds)
    return moment.isoformat(timespec="milliseconds") + "Z"
