import type { FileColumn } from '../../table/file-schema.ts';
import type { RejectCode, RejectReason } from '../reject-code.ts';
import type { LookedUp } from './look-up.ts';
import { isRejection, type Rejection } from './rejection.ts';
import type { CleanValue } from './value-parser.ts';

/**
 * The clean row of an accepted record, or the reasons why it was rejected, in column order. `filtered` is set, and there are no
 * reasons, when the conditions of the source leave the record out.
 */
export type CleanResult =
  | {
      readonly accepted: true;
      readonly row: Record<string, CleanValue>;
      /** The lookups that have no row for the record, and gave nulls. Set when there are any. */
      readonly unmatched?: readonly string[];
      /** The bad values that are null in the row, of columns with `invalid: 'null'`. Omitted when there are none. */
      readonly nulled?: readonly NulledValue[];
    }
  | { readonly accepted: false; readonly reasons: RejectReason[]; readonly filtered?: true };

/** A bad value that became null, and the code that would have rejected its row. */
export interface NulledValue {
  readonly column: string;
  readonly code: RejectCode;
}

/** Compiles the columns of a table to the function that makes a result of their values, which are in the order of the table. */
export function resultOf(
  columns: readonly FileColumn[],
): (values: readonly (CleanValue | Rejection)[], looked: LookedUp) => CleanResult {
  const names = columns.map(({ name }) => name);
  const isNulled = columns.map(({ invalid }) => invalid === 'null');
  // A copy of it has its members already, which is faster than adding them one by one.
  const nulls: Readonly<Record<string, CleanValue>> = Object.fromEntries(names.map((name) => [name, null]));
  return (values, { refused, unmatched }) => {
    const row: Record<string, CleanValue> = { ...nulls };
    let reasons: RejectReason[] | undefined;
    let nulled: NulledValue[] | undefined;
    for (let place = 0; place < names.length; place += 1) {
      const value = values[place] as CleanValue | Rejection;
      const column = names[place] as string;
      if (!isRejection(value)) {
        if (value !== null) row[column] = value;
      } else if (isNulled[place]) {
        nulled ??= [];
        nulled.push({ column, code: value.code });
      } else {
        reasons ??= [];
        reasons.push({ column, code: value.code });
      }
    }
    for (const column of refused) {
      reasons ??= [];
      reasons.push({ column, code: 'no_match' });
    }
    if (reasons) return { accepted: false, reasons };
    if (unmatched.length === 0 && !nulled) return { accepted: true, row };
    return {
      accepted: true,
      row,
      ...(unmatched.length > 0 ? { unmatched } : {}),
      ...(nulled ? { nulled } : {}),
    };
  };
}
