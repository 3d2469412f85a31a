/** Athena's price of a terabyte in most regions (https://aws.amazon.com/athena/pricing/); some regions cost more. */
export const defaultPricePerTerabyte = 5;

const leastBilled = 10_000_000;
const terabyte = 1e12;
const megabyte = 1e6;

/**
 * Athena's price in US dollars for a query that scans so many bytes. Athena charges full megabytes, and at least 10 MB. A
 * terabyte counts as 10^12 bytes, so that the bill is never higher.
 *
 * @example scanPrice(2e12) // 10
 */
export function scanPrice(bytes: number, pricePerTerabyte: number = defaultPricePerTerabyte): number {
  const billed = Math.max(leastBilled, Math.ceil(bytes / megabyte) * megabyte);
  return (billed / terabyte) * pricePerTerabyte;
}
