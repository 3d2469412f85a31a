import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { BoardInfo, TileAnswer } from '../api/api.ts';
import { stateToQuery, type ViewState } from '../api/view-state.ts';
import { AnswerError, fetchBoard, fetchTile } from './api-client.ts';

/** A tile of the page: its newest answer, whether another one is on its way, and why there is none. */
export interface TileState {
  readonly answer?: TileAnswer | undefined;
  readonly isBusy: boolean;
  readonly error?: string | undefined;
}

/** The view that a page shows, and how it becomes another one. */
export interface View {
  readonly board: BoardInfo | undefined;
  readonly state: ViewState | undefined;
  /** Why the page shows nothing, or only what it showed before. */
  readonly error: ViewError | undefined;
  tile(id: string): TileState;
  /** Shows another view, which gets an address of its own. */
  show(change: Partial<ViewState>): void;
  /** Shows the usual view. */
  reset(): void;
  /** Asks the same view once more. */
  retry(): void;
}

/** Why a view could not be shown. */
export interface ViewError {
  readonly message: string;
  /** Whether the view may be answered later: it is right, and the server is away or wants its token. */
  readonly isServer: boolean;
}

/** What is of no single tile, so that it is said once. */
const serverCodes: ReadonlySet<string> = new Set(['UNREACHABLE', 'UNAUTHORIZED', 'STOPPING']);

const viewError = (failure: unknown): ViewError => ({
  message: failure instanceof Error ? failure.message : String(failure),
  isServer: failure instanceof AnswerError && serverCodes.has(failure.code),
});

/** One for each page that is open. Random bytes are there also where the page comes over plain HTTP. */
const pageId = [...crypto.getRandomValues(new Uint8Array(12))]
  .map((byte) => byte.toString(16).padStart(2, '0'))
  .join('');

/** How a tile is asked. */
interface AskOptions {
  /** Whether its change is judged. */
  readonly isJudged?: boolean;
  /** Whether it is asked once more with its judgement, and is busy until then. */
  readonly isAskedAgain?: boolean;
}

const idle: TileState = { isBusy: true };
const courseId = 'course';

/** Where a drawing goes; its width decides how it is drawn. */
export const plotId = (tile: string): string => `plot-${tile}`;

function widthOf(tile: string): number {
  const measured = document.getElementById(plotId(tile))?.clientWidth ?? 0;
  return Math.min(2000, Math.max(280, measured || 616));
}

/** Keeps the view of the page: its state is the address, and each tile is asked for apart, so that what is ready is shown. */
export function useView(): View {
  const [board, setBoard] = useState<BoardInfo>();
  const [state, setState] = useState<ViewState>();
  const [error, setError] = useState<ViewError>();
  const [tiles, setTiles] = useState<Readonly<Record<string, TileState>>>({});
  const number = useRef(0);
  const stop = useRef(new AbortController());

  const ask = useCallback((id: string, of: ViewState, then: AskOptions = {}): Promise<void> => {
    const view = number.current;
    const set = (tile: (before: TileState) => TileState) =>
      setTiles((all) => ({ ...all, [id]: tile(all[id] ?? idle) }));
    set(({ answer }) => ({ answer, isBusy: true }));
    return fetchTile(
      {
        page: pageId,
        view,
        tile: id,
        state: stateToQuery(of),
        width: widthOf(id),
        isJudged: then.isJudged === true,
      },
      stop.current.signal,
    ).then(
      (answer) => {
        if (view === number.current) set(() => ({ answer, isBusy: then.isAskedAgain === true }));
      },
      (failure: unknown) => {
        const isOld =
          view !== number.current || (failure instanceof AnswerError && failure.code === 'VIEW_SUPERSEDED');
        if (isOld) return;
        const error = viewError(failure);
        // Without a server, the figures of the view before stay, and one message says that they do.
        if (error.isServer) {
          setError(error);
          set(({ answer }) => ({ answer, isBusy: false }));
        } else set(() => ({ isBusy: false, error: error.message }));
      },
    );
  }, []);

  const askAll = useCallback(
    (info: BoardInfo, of: ViewState): void => {
      number.current += 1;
      stop.current.abort();
      stop.current = new AbortController();
      const view = number.current;
      const ids = [...info.figures.map(({ id }) => id), ...info.charts.map(({ id }) => id), 'headline'];
      const figures = info.figures.map(({ id }) => id);
      const charts = info.charts.map(({ id }) => id).filter((id) => id !== courseId);
      setTiles((all) => Object.fromEntries(ids.map((id) => [id, { answer: all[id]?.answer, isBusy: true }])));
      // The main chart is what people look at first, so nothing else takes the engine's time from it. Judging a change takes the days of many
      // earlier periods, so that comes last.
      const all = (some: readonly string[], then?: AskOptions) =>
        Promise.all(view === number.current ? some.map((id) => ask(id, of, then)) : []);
      void all([courseId])
        .then(() => Promise.all([all(figures, { isAskedAgain: true }), all(charts)]))
        .then(() => all([...figures, 'headline'], { isJudged: true }));
    },
    [ask],
  );

  const open = useCallback((query: string): void => {
    fetchBoard(query).then(
      (info) => {
        setError(undefined);
        setBoard(info);
        setState(info.view);
        history.replaceState(info.view, '', `?${stateToQuery(info.view)}`);
      },
      (failure: unknown) => setError(viewError(failure)),
    );
  }, []);

  useEffect(() => {
    open(location.search);
    const back = (): void => open(location.search);
    window.addEventListener('popstate', back);
    return () => window.removeEventListener('popstate', back);
  }, [open]);

  // Asked once the cards are there, since a drawing is as wide as its card. Another figure in the main chart asks that chart alone.
  const asked = useRef<ViewState | undefined>(undefined);
  useEffect(() => {
    if (!board || !state) return;
    const before = asked.current;
    asked.current = state;
    const isSame =
      before && JSON.stringify({ ...before, tile: '' }) === JSON.stringify({ ...state, tile: '' });
    if (isSame) {
      if (before.tile !== state.tile) void ask(courseId, state);
    } else askAll(board, state);
  }, [board, state, ask, askAll]);

  return {
    board,
    state,
    error,
    tile: (id) => tiles[id] ?? idle,
    show(change) {
      if (!state) return;
      const next = { ...state, ...change };
      history.pushState(next, '', `?${stateToQuery(next)}`);
      setState(next);
    },
    retry() {
      asked.current = undefined;
      open(location.search);
    },
    reset() {
      history.pushState(null, '', '?');
      open('');
    },
  };
}
