/** An error of AWS's JSON protocol. The client throws an exception with the name `type`. */
export class AwsError extends Error {
  readonly type: string;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  /** @param details members of the exception other than its message */
  constructor(type: string, message: string, details: Readonly<Record<string, unknown>> = {}, status = 400) {
    super(message);
    this.name = type;
    this.type = type;
    this.status = status;
    this.details = details;
  }
}

/** Athena's exception for every request that is not valid. */
export function invalidRequest(message: string, code = 'INVALID_INPUT'): AwsError {
  return new AwsError('InvalidRequestException', message, { AthenaErrorCode: code });
}
