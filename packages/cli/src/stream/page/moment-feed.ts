import type { LiveFeed, StreamFigures } from '@headwater/dashboard';
import type { LiveFigures } from '../view/live-figures.ts';
import { pageFigures } from './page-figures.ts';

/** The figures of a run of this process, for a page of this process. */
export interface MomentFeed extends LiveFeed {
  /** Shows a moment to those who follow. */
  show(moment: LiveFigures): void;
  /** Says that the run has ended. */
  end(): void;
}

/** Creates a feed that has nothing yet. It keeps the newest figures. */
export function createMomentFeed(): MomentFeed {
  const listeners = new Set<(figures: StreamFigures) => void>();
  let newest: StreamFigures | undefined;
  const tell = (figures: StreamFigures): void => {
    newest = figures;
    for (const listener of listeners) listener(figures);
  };
  return {
    show: (moment) => tell(pageFigures(moment, { isEnded: false, hasRecords: true })),
    end() {
      if (newest) tell({ ...newest, isEnded: true });
    },
    subscribe(listener) {
      listeners.add(listener);
      if (newest) listener(newest);
      return () => void listeners.delete(listener);
    },
  };
}
