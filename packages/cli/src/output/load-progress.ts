import type { LoadProgress } from '@headwater/etl';
import type { Console } from './console.ts';
import { createProgress } from './progress.ts';

const verbs: Readonly<Record<LoadProgress['phase'], string>> = {
  read: 'reading',
  write: 'writing',
  upload: 'uploading',
  commit: 'committing',
};

/** The progress bar of a run on the lake. */
export function loadProgress(
  console: Console,
  isQuiet: boolean,
): { update(state: LoadProgress): void; end(): void } {
  const progress = createProgress(console, isQuiet);
  return {
    update: ({ phase, source, fraction, rows, bytes }) =>
      progress.update({ doing: [verbs[phase], source].filter(Boolean).join(' '), fraction, rows, bytes }),
    end: progress.end,
  };
}
