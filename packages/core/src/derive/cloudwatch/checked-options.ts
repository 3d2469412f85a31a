import type { z } from 'zod';
import { HeadwaterError } from '../../errors/headwater-error.ts';

/**
 * Options that replace words of a config: they have to be what a config may have.
 * @throws HeadwaterError `OPTION_INVALID`
 */
export function checkedOptions<Config extends object>(config: z.ZodType<Config>, options: Config): Config {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const parsed = config.safeParse(given);
  if (parsed.success) return parsed.data;
  const [{ path, message } = { path: [], message: '' }] = parsed.error.issues;
  const option = path.join('.') || 'alarms';
  throw new HeadwaterError('OPTION_INVALID', {
    option,
    value: path.length === 0 ? Object.keys(given).join(', ') : textAt(given, path),
    expected: message.replace(/^must be /, ''),
  });
}

/** What is at a path of the options, as text. */
function textAt(options: object, path: readonly PropertyKey[]): string {
  const value = path.reduce<unknown>((at, step) => Object(at)[step], options);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
