import type { Table } from '@aws-sdk/client-glue';

/**
 * What a crawler left on a table that it made or updated
 * (https://docs.aws.amazon.com/glue/latest/dg/table-properties-crawler.html). Undefined where no crawler did.
 *
 * @returns the crawler's name, empty where the table does not have it
 */
export function crawlerMarks({ Parameters = {} }: Table): { readonly name: string } | undefined {
  const isMarked = [
    'UPDATED_BY_CRAWLER',
    'CrawlerSchemaSerializerVersion',
    'CrawlerSchemaDeserializerVersion',
  ];
  return isMarked.some((mark) => Parameters[mark] !== undefined)
    ? { name: Parameters['UPDATED_BY_CRAWLER'] ?? '' }
    : undefined;
}
