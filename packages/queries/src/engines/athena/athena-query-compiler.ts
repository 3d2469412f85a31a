import type { TableSchema } from '@headwater/core';
import { AggregateFunctionNode, AliasNode, type SelectionNode, WhereNode } from 'kysely';
import { TrinoQueryCompiler } from '../trino/trino-query-compiler.ts';
import { InlineParameter } from './inline-parameter.ts';
import { namedColumn, nestedAnswers, tableOfAll } from './nested-answers.ts';

/**
 * Writes queries for Athena, which differ from Trino's in two things. Athena documents placeholders for the WHERE of a
 * query alone (https://docs.aws.amazon.com/athena/latest/ug/querying-with-prepared-statements.html), so a parameter
 * elsewhere is marked and sent as a literal. And Athena returns lists, structs and maps as text that cannot be parsed, so
 * the compiler selects them as JSON.
 */
export class AthenaQueryCompiler extends TrinoQueryCompiler {
  readonly #tables: readonly TableSchema[];

  constructor(tables: readonly TableSchema[] = []) {
    super(tables);
    this.#tables = tables;
  }

  protected override addParameter(parameter: unknown): void {
    super.addParameter(this.#isInWhere() ? parameter : new InlineParameter(parameter));
  }

  protected override visitSelection(node: SelectionNode): void {
    const [query] = this.nodeStack;
    const nested = this.nodeStack.length === 2 ? nestedAnswers(query, this.#tables) : [];
    const all = nested.length > 0 ? tableOfAll(node.selection, query, this.#tables) : undefined;
    const named = namedColumn(node.selection);
    if (all) {
      const names = [
        ...all.columns.map(({ name }) => name),
        'dt',
        ...(all.partitioning.hour ? ['hour'] : []),
      ];
      const isNested = new Set(nested.map(({ name }) => name));
      const columns = names.map((name) => {
        const quoted = this.#quoted(name);
        return isNested.has(name) ? `json_format(cast(${quoted} as json)) as ${quoted}` : quoted;
      });
      this.append(columns.join(', '));
    } else if (named && nested.some(({ name }) => name === named.name)) {
      const { selection } = node;
      this.append('json_format(cast(');
      this.visitNode(AliasNode.is(selection) ? selection.node : selection);
      this.append(` as json)) as ${this.#quoted(named.name)}`);
    } else {
      super.visitSelection(node);
    }
  }

  #quoted(name: string): string {
    return `"${this.sanitizeIdentifier(name)}"`;
  }

  /** Whether the parameter is in a WHERE. The WHERE of `count(*) filter (where ...)` belongs to a column and does not count. */
  #isInWhere(): boolean {
    const inner = this.nodeStack.findLast((node) => WhereNode.is(node) || AggregateFunctionNode.is(node));
    if (inner === undefined || !WhereNode.is(inner)) return false;
    const parent = this.nodeStack[this.nodeStack.indexOf(inner) - 1];
    return parent === undefined || !AggregateFunctionNode.is(parent);
  }
}
