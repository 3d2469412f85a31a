import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** What a client gets in place of an answer. */
export interface ErrorBody {
  /** Stable, for programs. */
  readonly code: string;
  /** What is wrong and what to do, for people. */
  readonly message: string;
  /** The parameter that is wrong. */
  readonly field?: string | undefined;
}

/** The codes of refusals. */
export type RefusalCode =
  | 'PARAMETER_INVALID'
  | 'TOKEN_MISSING'
  | 'TOKEN_MISPLACED'
  | 'TOKEN_INVALID'
  | 'TOKEN_EXPIRED'
  | 'TENANT_UNKNOWN'
  | 'ACCESS_UNREADABLE'
  | 'NOT_FOUND'
  | 'METRIC_UNKNOWN'
  | 'COLUMN_UNKNOWN'
  | 'METHOD_NOT_ALLOWED'
  | 'BODY_NOT_ALLOWED'
  | 'NOT_ACCEPTABLE'
  | 'ANSWER_TOO_LARGE'
  | 'QUESTION_TOO_LARGE'
  | 'RATE_EXCEEDED'
  | 'SCAN_BUDGET_SPENT'
  | 'TENANT_BUSY'
  | 'TIMED_OUT'
  | 'UNAVAILABLE'
  | 'INTERNAL';

interface RefusalOptions extends ErrorOptions {
  readonly field?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A request that gets no answer, with the reason as the client reads it. */
export class Refusal extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: RefusalCode;
  readonly field: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: ContentfulStatusCode,
    code: RefusalCode,
    message: string,
    options: RefusalOptions = {},
  ) {
    super(message, options);
    this.status = status;
    this.code = code;
    this.field = options.field;
    this.headers = options.headers ?? {};
  }

  get body(): ErrorBody {
    const { code, message, field } = this;
    return { code, message, ...(field === undefined ? {} : { field }) };
  }
}
