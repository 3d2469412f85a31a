// The directions in which imports may go, as ARCHITECTURE.md draws them. `pnpm run imports` checks them.

/** Packages, and which of their siblings each may import. A package not listed may be imported by none. */
const packages = {
  core: [],
  storage: ['core'],
  etl: ['core', 'storage'],
  publish: ['core', 'storage'],
  queries: ['core', 'storage'],
  simulator: ['core'],
  cli: ['core', 'storage', 'etl', 'publish', 'queries', 'simulator'],
  // For development: only tests and scripts use it.
  'local-aws': [],
};

/** Folders of packages/core/src, and which of their siblings each may import. */
const coreFolders = {
  errors: [],
  table: ['errors'],
  types: ['errors', 'table'],
  clean: ['errors', 'table', 'types'],
  lake: ['errors', 'table', 'types'],
  catalog: ['errors', 'table', 'types', 'lake'],
  derive: ['errors', 'table', 'types', 'clean', 'lake', 'catalog'],
  evolve: ['errors', 'table', 'types', 'clean', 'lake', 'catalog', 'derive'],
};

const oneOf = (names) => `(${names.join('|')})`;

const packageDirection = Object.entries(packages).map(([name, allowed]) => ({
  name: `package-direction-${name}`,
  severity: 'error',
  comment: `packages/${name} may import ${allowed.join(', ') || 'no other package of the workspace'}.`,
  from: { path: `^packages/${name}/src/` },
  to: {
    path: '^(packages|examples|bench|scripts|test)/',
    pathNot: [`^packages/${oneOf([name, ...allowed])}/src/`, '(^|/)node_modules/'],
  },
}));

const folderDirection = Object.entries(coreFolders).map(([name, allowed]) => ({
  name: `core-folder-direction-${name}`,
  severity: 'error',
  comment: `packages/core/src/${name} may import ${allowed.join(', ') || 'no other folder of core'}.`,
  from: { path: `^packages/core/src/${name}/` },
  to: {
    path: '^packages/core/src/',
    pathNot: `^packages/core/src/${oneOf([name, ...allowed])}/`,
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...packageDirection,
    ...folderDirection,
    {
      name: 'core-folders-are-listed',
      severity: 'error',
      comment: 'A new folder of core has to be given its place in coreFolders, in this file.',
      from: {
        path: '^packages/core/src/[^/]+/',
        pathNot: `^packages/core/src/${oneOf(Object.keys(coreFolders))}/`,
      },
      to: {},
    },
    {
      name: 'packages-are-listed',
      severity: 'error',
      comment: 'A new package has to be given its place in packages, in this file.',
      from: { path: '^packages/[^/]+/src/', pathNot: `^packages/${oneOf(Object.keys(packages))}/` },
      to: {},
    },
    {
      name: 'core-imports-only-zod',
      severity: 'error',
      comment: 'core is pure: its one runtime dependency is zod, a peer.',
      from: { path: '^packages/core/src/' },
      to: { pathNot: ['^packages/core/src/', '(^|/)node_modules/zod/'] },
    },
    {
      name: 'one-way-across-packages',
      severity: 'error',
      comment: 'Packages import each other by name, never by a relative path.',
      from: { path: '^(packages|examples)/([^/]+)/' },
      to: { path: '^(packages|examples)/', pathNot: '^$1/$2/', dependencyTypes: ['local'] },
    },
    {
      name: 'no-sources-from-tests',
      severity: 'error',
      comment: 'What is published cannot import what is not.',
      from: { path: '^packages/[^/]+/src/' },
      to: { path: '^(test|bench|examples|scripts)/|^packages/[^/]+/test/' },
    },
    {
      name: 'nothing-imports-an-example',
      severity: 'error',
      comment:
        'Examples are at the end of the direction; the tests and benchmarks of the workspace may use them.',
      from: { pathNot: ['^examples/', '^test/', '^bench/', '^packages/[^/]+/test/'] },
      to: { path: '^examples/' },
    },
    {
      name: 'no-runtime-cycles',
      severity: 'error',
      comment:
        'A cycle that exists only in types is erased, and one through a lazy import loads in a safe order; any other has none.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'An import that leads nowhere cannot be checked by the rules above.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // test/consumer imports the packed packages, where the workspace cannot look.
    exclude: { path: '/dist/|^test/consumer/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@headwater/source', 'types', 'import', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.d.ts'],
    },
  },
};
