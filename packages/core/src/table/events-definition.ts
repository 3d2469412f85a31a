import type { z } from 'zod';
import type { DefaultActionOf } from './action-table.ts';
import type { ActionValue, Always } from './action-value.ts';
import type { DuplicatesConfig } from './duplicate-rule.ts';
import type { LookupTable } from './lookup-table.ts';
import type { PurchaseItems } from './purchase-items.ts';
import type { RoleName, RoleValues } from './role-table.ts';
import type { SessionsConfig } from './session-rule.ts';
import type { SourceConfig } from './source-config.ts';

/** The columns of a definition: zod types by column name. */
export type ColumnShape = Readonly<Record<string, z.core.$ZodType>>;

type NameOf<Shape extends ColumnShape> = keyof Shape & string;

/** The columns whose values have this type. A zod type with an unknown value type passes here, and is checked at run time. */
type NameOfValue<Shape extends ColumnShape, Value> = {
  [Name in NameOf<Shape>]: unknown extends z.output<Shape[Name]>
    ? Name
    : z.output<Shape[Name]> extends Value
      ? Name
      : never;
}[NameOf<Shape>];

/** Column names by role. */
export type RoleMap<Shape extends ColumnShape> = {
  readonly [Role in RoleName]?:
    | NameOfValue<Shape, RoleValues[Role]>
    | (Role extends 'session' ? SessionPair<Shape> : never);
};

/** A session id that is unique within an actor only, or within a visit of another kind: the pair is the session. */
type SessionPair<Shape extends ColumnShape> = readonly [
  within: NameOfValue<Shape, RoleValues['actor']>,
  id: NameOfValue<Shape, RoleValues['session']>,
];

/** Rejects misspelled keys. An inferred type parameter alone would accept them. */
type NoOther<Written, Key extends string> = { readonly [Other in Exclude<keyof Written, Key>]: never };

/** Actions of a definition: what means each, by the action's name. */
export type ActionMap = Readonly<Record<string, ActionValue>>;

/** The values of the column with the role action. */
type ActionColumnValue<Shape extends ColumnShape, Roles> = 'action' extends keyof Roles
  ? NonNullable<Roles['action']> extends infer Name extends keyof Shape
    ? NonNullable<z.output<Shape[Name]>> & string
    : never
  : never;

/** What may mean an action: values of the action column, or `always` where no column has the role. */
type PossibleAction<Value> = [Value] extends [never] ? Always : Value | readonly [Value, ...Value[]];

/** The names of the actions that a table has: those that it names, and the defaults that its action column has values for. */
export type ActionNames<Shape extends ColumnShape, Roles, Actions> =
  | (keyof Actions & string)
  | DefaultActionOf<ActionColumnValue<Shape, Roles>>;

/** The roles that a definition derives without a column. */
export type DerivedRole<Actions, Sessions = never> =
  | (Always extends Actions[keyof Actions] ? 'action' : never)
  | ([Sessions] extends [never]
      ? never
      : Sessions extends { readonly inactivity: string } | { readonly within: string }
        ? 'session'
        : never);

/** A lookup of a table: its own table, and the column of the events that its key is compared with. */
export interface LookupUse<Name extends string = string> {
  /** A table that `defineLookup` made. */
  readonly table: LookupTable;
  /**
   * The column of the events that is compared with the key, after both are cleaned. An event without a value in it is not looked
   * up: the columns of the lookup are null.
   */
  readonly on: Name;
}

/** The definition of a table, as `defineEvents` takes it. */
export interface EventsConfig<
  Shape extends ColumnShape,
  Roles extends RoleMap<Shape>,
  Actions extends ActionMap = ActionMap,
  Sessions extends SessionsConfig = SessionsConfig,
