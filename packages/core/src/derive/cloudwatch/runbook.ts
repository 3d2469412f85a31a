import { streamFunctions } from '../../catalog/alarms-config.ts';

/** Alarms of functions share a page for each kind: what to do is the same, whichever function it is. */
const ofFunctions = new RegExp(`^(?:${streamFunctions.join('|')})-(errors|throttled|behind)$`);

/**
 * The page of an alarm in `docs/runbooks`, without its ending.
 *
 * @param name the end of the alarm's name
 * @example runbookPage('sessions-behind') // 'function-behind'
 */
export const runbookPage = (name: string): string => name.replace(ofFunctions, 'function-$1');

/** Where to read what to do, as the end of a description. */
export const runbookText = (name: string, base: string | undefined): string =>
  base === undefined
    ? `Runbook: docs/runbooks/${runbookPage(name)}.md of Headwater`
    : `Runbook: ${base.replace(/\/$/, '')}/${runbookPage(name)}.md`;
