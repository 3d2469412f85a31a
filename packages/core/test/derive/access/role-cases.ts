import type { PolicyRole } from '../../../src/index.ts';
import type { RoleCase } from './access-kit.ts';
import { deployCases } from './deploy-cases.ts';
import { loaderCases } from './loader-cases.ts';
import { publisherCases } from './publisher-cases.ts';
import { readerCases } from './reader-cases.ts';
import { serviceCases } from './service-cases.ts';
import { streamCases } from './stream-cases.ts';

/** Every role, and beside them a class of readers and the roles of the load pipeline. A new role of a policy needs its case here. */
export const roleCases = {
  ...readerCases,
  ...loaderCases,
  ...serviceCases,
  ...streamCases,
  ...publisherCases,
  ...deployCases,
} satisfies Record<PolicyRole, RoleCase> & Record<string, RoleCase>;
