import { useRef, useState } from 'preact/hooks';
import { stateToQuery, type ViewState } from '../api/view-state.ts';
import type { Picture } from './picture.ts';
import { placePopover } from './place-popover.ts';
import { savePicture } from './save-picture.ts';
import { say } from './say.ts';

interface DownloadsProps {
  /** Of the tile, which is that of its card. */
  readonly id: string;
  readonly title: string;
  readonly state: ViewState;
}

const formats = [
  ['csv', 'CSV'],
  ['parquet', 'Parquet'],
] as const;

/** The figures of a tile as files, not rounded. */
export function FileLinks({ id, title, state }: DownloadsProps) {
  return (
    <>
      {formats.map(([format, name]) => (
        <a
          key={format}
          class="btn sm"
          href={`/api/download/${format}?of=${id}&${stateToQuery(state)}`}
          download
        >
          {name}
          <span class="sr">: {title}</span>
        </a>
      ))}
    </>
  );
}

/** A button that offers a chart as a picture, and its figures as files. Escape closes it, and gives the focus back. */
export function Downloads({ id, title, state, picture }: DownloadsProps & { picture: () => Picture }) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const target = `files-${id}`;
  const save = (): void => {
    savePicture(picture()).then(
      (name) => say(`${name} saved`),
      () => say('The browser did not draw the picture'),
    );
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class="i save"
        popovertarget={target}
        aria-expanded={isOpen}
        aria-label={`Download: ${title}`}
        title="Download"
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M8 2v8M4.5 6.8 8 10.3l3.5-3.5M2.5 13.5h11" />
        </svg>
      </button>
      <div
        class="def files"
        id={target}
        popover="auto"
        role="dialog"
        aria-label={`Download: ${title}`}
        onToggle={(event) => {
          const opens = event.currentTarget.matches(':popover-open');
          setOpen(opens);
          if (opens && button.current)
            placePopover(event.currentTarget, button.current, { width: 280, height: 150 });
        }}
      >
        <strong>Download</strong>
        <p>The picture has its days and filters. The files have the figures, not rounded.</p>
        <p class="acts">
          <button type="button" class="btn sm" onClick={save}>
            PNG<span class="sr">: {title}</span>
          </button>
          <FileLinks id={id} title={title} state={state} />
        </p>
      </div>
    </>
  );
}
