import { parseArgs } from 'node:util';
import { outcomeLine, verifyLive } from './src/verify-live.ts';

const { values } = parseArgs({
  options: { bucket: { type: 'string' }, region: { type: 'string' }, account: { type: 'string' } },
});
const { bucket, region, account } = values;
if (bucket === undefined || region === undefined || account === undefined) {
  console.error(
    'node verify-live.ts --bucket <an existing bucket> --region <its region> --account <12 digits>',
  );
  process.exitCode = 2;
} else {
  const outcomes = await verifyLive({ bucket, region, account }, (outcome) =>
    console.log(outcomeLine(outcome)),
  );
  process.exitCode = outcomes.every(({ isMet }) => isMet) ? 0 : 1;
}
