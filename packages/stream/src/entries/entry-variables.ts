/** The environment variables of bundled functions, and what each has to be. */
export const entryVariables = {
  HEADWATER_SESSIONS_TABLE: 'the name of the DynamoDB table of live stores',
  HEADWATER_TOPIC_ARN: 'the ARN of the SNS topic of incidents and reminders',
  HEADWATER_POISON_BUCKET: 'the bucket for poison records',
  HEADWATER_POISON_QUEUE_URL: 'the URL of the queue for poison records; they go to the bucket without',
  HEADWATER_METRICS_NAMESPACE: 'the namespace of metrics; Headwater without',
} as const satisfies Readonly<Record<string, string>>;

/** The name of an environment variable. */
export type EntryVariable = keyof typeof entryVariables;
