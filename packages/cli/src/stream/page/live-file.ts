import { readFile, stat } from 'node:fs/promises';
import { HeadwaterError } from '@headwater/core';
import type { LiveFeed, StreamFigures } from '@headwater/dashboard';
import { writeWholeFile } from '../../output/whole-file.ts';
import type { LiveFigures } from '../view/live-figures.ts';
import { pageFigures } from './page-figures.ts';

/** The version of the form. */
const version = 1;
/** Milliseconds between two versions of the file, and between two looks at it. */
const pause = 1000;

interface LiveFile {
  readonly version: typeof version;
  readonly table: string;
  readonly figures: StreamFigures;
}

/** A file with the newest figures of a run. */
export interface LiveFileWriter {
  /** Writes a moment, once in a second at most. */
  show(moment: LiveFigures): Promise<void>;
  /** Writes that the run has ended, once. */
  end(): Promise<void>;
}

/**
 * Writes the newest figures of a run into a file, for `headwater dashboard --live`. The file is always whole.
 *
 * @throws HeadwaterError `OPTION_INVALID` when it cannot be written
 */
export function createLiveFile(path: string, table: string): LiveFileWriter {
  let newest: StreamFigures | undefined;
  let due = 0;
  const write = async (figures: StreamFigures): Promise<void> => {
    const file: LiveFile = { version, table, figures };
    await writeWholeFile(path, undefined, (put) => put(`${JSON.stringify(file)}\n`));
  };
  return {
    async show(moment) {
      newest = pageFigures(moment, { isEnded: false, hasRecords: true });
      if (performance.now() < due) return;
      due = performance.now() + pause;
      await write(newest);
    },
    async end() {
      const last = newest;
      newest = undefined;
      if (last) await write({ ...last, isEnded: true });
    },
  };
}

/**
 * Follows the file of a run, while somebody follows the feed. Before the file is there, there are no figures.
 *
 * @param onError called when the file cannot be read, or is no such file
 */
export function liveFileFeed(path: string, table: string, onError: (error: unknown) => void): LiveFeed {
  return {
    subscribe(listener) {
      let seen = '';
      let isReading = false;
      let isOver = false;
      const look = async (): Promise<void> => {
        if (isReading) return;
        isReading = true;
        try {
          const info = await stat(path).catch(() => undefined);
          const state = `${info?.mtimeMs} ${info?.ino}`;
          if (!info || state === seen) return;
          seen = state;
          const figures = figuresIn(await readFile(path, 'utf8'), path, table);
          if (!isOver) listener(figures);
        } catch (error) {
          onError(error);
        } finally {
          isReading = false;
        }
      };
      const timer = setInterval(look, pause);
      void look();
      return () => {
        isOver = true;
        clearInterval(timer);
      };
    },
  };
}

function figuresIn(text: string, path: string, table: string): StreamFigures {
  const refused = (problem: string): HeadwaterError =>
    new HeadwaterError('OPTION_INVALID', {
      option: '--live',
      value: path,
      expected: `a file that \`headwater stream run --live\` writes (${problem})`,
    });
  let file: Partial<LiveFile> | null;
  try {
    file = JSON.parse(text);
  } catch {
    throw refused('this one is no JSON');
  }
  if (file?.version !== version || !file.figures) throw refused('this one has another form');
  if (file.table !== table) throw refused(`this one is of the table ${file.table}`);
  return file.figures;
}
