import { useEffect, useRef, useState } from 'preact/hooks';
import type { LiveFigures } from '../api/api.ts';
import { createAlertTeller } from './alert-teller.ts';
import { say } from './say.ts';

/** Milliseconds without a word of the server after which its figures are old. */
const longestSilence = 20_000;

/** A stream as the page follows it. */
export interface LiveView {
  readonly figures: LiveFigures | undefined;
  /** Whether the server is there. */
  readonly isConnected: boolean;
  /** Seconds since the newest event came; undefined before the first one. */
  readonly age: number | undefined;
}

/**
 * Follows the stream of the server. The browser connects again by itself, and says which figures it had last. New incidents are said at most once
 * in ten seconds; figures that tick are not said.
 */
export function useLive(isPaused: boolean): LiveView {
  const [received, setReceived] = useState<{ readonly figures: LiveFigures; readonly at: number }>();
  const [isLost, setLost] = useState(false);
  const [now, setNow] = useState(() => performance.now());
  const teller = useRef(createAlertTeller(say));
  useEffect(() => {
    if (isPaused) return;
    const source = new EventSource('/api/live');
    source.onerror = () => setLost(true);
    source.addEventListener('figures', ({ data }) => {
      const figures: LiveFigures = JSON.parse(data);
      setLost(false);
      setNow(performance.now());
      setReceived({ figures, at: performance.now() });
      teller.current.see(figures.alerts);
    });
    // What grows older does so on the screen as well.
    const clock = setInterval(() => setNow(performance.now()), 1000);
    return () => {
      source.close();
      clearInterval(clock);
    };
  }, [isPaused]);
  useEffect(() => () => teller.current.stop(), []);
  // A page that was opened before the first load has no figures of the lake: once there are some, it asks for them.
  const wasEmpty = useRef(false);
  const compared = received?.figures.compared;
  useEffect(() => {
    if (!compared) return;
    if (compared.hours === null) wasEmpty.current ||= compared.reasons.length > 0;
    else if (wasEmpty.current) location.replace(location.pathname);
  }, [compared]);
  const { figures, at = now } = received ?? {};
  const { newest } = figures ?? {};
  const silence = now - at;
  return {
    figures,
    isConnected: !isLost && silence < longestSilence,
    age:
      figures && newest
        ? Math.max(0, (Date.parse(figures.at) - Date.parse(newest.arrived) + silence) / 1000)
        : undefined,
  };
}
