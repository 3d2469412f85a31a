// The directions in which imports may go, as ARCHITECTURE.md draws them. `pnpm run imports` checks them.

/** Packages, and which of their siblings each may import. A package not listed may be imported by none. */
const packages = {
  core: [],
  storage: ['core'],
  etl: ['core', 'storage'],
  publish: ['core', 'storage'],
  queries: ['core', 'storage'],
  access: ['core', 'queries'],
  mcp: ['core', 'queries', 'access'],
  simulator: ['core'],
  stream: ['core'],
  dashboard: ['core', 'queries', 'access', 'storage'],
  // Of etl it takes the scripts of jobs.
  infra: ['core', 'dashboard', 'etl', 'publish', 'queries', 'storage', 'stream'],
  // For development: only tests use it. It imports nothing of what it is compared with.
  'reference-answers': [],
  cli: ['core', 'dashboard', 'infra', 'storage', 'etl', 'publish', 'queries', 'mcp', 'simulator', 'stream'],
  // For development: only tests and scripts use it.
  'local-aws': [],
};

/**
 * Folders, and which of their siblings each may import: one table for each folder that holds them. A folder that its
 * table does not list is an error. Files that lie beside the listed folders may import all of them, and only those that
 * a list names (`user-folder.ts`) may be imported from a folder.
 */
