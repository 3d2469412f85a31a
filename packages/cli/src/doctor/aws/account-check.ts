import type { AwsTarget, PolicyRole } from '@headwater/core';
import type { SchemaSnapshot } from '@headwater/core/internal';
import { isDenied, problemText } from '../../aws/refused.ts';
import type { ServiceClients } from '../../aws/service-clients.ts';
import type { LoadedConfig } from '../../config/load-config.ts';
import type { Finding } from '../findings.ts';

/** What checks of an account are given. */
export interface AccountFacts {
  readonly config: LoadedConfig;
  readonly target: AwsTarget;
  readonly clients: ServiceClients;
  /** The ARN of the caller; undefined where it could not be asked. */
  readonly caller: string | undefined;
  readonly role: PolicyRole | undefined;
  readonly now: Date;
  readonly signal: AbortSignal;
  /** The saved versions of a table, the first one first. */
  snapshots(table: string): Promise<readonly SchemaSnapshot[]>;
}

/** One check of an account: any number of findings. What it throws becomes a finding of its own. */
export interface AccountCheck {
  readonly name: string;
  run(facts: AccountFacts): Promise<readonly Finding[]>;
}

export const good = (name: string, found: string): Finding => ({ name, state: 'good', found });
export const note = (name: string, found: string): Finding => ({ name, state: 'note', found });
export const bad = (name: string, found: string): Finding => ({ name, state: 'bad', found });

/**
 * A note that AWS did not answer, and why.
 * @param action what the caller needs the right to, such as `ssm:GetParameter`
 */
export const unasked = (name: string, error: unknown, action: string): Finding =>
  note(name, `not checked: ${isDenied(error) ? `the caller may not ask (${action})` : problemText(error)}`);
