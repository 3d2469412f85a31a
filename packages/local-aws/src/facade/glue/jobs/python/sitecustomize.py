"""Python imports this before a job's script. A script that ends without stopping its Spark, as scripts on Glue do, leaves Java to the next one."""

import atexit
import sys


def stop_spark():
    pyspark = sys.modules.get("pyspark")
    context = pyspark and pyspark.SparkContext._active_spark_context
    if context:
        context.stop()


atexit.register(stop_spark)
