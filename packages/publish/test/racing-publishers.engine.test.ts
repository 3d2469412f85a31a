import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetTableCommand, GlueClient, UpdateTableCommand } from '@aws-sdk/client-glue';
import { isHeadwaterError, type TableSchema } from '@headwater/core';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { publishSchema } from '../src/index.ts';
import { schemaWith, targetIn } from './publish-fixture.ts';

const aws = useAwsSandbox('racing');
const client = new GlueClient();
afterAll(() => client.destroy());
const target = targetIn(aws);

const schemaOf = (names: readonly string[]): TableSchema =>
  schemaWith('raced', Object.fromEntries(names.map((name) => [name, z.string().optional()])));

const read = async () => {
  const { Table } = await client.send(new GetTableCommand({ DatabaseName: aws.database, Name: 'raced' }));
  if (!Table) throw new Error('no table');
  return Table;
};

/** Another tool, which sets a parameter of its own and is as careful as we are. */
async function tag(key: string): Promise<void> {
  const { Name, VersionId, StorageDescriptor, PartitionKeys, Parameters, TableType } = await read();
  const TableInput = {
    Name,
    StorageDescriptor,
    PartitionKeys,
    TableType,
    Parameters: { ...Parameters, [key]: 'set' },
  };
  try {
    await client.send(new UpdateTableCommand({ DatabaseName: aws.database, VersionId, TableInput }));
  } catch (error) {
    if (error instanceof Error && error.name === 'ConcurrentModificationException') return tag(key);
    throw error;
  }
}

/** The emulator alone takes a version id that is long gone: only the stand-in in front of it refuses one. */
const refusesStale = aws.endpoints.aws !== aws.endpoints.moto;
// HEADWATER_RACES=100 runs more of them.
const rounds = Number(process.env['HEADWATER_RACES'] ?? 20);
/** Some forty calls a round, in milliseconds. */
const patience = rounds * 9000;

test.skipIf(!refusesStale)(
  `two publishers and another tool race ${rounds} times, and no update is lost`,
  async () => {
    const root = await mkdtemp(join(tmpdir(), 'headwater-racing-'));
    onTestFinished(() => rm(root, { recursive: true, force: true }));
    const folderOf = (who: number): string => join(root, String(who));
    const publish = (who: number, names: readonly string[]) =>
      publishSchema({ schema: schemaOf(names), target, folder: folderOf(who), client });
    const take = (from: number, to: number) => cp(folderOf(from), folderOf(to), { recursive: true });

    await publish(0, []);
    await take(0, 1);
    let published: string[] = [];
    let refused = 0;
    for (let round = 0; round < rounds; round += 1) {
      const wanted = [0, 1].map((who) => [...published, `c${round}_${who}`]);
      const [ours, theirs] = await Promise.allSettled([
        ...wanted.map((names, who) => publish(who, names)),
        tag(`tool.${round}`),
      ]);
      const winner = [ours, theirs].findIndex((outcome) => outcome?.status === 'fulfilled');
      expect(winner, 'one of the two gets through').toBeGreaterThanOrEqual(0);
      const loser = 1 - winner;
      const lost = [ours, theirs][loser];
      expect(lost?.status, 'and only one').toBe('rejected');
      if (lost?.status === 'rejected') {
        expect(isHeadwaterError(lost.reason, 'PUBLISH_CONFLICT'), String(lost.reason)).toBe(true);
        refused += 1;
      }
      // Who lost takes the other's snapshot, as from version control, and publishes both changes.
      await take(winner, loser);
      published = [...(wanted[winner] ?? []), `c${round}_${loser}`];
      await publish(loser, published);
      await take(loser, winner);
    }
    expect(refused).toBe(rounds);
    const live = await read();
    expect(live.StorageDescriptor?.Columns?.map(({ Name }) => Name)).toEqual(['at', ...published]);
    const tags = Object.keys(live.Parameters ?? {}).filter((key) => key.startsWith('tool.'));
    expect(tags).toHaveLength(rounds);
    expect(await readdir(join(folderOf(0), 'raced'))).toHaveLength(1 + 2 * rounds);
  },
  patience,
);
