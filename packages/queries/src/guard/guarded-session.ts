import type { LakeSession } from '../session/lake-engine.ts';
import { GuardedDialect } from './guarded-dialect.ts';
import type { QueryGuard } from './query-guard.ts';

/** A session whose queries pass the guard, whether they come as text, as rows or as Arrow. */
export function guardedSession(session: LakeSession, guard: QueryGuard): LakeSession {
  return {
    ...session,
    dialect: new GuardedDialect(session.dialect, guard),
    async readOnly(text, options) {
      const admission = await guard.admit({ sql: text, parameters: [] }, options);
      return session.readOnly(text, admission.options);
    },
    async arrow(query, options) {
      const admission = await guard.admit(query, options);
      return session.arrow(query, admission.options);
    },
  };
}
