"""One pass over an input's bytes, on an executor: its content hash, its rows, and where its lines are.

The rows are counted here from the bytes, apart from Spark's reader, so that the two counts can be compared.
"""

import gzip
import re
import zlib
from contextlib import nullcontext

import byte_files
import parquet_files
import task_size
from byte_files import HashedReader, chunks_of

# Longer lines are errors: a file that is not text may have no line end for gigabytes.
longest_line = 1 << 26
byte_order_mark = b"\xef\xbb\xbf"
# A line without anything but carriage returns is no row.
blank_line = re.compile(rb"(?:\A|\n)\r*(?=\n)")


def scan(task):
    """Scans the input of a task.

    Takes `index, at, format, compression` (None: as its first bytes say), `beginnings` (how files begin that are not plain text),
    `block` (bytes of Spark's blocks), `copy` (whether to write the text unpacked and with line feeds, also where Spark could read
    the input itself), `copyTo`, `kmsKey`. Gives `index, hash, bytes, size` (of its text, unpacked), `copied`; of a text `rows` (lines that are not
    blank), `first` (the first such line), `firstAt` (its number from 0), `before` (lines before each block); of a Parquet file `rows`,
    `layout` (equal for files of one schema) and `int96` (the places of such columns); or `index, problem`.
    """
    compression = task["compression"]
    try:
        with byte_files.open_read(task["at"]) as file:
            raw = HashedReader(file)
            beginning = beginning_of(raw, task["beginnings"])
            compression = compression or packing_of(beginning)
            if task["format"] == "parquet":
                return scan_parquet(task, raw, compression)
            if compression == "none" and beginning:
                raise ScanError(beginning["problem"])
            found = scan_text(task, raw, compression)
        # Hadoop refuses zeros after the last member, which gzip ignores: Spark gets the text unpacked.
        is_padded = compression == "gzip" and may_be_padded(raw, found["size"])
        return scan({**task, "copy": True}) if is_padded and not found["copied"] else found
    except (OSError, EOFError, zlib.error, ScanError, UnpackError, parquet_files.FooterError) as error:
        return {"index": task["index"], "problem": problem_of(error, compression)}


def beginning_of(raw, beginnings):
    """The first of the beginnings that the bytes have."""
    start = raw.peek(4)
    return next((one for one in beginnings if start.startswith(bytes(one["bytes"]))), None)


def packing_of(beginning):
    found = beginning.get("is") if beginning else None
    return found if found in ("gzip", "zstd") else "none"


def may_be_padded(raw, size):
    """Whether zeros may follow the last member of a gzip file, by the bytes of its unpacked text.

    The last four bytes of a member are the size of its text (https://www.rfc-editor.org/rfc/rfc1952#section-2.3.1), so without
    padding they are that of the file, or a smaller one where it has several members.
    """
    return raw.last.endswith(b"\0") and int.from_bytes(raw.last, "little") != size & 0xFFFFFFFF


class ScanError(Exception):
    """The input is no text of lines."""


class UnpackError(Exception):
    """The input is not whole zstd."""


def scan_parquet(task, raw, compression):
    if compression != "none":
        raise ScanError(f"it is Parquet inside {compression}: unpack it first")
    with copy_of(task, task["copy"]) as copy:
        tail = byte_files.tail_of(raw, copy)
    size = raw.bytes * task_size.parquet_text
    facts = {"index": task["index"], "hash": raw.hash(), "bytes": raw.bytes, "size": size, "copied": task["copy"]}
    if not raw.bytes:
        return {**facts, "rows": 0}
    footer = parquet_files.footer(task["at"], tail)
    return {**facts, "rows": footer.num_rows, **parquet_files.layout_of(footer)}


def copy_of(task, is_wanted):
    return byte_files.open_write(task["copyTo"], task["kmsKey"]) if is_wanted else nullcontext()


