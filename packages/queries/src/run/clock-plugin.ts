import {
  type FunctionNode,
  type KyselyPlugin,
  OperationNodeTransformer,
  type RootOperationNode,
} from 'kysely';
import type { LocalClock } from '../functions/local-clock.ts';
import { byClock, isNeutralFunction } from '../functions/neutral-function.ts';

/** Gives every function of time in a query a zone's clock. */
class ClockTransformer extends OperationNodeTransformer {
  readonly #clock: LocalClock;

  constructor(clock: LocalClock) {
    super();
    this.#clock = clock;
  }

  protected override transformFunction(node: FunctionNode): FunctionNode {
    const transformed = super.transformFunction(node);
    return isNeutralFunction(transformed) ? byClock(transformed, this.#clock) : transformed;
  }
}

/**
 * Makes the functions of time in a query those of a zone: `hourOfDay`, `weekday`, `truncateTime` and so on, wherever a metric
 * calls them. A metric does not know the zone.
 *
 * @param clock called when the query is compiled
 */
export function clockPlugin(clock: () => LocalClock): KyselyPlugin {
  return {
    transformQuery: ({ node }): RootOperationNode => new ClockTransformer(clock()).transformNode(node),
    transformResult: async ({ result }) => result,
  };
}
