"""The Spark session of a job."""

import os
import sys
import traceback

from job_error import JobError

# What executors import.
modules = ("byte_files", "input_scan", "job_error", "parquet_files", "task_size")

encryption_settings = "spark.hadoop.fs.s3a.encryption."


def open_session(plan):
    try:
        import pyarrow  # noqa: F401
        import xxhash  # noqa: F401
        from pyspark import __version__
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise JobError("SPARK_NOT_FOUND", {"problem": f"{sys.executable} has no package {error.name}"}) from error
    if not __version__.startswith("3.5."):
        raise JobError("SPARK_NOT_FOUND", {"problem": f"{sys.executable} has Spark {__version__}, and 3.5 is needed"})
    builder = SparkSession.builder.appName(f"headwater {plan.get('operation', 'load')} {plan['table']}")
    for name, value in settings_of(plan).items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("WARN")
    # Spark would list many inputs by a task for each.
    spark.conf.set("spark.sql.sources.parallelPartitionDiscovery.parallelism", str(4 * spark.sparkContext.defaultParallelism))
    # What runs on executors is imported there by its name. On Glue the job's arguments bring the same files.
    folder = os.path.dirname(os.path.abspath(__file__))
    for name in modules:
        path = os.path.join(folder, f"{name}.py")
        if os.path.exists(path):
            spark.sparkContext.addPyFile(path)
    return spark


def settings_of(plan):
    """The settings of the plan. Hadoop's client refuses a key over plain HTTP, so against an emulator that speaks it Spark's own files
    are not encrypted."""
    is_plain_http = os.environ.get("AWS_ENDPOINT_URL", "").startswith("http:")
    return {name: value for name, value in plan["settings"].items() if not (is_plain_http and name.startswith(encryption_settings))}


def close(spark):
    """Stops Spark. A Java that this process started ends with its standard input."""
    process = java_process()
    try:
        spark.stop()
    except Exception:
        # Java is gone already; what happened is in the result.
        traceback.print_exc()
    if process:
        process.stdin.close()
        process.wait()


def java_process():
    """The process of Java; None where something else started it, as `spark-submit` and Glue do."""
    from pyspark import SparkContext

    return getattr(SparkContext._gateway, "proc", None)


def stop_java():
    process = java_process()
    if process:
        process.kill()
        process.wait()
