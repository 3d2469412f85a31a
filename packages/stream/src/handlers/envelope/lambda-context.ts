/** What handlers read of the context of a Lambda invocation. */
export interface LambdaContext {
  readonly awsRequestId: string;
  /** Milliseconds until Lambda ends the invocation. */
  getRemainingTimeInMillis(): number;
}
