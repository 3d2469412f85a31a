/** A number for each of the classes in which S3 prices requests. */
export interface RequestClasses {
  /** PUT, COPY, POST and LIST. Each part of a large upload is a PUT. */
  readonly writes: number;
  /** GET and all others. */
  readonly reads: number;
  /** DELETE and the abortion of an upload, which are free. One removes up to 1,000 files. */
  readonly deletes: number;
}

/**
 * US dollars for a thousand requests to S3 Standard in most regions (https://aws.amazon.com/s3/pricing/). Other storage classes and
 * some regions cost more, and keys of KMS have a price of their own.
 */
export const requestPrices: RequestClasses = { writes: 0.005, reads: 0.0004, deletes: 0 };

const classes: readonly (readonly [RegExp, keyof RequestClasses])[] = [
  [/^(Delete|Abort)/, 'deletes'],
  [/^(Put|Copy|Create|Upload|Complete|List)/, 'writes'],
];

/**
 * The class in which S3 prices an operation.
 * @example requestClass('UploadPart') // 'writes'
 */
export const requestClass = (operation: string): keyof RequestClasses =>
  classes.find(([names]) => names.test(operation))?.[1] ?? 'reads';

/** What requests cost in US dollars, at {@link requestPrices}: an estimate. */
export const requestsPrice = ({ writes, reads, deletes }: RequestClasses): number =>
  (writes * requestPrices.writes + reads * requestPrices.reads + deletes * requestPrices.deletes) / 1000;
