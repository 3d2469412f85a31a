import { useEffect, useRef, useState } from 'preact/hooks';
import { keysAreOn, setKeys } from './shortcuts.ts';

const keys = [
  ['1 to 6', 'Show a key figure in the main chart'],
  ['V', 'Swap chart and table, of the card that has the focus, or else of the main chart'],
  ['F', 'Add a filter'],
  ['Arrows', 'In a chart: move through its points; Home and End, Page Up and Page Down go further'],
  ['Escape', 'Leave a point, a definition, a form'],
  ['?', 'This help'],
] as const;

/** What keys do, and whether single ones do anything. */
export function HelpDialog({ isOpen, close }: { isOpen: boolean; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOn, setOn] = useState(keysAreOn);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} aria-labelledby="h-help" onClose={close}>
      <h2 id="h-help">Keyboard</h2>
      <dl>
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p>
        <label>
          <input
            type="checkbox"
            checked={isOn}
            onChange={({ currentTarget }) => {
              setKeys(currentTarget.checked);
              setOn(currentTarget.checked);
            }}
          />{' '}
          Single keys are on
        </label>
      </p>
      <button type="button" class="btn" onClick={close}>
        Close
      </button>
    </dialog>
  );
}
