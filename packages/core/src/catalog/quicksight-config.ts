import { type PiiClass, piiClasses } from '../table/column-metadata.ts';

/** A dashboard on QuickSight, in a config. */
export interface QuickSightConfig {
  /** The account that has QuickSight. Defaults to that of `aws`. */
  readonly account?: string;
  /** Its region. Defaults to that of `aws`. */
  readonly region?: string;
  /** The name that people see. Defaults to that of the table. */
  readonly title?: string;
  /**
   * - `direct`: each view is a query on Athena, so every measure is right for any days and filters.
   * - `spice`: QuickSight stores the rows of each day, and a view reads no lake. What does not follow from days is left out.
   *
   * Defaults to `direct`.
   */
  readonly mode?: 'direct' | 'spice';
  /** Defaults to `light`. */
  readonly theme?: 'light' | 'dark';
  /** How many days the dashboard shows at first, of which yesterday is the last. Defaults to 7. */
  readonly days?: number;
  /** ARNs of users and groups of QuickSight who may change everything: the one who publishes, and no more than needed. */
  readonly owners: readonly string[];
  /** ARNs of users and groups who may look. */
  readonly viewers?: readonly string[];
  /** When data in SPICE is refreshed each day. Defaults to 05:00 UTC. */
  readonly refresh?: { readonly at: string; readonly zone?: string };
  /** Who sees which events. Absent: all viewers see all. */
  readonly rows?: QuickSightRows;
  /** ARNs of those who may see columns of personal data, by class. A column that nobody may see is left out. */
  readonly personalData?: Readonly<Partial<Record<Exclude<PiiClass, 'none'>, readonly string[]>>>;
}

/** Row-level security: roles by their names, each of which sees the events with some values of one column. */
export interface QuickSightRows {
  /** A column of the table, of texts or whole numbers. */
  readonly column: string;
  /** By name, of lower-case letters, digits and hyphens. */
  readonly roles: Readonly<Record<string, QuickSightRole>>;
}

/** A role of {@link QuickSightRows}. */
export interface QuickSightRole {
  /** The values of the column. Absent: all events. */
  readonly values?: readonly string[];
  /** ARNs of users and groups. Nobody may be in two roles. */
  readonly principals: readonly string[];
}

const fields: ReadonlySet<string> = new Set([
  ...[
    'account',
    'region',
    'title',
    'mode',
    'theme',
    'days',
    'owners',
    'viewers',
    'refresh',
    'rows',
    'personalData',
  ],
]);
/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonquicksight.html, users and groups. */
const principal = /^arn:aws[a-z-]*:quicksight:[a-z0-9-]+:\d{12}:(user|group)\/[^/\s]+\/\S+$/;
const principalWords =
  'ARNs of users or groups of QuickSight, arn:aws:quicksight:<region>:<account>:user/default/<name>';
const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;

/**
 * What is wrong with the dashboard of a config, in words that begin with the field; undefined when nothing is. Checks plain JavaScript too.
 * Whether the table has the column of `rows` is checked by what knows the table.
 */
