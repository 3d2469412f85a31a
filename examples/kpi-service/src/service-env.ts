import type { Tenant } from './access/access-file.ts';

/** What a request carries from one step to the next. */
export interface ServiceEnv {
  Variables: {
    requestId: string;
    tenant: Tenant;
    tokenName: string;
    /** Whether the answer was prepared before. */
    cached: boolean;
    /** Bytes that its query may have read, and that the budget was charged. */
    scanned: { readonly mostBytes: number; readonly charged: number };
    /** Why it was refused. */
    code: string;
  };
}
