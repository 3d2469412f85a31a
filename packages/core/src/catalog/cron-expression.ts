import { z } from 'zod';

const field = /^[0-9A-Z,*/?#LW-]+$/;
const shape = /^cron\((.+)\)$/;
const expected =
  'six fields in UTC, cron(<minutes> <hours> <day of month> <month> <day of week> <year>), with ? for one of the two days';

/**
 * Whether a text is a cron expression of AWS: six fields, of which exactly one of the two days is `?`. It is the same for DataBrew
 * (https://docs.aws.amazon.com/databrew/latest/dg/jobs.cron.html) and for crawlers
 * (https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html). The values of the fields are left to the services.
 *
 * @example isCronExpression('cron(0 3 * * ? *)') // true: every night at 3
 */
function isCronExpression(text: string): boolean {
  const fields = shape.exec(text)?.[1]?.split(' ') ?? [];
  const [, , dayOfMonth, , dayOfWeek] = fields;
  return (
    fields.length === 6 &&
    fields.every((one) => field.test(one)) &&
    (dayOfMonth === '?') !== (dayOfWeek === '?') &&
    fields.filter((one) => one === '?').length === 1
  );
}

/** A cron expression in a config or an option. */
export const cronExpression = z
  .string(`must be ${expected}`)
  .refine(isCronExpression, { error: `must be ${expected}` });
