import type { Message } from '../notify/notifier.ts';
import type { Incident, Notice } from './incident.ts';

/** Bytes of a message at most: SNS takes 256 KiB, and attributes count. */
const mostBytes = 200_000;

/** What subscribers of incidents can filter by. */
export type IncidentAttribute = 'kind' | 'severity' | 'subject_type' | 'state';

/**
 * The message of a notice: the incident as JSON, and the attributes `kind`, `severity`, `subject_type` and `state`. Evidence that does
 * not fit is left out, the last rows first.
 */
export function noticeMessage({ id, incident }: Notice): Message {
  const { kind, severity, subject_type, state } = incident;
  const attributes: Record<IncidentAttribute, string> = { kind, severity, subject_type, state };
  return { id, group: incident.incident, body: JSON.stringify(fitting(incident)), attributes };
}

function fitting(incident: Incident): Incident {
  if (Buffer.byteLength(JSON.stringify(incident)) <= mostBytes || incident.evidence.length === 0)
    return incident;
  return fitting({ ...incident, evidence: incident.evidence.slice(0, -1) });
}
