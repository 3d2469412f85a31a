import type { AwsTarget } from '@headwater/core';
import type { StreamConfig } from '@headwater/stream';
import { defineCommand } from '../command-line/command.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { chosenLake } from '../config/chosen-lake.ts';
import { openRunPage } from '../dashboard/run-page.ts';
import { printServerEvent, type ServerEvent } from '../dashboard/serve-lake.ts';
import { lookupFiles } from '../lake/lookup-files.ts';
import type { Console } from '../output/console.ts';
import { createLiveFile } from '../stream/page/live-file.ts';
import { printSummary } from '../stream/run/print-summary.ts';
import type { RunSummary } from '../stream/run/run-summary.ts';
import { streamInput } from '../stream/run/stream-input.ts';
import {
  type StreamRunAnswer,
  type StreamRunOptions,
  streamIntoLake,
} from '../stream/run/stream-into-lake.ts';
import { streamRunOptions } from '../stream/run/stream-run-options.ts';
import { embeddedServices } from '../stream/services/embedded-services.ts';
import { writeAttackLabels } from '../stream/source/attack-label-file.ts';
import type { LiveFigures } from '../stream/view/live-figures.ts';
import { createLiveView, type LiveView } from '../stream/view/live-view.ts';

let view: LiveView | undefined;
/** Whether the summary was printed before the page was closed. */
let isSummarized = false;

/** What a run gives on its way. */
type RunPart =
  | { readonly kind: 'moment'; readonly figures: LiveFigures }
  | { readonly kind: 'ended'; readonly summary: RunSummary; readonly url: string; readonly options: Shown }
  | ServerEvent;
type Shown = Parameters<typeof printSummary>[2];

/** The services of a run: those at an address, or in this process. */
async function servicesOf(
  endpoint: string | undefined,
  aws: AwsTarget | undefined,
  lake: string,
): Promise<StreamRunOptions['services']> {
  if (endpoint === undefined) return embeddedServices;
  if (!URL.canParse(endpoint))
    throw new UsageError(`--aws-endpoint ${endpoint}: expected a URL such as http://127.0.0.1:5000.`);
  // The stores of lakes on S3 take their address from the environment, as every client of AWS does.
  process.env['AWS_ENDPOINT_URL'] = endpoint;
  const { awsServices } = await import('../stream/aws/aws-services.ts');
  return (options) => awsServices({ endpoint, aws, lake }, options);
}

/** The field `detection` turns it on, and so does the option. */
const detecting = (settings: StreamConfig, isAsked: boolean): StreamConfig =>
  isAsked && settings.detection === undefined ? { ...settings, detection: {} } : settings;

/** Refuses options of the page when no page is served. */
function assertPage({ dashboard, port, json }: Asked): void {
  if (port !== undefined && !dashboard) throw new UsageError('--port is for --dashboard.');
  if (dashboard && json) throw new UsageError('--dashboard and --json: a page ends with no answer.');
}

interface Asked {
  readonly dashboard: boolean;
  readonly port: number | undefined;
  readonly json?: boolean;
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** `headwater stream run` */
export const streamRun = defineCommand({
  name: 'stream run',
  description:
    'Streams events through the whole pipeline and shows them live: a stream with shards, live sessions and carts, incidents of thresholds and of detected bots and floods, and an archive that ' +
    'fills the lake. Every record that is sent is archived, a duplicate, quarantined or reported. A run that is stopped or killed goes on when it is run again: the same ' +
    'lake, nothing lost, nothing twice.',
  options: streamRunOptions,
  examples: [
    [
      'stream run --input simulate --events 20k --bots 5% --lake ./lake',
      'A day of a shop in two and a half minutes',
    ],
    [
      'stream run --input events.csv.gz --detect --incidents incidents.jsonl --lake ./lake',
      'Who in a file looks like a bot, and when one could have known',
    ],
    [
      'stream run --input simulate --events 60k --attacks medium --days 2 --detect --dashboard --lake ./lake',
      'With a page that shows it live, and beside what the lake says',
    ],
    ['stream run --input events.csv.gz --speed 3600 --lake ./lake', 'A file, an hour of it in each second'],
    [
      'stream run --input simulate --events 200k --days 3 --attacks easy --labels labels.jsonl --speed 7200 --lake ./lake',
      'With attackers to find, and who they are',
    ],
    [
      'stream run --input simulate --dirty 2% --speed max --lake ./lake --json',
      'As fast as it goes, for a program',
    ],
  ],
  async run({ options, signal, onPart }): Promise<StreamRunAnswer> {
    const given = streamInput(options);
    assertPage(options);
    const { config, table, lake, aws } = await chosenLake(options);
    if (options.labels !== undefined && given.input.kind === 'simulated')
      await writeAttackLabels(options.labels, given.input);
    const page = options.dashboard ? await openRunPage(options, async (event) => onPart?.(event)) : undefined;
    const file = options.live === undefined ? undefined : createLiveFile(options.live, table.name);
    try {
      const answer = await streamIntoLake({
        ...{ table, lake, aws, given, signal },
        settings: detecting(config.stream ?? {}, options.detect),
        incidentsFile: options.incidents,
        speed: options.speed,
        shards: options.shards,
        services: await servicesOf(options['aws-endpoint'], aws, lake),
        faults: options.faults,
        landing: options.landing,
        loadEvery: options['load-every'],
        lookups: lookupFiles(options.lookup, config, table),
        memoryLimit: options['memory-limit'],
        threads: options.threads,
        lockTimeoutSeconds: options['lock-timeout'],
        allow: options.allow,
        hasPage: page !== undefined || file !== undefined,
        async onMoment(figures) {
          page?.show(figures);
          await file?.show(figures);
          await onPart?.({ kind: 'moment', figures });
        },
      });
      page?.end();
      await file?.end();
      if (page && !signal.aborted) {
        await onPart?.({ kind: 'ended', summary: answer.data, url: page.url, options });
        await untilAborted(signal);
      }
      return answer;
    } finally {
      await file?.end();
      await page?.close();
    }
  },
  async printPart(part: RunPart, console: Console) {
    if (part.kind === 'moment') {
      view ??= createLiveView(console);
      await view.show(part.figures);
    } else if (part.kind === 'ended') {
      view?.end();
      view = undefined;
      isSummarized = true;
      await console.print();
      await printSummary(console, part.summary, part.options);
      console.note(`The page stays at ${part.url} until Ctrl+C.`);
    } else await printServerEvent(part, console);
  },
  async print({ data }, console, options) {
    view?.end();
    view = undefined;
    if (isSummarized) return;
    await console.print();
    await printSummary(console, data, options);
  },
});
