import type { z } from 'zod';
import { HeadwaterError } from '../errors/headwater-error.ts';
import { type ColumnMetadata, lake } from './column-metadata.ts';
import type { DataType } from './data-type.ts';
import { dataTypeFromZod } from './zod-processors.ts';

type ZodType = z.core.$ZodType;

/** A column as read from its zod type: the stored type, whether it is nullable, and its metadata. */
export interface ZodReading {
  readonly type: DataType;
  readonly nullable: boolean;
  readonly metadata: ColumnMetadata;
  /** The innermost zod type, which has the checks. */
  readonly inner: ZodType;
}

const wrappers = new Set(['optional', 'nullable', 'readonly', 'default', 'prefault', 'nonoptional']);

/**
 * Reads a column's zod type, looking through `.optional()`, `.nullable()`, `.nonoptional()` and `.readonly()`.
 * Metadata of an outer type overrides the same key of an inner type.
 */
export function readZodType(table: string, column: string, zodType: ZodType): ZodReading {
  let current = zodType;
  let nullable = false;
  let required = false;
  let metadata: ColumnMetadata = {};
  for (;;) {
    const described = globalDescription(current);
    metadata = { ...described, ...lake.get(current), ...metadata };
    const def = current._zod.def as { type: string; innerType?: ZodType };
    if (!wrappers.has(def.type) || !def.innerType) break;
    if (def.type === 'default' || def.type === 'prefault') {
      throw new HeadwaterError('DEFINITION_INVALID', {
        table,
        column,
        problem: `zod's .${def.type}() does not state which raw text it replaces`,
        fix: 'Use clean: [trim(), emptyToNull(), defaultText("...")] in its metadata instead',
      });
    }
    required ||= def.type === 'nonoptional';
    // .nonoptional() cancels an inner .optional(), but not an inner .nullable().
    nullable ||= def.type === 'nullable' || (def.type === 'optional' && !required);
    current = def.innerType;
  }
  return { type: dataTypeFromZod(table, column, current), nullable, metadata, inner: current };
}

function globalDescription(type: ZodType): ColumnMetadata {
  const description = (type as { description?: string }).description;
  return description ? { description } : {};
}
