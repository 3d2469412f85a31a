import type * as Sdk from '@aws-sdk/client-glue';
import { HeadwaterError } from '@headwater/core';
import { packageMissing } from '@headwater/core/internal';
import { credentialsAdvice } from '@headwater/storage';

/** Calls of Glue about one job. The SDK is loaded at the first call. */
export interface GlueCalls {
  /**
   * @param action the action in words that follow `cannot`, for the error
   * @throws HeadwaterError `JOB_REFUSED`, unless `pass` names the error
   */
  run<Result>(
    action: string,
    call: (client: Sdk.GlueClient, sdk: typeof Sdk) => Promise<Result>,
    pass?: (name: string) => boolean,
  ): Promise<Result>;
  /** Closes the client. */
  close(): void;
}

/** @param job the job's name, for errors */
export function createGlueCalls(job: string, region: string): GlueCalls {
  let loading: Promise<{ client: Sdk.GlueClient; sdk: typeof Sdk }> | undefined;
  const load = async (): Promise<{ client: Sdk.GlueClient; sdk: typeof Sdk }> => {
    const sdk = await import('@aws-sdk/client-glue').catch(
      packageMissing('@aws-sdk/client-glue', 'A job on Glue'),
    );
    return { client: new sdk.GlueClient({ region, maxAttempts: 5 }), sdk };
  };
  return {
    async run(action, call, pass = () => false) {
      loading ??= load();
      const { client, sdk } = await loading;
      try {
        return await call(client, sdk);
      } catch (error) {
        if (error instanceof HeadwaterError || !(error instanceof Error) || pass(error.name)) throw error;
        throw new HeadwaterError('JOB_REFUSED', { job, action, problem: problemOf(error) });
      }
    },
    close() {
      loading?.then(({ client }) => client.destroy()).catch(() => undefined);
    },
  };
}

/** Keeps the name and the message. The SDK's error contains the signed request, so it is not the cause. */
function problemOf({ name, message }: Error): string {
  if (/^AccessDenied/.test(name))
    return `${message}. The caller needs the policy: headwater derive iam-policy --role submitter`;
  const advice = credentialsAdvice[name];
  return `${advice ?? message.split('\n')[0]} (${name})`;
}

/** The error of Glue for something that does not exist. */
export const isMissing = (name: string): boolean => name === 'EntityNotFoundException';
