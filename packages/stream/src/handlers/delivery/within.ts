/** The longest time that a timer takes, in milliseconds. */
const longest = 2 ** 31 - 1;

/**
 * Waits for work so many milliseconds. Undefined when it takes longer: it goes on, and its failure is then nobody's.
 */
export async function within<Value>(work: Promise<Value>, milliseconds: number): Promise<Value | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), Math.min(longest, milliseconds));
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
