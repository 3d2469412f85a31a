"""Runs the plan's SQL that finds duplicates among the staged rows and the committed ones."""

import byte_files
import task_size
from load_inputs import escaped

file_columns = "name STRING, nr INT, folder STRING"

# `spark-error.ts` looks for it. It names no value: these stay out of logs.
misfit_mark = "COMMITTED_VALUE_MISFIT"


def create_committed(spark, run, plan, files, view):
    """Creates a view of the rows of committed files: `input` (-1 and below, one number for each file of the lake), `place`, `element`,
    `folder`, the clean values, the hash.

    Files of one definition are read together; a column is read by whichever of its names the files have.
    """
    from pyspark.sql.functions import broadcast

    settle = plan["settle"]
    numbers_of = {file["path"]: nr for nr, file in enumerate(run.files)}
    groups = {}
    for file in located(run, files):
        group = (file.get("schema"), task_size.is_small(text_bytes(file)))
        groups.setdefault(group, []).append((numbers_of[file["path"]], file))
    parts = []
    for (_, is_small), some in groups.items():
        frame = spark.read.parquet(*[escaped(file["at"]) for _, file in some])
        types = dict(frame.dtypes)
        values = [value_of(column, types) for column in settle["committed"]]
        rows = [(file["at"].rsplit("/", 1)[-1], nr, file["path"].rsplit("/", 1)[0]) for nr, file in some]
        numbers = spark.createDataFrame(rows, file_columns)
        read = frame.selectExpr(
            "_metadata.file_name AS name", "_metadata.row_index AS place", *values
        )
        if is_small:
            read = task_size.shared(read, [text_bytes(file) for _, file in some])
        read = read.join(broadcast(numbers), "name")
        parts.append(
            read.selectExpr("-1 - nr AS input", "place", "0 AS element", "folder", *settle["values"], f"{settle['hash']} AS key_hash")
        )
    frame = parts[0] if parts else empty(spark, settle)
    for part in parts[1:]:
        frame = frame.unionByName(part)
    frame.createOrReplaceTempView(view)


def text_bytes(file):
    return file["bytes"] * task_size.parquet_text


def located(run, files):
    """Committed files with the places that Spark reads them from. A run on a shared lake reads them where they are."""
    if hasattr(run, "fetch"):
        return run.fetch(files)
    return [{**file, "at": run.uri(file["path"])} for file in files]


def empty(spark, settle):
    values = [f"CAST(NULL AS {column['type']}) AS {column['value']}" for column in settle["committed"]]
    none = spark.range(0).selectExpr("0 AS input", "id AS place", "0 AS element", "'' AS folder", *values)
    return none.selectExpr("*", f"{settle['hash']} AS key_hash")


def value_of(column, types):
    """SQL for a column of committed files, whose columns have these types. A value that the column no longer takes fails the load:
    a cast of Spark would change it, or make it null."""
    names = [name for name in column["names"] if name in types]
    values = [fitting(column, f"`{name}`", types[name]) for name in names]
    if column.get("default") is not None:
        values.append(column["default"])
    if not values:
        values = [f"CAST(NULL AS {column['type']})"]
    return f"coalesce({', '.join(values)}) AS {column['value']}"


def fitting(column, value, stored):
    misfit = f"raise_error('{misfit_mark}')"
    if stored != column["type"].lower():
        cast = f"CAST({value} AS {column['type']})"
        return f"CASE WHEN {value} <=> CAST({cast} AS {stored}) THEN {cast} ELSE {misfit} END"
    if "only" not in column:
        return value
    return f"CASE WHEN {value} IS NULL OR {value} IN ({column['only']}) THEN {value} ELSE {misfit} END"


def settle(spark, run, plan, folders):
    """Finds the rows that do not remain, as the view `losers`. Gives the duplicates by the input that they count for, and the
    committed files of folders that lose a row."""
    rule = plan["settle"]
    if rule["rule"] == "all":
        return {}, set()
    spark.sql(rule["fresh"]).createOrReplaceTempView("fresh")
    create_committed(spark, run, plan, relevant_files(run, plan, folders), "committed")
    repeated = byte_files.join(run.scratch, "repeated")
    spark.sql(rule["repeated"]).write.parquet(repeated)
    hashes = spark.read.parquet(escaped(repeated))
    if hashes.isEmpty():
        return {}, set()
    hashes.createOrReplaceTempView("repeated")
    spark.sql(rule["candidates"]).createOrReplaceTempView("candidates")
    losers = byte_files.join(run.scratch, "losers")
    spark.sql(rule["losers"]).write.parquet(losers)
    found = spark.read.parquet(escaped(losers))
    found.createOrReplaceTempView("losers")
    counts = found.groupBy("counted_for").count().collect()
    losing = found.where("input < 0").select("folder").distinct().collect()
    return {row["counted_for"]: row["count"] for row in counts}, {row["folder"] for row in losing}


def relevant_files(run, plan, folders):
    """The committed files that may have rows of the same key."""
    rule = plan["settle"]
    if not rule["across"]:
        return [file for file in run.files if file["path"].rsplit("/", 1)[0] in folders]
    if not rule["withTime"]:
        return run.files
    days = {folder["day"] for folder in folders.values()}
    return [file for file in run.files if file["day"] in days]
