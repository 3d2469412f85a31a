import type { PipelinePlace } from './pipeline-place.ts';

/** Minutes that the verification of one commit may take. */
export const verifyMinutes = 60;

/** The packages of the script that Glue's Python shell lacks, or has in other versions. */
export const verifyModules = ['pyarrow==21.0.0', 'xxhash==3.6.0'] as const;

/**
 * The input of Glue CreateJob for the verification of a commit: a Python shell job of one DPU
 * (https://docs.aws.amazon.com/glue/latest/dg/add-job-python.html). It starts in seconds, and reads by another library than the one
 * that wrote. The script is `verify_commit.py` of `@headwater/etl`.
 */
export const verifyJob = (place: PipelinePlace) => ({
  Name: place.verifyJob,
  Description: `Compares the files of a commit of ${place.table} with its manifest`,
  Role: place.roleArn(place.roles.verify),
  Command: { Name: 'pythonshell', PythonVersion: '3.9', ScriptLocation: place.verifyScript },
  DefaultArguments: {
    '--lake': place.target.location,
    '--table': place.table,
    ...(place.target.kmsKey === undefined ? {} : { '--kms_key': place.target.kmsKey }),
    '--additional-python-modules': verifyModules.join(','),
  },
  MaxCapacity: 1,
  MaxRetries: 0,
  Timeout: verifyMinutes,
  // A load may commit while an earlier one is verified.
  ExecutionProperty: { MaxConcurrentRuns: 3 },
});