def scan_text(task, raw, compression):
    chunks = unpacked(raw, compression)
    first = next(chunks, b"")
    # Files of old Macs: the whole beginning has no other line end.
    ends_with_cr = b"\r" in first[: 1 << 20] and b"\n" not in first[: 1 << 20]
    counter = LineCounter(task["block"])
    # Spark unpacks by the ending of a name: it has none that says gzip, where that was found out.
    copied = task["copy"] or compression == "zstd" or ends_with_cr or compression != (task["compression"] or "none")
    with copy_of(task, copied) as copy:
        count(counter, first, chunks, ends_with_cr, copy)
    raw.finish()
    facts = counter.finish()
    return {"index": task["index"], "hash": raw.hash(), "bytes": raw.bytes, "copied": bool(copied), **facts}


def count(counter, first, chunks, ends_with_cr, copy):
    chunk = first
    while chunk:
        if ends_with_cr:
            chunk = chunk.replace(b"\r", b"\n")
        counter.add(chunk)
        if copy:
            copy.write(chunk)
        chunk = next(chunks, b"")


def unpacked(raw, compression):
    """The unpacked bytes of a file, chunk by chunk."""
    if compression == "gzip":
        with gzip.GzipFile(fileobj=raw) as stream:
            yield from chunks_of(stream)
    elif compression == "zstd":
        import pyarrow

        # zstandard's own reader takes a file that was cut off for one that ends there. Both take 128 MiB of window, as `zstd` itself.
        try:
            with pyarrow.CompressedInputStream(pyarrow.PythonFile(raw, "r"), "zstd") as stream:
                yield from chunks_of(stream)
        except OSError as error:
            # Arrow's own errors have no number. Others are those of the file below, as a connection that ended.
            if error.errno is not None:
                raise
            raise UnpackError(str(error)) from error
    else:
        yield from chunks_of(raw)


class LineCounter:
    """Counts lines, block by block."""

    def __init__(self, block):
        self.block = block
        self.position = 0
        self.newlines = 0
        # Spark gives a line to the block before it when it begins at the border of two.
        self.before = [0]
        self.rows = 0
        self.lines = 0
        self.first = None
        self.first_at = 0
        self.carry = b""

    def add(self, chunk):
        self.count_newlines(chunk)
        text = self.carry + chunk
        if self.lines == 0 and text.startswith(byte_order_mark):
            text = text[len(byte_order_mark):]
        end = text.rfind(b"\n") + 1
        self.carry = text[end:]
        # Only the first line of a text can be longer than a chunk: it began in earlier ones.
        if max(len(self.carry), text.find(b"\n")) > longest_line:
            raise ScanError("it has a line of more than 64 MiB, so it is no text of rows")
        if end:
            self.count_rows(text[:end])

    def count_newlines(self, chunk):
        start = 0
        border = len(self.before) * self.block
        while border <= self.position + len(chunk):
            self.newlines += chunk.count(b"\n", start, border - self.position)
            start = border - self.position
            self.before.append(self.newlines + 1)
            border += self.block
        self.newlines += chunk.count(b"\n", start)
        self.position += len(chunk)

    def count_rows(self, text):
        lines = text.count(b"\n")
        has_blank = b"\n\n" in text or b"\n\r" in text or text[0] in b"\r\n"
        blank = len(blank_line.findall(text)) if has_blank else 0
        if self.first is None and blank < lines:
            self.find_first(text)
        self.rows += lines - blank
        self.lines += lines

    def find_first(self, text):
        at = self.lines
        for line in text.split(b"\n"):
            if line.strip(b"\r"):
                self.first, self.first_at = line.rstrip(b"\r"), at
                return
            at += 1

    def finish(self):
        # A last line without an end is a line like any other.
        if self.carry.strip(b"\r"):
            self.count_rows(self.carry + b"\n")
        first = self.first.decode("utf-8", "replace") if self.first is not None else ""
        return {"size": self.position, "rows": self.rows, "first": first, "firstAt": self.first_at, "before": self.before}


def problem_of(error, compression):
    """What is wrong with an input, for its user."""
    if isinstance(error, (ScanError, parquet_files.FooterError)):
        return str(error)
    if isinstance(error, (EOFError, zlib.error, gzip.BadGzipFile, UnpackError)):
        return f"it is not whole {compression}: {error}"
    if isinstance(error, PermissionError):
        return "permission denied: let this user read it"
    if isinstance(error, FileNotFoundError):
        return "it is gone, and was there when the load began"
    return str(error)
