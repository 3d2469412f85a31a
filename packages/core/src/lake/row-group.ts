/**
 * Rows in a row group of the lake's files: small enough to skip by statistics, large enough to compress. It is DuckDB's
 * default (https://duckdb.org/docs/stable/data/parquet/tips).
 */
export const rowGroupRows = 122_880;
