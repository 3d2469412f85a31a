"""The same work with polars: read as text, clean, split off rejected rows, de-duplicate, sort, one file for each day."""
import os
import sys

import polars as pl
from print_outcome import print_outcome

out, source = sys.argv[1:3]
text = lambda name: pl.col(name).str.strip_chars().replace("", None)
rows = (
    pl.scan_csv(source, infer_schema=False)
    .with_columns(
        text("event_time").str.to_datetime("%Y-%m-%d %H:%M:%S UTC", time_unit="ms", strict=False),
        text("event_type").str.to_lowercase(),
        *[
            pl.when(text(name).str.contains(r"^[+-]?[0-9]+$")).then(text(name)).cast(pl.Int64, strict=False).alias(name)
            for name in ("product_id", "category_id", "user_id")
        ],
        text("category_code").str.to_lowercase(),
        text("brand").str.to_lowercase(),
        text("price").cast(pl.Decimal(10, 2), strict=False),
        text("user_session"),
    )
    .collect()
)
kinds = ["view", "cart", "remove_from_cart", "purchase"]
ok = (
    pl.col("event_time").is_not_null()
    & pl.col("event_type").is_in(kinds)
    & pl.col("product_id").is_not_null()
    & pl.col("user_id").is_not_null()
    & (pl.col("price") >= 0)
).fill_null(False)
os.makedirs(out, exist_ok=True)
rows.filter(~ok).write_parquet(f"{out}/quarantine.parquet")
good = rows.filter(ok).unique().with_columns(pl.col("event_time").dt.date().alias("dt"))
for (day,), part in good.partition_by("dt", as_dict=True, include_key=False).items():
    os.makedirs(f"{out}/dt={day}", exist_ok=True)
    part.sort("event_type", "user_id", "event_time").write_parquet(f"{out}/dt={day}/part.parquet", compression="zstd")
print_outcome(len(good))
