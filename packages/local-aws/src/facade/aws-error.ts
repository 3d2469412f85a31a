/** An error as AWS's JSON protocol carries it: the client makes an exception of that name of it. */
export class AwsError extends Error {
  readonly type: string;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  /** @param details members of the exception beside its message */
  constructor(type: string, message: string, details: Readonly<Record<string, unknown>> = {}, status = 400) {
    super(message);
    this.name = type;
    this.type = type;
    this.status = status;
    this.details = details;
  }
}

/** A request that makes no sense, in the words that Athena has for all of them. */
export function invalidRequest(message: string, code = 'INVALID_INPUT'): AwsError {
  return new AwsError('InvalidRequestException', message, { AthenaErrorCode: code });
}
