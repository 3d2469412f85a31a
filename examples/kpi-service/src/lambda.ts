// The service as a Lambda function. KPI_ACCESS_TEXT has the text of the access list, such as from a secret.
import { accessFromFile, accessFromText } from './access/access-source.ts';
import { lambdaHandler } from './lambda-handler.ts';
import { openEngine } from './open-engine.ts';
import { createService } from './service.ts';
import { readSettings, serviceSettings } from './settings.ts';

const settings = readSettings(process.env);
const text = process.env['KPI_ACCESS_TEXT'];
export const handler = lambdaHandler(
  createService({
    engine: await openEngine(settings),
    access:
      text === undefined ? accessFromFile(settings.KPI_ACCESS) : accessFromText(text, 'KPI_ACCESS_TEXT'),
    ...serviceSettings(settings),
  }),
);
