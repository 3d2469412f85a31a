"""Facts of the Parquet files that Spark wrote, from one reading of their bytes, on an executor."""

import struct
from datetime import datetime, timedelta

import byte_files


def describe(task):
    """Reads a written file. Takes `uri, time` (the column whose range is wanted, or None).

    Gives `uri, hash, bytes, rows, columnBytes, timeRange?`.
    """
    with byte_files.open_read(task["uri"]) as file:
        raw = byte_files.HashedReader(file)
        tail = byte_files.tail_of(raw)
    facts = facts_of(footer(task["uri"], tail), task["time"])
    return {"uri": task["uri"], "hash": raw.hash(), "bytes": raw.bytes, **facts}


class FooterError(Exception):
    """The file has no footer of a Parquet file."""


def footer(place, tail):
    """The metadata of a file, of which `tail` is the end (https://parquet.apache.org/docs/file-format/)."""
    if len(tail) < 12 or tail[-4:] != b"PAR1":
        raise FooterError("it is no Parquet file, or is cut off")
    size = struct.unpack("<I", tail[-8:-4])[0]
    if size + 8 > len(tail):
        with byte_files.open_read(place) as file:
            tail = file.read()
    try:
        return read_struct(Bytes(tail[-8 - size:-8]))
    except (IndexError, ValueError, struct.error) as error:
        raise FooterError("its footer is damaged: write the file again") from error


def facts_of(metadata, time):
    """Rows, bytes of columns and the time range (FileMetaData in https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift)."""
    column_bytes = {}
    times = []
    for group in metadata.get(4, []):
        for chunk in group[1]:
            column = chunk[3]
            name = column[3][0].decode("utf-8")
            column_bytes[name] = column_bytes.get(name, 0) + column[7]
            if name == time and 12 in column:
                statistics = column[12]
                times += [statistics[field] for field in (5, 6) if field in statistics]
    facts = {"rows": metadata[3], "columnBytes": column_bytes}
    if times:
        values = [struct.unpack("<q", value)[0] for value in times]
        facts["timeRange"] = [iso_time(min(values)), iso_time(max(values))]
    return facts


def iso_time(milliseconds):
    """Milliseconds since 1970 as ISO 8601, for years 1 to 9999."""
    moment = datetime(1970, 1, 1) + timedelta(milliseconds=milliseconds)
    return moment.isoformat(timespec="milliseconds") + "Z"


class Bytes:
    """A cursor over Thrift's compact protocol (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md)."""

    def __init__(self, data):
        self.data = data
        self.at = 0

    def byte(self):
        value = self.data[self.at]
        self.at += 1
        return value

    def take(self, size):
        value = self.data[self.at:self.at + size]
        self.at += size
        return value

    def varint(self):
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7

    def zigzag(self):
        value = self.varint()
        return (value >> 1) ^ -(value & 1)


def read_struct(data):
    """A struct as a dict by field number."""
    fields = {}
    number = 0
    while True:
        head = data.byte()
        if head == 0:
            return fields
        number = number + (head >> 4) if head >> 4 else data.zigzag()
        fields[number] = read_value(data, head & 15)


def read_value(data, kind):
    if kind in (1, 2):
        return kind == 1
    if kind == 3:
        return data.byte()
    if kind in (4, 5, 6):
        return data.zigzag()
    if kind == 7:
        return struct.unpack("<d", data.take(8))[0]
    if kind == 8:
        return data.take(data.varint())
    if kind in (9, 10):
        head = data.byte()
        size = head >> 4 if head >> 4 < 15 else data.varint()
        if head & 15 in (1, 2):
            return [data.byte() == 1 for _ in range(size)]
        return [read_value(data, head & 15) for _ in range(size)]
    if kind == 12:
        return read_struct(data)
    raise ValueError(f"a footer with the Thrift type {kind}")
