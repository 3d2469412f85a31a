// `pnpm bench [load|cli|cold-start|compile|types|simulate|serve|rollup|kpi|dashboard|capacity|record|sessions|watch|detection|detectors] [--rows N,N] [--rounds N] [--engine duckdb|spark] [--peers] [--record] [--seconds N] [--rate N] [--throughput N]`; bench/README.md says how to read it.
import { parseArgs } from 'node:util';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string' },
    rate: { type: 'string' },
    throughput: { type: 'string' },
    rows: { type: 'string' },
    rounds: { type: 'string' },
    engine: { type: 'string' },
    peers: { type: 'boolean' },
    record: { type: 'boolean' },
  },
});
const rounds = Number(values.rounds ?? 3);
const rows = (values.rows ?? '2000000,10000000').split(',').map(Number);
/** What `--rows` says first, or what a benchmark takes without it. */
const rowsOr = (usual: number): number => (values.rows === undefined ? usual : (rows[0] ?? 0));
const benches: Readonly<Record<string, () => Promise<void>>> = {
  load: async () =>
    (await import('./load.ts')).benchLoad({
      rows,
      rounds,
      peers: values.peers ?? false,
      engine: values.engine === 'spark' ? 'spark' : 'duckdb',
    }),
  cli: async () => (await import('./cli.ts')).benchCli(Math.max(rounds, 7)),
  compile: async () => (await import('./compile.ts')).benchCompile(),
  'cold-start': async () => (await import('./cold-start.ts')).benchColdStart(Math.max(rounds, 7)),
  types: async () => (await import('./types.ts')).benchTypes(values.record ?? false),
  serve: async () =>
    (await import('./serve.ts')).benchServe({
      seconds: Number(values.seconds ?? 120),
      rate: Number(values.rate ?? 100),
      events: rowsOr(100_000),
    }),
  kpi: async () =>
    (await import('./kpi.ts')).benchKpi({
      seconds: Number(values.seconds ?? 60),
      rate: Number(values.rate ?? 20),
      events: rowsOr(100_000),
    }),
  capacity: async () =>
    (await import('./capacity.ts')).printCapacity(
      values.throughput === undefined ? undefined : Number(values.throughput),
    ),
  record: async () => (await import('./record.ts')).benchRecord(rowsOr(100_000), rounds),
  sessions: async () => (await import('./sessions.ts')).benchSessions(rowsOr(300_000), rounds),
  watch: async () => (await import('./watch.ts')).benchWatch(rowsOr(1_000_000), rounds),
  detection: async () =>
    (await import('./detection.ts')).benchDetection(rowsOr(400_000), Number(values.rounds ?? 1)),
  detectors: async () =>
    (await import('./detectors.ts')).benchDetectors(rowsOr(15_000_000), Number(values.rounds ?? 1)),
  rollup: async () => (await import('./rollup.ts')).benchRollup(rowsOr(2_000_000), rounds),
  dashboard: async () => (await import('./dashboard.ts')).benchDashboard(rowsOr(1_000_000), rounds),
  simulate: async () => (await import('./simulate.ts')).benchSimulate(rows[0] ?? 2_000_000),
};
const chosen = positionals.length > 0 ? positionals : Object.keys(benches);
for (const name of chosen) {
  const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (!bench) {
    process.stderr.write(`No benchmark "${name}". There are: ${Object.keys(benches).join(', ')}\n`);
    process.exitCode = 2;
  } else await bench();
}
