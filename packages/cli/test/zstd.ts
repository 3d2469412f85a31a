import { zstdDecompressSync } from 'node:zlib';
import type { Compressors } from 'hyparquet';

/** Node's own zstd, for a Parquet reader. */
export const compressors: Compressors = { ZSTD: (input) => zstdDecompressSync(input) };
