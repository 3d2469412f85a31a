import { createRequire } from 'node:module';
import { HeadwaterError } from '@headwater/core';

/** What only those install who deploy. */
const packages = ['aws-cdk-lib', 'constructs', '@aws-cdk/toolkit-lib', 'esbuild'];

/** @throws HeadwaterError `PACKAGE_MISSING` with the line that installs all that are missing */
export function assertPackages(purpose: string): void {
  const { resolve } = createRequire(import.meta.url);
  const missing = packages.filter((name) => {
    try {
      return resolve(name) === '';
    } catch (error) {
      // A package whose entry is not to be required is there all the same.
      return error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
    }
  });
  if (missing.length > 0)
    throw new HeadwaterError('PACKAGE_MISSING', { package: missing.join(' '), purpose });
}
