import type { LiveAlert } from '../api/api.ts';

/** Says what is new about incidents. */
export interface AlertTeller {
  /** Sees the incidents as they are. Those of the first time are not said: they are there to be read. */
  see(alerts: readonly Pick<LiveAlert, 'id' | 'title' | 'isOpen'>[]): void;
  stop(): void;
}

/** Milliseconds between two announcements. */
const pause = 10_000;
/** Incidents whose state is remembered. */
const mostKnown = 1000;

/**
 * Creates a teller. An incident is said when it opens and when it is over, and what comes within ten seconds is said together.
 *
 * @param say says a text in a polite live region
 */
export function createAlertTeller(say: (text: string) => void): AlertTeller {
  const known = new Map<string, boolean>();
  let isFirst = true;
  let waiting: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    timer = undefined;
    if (waiting.length === 0) return;
    const [first = '', ...others] = waiting;
    waiting = [];
    const more = others.length === 1 ? 'one more notice' : `${others.length} more notices`;
    say(others.length === 0 ? first : `${first}, and ${more} of incidents`);
    timer = setTimeout(tell, pause);
  };
  return {
    see(alerts) {
      for (const { id, title, isOpen } of alerts.toReversed()) {
        const before = known.get(id);
        if (!isFirst && before !== isOpen && (isOpen || before !== undefined))
          waiting.push(isOpen ? `Alert: ${title}` : `Over: ${title}`);
        known.delete(id);
        known.set(id, isOpen);
      }
      for (const id of known.keys()) if (known.size > mostKnown) known.delete(id);
      isFirst = false;
      if (waiting.length > 0 && timer === undefined) tell();
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      waiting = [];
    },
  };
}
