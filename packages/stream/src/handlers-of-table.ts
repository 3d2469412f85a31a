import type { TableSchema } from '@headwater/core';
import { hasRole, tableActions } from '@headwater/core/internal';
import { defaultThresholds, type Threshold } from './alerts/threshold.ts';
import { capabilitiesOf } from './sessions/capability.ts';
import type { StreamConfig } from './stream-config.ts';

/** The handlers that a table and a config ask for, in the order of the pipeline. */
export type TableHandler = 'sessions' | 'reminders' | 'alerts' | 'detect' | 'recommend';

/** The thresholds that are watched: those of the config, or the default, which counts rows of actors. */
export const watchedThresholds = (
  schema: TableSchema,
  { thresholds }: Pick<StreamConfig, 'thresholds'>,
): readonly Threshold[] => thresholds ?? (hasRole(schema, 'actor') ? defaultThresholds : []);

/** Whether a table has products that visitors view. */
const hasViews = (schema: TableSchema): boolean =>
  hasRole(schema, 'item') &&
  (hasRole(schema, 'session') || hasRole(schema, 'actor')) &&
  tableActions(schema).has('view');

const isAsked: {
  readonly [Name in TableHandler]: (schema: TableSchema, config: StreamConfig) => boolean;
} = {
  sessions: () => true,
  reminders: (schema, { reminders }) =>
    reminders?.abandonedCart !== false && capabilitiesOf(schema).has('carts'),
  alerts: (schema, config) => watchedThresholds(schema, config).length > 0,
  detect: (_, { detection }) => detection !== undefined,
  recommend: (schema, { reminders }) => reminders?.viewedTogether !== false && hasViews(schema),
};

/**
 * The handlers that run over the events of a table, in this process or on AWS: live sessions with reminders of carts, thresholds, and products
 * that are viewed together, as far as the table has what they need and the config does not turn them off; and detection, where the config has its
 * field.
 *
 * @param config the field `stream` of the config
 * @example handlersOfTable(clickstream.schema, {}) // ['sessions', 'reminders', 'alerts', 'recommend']
 */
export const handlersOfTable = (schema: TableSchema, config: StreamConfig = {}): readonly TableHandler[] =>
  (Object.keys(isAsked) as TableHandler[]).filter((name) => isAsked[name](schema, config));
