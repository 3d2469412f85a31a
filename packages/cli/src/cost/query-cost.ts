import { scanPrice } from '@headwater/queries';

/** One run of a statement, as Athena keeps it for 45 days. */
export interface RunQuery {
  readonly workgroup: string;
  readonly statement: string;
  /** Bytes that it read. A failed or a cancelled query is billed for what it read. */
  readonly bytes: number;
  /** Whether Athena answered from an earlier result, which costs nothing. */
  readonly isReused: boolean;
  /** Whether it is a DDL statement, which costs nothing (https://aws.amazon.com/athena/pricing/). */
  readonly isFree: boolean;
}

/** Runs of one statement. Parameters are not part of it, so ranges and filters share one. */
export interface StatementCost {
  readonly statement: string;
  readonly runs: number;
  readonly bytes: number;
  /** US dollars. */
  readonly dollars: number;
}

/** What queries cost. */
export interface QueryCost {
  readonly runs: number;
  readonly billedRuns: number;
  readonly bytes: number;
  /** Bytes that Athena bills: whole megabytes, and at least 10 MB of each run. */
  readonly billedBytes: number;
  readonly dollars: number;
  /** The dearest statements, the dearest first. */
  readonly top: readonly StatementCost[];
}

const terabyte = 1e12;
const shownStatements = 10;

/**
 * What queries cost by the bytes that they read: each in whole megabytes, at least 10 MB, nothing for DDL and for results that were used again.
 *
 * @param pricePerTerabyte US dollars
 * @example queryCost([{ workgroup: 'w', statement: 'select 1', bytes: 1, isReused: false, isFree: false }], 5).billedBytes // 10_000_000
 */
export function queryCost(queries: readonly RunQuery[], pricePerTerabyte: number): QueryCost {
  const byStatement = new Map<string, { runs: number; bytes: number; dollars: number }>();
  let [billedRuns, bytes, dollars] = [0, 0, 0];
  for (const query of queries) {
    // A query that reads nothing, such as one of constants, is billed as any other: at least 10 MB.
    const price = query.isReused || query.isFree ? 0 : scanPrice(query.bytes, pricePerTerabyte);
    if (price > 0) billedRuns += 1;
    bytes += query.bytes;
    dollars += price;
    const key = sameStatement(query.statement);
    const before = byStatement.get(key) ?? { runs: 0, bytes: 0, dollars: 0 };
    byStatement.set(key, {
      runs: before.runs + 1,
      bytes: before.bytes + query.bytes,
      dollars: before.dollars + price,
    });
  }
  const top = [...byStatement]
    .map(([statement, sums]) => ({ statement, ...sums }))
    .sort((one, other) => other.dollars - one.dollars || other.runs - one.runs)
    .slice(0, shownStatements);
  const billedBytes = pricePerTerabyte === 0 ? 0 : (dollars / pricePerTerabyte) * terabyte;
  return { runs: queries.length, billedRuns, bytes, billedBytes: Math.round(billedBytes), dollars, top };
}

/** A statement without its texts and numbers, which may name people, and without its line breaks. */
const sameStatement = (statement: string): string =>
  statement
    .replaceAll(/'(?:[^']|'')*'/g, '?')
    .replaceAll(/\b\d+(?:\.\d+)?\b/g, '?')
    .replaceAll(/\s+/g, ' ')
    .trim();
