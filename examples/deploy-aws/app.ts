import { platformApp, scales } from '@headwater/infra';
import config from './headwater.config.ts';

// `npm run synth -- large`; without a scale it is that of the config.
const scale = scales.find((one) => one === process.argv[2]) ?? config.infra?.scale;
const app = await platformApp({ ...config, infra: { ...config.infra, scale } });

app.synth();
