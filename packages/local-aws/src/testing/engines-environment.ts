import { inject } from 'vitest';
import { clientEnvironment } from '../running/client-environment.ts';

// Runs before each test file, so that AWS clients with default settings use the stand-in.
const engines = inject('engines');
if (!('missing' in engines)) Object.assign(process.env, clientEnvironment(engines));
