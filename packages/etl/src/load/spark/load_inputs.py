"""Inputs to the relation of raw rows: scans them, lays them out for Spark's readers, and runs the plan's SQL."""

import os
import re
from functools import reduce

import byte_files
import input_scan
import task_size
from job_error import JobError

# What Spark and Hadoop read in a path as it stands: other names are globs, hidden, or escaped in what Spark says of them.
plain_uri = re.compile(r"s3://[a-z0-9.-]+(/[A-Za-z0-9=-][A-Za-z0-9._=-]*)+\Z")
# The URI of an object, whichever file system of Hadoop reads it.
uri_sql = "regexp_replace(_metadata.file_path, '^s3[an]:', 's3:')"
endings = {"gzip": (".gz",), "none": ()}
codec_endings = (".gz", ".bz2", ".deflate", ".snappy", ".lz4", ".zst", ".zstd")


def scan_inputs(spark, run, plan):
    """Scans every input on an executor. Gives the facts of each, in the order of the inputs.

    Inputs whose content is known, or is that of an input before, are `skipped`; those without bytes are `isEmpty`.
    """
    inputs = plan["inputs"]
    if not inputs:
        return []
    tasks = [task_of(index, one, run, plan) for index, one in enumerate(inputs)]
    scans = [None] * len(inputs)
    for scan in task_size.parallel(spark, tasks, input_scan.scan):
        scans[scan["index"]] = scan
    known = set(run.known)
    for one, scan in zip(inputs, scans):
        if "problem" in scan:
            raise JobError("INPUT_UNREADABLE", {"file": one["source"], "problem": scan["problem"]})
        scan["isEmpty"] = scan["size"] == 0
        scan["skipped"] = scan["isEmpty"] or scan["hash"] in known
        known.add(scan["hash"])
    return scans


def task_of(index, one, run, plan):
    place = one["at"]
    compression, form = one["compression"], one["format"]
    ending = ".parquet" if form == "parquet" else ".gz" if compression == "gzip" else ".txt"
    is_remote = byte_files.is_s3(place)
    # A name that Spark would read otherwise is not given to it: the scan writes a copy.
    needs_copy = is_remote and not is_plain(place, compression)
    return {
        "index": index,
        "at": place,
        "size": one.get("bytes", 0),
        "compression": compression,
        "format": form,
        "beginnings": plan["beginnings"],
        "block": plan["blockBytes"],
        "kmsKey": plan.get("kmsKey"),
        "copy": needs_copy,
        "copyTo": byte_files.join(run.scratch, f"inputs/{form}/{index:08d}{'.parquet' if form == 'parquet' else '.txt'}"),
        "link": byte_files.join(run.scratch, f"inputs/{form}/{index:08d}{ending}"),
    }


def is_plain(uri, compression):
    name = uri.lower()
    wanted = endings.get(compression, ())
    return bool(plain_uri.match(uri)) and (
        name.endswith(wanted) if wanted else not name.endswith(codec_endings)
    )


def create_raw(spark, run, plan, scans):
    """Creates the view `raw` of the inputs that are not skipped, by the SQL of the plan."""
    parts = []
    fresh = [
        (index, one, scan)
        for index, (one, scan) in enumerate(zip(plan["inputs"], scans))
        if not scan["skipped"]
    ]
    for form, name in (("csv", "csv_lines"), ("jsonl", "json_lines")):
        some = [item for item in fresh if item[1]["format"] == form]
        if not some:
            continue
        lines_of(spark, run, plan, form, some).createOrReplaceTempView(name)
        if form == "csv":
            create_layouts(spark, plan, some)
        parts.append(spark.sql(plan["reading"][form]))
    tables = [item for item in fresh if item[1]["format"] == "parquet"]
    if tables:
        parts += parquet_parts(spark, run, plan, tables)
    raw = parts[0]
    for part in parts[1:]:
        raw = raw.unionByName(part)
    raw.createOrReplaceTempView("rows_read" if plan["reading"].get("lookups") else "raw_rows")
    if plan["reading"].get("lookups"):
        create_lookups(spark, plan)
        spark.sql(plan["reading"]["lookups"]).createOrReplaceTempView("raw_rows")


def create_lookups(spark, plan):
    for lookup in plan["lookups"]:
        spark.read.parquet(escaped(lookup["at"])).createOrReplaceTempView(f"lookup_{lookup['name']}")


def parquet_parts(spark, run, plan, inputs):
    """The raw rows of Parquet files: those of one schema are read together, by SQL for its types."""
    import parquet_frames
    from pyspark.sql.functions import broadcast

    schemas, groups = {}, {}
    for index, one, scan in inputs:
        place = place_of(run, plan, index, one, scan)
        layout = scan["layout"]
        if layout not in schemas:
            schemas[layout] = spark.read.parquet(escaped(place)).schema
        schema = schemas[layout]
        scan["fields"] = schema.fieldNames()
        group = (schema.json(), tuple(scan["int96"]), task_size.is_small(scan["size"]))
        groups.setdefault(group, (schema, []))[1].append((index, place, scan["size"]))
    parts = []
    for number, ((_, int96, is_small), (schema, places)) in enumerate(groups.items()):
        frame = spark.read.schema(schema).parquet(*[escaped(place) for _, place, _ in places])
        # A link's name is that of one input; objects of different prefixes may have the same.
        is_remote = byte_files.is_s3(places[0][1])
        name = uri_sql if is_remote else "_metadata.file_name"
        rows = frame.selectExpr(f"{name} AS name", "_metadata.row_index AS place", "struct(*) AS row")
        if is_small:
            rows = task_size.shared(rows, [size for _, _, size in places])
        names = [(place if is_remote else place.rsplit("/", 1)[-1], index) for index, place, _ in places]
        numbers = spark.createDataFrame(names, "name STRING, input INT")
        named = rows.join(broadcast(numbers), "name").select("input", "place", "row")
        named.createOrReplaceTempView(f"parquet_{number}")
        fields = parquet_frames.with_int96(schema.jsonValue()["fields"], int96)
        try:
            sql = parquet_frames.raw_select(plan["reading"]["parquet"], fields, f"parquet_{number}")
        except JobError as error:
            error.details = {"file": plan["inputs"][places[0][0]]["source"], "table": plan["table"], **error.details}
            raise
        parts.append(spark.sql(sql))
    return parts


