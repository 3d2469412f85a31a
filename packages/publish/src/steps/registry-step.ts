import type { CompatibilityMode } from '@headwater/core';
import {
  type LiveSchema,
  type RegistrySchema,
  type SchemaVersion,
  schemaRegistry,
} from '../aws/schema-registry.ts';
import type { Difference, PublishStep, StepPlan } from './publish-step.ts';

/** A schema of the Glue Schema Registry, as it should be. */
export interface RegistryStepOptions extends RegistrySchema {
  /** JSON Schema, draft-07: the registry accepts no later draft. */
  readonly definition: string;
  /** The definition with which the verdicts compare. Defaults to the latest version of the registry. */
  readonly comparedWith?: string | undefined;
  readonly mode: CompatibilityMode;
  /** Whether the change is compatible in the mode. An allowed change that is not is registered without the registry's check. */
  readonly keepsToMode: boolean;
}

/**
 * Registers the definition as a version of its schema in the Glue Schema Registry. The registry's check is asynchronous and may
 * end in `FAILURE` (https://docs.aws.amazon.com/glue/latest/webapi/API_RegisterSchemaVersion.html); publishing again deletes
 * that version and registers it again. A registered definition keeps its version, so a rollback needs no new one.
 *
 * The registry compares a new version with its checkpoint only. The step moves the checkpoint to the version with which our
 * verdicts compare before it registers, and to the new version afterwards, so that both compare with the same one.
 */
export function registryStep(options: RegistryStepOptions): PublishStep {
  const { registry, schema, mode, definition, comparedWith, keepsToMode } = options;
  const calls = schemaRegistry(options);
  const step = `registry schema ${registry}/${schema}`;

  async function look(): Promise<{ live?: LiveSchema; found?: SchemaVersion; plan: StepPlan }> {
    const none = { step, needs: [] };
    const live = await calls.read();
    if (!live) return { plan: { ...none, action: 'create', differences: [] } };
    const found = await calls.find(definition);
    const differences: Difference[] = [];
    if (live.mode !== mode)
      differences.push({ what: 'compatibility', was: live.mode, becomes: mode, cause: 'change' });
    if (found?.status !== 'AVAILABLE')
      differences.push({ what: 'version', was: null, becomes: 'a new one', cause: 'change' });
    const plan: StepPlan = { ...none, action: differences.length > 0 ? 'update' : 'none', differences };
    return { live, ...(found ? { found } : {}), plan };
  }

  /** The number of the version with which the verdicts compare. Undefined when the registry does not have it. */
  async function baseNumber(): Promise<number | undefined> {
    const base = comparedWith === undefined ? undefined : await calls.find(comparedWith);
    return base?.status === 'AVAILABLE' ? calls.numberOf(base) : undefined;
  }

  async function register(live: LiveSchema | undefined, refused: SchemaVersion | undefined): Promise<number> {
    if (refused) await calls.remove(refused, mode);
    const base = await baseNumber();
    const isReady = keepsToMode && live?.mode === mode && base !== undefined && live.checkpoint === base;
    if (!isReady) await calls.setMode(keepsToMode ? mode : 'NONE', base);
    try {
      return await calls.settled(await calls.register(definition), mode);
    } catch (error) {
      // Later versions are compared again. A publisher that dies before this leaves the difference to the next one.
      if (!keepsToMode) await calls.setMode(mode, base).catch(() => undefined);
      throw error;
    }
  }

  return {
    name: step,
    plan: async () => (await look()).plan,
    async apply() {
      const first = await look();
      if (first.plan.action === 'create') await calls.create(definition, mode);
      // Another publisher may have created it from another definition.
      const { plan, live, found } = await look();
      if (plan.action === 'none') return;
      const isRegistered = found?.status === 'AVAILABLE' || found?.status === 'PENDING';
      const number = found && isRegistered ? await calls.settled(found, mode) : await register(live, found);
      await calls.setMode(mode, number);
    },
  };
}
