/** What a load of one size took. */
export interface LoadedSize {
  readonly rows: number;
  /** Uncompressed bytes of its input. */
  readonly bytes: number;
  /** Processor seconds of all its processes. */
  readonly cpuSeconds: number;
}

/** Loads of two sizes, apart into what each row takes and what a load takes whatever its rows are. */
export interface LoadThroughput {
  /** Rows and uncompressed bytes in a processor second. */
  readonly rows: number;
  readonly bytes: number;
  /** Processor seconds whatever the rows are: the start of the engine most of all. */
  readonly fixedSeconds: number;
}

/** The throughput between two sizes. The start of the engine is in both, and so not in it. */
export function throughputBetween(small: LoadedSize, large: LoadedSize): LoadThroughput {
  const seconds = large.cpuSeconds - small.cpuSeconds;
  const rows = (large.rows - small.rows) / seconds;
  const bytes = (large.bytes - small.bytes) / seconds;
  return { rows, bytes, fixedSeconds: small.cpuSeconds - small.rows / rows };
}

/** Prints the throughput between the smallest and the largest size of each contender; nothing for one size. */
export function printThroughput(contenders: ReadonlyMap<string, readonly LoadedSize[]>): void {
  for (const [name, sizes] of contenders) {
    const sorted = sizes.toSorted((left, right) => left.rows - right.rows);
    const [small, large] = [sorted[0], sorted.at(-1)];
    if (!small || !large || small.rows === large.rows) continue;
    const { rows, bytes, fixedSeconds } = throughputBetween(small, large);
    process.stdout.write(
      `\n${name}, between ${small.rows.toLocaleString('en-US')} and ${large.rows.toLocaleString('en-US')} rows: ${Math.round(rows).toLocaleString('en-US')} rows, ${(bytes / 1e6).toFixed(1)} MB per second of a processor, and ${fixedSeconds.toFixed(0)} s whatever the rows\n`,
    );
  }
}
