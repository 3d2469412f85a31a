/**
 * The digits of the time that the name of a folder holds, such as `20261127` of `dt=2026-11-27`, and of nested folders as far as they are
 * known: `2026` of `2026/`, `202611` of `year=2026/month=11/`. Undefined for a name that goes on with no time.
 *
 * @param above the digits of the folders above: none, a year, or a year and a month
 * @param name without slashes
 */
export function timeDigits(above: string, name: string): string | undefined {
  const [, value = ''] = /^(?:[A-Za-z_]\w*=)?(\d[\d-]*)$/.exec(name) ?? [];
  const [, year, month, day] = /^(\d{4})(?:-?(\d{2}))?(?:-?(\d{2}))?$/.exec(value) ?? [];
  const isOne = /^\d{2}$/.test(value);
  if (above === '' && year) return `${year}${month ?? ''}${day ?? ''}`;
  if (above.length === 4 && isOne) return `${above}${value}`;
  if (above.length === 6 && isOne) return `${above}${value}`;
  return undefined;
}

/** The day of eight digits, `YYYY-MM-DD`. Undefined for fewer digits, and for a day that does not exist. */
export function dayOfDigits(digits: string): string | undefined {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(digits) ?? [];
  const text = `${year}-${month}-${day}`;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text) ? text : undefined;
}