def place_of(run, plan, index, one, scan):
    """Where Spark reads an input: a copy, an object itself, or under a name that Spark reads as it stands."""
    task = task_of(index, one, run, plan)
    if scan["copied"]:
        return task["copyTo"]
    if byte_files.is_s3(one["at"]):
        return one["at"]
    link(one["at"], task["link"])
    return task["link"]


def lines_of(spark, run, plan, form, inputs):
    """The relation `input, place, value` of text inputs. A place orders the lines: the number of the block, then of the line in it."""
    line_bits = plan["lineBits"]
    groups = {}
    for index, one, scan in inputs:
        at = place_of(run, plan, index, one, scan)
        groups.setdefault((at == one["at"], task_size.is_small(scan["size"])), []).append((index, at, scan["size"]))
    place = (
        f"shiftleft(CAST(_metadata.file_block_start AS BIGINT) div {plan['blockBytes']}, {line_bits})"
        f" | (monotonically_increasing_id() & {(1 << line_bits) - 1})"
    )
    reader = spark.read.format("text").option("lineSep", "\n")
    frames = []
    for (is_direct, is_small), some in groups.items():
        lines = reader.load([at if is_direct else escaped(at) for _, at, _ in some])
        input_sql = f"{uri_sql} AS path" if is_direct else "CAST(substr(_metadata.file_name, 1, 8) AS INT) AS input"
        # The number of a line is its number in its partition, which is one block of one file.
        numbered = lines.selectExpr(input_sql, f"{place} AS place", "value")
        if is_small:
            numbered = task_size.shared(numbered, [size for _, _, size in some])
        frames.append(with_inputs(spark, numbered, some) if is_direct else numbered)
    return reduce(lambda left, right: left.unionAll(right), frames)


def with_inputs(spark, lines, inputs):
    """Lines with the number of their input in the place of its path."""
    from pyspark.sql.functions import broadcast

    numbers = spark.createDataFrame([(at, index) for index, at, _ in inputs], "path STRING, input INT")
    return lines.join(broadcast(numbers), "path").select("input", "place", "value")


def link(place, path):
    """Gives a file of this machine a name that Spark reads as it stands."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if not os.path.lexists(path):
        os.symlink(os.path.abspath(byte_files.local_path(place)), path)


def escaped(path):
    """A path as Hadoop reads it: a glob of this path alone."""
    return re.sub(r"([\\*?\[\]{}])", r"\\\1", path)


layout_columns = "input INT, delimiter STRING, width INT, positions ARRAY<INT>, header BIGINT"


def create_layouts(spark, plan, inputs):
    """Creates the view `layouts`: how the lines of each CSV input are split. The plan has it, or the plan's SQL finds it out."""
    rows = [layout_row(index, one["layout"], scan) for index, one, scan in inputs if one.get("layout")]
    unknown = [(index, scan["firstAt"], scan["first"]) for index, one, scan in inputs if not one.get("layout")]
    if unknown:
        first = spark.createDataFrame(unknown, "input INT, place BIGINT, value STRING")
        first.createOrReplaceTempView("first_lines")
        for row in spark.sql(plan["reading"]["layouts"]).collect():
            if row["problem"] is not None:
                raise_layout(plan, row)
            rows.append((row["input"], row["delimiter"], row["width"], row["positions"], row["header"]))
    for _, _, _, _, header in rows:
        if header is not None and header >> plan["lineBits"]:
            raise AssertionError("a header in the first block")
    spark.createDataFrame(rows, layout_columns).createOrReplaceTempView("layouts")
    headers = {row[0]: row[4] for row in rows}
    for index, _, scan in inputs:
        # The header is a line and no row.
        if headers[index] is not None and scan["rows"] > 0:
            scan["rows"] -= 1


def layout_row(index, layout, scan):
    header = scan["firstAt"] if layout["hasHeader"] else None
    return (index, layout["delimiter"], layout["width"], layout["positions"], header)


def raise_layout(plan, row):
    problem = row["problem"].asDict()
    source = plan["inputs"][row["input"]]["source"]
    code = problem["code"]
    if code == "INPUT_COLUMNS_MISSING":
        details = {"missing": problem["missing"], "found": problem["found"], "table": plan["table"]}
    elif code == "INPUT_COLUMN_COUNT":
        details = {"found": problem["width"], "expected": problem["expected"]}
    else:
        details = {"problem": problem["text"]}
    raise JobError(code, {"file": source, **details})


def create_blocks(spark, scans):
    """Creates the view `blocks(input, block, lines_before)`, by which the place of a row becomes the number of its line."""
    rows = [
        (index, block, before)
        for index, scan in enumerate(scans)
        if not scan["skipped"]
        for block, before in enumerate(scan.get("before", [0]))
    ]
    spark.createDataFrame(rows, "input INT, block BIGINT, lines_before BIGINT").createOrReplaceTempView("blocks")
