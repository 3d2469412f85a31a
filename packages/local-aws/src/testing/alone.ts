/**
 * Runs what changes something that all test files share, such as the bootstrap stack of the CDK, while no other test file does so: files run
 * beside each other on one stand-in.
 *
 * @throws SetupError when another test file does not end
 * @example await alone(() => deployStack(stack, { bootstrap: true }))
 */
export async function alone<Result>(work: () => Promise<Result>): Promise<Result> {
  // Loaded by who needs it: Node warns of its SQLite in some versions.
  const { withLock } = await import('../running/with-lock.ts');
  return withLock(work, 'account');
}
