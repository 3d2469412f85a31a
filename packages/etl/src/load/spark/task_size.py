"""How much work a task of Spark gets. Each has a cost of its own, so small files share one."""

import math

# A file of fewer bytes shares a task with others.
small_bytes = 8 * 1024 * 1024
# What one task gets of small files, at most about: opening a file on S3 takes as long as reading some hundred kilobytes.
task_bytes = 64 * 1024 * 1024
task_files = 200
# A byte of Parquet stands for about this many bytes of text.
parquet_text = 5


def is_small(size):
    return size < small_bytes


def tasks_of(sizes, parallelism):
    """The number of tasks for small files of these sizes, of which `parallelism` run at the same time."""
    return min(len(sizes), max(2 * parallelism, math.ceil(sum(sizes) / task_bytes), math.ceil(len(sizes) / task_files)))


def grouped(items, parallelism):
    """Items by their `size` in groups, one for each task: a large item is a group of its own, the largest first, so that the last task
    to end is small."""
    ordered = sorted(items, key=lambda item: item["size"], reverse=True)
    large = [item for item in ordered if not is_small(item["size"])]
    small = ordered[len(large):]
    count = tasks_of([item["size"] for item in small], parallelism)
    return [[item] for item in large] + [small[first::count] for first in range(count)]


def parallel(spark, items, work):
    """Runs the work for each item, which has a `size` in bytes, on the executors. Gives the results, in any order."""
    if not items:
        return []
    groups = grouped(items, spark.sparkContext.defaultParallelism)
    return spark.sparkContext.parallelize(groups, len(groups)).flatMap(lambda group: [work(item) for item in group]).collect()


def shared(frame, sizes):
    """A frame with one partition for each of some small files, in which several share a task."""
    count = tasks_of(sizes, frame.sparkSession.sparkContext.defaultParallelism)
    return frame if count == len(sizes) else frame.coalesce(count)
