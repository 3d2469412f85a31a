import * as z from 'zod';
import { HeadwaterError } from '../errors/headwater-error.ts';
import { assertZone } from '../time-zone/assert-zone.ts';
import { isUtc } from '../time-zone/is-utc.ts';
import { withDefaultActions } from './action-table.ts';
import { derivedRoles, tableActions } from './action-value.ts';
import { assertActions } from './assert-actions.ts';
import { assertColumnType, assertDefinitionWords, assertMetadataWords } from './assert-definition-words.ts';
import { assertDuplicates } from './assert-duplicates.ts';
import { assertEnumValues } from './assert-enum-values.ts';
import { assertTableSchema } from './assert-table-schema.ts';
import { assertTextSteps } from './assert-text-steps.ts';
import type { CleaningStep } from './cleaning-step.ts';
import { assertExploded, columnPath, type PathContext } from './column-path.ts';
import { defaultValueText } from './default-value.ts';
import { duplicateRule } from './duplicate-rule.ts';
import type {
  ActionMap,
  ActionNames,
  ColumnShape,
  DerivedRole,
  EventsConfig,
  RoleMap,
  RowOf,
} from './events-definition.ts';
import { explodePath } from './explode-path.ts';
import { readZodType, type ZodReading } from './from-zod.ts';
import { lookupColumn } from './lookup-metadata.ts';
import { parseStep } from './parse-step.ts';
import { assertPurchaseItems } from './purchase-items.ts';
import { readLookups } from './read-lookups.ts';
import { readSources } from './read-sources.ts';
import type { RoleName } from './role-table.ts';
import { assertSessionPair, type SessionsConfig, sessionRule } from './session-rule.ts';
import type { Column, TableSchema } from './table-schema.ts';
import { textSteps } from './text-steps.ts';
import { checksFromZod } from './zod-checks.ts';

/** A table of events: its zod columns, its engine-free schema, and the types of its rows. */
export interface EventsTable<
  Name extends string = string,
  Shape extends ColumnShape = ColumnShape,
  Roles extends RoleMap<Shape> = RoleMap<Shape>,
  Action extends string = string,
  Derived extends RoleName = RoleName,
> {
  readonly name: Name;
  readonly shape: Shape;
  readonly roles: Roles;
  /** The actions that its rows can have. */
  readonly actions: readonly Action[];
  /** The roles that the definition derives without a column. */
  readonly derivedRoles: readonly Derived[];
  /** The middle form that every derivation and engine reads. */
  readonly schema: TableSchema;
  /** Validates a clean row. Optional columns may be null or absent. UUIDs of every version are valid, as in cleaning. */
  readonly row: z.ZodType<RowOf<Shape>>;
}

type FactsOf<Shape extends ColumnShape, Roles, Actions, Sessions> = Pick<
  EventsTable<
    string,
    ColumnShape,
    RoleMap<ColumnShape>,
    ActionNames<Shape, Roles, Actions>,
    DerivedRole<Actions, Sessions>
  >,
  'actions' | 'derivedRoles'
>;

/** The type of one row of a table: `InferRow<typeof clickstream>`. */
export type InferRow<Table extends { readonly shape: ColumnShape }> = RowOf<Table['shape']>;

/**
 * Defines a table of events. Row types, validators, cleaning, tables, schemas and metrics follow from the definition.
 *
 * @param name the table's name on every engine: lower-case letters, digits and underscores
 * @throws HeadwaterError `DEFINITION_INVALID`, naming the column, for a definition that some engine could not store
 * @example
 * ```ts
 * const clickstream = defineEvents('clickstream', {
 *   columns: {
 *     event_time: timestamp(),
 *     event_type: z.enum(['view', 'cart', 'remove_from_cart', 'purchase']),
 *     price: decimal(10, 2).min(0),
 *     user_id: z.int64().register(lake, { pii: 'pseudonymous', aliases: ['visitor_id'] }),
 *   },
 *   roles: { time: 'event_time', action: 'event_type', actor: 'user_id', amount: 'price' },
 * });
 * type Row = InferRow<typeof clickstream>;
 * ```
 */
export function defineEvents<
  const Name extends string,
  const Shape extends ColumnShape,
  const Roles extends RoleMap<Shape>,
  const Actions extends ActionMap = Record<never, never>,
  const Sessions extends SessionsConfig = Record<never, never>,
