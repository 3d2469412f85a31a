import { useRef, useState } from 'preact/hooks';
import type { TileDefinition } from '../api/api.ts';
import { stateToQuery, type ViewState } from '../api/view-state.ts';
import { say } from './say.ts';

interface DefinitionProps {
  readonly id: string;
  readonly title: string;
  readonly definition: TileDefinition;
  readonly state: ViewState;
}

/** A button that shows what a figure means, its SQL, what that read, and its downloads. Escape closes it, and gives the focus back. */
export function Definition({ id, title, definition, state }: DefinitionProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const { words, sql, parameters, read, milliseconds } = definition;
  const target = `def-${id}`;
  const place = (popover: HTMLElement): void => {
    const at = button.current?.getBoundingClientRect();
    if (!at) return;
    const width = Math.min(440, window.innerWidth - 24);
    popover.style.width = `${width}px`;
    popover.style.left = `${Math.max(12, Math.min(at.left, window.innerWidth - width - 12))}px`;
    // Where there is little room below, it begins higher; what is longer than the window scrolls.
    const top = Math.max(12, Math.min(at.bottom + 6, window.innerHeight - 420));
    popover.style.top = `${top}px`;
    popover.style.maxHeight = `${window.innerHeight - top - 12}px`;
  };
  const copy = (): void => {
    // Over plain HTTP from another machine, browsers give no clipboard.
    navigator.clipboard?.writeText(sql).then(
      () => say('SQL copied'),
      () => say('The browser did not let the SQL be copied'),
    );
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class="i"
        popovertarget={target}
        aria-expanded={isOpen}
        aria-label={`Definition: ${title}`}
      />
      <div
        class="def"
        id={target}
        popover="auto"
        role="dialog"
        aria-label={`Definition: ${title}`}
        onToggle={(event) => {
          const popover = event.currentTarget;
          const opens = popover.matches(':popover-open');
          setOpen(opens);
          if (opens) place(popover);
        }}
      >
        <strong>{title}</strong>
        <p>{words}</p>
        {/* A long statement scrolls, so it takes the focus. */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard */}
        <section class="sql" tabIndex={0} aria-label={`SQL of ${title}`}>
          <pre>
            <code>{sql}</code>
          </pre>
        </section>
        <dl>
          {parameters.length > 0 && (
            <>
              <dt>Parameters</dt>
              <dd>{parameters.join(', ')}</dd>
            </>
          )}
          {read !== undefined && (
            <>
              <dt>Read at most</dt>
              <dd>{read}</dd>
            </>
          )}
          <dt>Time</dt>
          <dd>{Math.round(milliseconds)} ms</dd>
        </dl>
        <p class="acts">
          <button type="button" class="btn sm" onClick={copy}>
            Copy SQL
          </button>
          {(['csv', 'parquet'] as const).map((format) => (
            <a key={format} class="btn sm" href={downloadOf(format, id, state)} download>
              {format === 'csv' ? 'CSV' : 'Parquet'}
            </a>
          ))}
        </p>
      </div>
    </>
  );
}

/** Where the table of a tile is as a file. */
const downloadOf = (format: 'csv' | 'parquet', id: string, state: ViewState): string =>
  `/api/download/${format}?of=${id}&${stateToQuery(state)}`;
