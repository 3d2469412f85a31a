// Bundles of Lambda functions, for whoever deploys them. Needs esbuild.

export type { EntrySettings } from '../entries/entry-settings.ts';
export { type EntryVariable, entryVariables } from '../entries/entry-variables.ts';
export {
  type SessionsTableInput,
  sessionsTable,
  sessionsTableTtl,
} from '../stores/dynamodb/sessions-table.ts';
export {
  type BundleOptions,
  bundleHandler,
  type HandlerBundle,
  type HandlerBundleOptions,
  type ModuleBundleOptions,
} from './bundle-handler.ts';
export type { HandlerName } from './handler-entries.ts';
export { type HandlerNeeds, type HandlerTrigger, handlerNeeds } from './handler-needs.ts';
