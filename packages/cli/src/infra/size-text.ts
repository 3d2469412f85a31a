import type { DataSize } from '@headwater/infra/deploy';
import { byteText, counted } from '../output/figures.ts';

/** `1,200 objects, 3.4 GB`; `more than` before a count that ended before the end. */
export const sizeText = ({ count, unit, bytes, isMore }: DataSize): string =>
  `${isMore ? 'more than ' : ''}${counted(count, unit)}${bytes === undefined ? '' : `, ${byteText(bytes)}`}`;