export function quickSightProblem(given: unknown): string | undefined {
  if (given === undefined) return undefined;
  if (!isObject(given)) return '`quicksight` must be an object: { owners: [...] }';
  const other = Object.keys(given).find((name) => !fields.has(name));
  if (other !== undefined) return `\`quicksight.${other}\` is no field of it: ${[...fields].join(', ')}`;
  const { account, region, title, mode, theme, days, owners, viewers, refresh, rows, personalData } = given;
  const at = (field: string, problem: string) => `\`quicksight.${field}\` must be ${problem}`;
  if (!isAbsentOr(account, (one) => isText(one) && /^\d{12}$/.test(one)))
    return at('account', 'an account, twelve digits as text');
  if (!isAbsentOr(region, (one) => isText(one) && /^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(one)))
    return at('region', 'a region such as eu-central-1');
  if (!isAbsentOr(title, (one) => isText(one) && one.trim().length > 1 && one.length <= 100))
    return at('title', 'a text of 2 to 100 characters');
  if (!isAbsentOr(mode, (one) => one === 'direct' || one === 'spice')) return at('mode', 'direct or spice');
  if (!isAbsentOr(theme, (one) => one === 'light' || one === 'dark')) return at('theme', 'light or dark');
  if (!isAbsentOr(days, (one) => Number.isInteger(one) && Number(one) >= 1 && Number(one) <= 366))
    return at('days', 'a whole number from 1 to 366');
  if (!isPrincipals(owners) || owners.length === 0) return at('owners', `a list of ${principalWords}`);
  if (!isAbsentOr(viewers, isPrincipals)) return at('viewers', `a list of ${principalWords}`);
  if (!isAbsentOr(refresh, (one) => isObject(one) && isText(one['at']) && timeOfDay.test(one['at'])))
    return at('refresh', "an object with a time of the day: { at: '05:00', zone: 'UTC' }");
  if (isObject(refresh) && !isAbsentOr(refresh['zone'], isText))
    return at('refresh.zone', 'a time zone such as UTC');
  return rowsProblem(rows) ?? personalDataProblem(personalData);
}

function rowsProblem(rows: unknown): string | undefined {
  if (rows === undefined) return undefined;
  const roles = isObject(rows) ? rows['roles'] : undefined;
  if (!isObject(rows) || !isText(rows['column']) || !isObject(roles) || Object.keys(roles).length === 0)
    return "`quicksight.rows` must be an object: { column: 'brand', roles: { acme: { values: ['acme'], principals: [...] } } }";
  const seen = new Map<string, string>();
  for (const [name, role] of Object.entries(roles)) {
    const at = `\`quicksight.rows.roles.${name}`;
    if (!/^[a-z][a-z0-9-]{0,62}$/.test(name))
      return `${at}\` is no name of a role: it takes lower-case letters, digits and hyphens`;
    if (!isObject(role)) return `${at}\` must be an object: { values: ['acme'], principals: [...] }`;
    const { values, principals } = role;
    if (!isAbsentOr(values, (one) => Array.isArray(one) && one.length > 0 && one.every(isText)))
      return `${at}.values\` must be a list of texts; without it, the role sees all events`;
    if (!isPrincipals(principals) || principals.length === 0)
      return `${at}.principals\` must be a list of ${principalWords}`;
    for (const one of principals) {
      const before = seen.get(one);
      if (before !== undefined)
        return `${at}.principals\` names ${one}, which is in ${before} as well: whoever is in two roles would be counted twice`;
      seen.set(one, name);
    }
  }
  return undefined;
}

function personalDataProblem(given: unknown): string | undefined {
  if (given === undefined) return undefined;
  const classes = piiClasses.filter((one) => one !== 'none');
  if (!isObject(given))
    return `\`quicksight.personalData\` must be an object of the classes ${classes.join(', ')}`;
  for (const [name, principals] of Object.entries(given)) {
    if (!classes.some((one) => one === name))
      return `\`quicksight.personalData.${name}\` is no class of personal data: ${classes.join(', ')}`;
    if (!isPrincipals(principals) || principals.length === 0 || principals.length > 100)
      return `\`quicksight.personalData.${name}\` must be a list of up to 100 ${principalWords}`;
  }
  return undefined;
}

const isObject = (one: unknown): one is Readonly<Record<string, unknown>> =>
  typeof one === 'object' && one !== null && !Array.isArray(one);
const isText = (one: unknown): one is string => typeof one === 'string' && one !== '';
const isAbsentOr = (one: unknown, is: (given: unknown) => boolean): boolean => one === undefined || is(one);
const isPrincipals = (one: unknown): one is readonly string[] =>
  Array.isArray(one) && one.every((arn) => isText(arn) && principal.test(arn));
