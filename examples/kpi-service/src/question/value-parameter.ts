import { z } from 'zod';
import type { Column } from './open-columns.ts';

const boolean = z.enum(['true', 'false']);
const text = z.string().max(200);
const digits = /^-?\d{1,19}$/;
const isWhole = (text: string): boolean =>
  digits.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
const wholeNumber = z.string().refine(isWhole, 'expected a whole number of 64 bits');

/** How the value of a column is written in an address. */
export function valueParameter({ type }: Column): z.ZodType<string> {
  switch (type.kind) {
    case 'boolean':
      return boolean;
    case 'enum':
      return z.enum(type.values);
    case 'int32':
    case 'int64':
      return wholeNumber;
    default:
      return text;
  }
}

/** How a value that {@link valueParameter} accepted is compared with the column. */
export function columnValue({ type }: Column, written: string): string | number | bigint | boolean {
  switch (type.kind) {
    case 'boolean':
      return written === 'true';
    case 'int32':
      return Number(written);
    case 'int64':
      return BigInt(written);
    default:
      return written;
  }
}
