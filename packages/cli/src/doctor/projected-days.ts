import { dirname, resolve } from 'node:path';
import { type AwsTarget, isHeadwaterError } from '@headwater/core';
import { readLakeState, unprojectedDays } from '@headwater/core/internal';
import { isS3Location, openLakeStore } from '@headwater/storage';
import type { LoadedConfig } from '../config/load-config.ts';
import { unprojectedText } from '../output/unprojected-text.ts';

/** The days of a lake, compared with those that Athena and Trino read. */
interface LakeDays {
  /** False where rows are on other days, or the lake cannot be read from here. */
  readonly isCovered: boolean;
  readonly found: string;
}

/**
 * Compares the days of a config's lakes, its own and the one on AWS, with the days that partition projection covers. Athena and
 * Trino omit the rows of other days.
 *
 * @param aws where the config's tables are on AWS
 */
export async function projectedDays(config: LoadedConfig, aws: AwsTarget): Promise<LakeDays> {
  const lakes = [...new Set([...ownLake(config), aws.location])];
  const found = await Promise.all(lakes.map((lake) => daysIn(lake, config, aws)));
  return {
    isCovered: found.every(({ isCovered }) => isCovered),
    found: found.map((one) => one.found).join('. '),
  };
}

function ownLake({ file, lake }: LoadedConfig): string[] {
  if (lake === undefined) return [];
  return [isS3Location(lake) ? lake : resolve(dirname(file), lake)];
}

async function daysIn(lake: string, { tables }: LoadedConfig, aws: AwsTarget): Promise<LakeDays> {
  try {
    const store = openLakeStore(lake, { aws });
    const lines: string[] = [];
    let isEmpty = true;
    for (const { name } of tables) {
      const { files } = await readLakeState(store, name);
      if (files.length > 0) isEmpty = false;
      const days = unprojectedDays(files, aws);
      if (days) lines.push(`${name}: ${unprojectedText(days)}`);
    }
    if (lines.length > 0) return { isCovered: false, found: `${lake}: ${lines.join('. ')}` };
    const found = isEmpty ? 'holds no events yet' : 'Athena and Trino read every day that it holds';
    return { isCovered: true, found: `${lake}: ${found}` };
  } catch (error) {
    return { isCovered: false, found: `${lake}: not checked, ${problemOf(error)}` };
  }
}

/** The message of a failed read, without the lake's address, which the finding begins with. */
function problemOf(error: unknown): string {
  if (isHeadwaterError(error, 'STORE_FAILED')) return error.payload.problem;
  return error instanceof Error ? error.message : String(error);
}
