import { HeadwaterError } from '@headwater/core';
import { type LakeTable, tableOf } from '@headwater/queries';
import { defaultThresholds, type Incident, incidentLine, streamProblems } from '@headwater/stream';
import type { WafSuggestions } from '@headwater/stream/detect';
import type { Answer } from '../answer/answer.ts';
import { type Call, defineCommand } from '../command-line/command.ts';
import { flag, list, text, whole, withDefault } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { lakeOptions } from '../config/chosen-lake.ts';
import { answerOf, type OpenedLake, openLake } from '../config/open-lake.ts';
import { type DetectReport, detectInLake } from '../detect/detect-in-lake.ts';
import { printIncidents, printSummary } from '../detect/print-incidents.ts';
import { printSuggestions } from '../detect/print-suggestions.ts';
import { suggestInLake } from '../detect/suggest-in-lake.ts';
import { createToldIncidents, type ToldIncident } from '../detect/told-incidents.ts';
import { readWafOptions, wafOptions } from '../detect/waf-options.ts';
import { byteText } from '../output/figures.ts';
import { compressionOf, writeWholeFile } from '../output/whole-file.ts';

const detectOptions = {
  from: text('DATE', 'First day, YYYY-MM-DD'),
  to: text('DATE', 'Last day, inclusive, YYYY-MM-DD'),
  kinds: list('KINDS', 'Report only incidents of these kinds, such as scraper,carding', {
    default: 'every kind',
  }),
  out: text(
    'FILE',
    'Write every notice of an incident as JSON Lines, also .gz or .zst; - is standard output',
  ),
  'warm-up': withDefault(
    whole('DAYS', 'Days before --from that are read first, to know what is usual', { least: 0 }),
    14,
  ),
  complete: flag(
    'All rows of the range are in the lake: judge its end, and days without rows, though the lake has nothing later',
  ),
  thresholds: flag("Run the config's thresholds (stream.thresholds) as well"),
  ...wafOptions,
  ...lakeOptions,
};

interface DayRange {
  readonly from: string;
  readonly to: string;
}

interface DetectAnswer extends Answer {
  readonly data: DetectReport & {
    /** The incidents, each in its latest state. */
    readonly incidents: readonly ToldIncident[];
    /** Incidents that are missing in the list, since there are too many. */
    readonly left: number;
    readonly out?: string;
    /** With `--waf`. */
    readonly waf?: WafSuggestions;
  };
  readonly schema: OpenedLake['table']['schema'];
  readonly bytes?: number;
}

/** `headwater detect` */
export const detect = defineCommand<typeof detectOptions, DetectAnswer, Incident>({
  name: 'detect',
  description:
    'Finds bots, floods and anomalies in the rows of a lake, with the detectors of the stream: actors such as scrapers, campaigns of several ' +
    'actors, floods of a product or of the site. Each incident says who, what was seen against what was expected, with evidence; personal data is masked. ' +
    'Rows are read in the order of their time. Nothing looks ahead, so a lake that ends earlier has the same incidents up to there.',
  options: detectOptions,
  examples: [
    ['detect --lake ./lake --from 2019-10-01 --to 2019-10-07', 'The incidents of a week'],
    [
      'detect --from 2019-10-01 --to 2019-10-07 --out alerts.jsonl',
      'Every notice, as a stream sends it: an incident opened, updated or closed',
    ],
    [
      'detect --from 2019-10-07 --to 2019-10-07 --complete',
      'Each morning, for the day before, also when it went silent',
    ],
    [
      'detect --from 2019-10-07 --to 2019-10-07 --kinds scraper,catalogue-walk --json',
      'Two kinds, for a program',
    ],
  ],
  async run(call) {
    const { options } = call;
    const { from, to, out } = options;
    if (from === undefined || to === undefined)
      throw new UsageError('headwater detect needs --from DATE and --to DATE.');
    if (out === '-' && options.json)
      throw new UsageError('--json and --out - would both write to standard output: give --out a file.');
    const opened = await openLake({ ...options, engine: 'duckdb', 'max-scan': undefined });
    return answerOf<DetectAnswer>(opened, () => {
      assertStreamOf(opened);
      return detectAndWrite(call, opened, { from, to });
    });
  },
  printPart: (incident, console) => console.write(incidentLine(incident)),
  async print({ data, schema, bytes }, console, { out }) {
    if (out === '-') return;
    await printIncidents(schema, data.incidents, console);
    await printSummary(data, console);
    if (data.waf) await printSuggestions(data.waf, console);
    if (bytes !== undefined) console.note(console.noteStyle('dim', `wrote ${out}, ${byteText(bytes)}`));
  },
});

/** With several tables in the config, only the command knows whose stream its settings are for. */
function assertStreamOf({ config, table }: OpenedLake): void {
  const [problem] = config.stream === undefined ? [] : streamProblems(config.stream, table.schema);
  if (problem === undefined) return;
  const { field, problem: what, fix } = problem;
  throw new HeadwaterError('CONFIG_INVALID', {
    file: config.file,
    problem: `\`stream.${field}\` ${what}, for the table ${table.name}. ${fix}`,
  });
}

/** Detects, writes the notices to `--out`, and suggests rules where `--waf` asks for them. */
async function detectAndWrite(
  call: Call<typeof detectOptions, Incident>,
  opened: OpenedLake,
  range: DayRange,
): Promise<DetectAnswer> {
  const { out } = call.options;
  const { schema } = opened.table;
  const table = tableOf(opened.lake, opened.table.name);
  const site = readWafOptions(call.options, schema);
  const told = createToldIncidents();
  const run = (write: (incident: Incident) => Promise<void> | void): Promise<DetectReport> =>
    detectRange(call, opened, table, range, async (incident) => {
      told.add(incident);
      await write(incident);
    });
  const answer = async (report: DetectReport): Promise<DetectAnswer['data']> => ({
    ...report,
    incidents: told.list,
    left: told.left,
    ...(site ? { waf: await suggestInLake(table, report, told.list, site, call.signal) } : {}),
  });
  if (out === undefined) return { data: await answer(await run(() => undefined)), schema };
  if (out === '-') return { data: await answer(await run((incident) => call.onPart?.(incident))), schema };
  let report: DetectReport | undefined;
  const bytes = await writeWholeFile(out, compressionOf(out), async (write) => {
    report = await run((incident) => write(incidentLine(incident)));
  });
  if (report === undefined) throw new Error('the file was written without a detection');
  return { data: { ...(await answer(report)), out }, schema, bytes };
}

async function detectRange(
  { options, signal, onProgress }: Call<typeof detectOptions, Incident>,
  { config }: OpenedLake,
  table: LakeTable,
  range: DayRange,
  onIncident: (incident: Incident) => Promise<void>,
): Promise<DetectReport> {
  const chosen = options.kinds?.filter((kind) => kind !== null);
  return detectInLake(table, {
    ...range,
    warmUpDays: options['warm-up'],
    detection: config.stream?.detection,
    ...(options.thresholds ? { thresholds: config.stream?.thresholds ?? defaultThresholds } : {}),
    kinds: chosen,
    isComplete: options.complete,
    onIncident,
    onProgress: ({ day, rows, fraction }) => onProgress?.({ doing: `reading ${day}`, rows, fraction }),
    signal,
  });
}
