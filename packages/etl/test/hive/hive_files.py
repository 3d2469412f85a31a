"""Writes Parquet as Firehose's serializer does: by Hive's own writer, from JSON that Hive's own SerDe reads.

Spark with Hive support is the nearest thing that runs on one machine. Its own Parquet writer is turned off for tables of Hive, so
times are INT96 without statistics, decimals are fixed-length bytes, lists have `bag` and `array_element`, maps `map` with keys and
values, and pages are SNAPPY.

Arguments: the folder of the hive-hcatalog-core jar, and a request in JSON on standard input: `folder` to work in, and `tables`, each
with `name`, `columns` (Hive's DDL), `lines` (JSON texts) and `out`, the file to write.
"""

import json
import os
import shutil
import sys

from pyspark.sql import SparkSession

jar, request = sys.argv[1], json.load(sys.stdin)
folder = request["folder"]
settings = {
    "spark.jars": jar,
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.session.timeZone": "UTC",
    "spark.driver.extraJavaOptions": "-Duser.timezone=UTC -Dderby.system.home=%s" % folder,
    "spark.sql.warehouse.dir": os.path.join(folder, "warehouse"),
    "spark.hadoop.javax.jdo.option.ConnectionURL": "jdbc:derby:memory:metastore;create=true",
    "spark.sql.hive.convertMetastoreParquet": "false",
    "spark.sql.shuffle.partitions": "1",
}
builder = SparkSession.builder.master("local[1]").appName("headwater hive files").enableHiveSupport()
for name, value in settings.items():
    builder = builder.config(name, value)
spark = builder.getOrCreate()
for table in request["tables"]:
    name, columns = table["name"], table["columns"]
    raw = os.path.join(folder, name + "_raw")
    os.makedirs(raw)
    with open(os.path.join(raw, "lines.json"), "w", encoding="utf-8") as lines:
        lines.write("".join(line + "\n" for line in table["lines"]))
    parquet = os.path.join(folder, name + "_parquet")
    spark.sql(
        "CREATE EXTERNAL TABLE %s_raw (%s) ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe' "
        "STORED AS TEXTFILE LOCATION '%s'" % (name, columns, raw)
    )
    spark.sql(
        "CREATE EXTERNAL TABLE %s (%s) STORED AS PARQUET LOCATION '%s' "
        "TBLPROPERTIES ('parquet.compression'='SNAPPY')" % (name, columns, parquet)
    )
    spark.sql("INSERT INTO %s SELECT * FROM %s_raw" % (name, name))
    written = [file for file in os.listdir(parquet) if not file.startswith((".", "_"))]
    if len(written) != 1:
        raise ValueError("%s: expected one file, and found %s" % (name, written))
    shutil.copyfile(os.path.join(parquet, written[0]), table["out"])
spark.stop()
