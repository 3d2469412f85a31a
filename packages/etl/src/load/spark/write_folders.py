"""Writes the rows of folders as sorted files of about the intended size."""

import math
from concurrent.futures import ThreadPoolExecutor

import byte_files
import parquet_files
import task_size

# Large folders that are written at the same time: each is a job of its own.
folders_at_once = 4
# As a file may be half as large again as intended, a folder below this many times the size stays whole.
whole_below = 1.5


def write_folders(spark, run, plan, folders, rows, bytes_of_row, name):
    """Writes the view `rows` (`folder` and the clean values).

    Takes the folders with their number of rows; a large one becomes several files, each a range of the sort order, so that no task
    has to sort a whole large day. Gives the files: `uri, folder, day, rows, bytes, hash, columnBytes, timeRange`.
    """
    from pyspark.sql.functions import broadcast

    out = byte_files.join(run.scratch, name)
    target = plan["targetBytes"]
    sizes = {folder: facts["rows"] * bytes_of_row for folder, facts in folders.items()}
    large = [folder for folder, size in sizes.items() if size > whole_below * target]
    small = [folder for folder in folders if folder not in set(large)]
    numbers = {folder: nr for nr, folder in enumerate(folders)}
    places = {}
    if small:
        frame = spark.createDataFrame([(folder, numbers[folder]) for folder in small], "folder STRING, folder_nr INT")
        numbered = spark.table(rows).join(broadcast(frame), "folder")
        number = plan["write"]["number"]
        total = sum(sizes[folder] for folder in small)
        tasks = min(len(small), max(2 * spark.sparkContext.defaultParallelism, math.ceil(total / target)))
        place = byte_files.join(out, "small")
        (
            sorted_rows(numbered.repartition(tasks, "folder_nr"), ["folder_nr"], plan)
            .selectExpr(*plan["write"]["columns"], f"folder_nr AS `{number}`")
            .write.partitionBy(number)
            .parquet(place)
        )
        by_number = {f"{number}={numbers[folder]}": folder for folder in small}
        for uri, size in byte_files.parquet_files(place):
            places[uri] = (by_number[uri.split("/")[-2]], size)

    def write_large(folder):
        files = math.ceil(sizes[folder] / target)
        place = byte_files.join(out, f"large-{numbers[folder]}")
        own = spark.table(rows).where(is_folder(folder))
        ranged = own.repartitionByRange(files, *order_of(plan))
        sorted_rows(ranged, [], plan).selectExpr(*plan["write"]["columns"]).write.parquet(place)
        return {uri: (folder, size) for uri, size in byte_files.parquet_files(place)}

    with ThreadPoolExecutor(folders_at_once) as pool:
        for found in pool.map(write_large, large):
            places.update(found)
    return describe_files(spark, plan, places, folders)


def is_folder(folder):
    from pyspark.sql.functions import col, lit

    return col("folder") == lit(folder)


def order_of(plan):
    """The sort keys of the plan, SQL expressions, with nulls last as in the other engine's files."""
    from pyspark.sql.functions import expr

    return [expr(key).asc_nulls_last() for key in plan["write"]["order"]]


def sorted_rows(frame, first, plan):
    from pyspark.sql.functions import col

    return frame.sortWithinPartitions(*[col(name).asc() for name in first], *order_of(plan))


def describe_files(spark, plan, places, folders):
    """The entries of written files, of which `places` has the folder and the bytes. Empty files, which a range without rows becomes, are
    left out."""
    tasks = [{"uri": uri, "size": size, "time": plan["write"]["time"]} for uri, (_, size) in places.items()]
    return [
        {**facts, "folder": folder, "day": folders[folder]["day"]}
        for facts in task_size.parallel(spark, tasks, parquet_files.describe)
        for folder, _ in [places[facts["uri"]]]
        if facts["rows"] > 0
    ]


def write_quarantine(spark, run, plan, rejected):
    """Writes the view `quarantine`, in the order of the inputs' names and lines."""
    if rejected == 0:
        return []
    place = byte_files.join(run.scratch, "quarantine")
    files = math.ceil(rejected / plan["quarantine"]["rowsPerFile"])
    order = ["source", "line", "raw"]
    frame = spark.table("quarantine")
    ranged = frame.coalesce(1) if files == 1 else frame.repartitionByRange(files, *order)
    ranged.sortWithinPartitions(*order).write.parquet(place)
    day = run.started_at[:10]
    folder = f"{plan['quarantine']['table']}/dt={day}"
    places = {uri: (folder, size) for uri, size in byte_files.parquet_files(place)}
    entries = describe_files(spark, {"write": {"time": None}}, places, {folder: {"day": day}})
    return sorted(entries, key=lambda entry: entry["uri"])


def bytes_of_row(spark, run, staged, rows):
    """The bytes that a row will take in the lake: as its committed ones do, or else what it takes while it is staged."""
    committed = sum(file["rows"] for file in run.files)
    if committed >= 10_000:
        return sum(file["bytes"] for file in run.files) / committed
    return byte_files.folder_bytes(staged) / max(1, rows)
