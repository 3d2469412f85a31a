import { clickstream } from '@headwater/example-ecommerce';
import { createLake, metricOf, metrics, namedMetricQuery } from '@headwater/queries';
import { athenaEngine } from '@headwater/queries/athena';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { postgresEngine } from '@headwater/queries/postgres';
import { redshiftEngine } from '@headwater/queries/redshift';
import { trinoEngine } from '@headwater/queries/trino';

const rounds = 300;
/** Uncounted rounds, after which the JavaScript engine has optimised the code, as in a service. */
const warmUps = 100;

/** No engine is reached: compiling a query sends nothing. */
const engines = {
  duckdb: () => duckdbEngine({ lake: './lake' }),
  trino: () => trinoEngine({ url: 'http://127.0.0.1:1', catalog: 'hive', schema: 'shop' }),
  athena: () => athenaEngine({ region: 'eu-central-1', database: 'shop', workgroup: 'headwater-shop' }),
  postgres: () => postgresEngine({ url: 'postgres://127.0.0.1:1/shop' }),
  redshift: () => redshiftEngine(),
};

/** Milliseconds from a metric's parameters to its SQL, for every metric and dialect. */
export async function benchCompile(): Promise<void> {
  process.stdout.write(`\nmetric to SQL, median of ${rounds}, ms\n`);
  process.stdout.write(
    `  ${'metric'.padEnd(20)}${Object.keys(engines)
      .map((name) => name.padStart(10))
      .join('')}\n`,
  );
  const lakes = Object.values(engines).map((engine) =>
    createLake({ tables: [clickstream], engine: engine() }),
  );
  for (const name of Object.keys(metrics)) {
    const metric = metricOf(name);
    const medians = lakes.map((lake) => {
      const compile = () =>
        namedMetricQuery(lake.clickstream, metric, { from: '2019-10-01', to: '2019-10-31' }).sql.length;
      for (let round = 0; round < warmUps; round += 1) compile();
      const times = Array.from({ length: rounds }, () => {
        const started = process.hrtime.bigint();
        compile();
        return Number(process.hrtime.bigint() - started) / 1e6;
      });
      return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
    });
    process.stdout.write(
      `  ${name.padEnd(20)}${medians.map((one) => one.toFixed(2).padStart(10)).join('')}\n`,
    );
  }
}
