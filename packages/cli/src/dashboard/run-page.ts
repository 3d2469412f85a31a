import { closeLake } from '@headwater/queries';
import { openLake } from '../config/open-lake.ts';
import { createMomentFeed } from '../stream/page/moment-feed.ts';
import type { LiveFigures } from '../stream/view/live-figures.ts';
import { dayAlone } from './day-alone.ts';
import { type ServerEvent, serveLake } from './serve-lake.ts';

/** The page beside a run of a stream. */
export interface RunPage {
  readonly url: string;
  show(moment: LiveFigures): void;
  /** Says that the run has ended. The page stays. */
  end(): void;
  close(): Promise<void>;
}

/** What a run and its page are about. */
interface RunPageOptions {
  readonly lake: string | undefined;
  readonly table: string | undefined;
  readonly config: string | undefined;
  readonly port: number | undefined;
}

/**
 * Serves the page of the lake that a run fills, from the process of the run. The lake may be empty: its days are then that of the newest event.
 *
 * @throws HeadwaterError `OPTION_INVALID` for a port that cannot be used
 */
export async function openRunPage(
  { lake, table, config, port }: RunPageOptions,
  tell: (event: ServerEvent) => Promise<void>,
): Promise<RunPage> {
  const opened = await openLake({ lake, table, config, engine: undefined, 'max-scan': undefined });
  const feed = createMomentFeed();
  let newest = new Date();
  try {
    const server = await serveLake(opened, {
      ...{ port, live: feed, tell },
      emptyDays: () => dayAlone(newest),
    });
    return {
      url: server.url,
      show(moment) {
        newest = moment.clock ?? newest;
        feed.show(moment);
      },
      end: feed.end,
      async close() {
        await server.close();
        await closeLake(opened.lake, { timeoutSeconds: 5 });
      },
    };
  } catch (error) {
    await closeLake(opened.lake);
    throw error;
  }
}
