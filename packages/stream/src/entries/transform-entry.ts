import { createTransformHandler } from '../handlers/transform-handler.ts';
import type { RecordTable } from '../record/record-reader.ts';
import { telemetryOfFunction } from './entry-environment.ts';
import type { EntrySettings } from './entry-settings.ts';

/** The function that transforms records for Firehose. */
export const transformFunction = (table: RecordTable, { source }: EntrySettings) =>
  createTransformHandler(table, { source, ...telemetryOfFunction(table, 'transform') });
