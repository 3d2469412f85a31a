// Runs the detectors over a file of events, and writes incidents to standard output. With the labels of a simulated run, it allows
// the shop's own monitor and scores the incidents.
//   node detect-file.ts EVENTS.jsonl [--only kind,kind] [--labels LABELS.jsonl [--details]] [--baseline]
import { parseArgs } from 'node:util';
import type { AttackLabel } from '@headwater/simulator';
import { eventsOfFile } from '../detection/events-of-file.ts';
import { groundTruth, ownActors } from '../detection/ground-truth.ts';
import { jsonLines } from '../detection/json-lines.ts';
import { allDetectors, fixedThreshold, runWatcher } from '../detection/run-watcher.ts';
import { scoreDetection } from '../detection/score-detection.ts';
import { scoreDetails, scoreTable } from '../detection/score-table.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    labels: { type: 'string' },
    details: { type: 'boolean' },
    baseline: { type: 'boolean' },
  },
});
const [file] = positionals;
if (file === undefined) {
  process.stderr.write(
    'detect-file.ts EVENTS.jsonl [--only kind,kind] [--labels FILE [--details]] [--baseline]\n',
  );
  process.exit(2);
}
const labels = values.labels === undefined ? undefined : jsonLines<AttackLabel>(values.labels);
const allow = labels ? ownActors(groundTruth(labels)) : [];
const watcher = values.baseline ? fixedThreshold(allow) : allDetectors(allow, values.only?.split(','));
const { incidents, events, seconds } = await runWatcher(eventsOfFile(file), watcher);
process.stdout.write(incidents.map((incident) => `${JSON.stringify(incident)}\n`).join(''));
const rate = Math.round(events / seconds).toLocaleString('en-US');
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
process.stderr.write(
  `${events} events in ${seconds.toFixed(2)} s of processor time, ${rate} a second; peak of memory ${megabytes} MB\n`,
);
if (labels) {
  const score = scoreDetection(labels, incidents, events);
  process.stderr.write(`\n${scoreTable(score, { level: labels[0]?.level })}`);
  if (values.details) process.stderr.write(`\n${scoreDetails(score)}`);
}
