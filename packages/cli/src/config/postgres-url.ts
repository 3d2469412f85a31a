import type { Config } from './define-config.ts';

/** The variable of the environment that has the URL of a PostgreSQL, where the config has none. It may hold a password. */
export const postgresVariable = 'HEADWATER_POSTGRES_URL';

/** The URL of the PostgreSQL that a project's lake is loaded into; undefined where neither the config nor the environment has one. */
export const postgresUrl = (postgres: Config['postgres']): string | undefined =>
  postgres?.url ?? (process.env[postgresVariable] || undefined);
