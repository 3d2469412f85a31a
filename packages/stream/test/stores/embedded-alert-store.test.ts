import { createEmbeddedAlertStore } from '../../src/stores/embedded/embedded-alert-store.ts';
import { contractOptions, describeAlertStore } from './alert-store-contract.ts';

describeAlertStore('in memory', () => createEmbeddedAlertStore(contractOptions));
