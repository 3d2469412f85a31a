import type { Lake, LakeTable, Metric } from '@headwater/queries';
import type { Caller } from '../access/caller.ts';
import type { RowLimits } from '../answer/read-rows.ts';

/** A JSON Schema (draft 2020-12). */
export type ToolSchema = Readonly<Record<string, unknown>>;

/** What the tools of one caller work with. */
export interface ToolContext {
  readonly lake: Lake;
  readonly table: LakeTable;
  /** The metrics that the caller may ask for. */
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly caller: Caller;
  readonly limits: RowLimits;
  readonly timeoutSeconds: number;
}

/** One tool, without the protocol: what it takes and gives, and what it does. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** The schemas are made when they are asked for: over HTTP each request has a server of its own. */
  input(): ToolSchema;
  output(): ToolSchema;
  /**
   * @param given the arguments of the call, which nobody has checked
   * @param signal ends the work when the caller cancels
   * @throws HeadwaterError
   */
  run(given: unknown, signal: AbortSignal): Promise<Readonly<Record<string, unknown>>>;
}

/** An object of these members. All are required but those that `optional` names. */
export const objectSchema = (
  properties: Readonly<Record<string, ToolSchema>>,
  { optional = [], isOpen = false }: { optional?: readonly string[]; isOpen?: boolean } = {},
): ToolSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: isOpen,
});
