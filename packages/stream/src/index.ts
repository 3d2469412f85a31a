export type { StreamRecord } from './record/stream-record.ts';
