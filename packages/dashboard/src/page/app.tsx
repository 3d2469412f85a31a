import { useCallback, useEffect, useState } from 'preact/hooks';
import { rangeWords } from '../chart/period-words.ts';
import { ChartCard } from './chart-card.tsx';
import { FigureTiles } from './figure-tiles.tsx';
import { FilterBar } from './filter-bar.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { LivePanel } from './live-panel.tsx';
import { NoEvents } from './no-events.tsx';
import { RankingCard } from './ranking-card.tsx';
import { say, sayId } from './say.ts';
import { useShortcuts } from './shortcuts.ts';
import { chooseTheme, themeNow } from './theme.ts';
import { useView } from './use-view.ts';

/** The page. */
export function App() {
  const view = useView();
  const { board, state, error } = view;
  const [isHelp, setHelp] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const [tables, setTables] = useState<ReadonlySet<string>>(new Set());
  const [theme, setTheme] = useState(themeNow);
  const swap = useCallback((id: string): void => {
    setTables((shown) => {
      const next = new Set(shown);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  useShortcuts({
    pick(number) {
      const figure = board?.figures[number - 1];
      if (!figure) return;
      view.show({ tile: figure.id });
      say(`${figure.title} in the main chart`);
    },
    swap() {
      const focused = document.activeElement?.closest('.card')?.id;
      const charts = board?.charts.filter(({ kind }) => kind === 'chart') ?? [];
      const id = charts.find((one) => one.id === focused)?.id ?? charts[0]?.id;
      if (id !== undefined) swap(id);
    },
    filter: () => setAdding(true),
    help: () => setHelp(true),
  });
  const { answer } = view.tile('headline');
  const headline = answer?.kind === 'headline' ? answer : undefined;
  useEffect(() => {
    if (board && state) document.title = `${board.table}: ${rangeWords(state.range)}`;
  }, [board, state]);
  return (
    <>
      <a class="skip" href="#main">
        Skip to figures
      </a>
      <header>
        <div class="wrap">
          <div class="brand">
            <svg viewBox="0 0 22 22" aria-hidden="true">
              <path d="M11 2v6M11 8C11 13 3 12 3 20M11 8c0 5 8 4 8 12M11 8v12" />
            </svg>
            Headwater
          </div>
          {board && (
            <>
              <span class="src">
                {board.table}, {board.source}
              </span>
              <p class="fresh">
                Events of {rangeWords(board.days)}, {board.zone}
              </p>
            </>
          )}
          <div class="acts">
            <button type="button" class="btn" onClick={() => setHelp(true)}>
              <span>
                Keyboard<span class="roomy"> help</span>
              </span>
            </button>
            <button
              type="button"
              class="btn"
              aria-pressed={theme === 'dark'}
              onClick={() => {
                const next = theme === 'dark' ? 'light' : 'dark';
                chooseTheme(next);
                setTheme(next);
              }}
            >
              <span>
                Dark<span class="roomy"> theme</span>
              </span>
            </button>
          </div>
        </div>
      </header>
      {board && state && (
        <FilterBar view={view} board={board} state={state} isAdding={isAdding} setAdding={setAdding} />
      )}
      {/* Before the page knows what it can show, nothing stands where the filters will push it away. */}
      {(board || error) && (
        <main id="main" tabIndex={-1}>
          <div class="wrap">
            {error && (
              <div class="alert" role="alert">
                <p>
                  {error.message}
                  {error.isServer && state && ' The figures below are those of before.'}
                </p>
                <button type="button" class="btn" onClick={error.isServer ? view.retry : view.reset}>
                  {error.isServer ? 'Try again' : 'Show the usual view'}
                </button>
              </div>
            )}
            {board && state && !error && <NoEvents view={view} board={board} state={state} />}
            {!board && error && <h1>Headwater</h1>}
            {board && (
              <>
                <h1 class={headline ? '' : 'wait'}>{headline?.title ?? board.table}</h1>
                <p class={headline ? 'lead' : 'lead wait'}>{headline?.lead ?? '\u00a0'}</p>
              </>
            )}
            {board && state && (
              <>
                <FigureTiles view={view} board={board} state={state} />
                <div class="grid">
                  {board.isLive && <LivePanel zone={board.zone} />}
                  {board.charts.map((info) =>
                    info.kind === 'ranking' ? (
                      <RankingCard key={info.id} view={view} board={board} info={info} state={state} />
                    ) : (
                      <ChartCard
                        key={info.id}
                        view={view}
                        board={board}
                        info={info}
                        state={state}
                        isTable={tables.has(info.id)}
                        swap={() => swap(info.id)}
                      />
                    ),
                  )}
                </div>
              </>
            )}
          </div>
        </main>
      )}
      {board && (
        <footer>
          <div class="wrap">
            <span>A change is within the usual range when one between the periods before was as large.</span>
            <span>
              {board.unit === undefined
                ? 'Money is in the store’s own currency.'
                : `Money is in ${board.unit}.`}
            </span>
          </div>
        </footer>
      )}
      <p class="sr" id={sayId} aria-live="polite" />
      <HelpDialog isOpen={isHelp} close={() => setHelp(false)} />
    </>
  );
}
