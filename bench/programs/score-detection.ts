// Scores incidents against the labels of a simulated run.
//   node score-detection.ts LABELS INCIDENTS [--events N] [--details] [--json]
import { parseArgs } from 'node:util';
import type { AttackLabel } from '@headwater/simulator';
import { jsonLines } from '../detection/json-lines.ts';
import { scoreDetection } from '../detection/score-detection.ts';
import { figuresOf, kindFiguresOf, scoreDetails, scoreTable } from '../detection/score-table.ts';
import type { IncidentLine } from '../detection/told-incident.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { events: { type: 'string' }, details: { type: 'boolean' }, json: { type: 'boolean' } },
});
const [labelsFile, incidentsFile] = positionals;
if (labelsFile === undefined || incidentsFile === undefined) {
  process.stderr.write('score-detection.ts LABELS INCIDENTS [--events N] [--details] [--json]\n');
  process.exit(2);
}
const labels = jsonLines<AttackLabel>(labelsFile);
const lines = jsonLines<IncidentLine>(incidentsFile);
const score = scoreDetection(labels, lines, Number(values.events ?? 400_000));
if (values.json) {
  const { falseActors, falseSites, lookAlikes, incidentKinds, events } = score;
  const figures = figuresOf(score);
  const report = {
    events,
    figures,
    kinds: kindFiguresOf(score),
    lookAlikes,
    incidentKinds,
    falseActors,
    falseSites: falseSites.length,
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
} else {
  process.stdout.write(scoreTable(score, { level: labels[0]?.level }));
  if (values.details) process.stdout.write(`\n${scoreDetails(score)}`);
}
