import { dirname, resolve } from 'node:path';
import type { AwsTarget, PolicyRole } from '@headwater/core';
import { readSnapshots } from '@headwater/publish';
import { problemText } from '../../aws/refused.ts';
import { openServiceClients } from '../../aws/service-clients.ts';
import type { LoadedConfig } from '../../config/load-config.ts';
import type { Finding } from '../findings.ts';
import { type AccountCheck, bad } from './account-check.ts';
import { alarmCheck } from './alarms.ts';
import { identity } from './identity.ts';
import { lakeCheck } from './lake-health.ts';
import { permissionCheck } from './permissions.ts';
import { quotaCheck } from './quotas.ts';
import { regionCheck } from './region.ts';
import { stackCheck } from './stack.ts';

/** In the order in which they are reported. */
const checks: readonly AccountCheck[] = [
  regionCheck,
  permissionCheck,
  quotaCheck,
  stackCheck,
  lakeCheck,
  alarmCheck,
];

/** What an account is asked about. */
export interface AccountQuestion {
  readonly config: LoadedConfig;
  readonly target: AwsTarget;
  /** The role whose calls the caller should be able to make. */
  readonly role: PolicyRole | undefined;
  readonly signal: AbortSignal;
  /** Called with the name of each check before it begins, and the share of checks that is done. */
  readonly onCheck?: ((name: string, fraction: number) => void) | undefined;
}

/**
 * Asks an account about itself: who the caller is, whether it is the account of the config, region, rights, quotas, the stack, the lake and its
 * alarms. It changes nothing. What AWS does not answer becomes a finding, and the next question is asked. No finding has a key or a row.
 */
export async function awsFindings({
  config,
  target,
  role,
  signal,
  onCheck,
}: AccountQuestion): Promise<Finding[]> {
  using clients = await openServiceClients(target.region);
  const now = new Date();
  onCheck?.('credentials', 0);
  const { caller, findings } = await identity(clients, target, now);
  if (caller === undefined) return [...findings];
  const folder = resolve(dirname(config.file), config.schemas ?? './schema');
  const snapshots = (table: string) => readSnapshots(folder, table).catch(() => []);
  const facts = { config, target, clients, caller, role, now, signal, snapshots };
  const found = [...findings];
  for (const [index, { name, run }] of checks.entries()) {
    signal.throwIfAborted();
    onCheck?.(name, (index + 1) / (checks.length + 1));
    found.push(
      ...(await run(facts).catch((error: unknown) => {
        if (signal.aborted) throw error;
        return [bad(name, problemText(error))];
      })),
    );
  }
  return found;
}
