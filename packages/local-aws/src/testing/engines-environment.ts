import { inject } from 'vitest';
import { clientEnvironment } from '../running/client-environment.ts';

// Before each test file: clients made with a region alone then talk to the stand-in.
const engines = inject('engines');
if (!('missing' in engines)) Object.assign(process.env, clientEnvironment(engines));
