import { HeadwaterError } from './headwater-error.ts';

/**
 * Handles the failed import of a package that users install only if they need it. Any other failure is thrown as it is.
 *
 * @param name the package's name
 * @param purpose what needs it, as the subject of a sentence
 * @throws HeadwaterError `PACKAGE_MISSING`
 * @example const { S3Client } = await import('@aws-sdk/client-s3').catch(packageMissing('@aws-sdk/client-s3', 'A lake on S3'));
 */
export const packageMissing =
  (name: string, purpose: string) =>
  (cause: unknown): never => {
    const isMissing =
      cause instanceof Error &&
      'code' in cause &&
      cause.code === 'ERR_MODULE_NOT_FOUND' &&
      cause.message.includes(`'${name}'`);
    throw isMissing ? new HeadwaterError('PACKAGE_MISSING', { package: name, purpose }, { cause }) : cause;
  };
