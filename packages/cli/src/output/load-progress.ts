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
  let progress = createProgress(console, isQuiet);
  let isUploading = false;
  return {
    update({ phase, source, fraction, rows, bytes }) {
      // The upload is a second piece of work with a pace of its own.
      if ((phase === 'upload') !== isUploading) {
        isUploading = !isUploading;
        progress.end();
        progress = createProgress(console, isQuiet);
      }
      progress.update({ doing: [verbs[phase], source].filter(Boolean).join(' '), fraction, rows, bytes });
    },
    end: () => progress.end(),
  };
}
