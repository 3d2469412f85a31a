import { useRef, useState } from 'preact/hooks';
import type { TileDefinition } from '../api/api.ts';
import type { ViewState } from '../api/view-state.ts';
import { FileLinks } from './downloads.tsx';
import { placePopover } from './place-popover.ts';
import { say } from './say.ts';

interface DefinitionProps {
  readonly id: string;
  readonly title: string;
  readonly definition: TileDefinition;
  /** With which its figures are offered as files; a card has a button of its own for that. */
  readonly state?: ViewState;
}

/** A button that shows what a figure means, its SQL, and what that read. Escape closes it, and gives the focus back. */
export function Definition({ id, title, definition, state }: DefinitionProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const { words, sql, parameters, read, rollup, milliseconds } = definition;
  const target = `def-${id}`;
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
          if (opens && button.current) placePopover(popover, button.current, { width: 440, height: 420 });
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
          <dt>Rollup</dt>
          <dd>{rollup}</dd>
          <dt>Time</dt>
          <dd>{Math.round(milliseconds)} ms</dd>
        </dl>
        <p class="acts">
          <button type="button" class="btn sm" onClick={copy}>
            Copy SQL
          </button>
          {state && <FileLinks id={id} title={title} state={state} />}
        </p>
      </div>
    </>
  );
}
