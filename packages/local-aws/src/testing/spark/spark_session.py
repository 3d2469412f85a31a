"""One Spark session for the tests of a file. Requests are lines of JSON on standard input; answers are lines on descriptor 3.

A request has `tables` (name, file, columns) and `sql`. Each answer names the folder with the rows, or the error. The session ends
with standard input, so it does not outlive the process that started it.
"""

import json
import os
import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as f
from pyspark.sql import types as t


def session(settings):
    builder = SparkSession.builder.master("local[2]").appName("headwater tests")
    own = {
        "spark.ui.enabled": "false",
        "spark.driver.memory": "1g",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.catalogImplementation": "in-memory",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
    }
    for name, value in {**own, **settings}.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def quoted(name):
    return "`" + name.replace("`", "``") + "`"


def value_of(kind):
    is_nested = kind.upper().startswith(("ARRAY", "STRUCT", "MAP"))
    return "from_json(cells[%d], '%s')" if is_nested else "cast(cells[%d] as %s)"


def make_view(spark, table):
    """A view over a file of JSON arrays, one a line: each value a text or null, cast to the type of its column.

    The text of a nested value is JSON.
    """
    lines = spark.read.option("lineSep", "\n").text(table["file"])
    cells = lines.select(f.from_json("value", "array<string>").alias("cells"))
    columns = [
        f.expr(value_of(kind) % (index, kind)).alias(name)
        for index, (name, kind) in enumerate(table["columns"])
    ]
    cells.select(columns).createOrReplaceTempView(table["name"])


def text_of(field):
    """The exact text of a value. Nested ones are JSON; bytes are hexadecimal digits."""
    column = f.col(quoted(field.name))
    if isinstance(field.dataType, (t.ArrayType, t.StructType, t.MapType)):
        return f.to_json(column, {"ignoreNullFields": "false"})
    if isinstance(field.dataType, t.BinaryType):
        return f.hex(column)
    return column.cast("string")


def answer(spark, request):
    for table in request["tables"]:
        make_view(spark, table)
    frame = spark.sql(request["sql"])
    columns = [[field.name, field.dataType.simpleString()] for field in frame.schema.fields]
    if columns:
        names = ["c%d" % index for index in range(len(columns))]
        # The session's names may clash; the row's places do not.
        texts = frame.select([text_of(field) for field in frame.schema.fields]).toDF(*names)
        texts.select(f.to_json(f.array(*names))).write.mode("overwrite").text(request["folder"])
    return {"columns": columns}


def main():
    answers = os.fdopen(3, "w")
    say = lambda what: print(json.dumps(what), file=answers, flush=True)
    spark = session(json.loads(sys.stdin.readline()))
    spark.sparkContext.setLogLevel("ERROR")
    say({"ready": spark.version})
    for line in sys.stdin:
        try:
            say(answer(spark, json.loads(line)))
        except Exception as error:  # every error is the answer to its request
            say({"error": str(error)})
    spark.stop()


main()
