import type { PythonPackages } from './python-environment.ts';

/** The emulator, AWS's client for Python, and pyarrow, which reads the lake in tests. */
export const awsPython: PythonPackages = {
  name: 'aws',
  python: { from: 11, to: 13 },
  options: ['--quiet'], // sixty small packages
};