> {
  /** One sentence for people. */
  readonly description?: string;
  /** The columns, in the order of the table. */
  readonly columns: Shape;
  /** The column of each role. Metrics read columns by role only. */
  readonly roles: Roles & Required<Pick<RoleMap<Shape>, 'time'>> & NoOther<Roles, RoleName>;
  /**
   * What means each action: a value of the action column, a list of values, or {@link always} where no column has the role
   * action and every row is one. Metrics distinguish `view`, `cart`, `removeFromCart` and `purchase`; further actions, such as
   * `checkout`, can be steps of a funnel. No action is required. With an enum, the four default to the values `view`, `cart`,
   * `remove_from_cart` and `purchase`, where it has them; with a text, only those that are named here exist.
   */
  readonly actions?: Actions & {
    // A value that the compiler sees as any text is checked when the table is defined.
    readonly [Name in keyof Actions]: string extends Actions[Name]
      ? Actions[Name]
      : PossibleAction<ActionColumnValue<Shape, Roles>>;
  };
  /**
   * Whether the amount is the price of the whole `event` or of one `unit`. Defaults to `event`. With `unit`, the amount of an
   * event is amount x quantity (null when either is null), and the definition needs the roles `amount` and `quantity`.
   */
  readonly amountPer?:
    | 'event'
    | (Roles extends { readonly amount: string; readonly quantity: string } ? 'unit' : never);
  /**
   * The path of a list in a nested record, such as `items` or `properties.products`: each of its elements becomes a row, and columns
   * read it by `items[].price`. A record without the list, or with an empty one, is one row, with nulls in these columns.
   */
  readonly explode?: string;
  /**
   * What makes events a session: how long one lasts at most (24 hours by default) and, where no column has the role session,
   * the inactivity that ends the session of an actor.
   */
  readonly sessions?: Sessions;
  /**
   * The time zone of the shop's day: an IANA name such as `Asia/Shanghai`, or an offset such as `+08:00`. Periods, hours,
   * weekdays and ranges of answers are in it. Defaults to `UTC`. Stored times and folders are UTC, whatever the zone is.
   */
  readonly zone?: string;
  /**
   * Which product a purchase is of: its `own` item, or, for a purchase without one, those in its session's `cart`. A metric that
   * has to know refuses a table that does not say, where the item may be null.
   */
  readonly purchases?: { readonly items: PurchaseItems };
  /**
   * The partition folders: always by day, optionally by hour and by the values of enum columns. A folder should hold thousands of
   * rows: each costs as much to load as some 3,000 rows, and queries open a file for each.
   */
  readonly partitionBy?: {
    readonly hour?: boolean;
    readonly columns?: readonly NameOfValue<Shape, string>[];
  };
  /** Short for `duplicates: { key: [...] }`. */
  readonly duplicateKey?: readonly [NameOf<Shape>, ...NameOf<Shape>[]];
  /** What makes rows duplicates, and which row stays. By default a row that is equal to an earlier one in every column is dropped. */
  readonly duplicates?: DuplicatesConfig<NameOf<Shape>>;
  /** Order of rows in a file. Defaults to action, actor, time. */
  readonly sortOrder?: readonly NameOf<Shape>[];
  /** The kinds of files that the table is loaded from, by name. Omit it when all files have the columns by their names. */
  readonly sources?: Readonly<Record<string, SourceConfig<Shape>>>;
  /**
   * Tables beside the events, by name. A column with `lookup: '<name>.<column>'` in its metadata has the value of the row whose
   * key is equal. A load is given a file for each: `headwater etl run --lookup <name>=<file>`.
   */
  readonly lookups?: Readonly<Record<string, LookupUse<NameOf<Shape>>>>;
}

type Nullable<Row> = {
  [Key in keyof Row]: undefined extends Row[Key] ? Exclude<Row[Key], undefined> | null : Row[Key];
};

/** The row type of a column shape: optional columns are `null`, never `undefined`. */
export type RowOf<Shape extends ColumnShape> = Nullable<{ [Key in keyof Shape]: z.output<Shape[Key]> }>;
