/** The script of the job that loads a table: a file of `load/spark` in `@headwater/etl`. */
export const sparkJobScript = 'spark_job.py';

/** The modules that it imports. They lie beside it, and Glue gets them as `--extra-py-files`. */
export const sparkJobModules = [
  'byte_files.py',
  'compact_rows.py',
  'input_scan.py',
  'job_error.py',
  'job_progress.py',
  'job_result.py',
  'job_session.py',
  'lake_state.py',
  'load_inputs.py',
  'load_rows.py',
  'local_run.py',
  'named_inputs.py',
  'parquet_files.py',
  'parquet_frames.py',
  'replay_rows.py',
  's3_inputs.py',
  's3_lake.py',
  's3_store.py',
  'settle_duplicates.py',
  'task_size.py',
  'unlisted_files.py',
  'write_folders.py',
] as const;

/** The script of the job that checks a commit. It imports none of the modules. */
export const verifyJobScript = 'verify_commit.py';
