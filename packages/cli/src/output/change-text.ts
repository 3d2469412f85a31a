/**
 * A change of a value: what it is now, and what it becomes. Null stands for no value.
 *
 * @param shown writes one value
 * @example changeText('1', null, (text) => text) // 'removed (was 1)'
 */
export const changeText = (
  was: string | null,
  becomes: string | null,
  shown: (text: string) => string,
): string => {
  if (was === null) return shown(becomes ?? '');
  return becomes === null ? `removed (was ${shown(was)})` : `${shown(was)} becomes ${shown(becomes)}`;
};
