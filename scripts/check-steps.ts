/** One step of the whole check: a script of the root package.json, and its heading. */
export interface CheckStep {
  readonly script: string;
  readonly heading: string;
  /**
   * For a step of tests: whether they compute, or mostly wait for engines. Tests that wait leave processors idle, so they
   * may run beside those that compute.
   */
  readonly tests?: 'compute' | 'wait';
  /** Parts that the step can be run in, in any order and beside each other. */
  readonly parts?: number;
}

/** The steps in order, the quick ones first. */
export const checkSteps = [
  { script: 'format', heading: 'Formatting' },
  { script: 'lint', heading: 'Lint' },
  { script: 'types', heading: 'Types' },
  { script: 'dead', heading: 'Unused files, exports and dependencies' },
  { script: 'imports', heading: 'Directions of imports' },
  { script: 'unit', heading: 'Unit and property tests', tests: 'compute' },
  { script: 'e2e', heading: 'End-to-end tests', tests: 'compute' },
  { script: 'engine-tests', heading: 'Tests on the local AWS stand-in', tests: 'wait', parts: 10 },
] as const satisfies readonly CheckStep[];