const folders = {
  'packages/core/src': {
    errors: [],
    options: ['errors'],
    'time-zone': ['errors'],
    table: ['errors', 'time-zone'],
    types: ['errors', 'table'],
    clean: ['errors', 'time-zone', 'table', 'types'],
    lake: ['errors', 'table', 'types'],
    catalog: ['errors', 'options', 'table', 'types', 'lake'],
    derive: ['errors', 'options', 'time-zone', 'table', 'types', 'lake', 'catalog'],
    evolve: ['errors', 'table', 'types', 'lake'],
    rollup: ['table', 'lake', 'catalog'],
    telemetry: ['headwater-version.ts'],
  },
  // One folder for each engine that cleans. What they share lies beside them.
  'packages/core/src/clean': {
    duckdb: ['refuse-nested.ts', 'epoch-shifts.ts', 'instant-limits.ts', 'reject-code.ts', 'time-reading.ts'],
    record: ['refuse-nested.ts', 'epoch-shifts.ts', 'instant-limits.ts', 'reject-code.ts', 'time-reading.ts'],
    spark: ['refuse-nested.ts', 'epoch-shifts.ts', 'instant-limits.ts', 'reject-code.ts', 'time-reading.ts'],
  },
  // One family for each reader of what is derived. A family builds on the catalogue, the table and the type maps; the
  // exceptions are texts that the Glue API carries: JSON Schema in a registry, Trino's SQL in a view.
  'packages/core/src/derive': {
    arrow: [],
    athena: [],
    // It watches what other families make, by the names that they give it.
    cloudwatch: ['derivation.ts', 'crawler', 'databrew', 'load-pipeline'],
    databrew: ['derivation.ts', 'service-role.ts'],
    // Its rules quote the words of the data dictionary.
    'data-quality': ['derivation.ts', 'docs'],
    docs: [],
    duckdb: [],
    glue: ['json', 'trino'],
    crawler: ['derivation.ts', 'service-role.ts'],
    firehose: ['derivation.ts', 'service-role.ts'],
    flink: ['derivation.ts', 'service-role.ts'],
    functions: ['service-role.ts'],
    github: ['derivation.ts', 'iam'],
    iam: ['derivation.ts', 'crawler', 'data-quality', 'databrew', 'firehose', 'flink', 'spark'],
    json: [],
    'lake-formation': [],
    // Its roles have policies, and it runs the Spark job.
    'load-pipeline': ['derivation.ts', 'iam', 'spark'],
    parquetjs: [],
    postgres: ['derivation.ts'],
    redshift: ['derivation.ts'],
    s3: [],
    spark: ['derivation.ts', 'load-capacity.ts', 'service-role.ts'],
    trino: [],
  },
  'packages/storage/src': {
    folder: ['lake-store.ts'],
    s3: ['credentials-advice.ts', 'lake-store.ts', 'pause.ts'],
  },
  // Pure functions first; what keeps state and what calls AWS builds on them; the local stream runs them all.
  'packages/stream/src': {
    telemetry: [],
    record: [],
    producer: ['record', 'telemetry'],
    sessions: ['record'],
    windows: ['record'],
    notify: [],
    alerts: ['notify', 'record', 'windows'],
    detect: ['alerts', 'record', 'windows'],
    recommend: ['notify', 'record', 'sessions', 'windows'],
    transform: ['record'],
    stores: ['alerts', 'recommend', 'sessions', 'windows'],
    sns: ['notify'],
    handlers: [
      ...[
        'alerts',
        'detect',
        'notify',
        'recommend',
        'record',
        'sessions',
        'telemetry',
        'transform',
        'windows',
      ],
    ],
    // What runs in a bundled function, and what bundles it: esbuild reads the one by its path.
    entries: ['handlers', 'notify', 'record', 'sessions', 'sns', 'stores', 'stream-config.ts'],
    // Whoever deploys functions makes their table, too.
    bundle: ['entries', 'stores', 'stream-config.ts'],
    local: [
      ...['alerts', 'detect', 'handlers', 'notify', 'producer', 'recommend', 'record', 'sessions', 'stores'],
      ...['transform', 'windows'],
    ],
  },
  // Detectors know what they are given and what they find, and not each other.
  'packages/stream/src/detect': {
    actors: ['detector.ts', 'packed-row.ts', 'shop-event.ts'],
    batch: ['detector-parameters.ts', 'shop-event.ts'],
    campaigns: ['detector.ts', 'packed-row.ts', 'shop-event.ts'],
    site: ['detector.ts', 'shop-event.ts'],
    // The site's detector in two halves: counting in each shard, judging what all have counted.
    shards: ['detector.ts', 'finding-gate.ts', 'site'],
    waf: ['batch', 'detection-kinds.ts'],
  },
  // The poller knows a stream by its interface; only run puts everything together.
  'packages/stream/src/local': {
    clock: [],
    stream: ['clock'],
    poller: ['clock', 'stream'],
    faults: ['clock', 'poller', 'stream'],
    run: ['clock', 'faults', 'poller', 'stream'],
    kinesis: ['clock', 'run', 'stream'],
  },
  'packages/simulator/src': {
    random: [],
    calibration: [],
    catalogue: ['random'],
    schedule: ['random', 'session-slots.ts'],
    shoppers: ['catalogue', 'random', 'schedule', 'session-slots.ts', 'simulation-plan.ts'],
    text: ['catalogue', 'event-types.ts', 'simulation.ts'],
    dirt: ['random', 'text'],
    output: ['dirt', 'text', 'event-types.ts', 'simulation.ts'],
    bots: ['catalogue', 'output', 'random', 'schedule', 'session-slots.ts', 'simulation-plan.ts'],
    script: ['catalogue', 'random', 'schedule', 'shoppers', 'event-types.ts', 'session-slots.ts'],
    labels: ['output', 'script'],
    attackers: ['script'],
    'look-alikes': ['random', 'schedule', 'script'],
  },
  'packages/publish/src': {
    aws: ['services'],
    snapshots: [],
    compare: [],
    steps: ['aws', 'snapshots'],
    plan: ['aws', 'compare', 'snapshots', 'steps'],
    partitions: ['aws'],
    drift: ['aws', 'snapshots', 'steps'],
  },
  'packages/etl/src': {
    telemetry: [],
    engine: [],
    lake: ['engine', 'telemetry'],
    input: ['engine', 'lake'],
    load: ['engine', 'lake', 'input', 'telemetry'],
    adopt: ['input', 'load'],
    maintain: ['engine', 'lake', 'load', 'rollup'],
    jobs: ['input', 'lake', 'load'],
    rollup: ['lake'],
    sync: ['lake'],
    warehouse: ['engine', 'lake'],
  },
  // What every engine gives is in session. The guard stands between a lake and its session, and works for any engine; only
  // the caller of a lake names an engine.
  'packages/queries/src': {
    functions: [],
    session: [],
    telemetry: ['session'],
    engines: ['functions', 'session'],
    guard: ['functions', 'session', 'telemetry'],
    range: [],
    lake: ['functions', 'guard', 'library', 'metric', 'range', 'session'],
    arrow: ['lake', 'session'],
    sql: ['lake', 'session'],
    metric: ['functions', 'range'],
    library: ['functions', 'metric'],
    run: ['functions', 'guard', 'lake', 'library', 'metric', 'range', 'session', 'telemetry'],
    impact: ['engines', 'lake', 'library', 'metric', 'run', 'session'],
    statement: ['engines', 'impact', 'lake', 'library', 'metric', 'range', 'run', 'session'],
    ossie: ['engines', 'impact', 'lake', 'library', 'metric', 'run', 'session', 'statement'],
  },
  // Athena is Trino with another way to run a statement, and Redshift writes much as PostgreSQL does.
  'packages/queries/src/engines': {
    common: [],
    duckdb: ['common'],
    postgres: ['common'],
    redshift: ['common', 'postgres'],
    trino: ['common'],
    athena: ['trino'],
  },
  'packages/queries/src/guard': {
    cost: [],
    cache: ['cost'],
  },
  // Each part stands by itself: who asks, whose rows, how much may be read, and whose turn it is.
  'packages/access/src': {
    token: [],
    rows: [],
    budget: [],
    share: [],
  },
  // A server is made of tools; tools know a caller, and not the protocol.
  'packages/mcp/src': {
    access: [],
    answer: ['access'],
    tools: ['access', 'answer'],
    serve: ['access', 'create-mcp-server.ts'],
  },
  // A chart is data first: what draws it, and what says it in words, reads the same description.
  'packages/dashboard/src': {
    chart: [],
    compare: ['chart'],
    sentence: ['chart', 'compare'],
    table: ['chart', 'compare'],
    vega: ['chart', 'compare', 'table'],
    ask: ['chart', 'compare'],
    report: ['ask', 'chart', 'compare', 'sentence', 'table', 'vega'],
    // What the page and the server tell each other: types, and how a state is a link.
    api: ['chart', 'compare', 'table'],
    // The page runs in a browser, and is bundled: it takes no more of the package than this.
    page: ['api', 'chart', 'compare', 'table'],
    bundle: [],
    // What QuickSight is sent: derived from the same descriptions, checked, and published.
    quicksight: ['ask', 'chart', 'vega'],
    // The figures of a stream, for those who read them now.
    live: ['api', 'ask', 'chart'],
    server: ['api', 'ask', 'bundle', 'chart', 'compare', 'live', 'report', 'sentence', 'table', 'vega'],
  },
  // What is sent is derived by the files beside; it is checked and published as it is, whoever made it.
  'packages/dashboard/src/quicksight': {
    check: ['quicksight-assets.ts'],
    lint: ['check', 'quicksight-assets.ts'],
    publish: ['check', 'lint', 'quicksight-assets.ts'],
  },
  // Each part of the platform is a room of its own. Only platform knows all of them; deploy sends what it makes.
  'packages/infra/src': {
    config: [],
    scale: ['config', 'platform-context.ts'],
    assets: ['config', 'platform-context.ts', 'platform-facts.ts', 'stream-parts.ts'],
    resource: ['config'],
    nag: [],
    lake: ['nag', 'resource', 'platform-context.ts'],
    roles: ['nag', 'resource', 'platform-context.ts'],
    catalog: ['assets', 'nag', 'resource', 'roles', 'platform-context.ts'],
    load: ['assets', 'nag', 'resource', 'roles', 'platform-context.ts'],
    databrew: ['nag', 'resource', 'roles', 'platform-context.ts'],
    stream: [
      'assets',
      'catalog',
      'nag',
      'resource',
      'roles',
      'scale',
      'platform-context.ts',
      'stream-parts.ts',
    ],
    functions: ['assets', 'nag', 'resource', 'roles', 'scale', 'platform-context.ts', 'stream-parts.ts'],
    watch: ['nag', 'resource', 'platform-context.ts', 'stream-parts.ts'],
    quicksight: ['nag', 'resource', 'platform-context.ts'],
    budget: ['nag', 'resource', 'platform-context.ts'],
    platform: [
      ...['assets', 'budget', 'catalog', 'config', 'databrew', 'functions', 'lake', 'load', 'nag'],
      ...['quicksight', 'resource', 'roles', 'scale', 'stream', 'watch', 'platform-context.ts'],
      'platform-facts.ts',
    ],
    deploy: ['assets', 'config', 'platform', 'scale', 'platform-context.ts', 'platform-facts.ts'],
  },
  // A command makes an answer and says how to print it; only what stands beside the folders runs and prints one.
  'packages/cli/src': {
    answer: [],
    output: ['answer'],
    'command-line': ['answer', 'output'],
    config: ['answer', 'command-line'],
    rows: ['answer', 'command-line', 'config', 'output'],
    lake: ['answer', 'command-line', 'config', 'output'],
    schema: ['answer', 'command-line', 'config', 'output'],
    ci: ['answer', 'config', 'output', 'schema'],
    template: ['config', 'output'],
    completion: ['command-line'],
    detect: ['answer', 'command-line', 'output'],
    // Clients of the services that are asked about an account.
    aws: ['config'],
    doctor: ['aws', 'config', 'output', 'template'],
    cost: ['aws', 'command-line', 'config', 'output'],
    infra: ['ci', 'config', 'output'],
    stream: ['answer', 'command-line', 'config', 'lake', 'output'],
    demo: ['answer', 'config', 'lake', 'output', 'rows', 'stream', 'template'],
    dashboard: ['command-line', 'config', 'output', 'stream'],
    commands: [
      'answer',
      'ci',
      'command-line',
      'completion',
      'config',
      'cost',
      'dashboard',
      'demo',
      'detect',
      'doctor',
      'infra',
      'lake',
      'output',
      'rows',
      'schema',
      'stream',
      'template',
    ],
  },
  'packages/cli/src/stream': {
    archive: [],
    source: [],
    view: [],
    page: ['view'],
    aws: ['page', 'services', 'view'],
    services: [],
    run: ['archive', 'services', 'source', 'view'],
  },
};

