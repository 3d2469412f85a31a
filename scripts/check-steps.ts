/** One step of the whole check: a script of the root package.json, and its heading. */
export interface CheckStep {
  readonly script: string;
  readonly heading: string;
}

/** The steps in order, the quick ones first. */
export const checkSteps = [
  { script: 'format', heading: 'Formatting' },
  { script: 'lint', heading: 'Lint' },
  { script: 'types', heading: 'Types' },
  { script: 'dead', heading: 'Unused files, exports and dependencies' },
  { script: 'imports', heading: 'Directions of imports' },
  { script: 'unit', heading: 'Unit and property tests' },
  { script: 'e2e', heading: 'End-to-end tests' },
  { script: 'engine-tests', heading: 'Tests on the local AWS stand-in' },
] as const satisfies readonly CheckStep[];
