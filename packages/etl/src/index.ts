export type { InputFormat } from './input/input-file.ts';
export { loadEvents } from './load/load-events.ts';
export type {
  Accounting,
  InputReport,
  LoadOptions,
  LoadProgress,
  LoadReport,
  WriteOptions,
} from './load/load-report.ts';
