import { z } from 'zod';
import type { RoleName } from '../../table/role-table.ts';
import { defineDerivation } from '../derivation.ts';
import { derivePostgresTable } from './postgres-table.ts';
import { derivePostgresUpsert, postgresUpsertScript } from './postgres-upsert.ts';

/** The table of clean events in PostgreSQL, or the statements that write to it. */
export const postgresTableDerivation = defineDerivation({
  description: 'CREATE TABLE for PostgreSQL and Aurora, or an idempotent upsert',
  details: 'headwater lake load --to postgres makes this table and fills it from the lake.',
  needs: 'schema',
  options: z.object({
    statement: z
      .enum(['table', 'upsert'])
      .default('table')
      .describe('The table with its indexes, or what writes rows to it by the rule for duplicates'),
    schema: z.string().default('public').describe('Schema that the table is in'),
    partition: z
      .enum(['none', 'month'])
      .default('none')
      .describe('Partitions by month, for tens of millions of rows and more'),
    key: z
      .enum(['enforced', 'none'])
      .default('enforced')
      .describe('Whether the duplicate key is a constraint'),
    indexes: z
      .string()
      .default('actor')
      .describe('Roles whose columns get an index, separated by commas; none for no such index'),
  }),
  examples: [
    ['', 'The first table of the config'],
    ['--partition month --indexes actor,session', 'For many rows'],
    ['--statement upsert', 'For a service that writes rows itself'],
  ],
  derive({ schema }, { statement = 'table', key, indexes = 'actor', ...rest }) {
    const roles = indexes.split(',').map((role) => role.trim());
    const options = {
      ...rest,
      key: key !== 'none',
      indexes: roles.filter((role): role is RoleName => role !== 'none' && role !== ''),
    };
    return {
      text:
        statement === 'upsert'
          ? postgresUpsertScript(derivePostgresUpsert(schema, options))
          : derivePostgresTable(schema, options),
    };
  },
});
