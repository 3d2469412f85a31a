"""The same work with pandas and pyarrow, as in the AWS SDK for pandas: group by day, one table and one file for each day."""
import os
import sys

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from print_outcome import print_outcome

out, source = sys.argv[1:3]
rows = pd.read_csv(source, dtype="string", engine="pyarrow", dtype_backend="pyarrow")
for name in rows.columns:
    rows[name] = rows[name].str.strip()
for name in ("event_type", "category_code", "brand"):
    rows[name] = rows[name].str.lower()
rows["event_time"] = pd.to_datetime(rows["event_time"], format="%Y-%m-%d %H:%M:%S UTC", errors="coerce")
for name in ("product_id", "category_id", "user_id"):
    whole = rows[name].str.fullmatch(r"[+-]?[0-9]+").fillna(False)
    rows[name] = rows[name].where(whole).astype("int64[pyarrow]")
rows["price"] = rows["price"].astype("double[pyarrow]").astype(pd.ArrowDtype(pa.decimal128(10, 2)))
kinds = ["view", "cart", "remove_from_cart", "purchase"]
ok = (
    rows["event_time"].notna()
    & rows["event_type"].isin(kinds)
    & rows["product_id"].notna()
    & rows["user_id"].notna()
    & (rows["price"] >= 0).fillna(False)
)
os.makedirs(out, exist_ok=True)
pq.write_table(pa.Table.from_pandas(rows[~ok], preserve_index=False), f"{out}/quarantine.parquet")
good = rows[ok].drop_duplicates()
for day, part in good.groupby(good["event_time"].dt.date):
    os.makedirs(f"{out}/dt={day}", exist_ok=True)
    part = part.sort_values(["event_type", "user_id", "event_time"])
    pq.write_table(pa.Table.from_pandas(part, preserve_index=False), f"{out}/dt={day}/part.parquet", compression="zstd")
print_outcome(len(good))
