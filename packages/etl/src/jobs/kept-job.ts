/** What was done to a job. */
export type KeptJob = 'created' | 'updated' | 'unchanged';
