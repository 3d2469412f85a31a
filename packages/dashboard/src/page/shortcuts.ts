import { useEffect } from 'preact/hooks';

/**
 * What single keys do. They clash with no browser's: those have a modifier, but for `/` and `'`, which find in Firefox, and are none of these.
 */
export interface Shortcuts {
  /** Figures by their number, from 1. */
  pick(number: number): void;
  swap(): void;
  filter(): void;
  help(): void;
}

const storedName = 'headwater-keys';

/** Whether single keys do anything. People who speak to their computer turn them off. */
export const keysAreOn = (): boolean => localStorage.getItem(storedName) !== 'off';

/** Turns single keys on or off, for this browser. */
export const setKeys = (isOn: boolean): void => {
  if (isOn) localStorage.removeItem(storedName);
  else localStorage.setItem(storedName, 'off');
};

const takesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, select, textarea, [contenteditable]');

/** Listens to single keys, where nothing takes text and no dialog is open. */
export function useShortcuts({ pick, swap, filter, help }: Shortcuts): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
      if (takesText(event.target) || document.querySelector('dialog[open]') || !keysAreOn()) return;
      const number = Number(event.key);
      const act =
        event.key === '?'
          ? help
          : event.key.toLowerCase() === 'f'
            ? filter
            : event.key.toLowerCase() === 'v'
              ? swap
              : number >= 1 && number <= 6
                ? () => pick(number)
                : undefined;
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [pick, swap, filter, help]);
}
