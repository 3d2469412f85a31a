// All that `headwater etl run --engine spark` does, in a process of its own. Arguments: lake, input.
import { loadEvents } from '@headwater/etl';
import { clickstream } from '@headwater/example-ecommerce';
import { printOutcome } from './print-outcome.ts';

const [lake = '', input = ''] = process.argv.slice(2);
const report = await loadEvents({ table: clickstream, lake, inputs: [input], engine: 'spark' });
printOutcome(report.rowsOut);
