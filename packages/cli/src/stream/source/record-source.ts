import type { EventsTable } from '@headwater/core';
import { readLineRecords } from '@headwater/etl';
import type { AttackLevel, AttackOptions } from '@headwater/simulator';
import { paced } from './paced.ts';
import { createRecordFacts } from './record-facts.ts';
import { simulatedLines } from './simulated-lines.ts';
import type { SourceRecord } from './source-record.ts';

/** What is streamed: a file, or simulated shoppers. */
export type StreamInput =
  | {
      readonly kind: 'file';
      readonly input: string;
      /** The source of the table that the file is of. */
      readonly source?: string | undefined;
      readonly format?: 'csv' | 'jsonl' | undefined;
      readonly delimiter?: string | undefined;
      readonly header?: boolean | undefined;
    }
  | {
      readonly kind: 'simulated';
      readonly events: number;
      readonly days: number;
      readonly start: string;
      readonly seed: number;
      readonly dirty?: number;
      readonly bots?: number;
      /** Attackers and look-alikes among the shoppers. */
      readonly attacks?: AttackLevel | AttackOptions;
    };

/**
 * The records of an input for a stream, at the pace of their event time.
 *
 * @param speed event time by real time; Infinity for no pace
 * @param signal ends the records: no more are given, and there is no error
 */
export function openRecordSource(
  table: EventsTable,
  input: StreamInput,
  speed: number,
  signal: AbortSignal,
): AsyncIterable<SourceRecord> {
  const factsOf = createRecordFacts(table.schema, sourceOf(input));
  const lines = input.kind === 'file' ? readLineRecords({ ...input, table }) : simulatedLines(input);
  return paced(withFacts(lines, factsOf), speed, signal);
}

/** The source of the table that an input is of. */
export const sourceOf = (input: StreamInput): string | undefined =>
  input.kind === 'file' ? input.source : undefined;

async function* withFacts(
  lines: AsyncIterable<readonly Uint8Array[]>,
  factsOf: ReturnType<typeof createRecordFacts>,
): AsyncGenerator<readonly SourceRecord[], void, void> {
  for await (const block of lines)
    yield block.map((data) => {
      const { partitionKey, eventTime } = factsOf(data);
      return eventTime ? { data, partitionKey, eventTime } : { data, partitionKey };
    });
}