>(
  name: Name,
  config: EventsConfig<Shape, Roles, Actions, Sessions>,
): EventsTable<Name, Shape, Roles, ActionNames<Shape, Roles, Actions>, DerivedRole<Actions, Sessions>> {
  assertDefinitionWords(name, config);
  const explode = config.explode === undefined ? undefined : explodePath(name, config.explode);
  const columns = Object.entries(config.columns).map(([column, type]) =>
    columnFromZod({ table: name, explode }, column, type),
  );
  assertExploded(name, explode, columns);
  const pair =
    typeof config.roles.session === 'object' ? (config.roles.session as readonly string[]) : undefined;
  if (pair !== undefined) assertSessionPair(name, pair);
  // The id of a session is the last one of a pair.
  const roles = {
    ...config.roles,
    ...(pair?.[1] === undefined ? {} : { session: pair[1] }),
  } as TableSchema['roles'] & { readonly time: string };
  const sessions = sessionRule(name, config.sessions, roles, pair);
  const named: ActionMap = config.actions ?? {};
  const actionType = columns.find((column) => column.name === roles.action)?.type.kind;
  const partColumns = config.partitionBy?.columns ?? [];
  const natural = [roles.action, roles.actor, roles.time].filter((column) => column !== undefined);
  if (config.zone !== undefined) assertZone(config.zone, { table: name });
  assertDuplicates({ name, columns }, config);
  const rule = duplicateRule(config.duplicates ?? {}, columns);
  const sources = readSources(name, config.sources, config.columns, columns);
  const lookups = readLookups(name, config.lookups, columns);
  // The columns of a lookup follow from its key: rows that differ in them alone are of one event.
  const ownNames = columns.flatMap((column) => (column.lookup ? [] : [column.name]));
  const schema: TableSchema = {
    name,
    description: config.description ?? '',
    columns,
    roles,
    actions: actionType === 'enum' ? withDefaultActions(named) : named,
    ...(config.amountPer === 'unit' ? { amountPer: config.amountPer } : {}),
    ...(explode ? { explode } : {}),
    ...(sessions ? { sessions } : {}),
    ...(isUtc(config.zone) ? {} : { zone: config.zone }),
    ...(config.purchases ? { purchaseItems: config.purchases.items } : {}),
    partitioning: { time: roles.time, hour: config.partitionBy?.hour ?? false, columns: partColumns },
    duplicateKey: config.duplicates?.key ?? config.duplicateKey ?? ownNames,
    ...(rule ? { duplicateRule: rule } : {}),
    sortOrder: config.sortOrder ?? natural,
    ...(sources ? { sources } : {}),
    ...(lookups ? { lookups } : {}),
  };
  assertTableSchema(schema);
  assertActions(schema, config.actions);
  assertPurchaseItems(schema, config.purchases);
  assertAmountPer(schema, config.amountPer);
  const facts = { actions: [...tableActions(schema).keys()], derivedRoles: derivedRoles(schema) };
  // The types follow from what is written in `config`, and the values from the schema.
  return {
    name,
    shape: config.columns,
    roles: config.roles,
    ...(facts as never as FactsOf<Shape, Roles, Actions, Sessions>),
    schema,
    row: rowSchema(config.columns, columns),
  };
}

/** Reads a column of a table of events, or of a lookup. */
export function columnFromZod(
  { table, explode }: Pick<PathContext, 'table' | 'explode'>,
  name: string,
  type: z.core.$ZodType,
): Column {
  assertColumnType(table, name, type);
  const reading = readZodType(table, name, type);
  const { metadata } = reading;
  assertMetadataWords(table, name, metadata);
  const parse = parseStep(table, name, reading);
  const lookup = lookupColumn(table, name, metadata, parse);
  // The value of a lookup is clean.
  const text = lookup ? [] : textSteps(table, name, metadata);
  assertTextSteps({ table, column: name }, reading.type, text, metadata.numberFormat);
  assertEnumValues(table, name, reading.type, text);
  const context = { table, column: name, type: reading.type, explode };
  const required: CleaningStep[] = reading.nullable ? [] : [{ step: 'required' }];
  return {
    name,
    type: reading.type,
    nullable: reading.nullable,
    description: metadata.description ?? '',
    ...(metadata.unit === undefined ? {} : { unit: metadata.unit }),
    pii: metadata.pii ?? 'none',
    aliases: metadata.aliases ?? [],
    ...(metadata.path === undefined ? {} : { path: columnPath(metadata.path, context) }),
    renamedFrom: [metadata.renamedFrom ?? []].flat(),
    ...(metadata.default === undefined ? {} : { default: defaultValueText(table, name, reading, type) }),
    ...(metadata.invalid === undefined ? {} : { invalid: invalidRule(table, name, reading) }),
    steps: [...text, ...required, parse, ...checksFromZod(table, name, reading)],
    ...(lookup ? { lookup } : {}),
  };
}

/** Checks `amountPer`. The types reject these mistakes too; a definition in plain JavaScript is checked here. */
function assertAmountPer({ name, roles }: TableSchema, amountPer: string | undefined): void {
  const fail = (problem: string, fix: string): never => {
    throw new HeadwaterError('DEFINITION_INVALID', { table: name, problem, fix });
  };
  if (amountPer !== undefined && !['event', 'unit'].includes(amountPer))
    fail(`amountPer is "${amountPer}"`, 'Expected event or unit');
  const missing = (['amount', 'quantity'] as const).filter((role) => roles[role] === undefined);
  if (amountPer === 'unit' && missing.length > 0)
    fail(
      `amountPer: 'unit' multiplies the amount by the quantity, and no column has the role ${missing.join(' or ')}`,
      `Add ${missing.map((role) => `${role}: '<column>'`).join(', ')} to roles, or remove amountPer`,
    );
}

/** Checks `invalid`. The types cannot: the metadata may be registered before the column is made optional. */
function invalidRule(table: string, column: string, { nullable, metadata }: ZodReading): 'null' {
  const fail = (problem: string, fix: string): never => {
    throw new HeadwaterError('DEFINITION_INVALID', { table, column, problem, fix });
  };
  if (metadata.invalid !== 'null')
    fail(
      `invalid is ${JSON.stringify(metadata.invalid)}`,
      "Set it to 'null', or leave it out to reject the row",
    );
  if (!nullable)
    fail("has invalid: 'null' and is required", 'Make it optional with .optional(), or remove invalid');
  return 'null';
}

function rowSchema<Shape extends ColumnShape>(
  shape: Shape,
  columns: readonly Column[],
): z.ZodType<RowOf<Shape>> {
  const entries = columns.map(({ name, type: { kind }, nullable }): [string, z.core.$ZodType] => {
    // z.uuid() accepts only the versions of RFC 9562. A lake, like DuckDB, stores any 128 bits.
    const type = kind === 'uuid' ? z.guid() : (shape[name] ?? z.never());
    // A lake has no undefined: an absent optional column becomes null.
    return [name, nullable ? z.nullish(type).transform((value) => value ?? null) : type];
  });
  return z.object(Object.fromEntries(entries)) as unknown as z.ZodType<RowOf<Shape>>;
}
