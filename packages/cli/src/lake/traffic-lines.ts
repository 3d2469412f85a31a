import type { LoadReport } from '@headwater/etl';
import { byteText, counted, priceText } from '../output/figures.ts';

/** The bytes that a run moved on S3, its requests, and their price. Empty for a lake in a folder. */
export function trafficLines({ traffic }: Pick<LoadReport, 'traffic'>): string[] {
  if (!traffic) return [];
  const { bytesPut, bytesCopied, bytesDeleted, requests } = traffic;
  const moved = `${byteText(bytesPut)} uploaded, ${byteText(bytesCopied)} copied, ${byteText(bytesDeleted)} removed`;
  const asked = `${counted(requests.writes, 'PUT, COPY and LIST request')}, ${counted(requests.reads, 'other')}`;
  return [`on S3: ${moved}; ${asked}: about ${priceText(traffic.price)}`];
}
