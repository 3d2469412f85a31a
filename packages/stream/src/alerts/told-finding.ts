import { createHash } from 'node:crypto';
import type { RoleName, TableSchema } from '@headwater/core';
import { columnOf } from '@headwater/core/internal';
import type { Finding, IncidentSubject } from './finding.ts';
import { rowMasker } from './masked-row.ts';
import type { ToldFinding } from './next-incident.ts';

/** The role of the column that has the ids of a subject. A campaign is named for one of its actors. */
const idRoles: Readonly<Record<IncidentSubject, RoleName | undefined>> = {
  actor: 'actor',
  campaign: 'actor',
  product: 'item',
  session: 'session',
  site: undefined,
};

/**
 * Makes findings fit to be told: rows become evidence, with personal columns masked. An id that identifies a person directly, such
 * as an e-mail address, becomes a digest; a pseudonym stays, since without it nobody could act.
 */
export function findingTeller(schema: TableSchema): (finding: Finding) => ToldFinding {
  const masked = rowMasker(schema);
  const idOf = (role: RoleName | undefined, text: string): string => {
    const column = role === undefined ? undefined : schema.roles[role];
    return column === undefined || columnOf(schema, column).pii !== 'direct'
      ? text
      : `sha256:${digest(text)}`;
  };
  const { actor } = schema.roles;
  return (finding) => {
    const subject = idOf(idRoles[finding.subjectType], finding.subject);
    if (finding.finding === 'quiet') return { ...finding, subject, evidence: [], actors: [] };
    const ids =
      finding.actors ?? finding.rows.flatMap((row) => (actor === undefined ? [] : (row[actor] ?? [])));
    const actors = finding.subjectType === 'actor' ? [subject] : ids.map((id) => idOf('actor', String(id)));
    return {
      ...finding,
      subject,
      // The rows themselves stay here: what is stored and told has the masked ones.
      rows: [],
      evidence: finding.rows.map(masked),
      actors: [...new Set(actors)].sort(),
    };
  };
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
