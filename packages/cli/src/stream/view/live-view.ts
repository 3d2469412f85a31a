import type { Console } from '../../output/console.ts';
import type { LiveFigures } from './live-figures.ts';
import { liveFrame } from './live-frame.ts';
import { plainLine } from './plain-line.ts';

/** Shows moments of a stream, one after the other. */
export interface LiveView {
  show(figures: LiveFigures): Promise<void>;
  /** Leaves the last moment on the screen, and the cursor below it. */
  end(): void;
}

/** The terminal of a view. */
export type ViewStream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows' | 'write'>;

/** Milliseconds between plain lines. */
const plainPause = 5000;

/**
 * Creates a view: on a terminal a screen that changes in place, elsewhere a line every five seconds.
 *
 * The terminal is asked for its size in every moment, so it may be resized.
 */
export function createLiveView(
  console: Pick<Console, 'style' | 'print'>,
  stream: ViewStream = process.stdout,
): LiveView {
  const isTerminal = stream.isTTY === true && process.env['TERM'] !== 'dumb';
  if (!isTerminal) return plainView(console);
  let update: Awaited<ReturnType<typeof openUpdate>> | undefined;
  return {
    async show(figures) {
      update ??= await openUpdate(stream);
      const screen = { style: console.style, columns: (stream.columns || 80) - 1, rows: stream.rows || 24 };
      update(
        liveFrame(figures, screen)
          .slice(0, screen.rows - 1)
          .join('\n'),
      );
    },
    end() {
      update?.done();
      update = undefined;
    },
  };
}

/** Loaded for a terminal alone: other commands start without it. */
async function openUpdate(stream: ViewStream) {
  const { createLogUpdate } = await import('log-update');
  return createLogUpdate(stream as NodeJS.WriteStream);
}

function plainView({ print }: Pick<Console, 'print'>): LiveView {
  let due = 0;
  return {
    async show(figures) {
      if (performance.now() < due) return;
      due = performance.now() + plainPause;
      await print(plainLine(figures));
    },
    end: () => undefined,
  };
}
