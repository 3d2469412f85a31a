import type { z } from 'zod';
import type { ActionName } from './action-table.ts';
import type { RoleName, RoleValues } from './role-table.ts';

/** The columns of a definition: zod types by column name. */
export type ColumnShape = Readonly<Record<string, z.core.$ZodType>>;

type NameOf<Shape extends ColumnShape> = keyof Shape & string;

/** The columns whose rows carry such a value. A zod type that does not say what it carries passes; the definition is checked again. */
type NameOfValue<Shape extends ColumnShape, Value> = {
  [Name in NameOf<Shape>]: unknown extends z.output<Shape[Name]>
    ? Name
    : z.output<Shape[Name]> extends Value
      ? Name
      : never;
}[NameOf<Shape>];

/** Column names by the role they play. */
export type RoleMap<Shape extends ColumnShape> = {
  readonly [Role in RoleName]?: NameOfValue<Shape, RoleValues[Role]>;
};

/** Keys that are misspelt are refused: without this, a type that is inferred from what is written lets them pass. */
type NoOther<Written, Key extends string> = { readonly [Other in Exclude<keyof Written, Key>]: never };

/** What a user writes in `defineEvents`. */
export interface EventsConfig<Shape extends ColumnShape, Roles extends RoleMap<Shape>> {
  /** One sentence for people. */
  readonly description?: string;
  /** The columns, in the order of the table. */
  readonly columns: Shape;
  /** Which column plays which part; metrics need only these. */
  readonly roles: Roles & Required<Pick<RoleMap<Shape>, 'time'>> & NoOther<Roles, RoleName>;
  /** The values of the action column, when they differ from view, cart, remove_from_cart, purchase. */
  readonly actions?: Readonly<Partial<Record<ActionName, string>>>;
  /**
   * What the amount is the price of: the whole `event` (default), or one `unit` of it. With `unit`, the amount of an event is
   * amount x quantity, and null where either is; the definition needs the roles `amount` and `quantity`.
   */
  readonly amountPer?:
    | 'event'
    | (Roles extends { readonly amount: string; readonly quantity: string } ? 'unit' : never);
  /** Folders: by day always; also by hour; also by the values of enum columns. */
  readonly partitionBy?: {
    readonly hour?: boolean;
    readonly columns?: readonly NameOfValue<Shape, string>[];
  };
  /** Rows equal in these columns are one event. The whole row when not given. */
  readonly duplicateKey?: readonly [NameOf<Shape>, ...NameOf<Shape>[]];
  /** Order of rows in a file: action, actor, time when not given. */
  readonly sortOrder?: readonly NameOf<Shape>[];
}

type Nullable<Row> = {
  [Key in keyof Row]: undefined extends Row[Key] ? Exclude<Row[Key], undefined> | null : Row[Key];
};

/** The row type of a column shape: optional columns are `null`, never `undefined`. */
export type RowOf<Shape extends ColumnShape> = Nullable<{ [Key in keyof Shape]: z.output<Shape[Key]> }>;
