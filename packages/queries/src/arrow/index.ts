export type { ArrowStream } from '../session/arrow-stream.ts';
export { type ArrowQuery, arrowIpc, arrowStream, arrowTable } from './arrow.ts';
