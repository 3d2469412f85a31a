import { z } from 'zod';
import type { CleaningStep } from '../table/cleaning-step.ts';
import { piiClasses } from '../table/column-metadata.ts';
import type { DataType, StructField } from '../table/data-type.ts';
import type { LookupRule } from '../table/lookup-rule.ts';
import type { PathStep } from '../table/nested-path.ts';
import type { NumberFormat } from '../table/number-format.ts';
import { roleNames } from '../table/role-table.ts';
import type { SourceRule } from '../table/source-rule.ts';
import type { Column, TableSchema } from '../table/table-schema.ts';
import { epochUnits, type TimeFormat } from '../table/time-format.ts';

const structField: z.ZodType<StructField> = z.strictObject({
  name: z.string(),
  get type() {
    return dataType;
  },
  nullable: z.boolean(),
});

const plain = z.strictObject({
  kind: z.enum(['string', 'boolean', 'int32', 'int64', 'double', 'date', 'timestamp', 'uuid']),
});

const dataType: z.ZodType<DataType> = z.union([
  plain as z.ZodType<DataType>,
  z.strictObject({ kind: z.literal('enum'), values: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('decimal'), precision: z.int(), scale: z.int() }),
  z.strictObject({
    kind: z.literal('list'),
    get element() {
      return dataType;
    },
  }),
  z.strictObject({ kind: z.literal('struct'), fields: z.array(structField) }),
  z.strictObject({
    kind: z.literal('map'),
    get value() {
      return dataType;
    },
  }),
]);

const bound = z.strictObject({ value: z.string(), exclusive: z.boolean() });

const timeFormat: z.ZodType<TimeFormat> = z.strictObject({
  from: z.exactOptional(z.enum(epochUnits)),
  formats: z.exactOptional(z.array(z.string())),
  zone: z.exactOptional(z.string()),
});

const numberFormat: z.ZodType<NumberFormat> = z.strictObject({
  decimal: z.exactOptional(z.enum(['.', ','])),
  group: z.exactOptional(z.enum([',', '.', ' ', "'"])),
  currency: z.exactOptional(z.array(z.string())),
  negative: z.exactOptional(z.enum(['leading', 'trailing', 'parentheses'])),
});

const step: z.ZodType<CleaningStep> = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('trim') }),
  z.strictObject({ step: z.literal('lower-case') }),
  z.strictObject({ step: z.literal('null-texts'), texts: z.array(z.string()) }),
  z.strictObject({ step: z.literal('whole-number') }),
  z.strictObject({ step: z.literal('map'), values: z.record(z.string(), z.string()) }),
  z.strictObject({ step: z.literal('empty-to-null') }),
  z.strictObject({ step: z.literal('default'), text: z.string() }),
  z.strictObject({
    step: z.literal('parse'),
    time: z.exactOptional(timeFormat),
    number: z.exactOptional(numberFormat),
  }),
  z.strictObject({ step: z.literal('required') }),
  z.strictObject({ step: z.literal('one-of'), values: z.array(z.string()) }),
  z.strictObject({
    step: z.literal('range'),
    minimum: z.exactOptional(bound),
    maximum: z.exactOptional(bound),
  }),
  z.strictObject({ step: z.literal('pattern'), source: z.string() }),
  z.strictObject({
    step: z.literal('length'),
    minimum: z.exactOptional(z.int()),
    maximum: z.exactOptional(z.int()),
  }),
]);

const pathStep: z.ZodType<PathStep> = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('member'), name: z.string() }),
  z.strictObject({ step: z.literal('element'), index: z.int().nonnegative() }),
  z.strictObject({ step: z.literal('first'), name: z.string(), text: z.string() }),
  z.strictObject({ step: z.literal('each') }),
  z.strictObject({ step: z.literal('number') }),
]);

const column: z.ZodType<Column> = z.strictObject({
  name: z.string(),
  type: dataType,
  nullable: z.boolean(),
  description: z.string(),
  unit: z.exactOptional(z.string()),
  pii: z.enum(piiClasses),
  aliases: z.array(z.string()),
  path: z.exactOptional(z.array(pathStep)),
  renamedFrom: z.array(z.string()),
  default: z.exactOptional(z.string()),
  invalid: z.exactOptional(z.literal('null')),
  steps: z.array(step),
  lookup: z.exactOptional(z.strictObject({ name: z.string(), column: z.string() })),
});

const lookup: z.ZodType<LookupRule> = z.strictObject({
  table: z.string(),
  on: z.string(),
  key: column,
  columns: z.array(column),
  many: z.enum(['refuse', 'first']),
  none: z.enum(['null', 'refuse']),
});

const source: z.ZodType<SourceRule> = z.strictObject({
  positions: z.exactOptional(z.array(z.nullable(z.string()))),
  columns: z.exactOptional(z.record(z.string(), z.string())),
  constants: z.exactOptional(z.record(z.string(), z.string())),
  where: z.exactOptional(
    z.array(
      z.strictObject({
        column: z.string(),
        rule: z.enum(['is', 'is-not']),
        texts: z.array(z.nullable(z.string())),
      }),
    ),
  ),
});

/** The middle form as JSON. A snapshot's text has its members in this order. */
const tableSchema: z.ZodType<TableSchema> = z.strictObject({
  name: z.string(),
  description: z.string(),
  columns: z.array(column),
  roles: z.strictObject(
    Object.fromEntries(roleNames.map((role) => [role, z.exactOptional(z.string())])),
  ) as z.ZodType<TableSchema['roles']>,
  actions: z.record(
    z.string(),
    z.union([z.string(), z.array(z.string()), z.strictObject({ always: z.literal(true) })]),
  ),
  amountPer: z.exactOptional(z.literal('unit')),
  explode: z.exactOptional(z.array(z.string())),
  sessions: z.exactOptional(
    z.strictObject({
      longest: z.exactOptional(z.int()),
      inactivity: z.exactOptional(z.int()),
      within: z.exactOptional(z.string()),
    }),
  ),
  zone: z.exactOptional(z.string()),
  purchaseItems: z.exactOptional(z.enum(['own', 'cart'])),
  partitioning: z.strictObject({ time: z.string(), hour: z.boolean(), columns: z.array(z.string()) }),
  duplicateKey: z.array(z.string()),
  duplicateRule: z.exactOptional(
    z.strictObject({ keep: z.enum(['first', 'last', 'all']), by: z.exactOptional(z.string()) }),
  ),
  sortOrder: z.array(z.string()),
  sources: z.exactOptional(z.record(z.string(), source)),
  lookups: z.exactOptional(z.record(z.string(), lookup)),
});

/** The layout of a snapshot file. `layout` is its own version; `number` and `version` are those of the table. */
export const snapshotLayout = z.strictObject({
  layout: z.literal(1),
  table: z.string(),
  /** 1, 2, 3 and so on. It is the file's name. */
  number: z.int().positive(),
  /** `major.minor.patch`. */
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  /** Ids of breaking or irreversible changes that were allowed when it was saved. */
  allowed: z.exactOptional(z.array(z.string())),
  schema: tableSchema,
});