/** The folders of a table that import each other, directly or in a circle. */
const circle = (table) => {
  const left = new Map(Object.entries(table));
  for (let size = -1; size !== left.size; ) {
    size = left.size;
    for (const [name, allowed] of left) if (!allowed.some((other) => left.has(other))) left.delete(name);
  }
  return [...left.keys()];
};
for (const [root, table] of Object.entries(folders)) {
  const names = circle(table);
  if (names.length > 0) throw new Error(`Folders of ${root} may not import each other: ${names.join(', ')}.`);
}

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

const escaped = (name) => name.replace('.', '\\.');
const folderRules = Object.entries(folders).flatMap(([root, table]) => [
  ...Object.entries(table).map(([name, allowed]) => ({
    name: `folder-direction-${root}/${name}`,
    severity: 'error',
    comment: `${root}/${name} may import ${allowed.join(', ') || 'nothing else'} of ${root}.`,
    from: { path: `^${root}/${name}/` },
    to: { path: `^${root}/`, pathNot: `^${root}/${oneOf([name, ...allowed].map(escaped))}(/|$)` },
  })),
  {
    name: `folders-are-listed-${root}`,
    severity: 'error',
    comment: `A new folder of ${root} has to be given its place in folders, in this file.`,
    from: { path: `^${root}/[^/]+/`, pathNot: `^${root}/${oneOf(Object.keys(table))}/` },
    to: {},
  },
]);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...packageDirection,
    ...folderRules,
    {
      name: 'loads-name-no-engine',
      severity: 'error',
      comment:
        'Planning, accounting and reporting of loads stay the same for every engine; an engine has a folder of its own.',
      from: { path: '^packages/etl/src/(load/[^/]+[.]ts|maintain/|sync/)' },
      to: { path: '(^|/)node_modules/@duckdb/' },
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
      name: 'queries-root-reaches-no-driver',
      severity: 'error',
      comment:
        'Whoever asks one engine installs and bundles its driver alone. Drivers belong to the subpath of an engine.',
      from: { path: '^packages/queries/src/(metric/)?index\\.ts$' },
      to: { path: '(^|/)node_modules/(@duckdb|apache-arrow|@aws-sdk/client-athena)/', reachable: true },
    },
    {
      name: 'stream-root-reaches-no-client',
      severity: 'error',
      comment:
        'Whoever reads records or keeps sessions in memory installs no client of AWS and no Powertools. They belong to the subpaths.',
      from: { path: '^packages/stream/src/index\\.ts$' },
      to: { path: '(^|/)node_modules/(@aws-sdk|@smithy|@aws-lambda-powertools|esbuild)/', reachable: true },
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
    // These import the packed packages, where the workspace cannot look.
    exclude: { path: '/(dist|cdk[.]out)/|^test/(consumer|combinations)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@headwater/source', 'types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.d.ts'],
    },
  },
};
