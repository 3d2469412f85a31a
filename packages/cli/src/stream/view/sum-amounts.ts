/** The exact sum of decimal texts. */
export function sumAmounts(amounts: readonly (string | null)[]): string {
  const texts = amounts.filter((one) => one !== null);
  const digits = Math.max(0, ...texts.map((text) => (text.split('.')[1] ?? '').length));
  const units = texts.reduce((sum, text) => {
    const [whole = '0', fraction = ''] = text.split('.');
    return sum + BigInt(whole + fraction.padEnd(digits, '0'));
  }, 0n);
  const text = String(units < 0n ? -units : units).padStart(digits + 1, '0');
  const sign = units < 0n ? '-' : '';
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
