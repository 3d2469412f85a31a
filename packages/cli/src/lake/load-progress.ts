import type { LoadProgress } from '@headwater/etl';
import type { ProgressState } from '../answer/progress-state.ts';

const verbs: Readonly<Record<LoadProgress['phase'], string>> = {
  download: 'downloading',
  read: 'reading',
  write: 'writing',
  upload: 'uploading',
  commit: 'committing',
};

/** The state of a run on the lake, as a progress bar shows it. The upload is a stage of its own. */
export const loadState = ({ phase, source, fraction, rows, bytes }: LoadProgress): ProgressState => ({
  doing: [verbs[phase], source].filter(Boolean).join(' '),
  stage: phase === 'upload' ? 'upload' : 'work',
  fraction,
  rows,
  bytes,
});
