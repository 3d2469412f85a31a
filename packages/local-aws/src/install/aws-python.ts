import type { PythonPackages } from './python-environment.ts';

/** The emulator, AWS's client for Python, and what Python shell jobs need: pyarrow, which also reads the lake in tests, and xxhash. */
export const awsPython: PythonPackages = {
  name: 'aws',
  python: { from: 11, to: 13 },
  options: ['--quiet'], // sixty small packages
};
