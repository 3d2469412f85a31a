import { useEffect, useState } from 'preact/hooks';
import type { FilterValues } from '../api/api.ts';
import { stateToQuery, type ViewState } from '../api/view-state.ts';
import { fetchValues } from './api-client.ts';

/** How long nobody types before values are looked for, in milliseconds. */
const pause = 150;

/** The values of a column that hold a text, whether they are those of this text, and why there are none. */
export interface FoundValues extends FilterValues {
  readonly isBusy: boolean;
  readonly error?: string | undefined;
}

const nothing: FoundValues = { values: [], hasMore: false, isBusy: true };

/** Looks for values on the server while somebody types. What is typed over is stopped. */
export function useFilterValues(column: string, text: string, state: ViewState): FoundValues {
  const [found, setFound] = useState(nothing);
  const query = stateToQuery(state);
  // What another column has is no choice of this one.
  useEffect(() => setFound(nothing), [column]);
  useEffect(() => {
    const stop = new AbortController();
    setFound((before) => ({ ...before, isBusy: true }));
    const wait = setTimeout(
      () =>
        fetchValues(column, text, query, stop.signal).then(
          (values) => setFound({ ...values, isBusy: false }),
          (failure: unknown) => {
            if (stop.signal.aborted) return;
            const error = failure instanceof Error ? failure.message : String(failure);
            setFound({ values: [], hasMore: false, isBusy: false, error });
          },
        ),
      text === '' ? 0 : pause,
    );
    return () => {
      clearTimeout(wait);
      stop.abort();
    };
  }, [column, text, query]);
  return found;
}
