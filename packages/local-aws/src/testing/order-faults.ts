import type { FaultyService } from '../facade/injected-faults.ts';
import type { RecordError, RequestError } from '../facade/serial/random-faults.ts';

/** What happens to one request of PutRecords. */
export type PutRecordsStep =
  | 'pass'
  /** Records with these partition keys, or at these positions, fail; the others are put. Throttled by default. */
  | {
      readonly partitionKeys?: readonly string[];
      readonly positions?: readonly number[];
      readonly error?: RecordError;
    }
  /** The request fails whole, and puts nothing. */
  | { readonly request: RequestError }
  /** The request puts all of its records, and the client gets an error with status 500. */
  | { readonly answer: 'lost' };

/** Faults of PutRecords to one stream. */
export interface PutRecordsFaultsOrder {
  /** Its name. */
  readonly stream: string;
  /** One for each of the next requests; later ones pass. */
  readonly steps?: readonly PutRecordsStep[];
  /** Or shares from 0 to 1, drawn by a seed: of records that fail, of requests that fail whole, of answers that are lost. */
  readonly random?: {
    readonly seed: number;
    readonly records?: number;
    readonly requests?: number;
    readonly lostAnswers?: number;
  };
}

/** The next requests to a service that fail. */
export interface ThrottlingOrder {
  readonly service: FaultyService;
  readonly count: number;
  /** Defaults to every operation. */
  readonly operation?: string;
  /** Defaults to the error by which the service throttles. */
  readonly error?: string;
}

/**
 * Orders failures of PutRecords to a stream of the stand-in, in place of those that were ordered before.
 *
 * @param url the stand-in, `endpoints.aws`
 * @example await orderPutRecordsFaults(aws.endpoints.aws, { stream, steps: [{ partitionKeys: ['u1'] }, { answer: 'lost' }] });
 */
export function orderPutRecordsFaults(url: string, order: PutRecordsFaultsOrder): Promise<void> {
  return post(`${url}/_local/put-records-faults`, order);
}

/** Orders failures of the next requests to a service of the stand-in, whichever test they are from. */
export function orderThrottling(url: string, order: ThrottlingOrder): Promise<void> {
  return post(`${url}/_local/throttle`, order);
}

async function post(url: string, order: object): Promise<void> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(order) });
  if (!answer.ok) throw new Error(await answer.text());
}
