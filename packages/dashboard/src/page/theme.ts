const storedName = 'headwater-theme';

/** A theme that the reader chose; without a choice, that of the system holds. */
export type Theme = 'light' | 'dark';

const isTheme = (value: string | null): value is Theme => value === 'light' || value === 'dark';

/** The theme that holds now. */
export function themeNow(): Theme {
  const chosen = localStorage.getItem(storedName);
  if (isTheme(chosen)) return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Chooses a theme, for this browser. It is no part of a link. */
export function chooseTheme(theme: Theme): void {
  localStorage.setItem(storedName, theme);
  applyTheme();
}

/** Shows the theme that the reader chose, if any. */
export function applyTheme(): void {
  const chosen = localStorage.getItem(storedName);
  if (isTheme(chosen)) document.documentElement.dataset['theme'] = chosen;
}
