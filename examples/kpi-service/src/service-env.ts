import type { Tenant } from './access/access-file.ts';
import type { AskingTenant } from './asking-tenant.ts';

/** What a request carries from one step to the next. */
export interface ServiceEnv {
  Variables: {
    requestId: string;
    tenant: Tenant;
    tokenId: string;
    asking: AskingTenant;
    /** Why it was refused. */
    code: string;
  };
}
