import { z } from 'zod';

const place = z.object({
  DatabaseName: z.string(),
  TableName: z.string(),
  PartitionValues: z.array(z.string()).default([]),
});
const read = place.extend({ ColumnNames: z.array(z.string()) });
const write = place.extend({ ColumnStatisticsList: z.array(z.looseObject({ ColumnName: z.string() })) });
const remove = place.extend({ ColumnName: z.string() });

type Statistics = z.output<typeof write>['ColumnStatisticsList'][number];

/**
 * Glue's column statistics. The emulator does not have them, and Trino calls them whenever it writes a table.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_GetColumnStatisticsForTable.html
 */
export class ColumnStatistics {
  readonly #byPlace = new Map<string, Map<string, Statistics>>();

  /** Answers an operation on statistics. Gives undefined for any other operation. */
  answer(operation: string, input: unknown): object | undefined {
    switch (operation) {
      case 'GetColumnStatisticsForTable':
      case 'GetColumnStatisticsForPartition':
        return this.#get(read.parse(input));
      case 'UpdateColumnStatisticsForTable':
      case 'UpdateColumnStatisticsForPartition':
        return this.#update(write.parse(input));
      case 'DeleteColumnStatisticsForTable':
      case 'DeleteColumnStatisticsForPartition':
        return this.#delete(remove.parse(input));
      default:
        return undefined;
    }
  }

  #get({ ColumnNames, ...where }: z.output<typeof read>): object {
    const held = this.#at(where);
    return {
      ColumnStatisticsList: ColumnNames.flatMap((name) => held.get(name) ?? []),
      Errors: ColumnNames.filter((name) => !held.has(name)).map((ColumnName) => ({
        ColumnName,
        Error: { ErrorCode: 'EntityNotFoundException', ErrorMessage: 'Statistics not found' },
      })),
    };
  }

  #update({ ColumnStatisticsList, ...where }: z.output<typeof write>): object {
    const held = this.#at(where);
    for (const statistics of ColumnStatisticsList) held.set(statistics.ColumnName, statistics);
    return { Errors: [] };
  }

  #delete({ ColumnName, ...where }: z.output<typeof remove>): object {
    // Trino also deletes statistics that do not exist. It treats an error here as a missing table.
    this.#at(where).delete(ColumnName);
    return {};
  }

  #at({ DatabaseName, TableName, PartitionValues }: z.output<typeof place>): Map<string, Statistics> {
    const key = JSON.stringify([DatabaseName, TableName, PartitionValues]);
    const held = this.#byPlace.get(key) ?? new Map<string, Statistics>();
    this.#byPlace.set(key, held);
    return held;
  }
}
