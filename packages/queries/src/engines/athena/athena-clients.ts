import type { AthenaClient } from '@aws-sdk/client-athena';
import type { S3Client } from '@aws-sdk/client-s3';
import { packageMissing } from '@headwater/core/internal';
import type { AthenaEngineConfig } from './athena-engine.ts';

/** The clients that a session uses. */
export interface AthenaClients {
  readonly athena: AthenaClient;
  readonly s3: S3Client;
  /** Closes the clients that the session made itself. */
  close(): void;
}

/**
 * The caller's clients, or new ones for the region. The AWS SDK finds the credentials.
 * @throws HeadwaterError `PACKAGE_MISSING`
 */
export async function athenaClients(config: AthenaEngineConfig): Promise<AthenaClients> {
  const [{ AthenaClient }, { S3Client }] = await Promise.all([
    import('@aws-sdk/client-athena').catch(packageMissing('@aws-sdk/client-athena', 'Athena')),
    import('@aws-sdk/client-s3').catch(packageMissing('@aws-sdk/client-s3', 'Athena')),
  ]);
  const { region } = config;
  const athena = config.client ?? new AthenaClient({ region });
  const s3 = config.s3Client ?? new S3Client({ region });
  return {
    athena,
    s3,
    close() {
      if (!config.client) athena.destroy();
      if (!config.s3Client) s3.destroy();
    },
  };
}
