import type { TableSchema } from '@headwater/core';
import { type Finding, findingKeyText } from './finding.ts';
import type { Incident } from './incident.ts';
import { nextIncident, type StoredIncident } from './next-incident.ts';
import { findingTeller } from './told-finding.ts';

/** When incidents end and how often they are told. Times are in seconds. */
export interface IncidentLogOptions {
  /** As that of what finds. Defaults to 2700. */
  readonly quiet?: number;
  /** Between two updates of an incident at least this long passes. Defaults to 300. */
  readonly cooldown?: number;
}

/** Makes incidents of findings, in memory. */
export interface IncidentLog {
  /**
   * Applies findings, and returns what is to be told of their incidents, in that order.
   *
   * @param quiet in place of that of the log, for findings of longer windows. It holds for their incidents from then on
   */
  tell(findings: readonly Finding[], quiet?: number): Incident[];
}

/** Incidents that are remembered at most. The one that was found longest ago is forgotten; it has no end then. */
const most = 20_000;

/**
 * Makes incidents of the findings of one process that reads a whole stream, so that no store is needed: of a file, a lake, a
 * benchmark. The same findings give the same incidents.
 */
export function createIncidentLog(
  { schema }: { readonly schema: TableSchema },
  { quiet = 2700, cooldown = 300 }: IncidentLogOptions = {},
): IncidentLog {
  const told = findingTeller(schema);
  // In the order of their last findings.
  const incidents = new Map<string, { readonly stored: StoredIncident; readonly quiet: number }>();

  function keep(key: string, stored: StoredIncident, quiet: number): void {
    incidents.delete(key);
    incidents.set(key, { stored, quiet });
    if (incidents.size > most) for (const oldest of incidents.keys()) return void incidents.delete(oldest);
  }

  return {
    tell: (findings, ownQuiet = quiet) =>
      findings.flatMap((finding) => {
        const key = findingKeyText(finding);
        const known = incidents.get(key);
        const longest = Math.max(ownQuiet, known?.quiet ?? 0);
        const rule = { quiet: longest * 1000, cooldown: cooldown * 1000 };
        const { stored, notices } = nextIncident(known?.stored, told(finding), rule);
        if (stored !== undefined) keep(key, stored, longest);
        return notices.map(({ incident }) => incident);
      }),
  };
}
