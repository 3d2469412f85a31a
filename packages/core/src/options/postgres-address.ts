import { HeadwaterError } from '../errors/headwater-error.ts';

/** Where a PostgreSQL is, and how it is reached. */
export interface PostgresAddress {
  /** Server and database without what is secret, such as `db.example.com:5432/shop`. */
  readonly server: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly encryption: 'verified' | 'unverified' | 'none';
}

/** The values of `sslmode`: there is no encryption here that begins without and gives up silently. */
const encryptions = {
  'verify-full': 'verified',
  require: 'verified',
  'no-verify': 'unverified',
  disable: 'none',
} as const satisfies Record<string, PostgresAddress['encryption']>;

const isEncryption = (mode: string): mode is keyof typeof encryptions => Object.hasOwn(encryptions, mode);

/** Servers on this machine, which need no encryption. */
const isHere: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Reads the URL of a PostgreSQL (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS). Its only parameter is
 * `sslmode`: `verify-full`, which `require` means too, `no-verify`, or `disable`. Defaults to `verify-full`, and to `disable` for a
 * server on this machine. No error has the URL, which may hold a password.
 *
 * @throws HeadwaterError `OPTION_INVALID`
 * @example postgresAddress('postgres://reader:secret@db.example.com/shop').server // 'db.example.com:5432/shop'
 */
export function postgresAddress(url: string): PostgresAddress {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const database = decoded(parsed?.pathname.slice(1) ?? '');
  const [user, password] = [decoded(parsed?.username ?? ''), decoded(parsed?.password ?? '')];
  const isComplete = parsed && /^postgres(ql)?:$/.test(parsed.protocol) && parsed.hostname !== '' && database;
  if (!isComplete || user === undefined || password === undefined)
    throw invalid(
      'postgres://user:password@host:5432/database. Encode other characters than letters and digits in the password, as encodeURIComponent does',
    );
  const { hostname, port, searchParams } = parsed;
  const mode = searchParams.get('sslmode') ?? (isHere.has(hostname) ? 'disable' : 'verify-full');
  const known = Object.keys(encryptions);
  if (!isEncryption(mode) || [...searchParams.keys()].some((name) => name !== 'sslmode'))
    throw invalid(`no parameter but sslmode, with one of ${known.join(', ')}`);
  return {
    server: `${hostname}:${port || '5432'}/${database}`,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 5432),
    database,
    user: user || undefined,
    password: password || undefined,
    encryption: encryptions[mode],
  };
}

/**
 * How a connection of the driver `pg` is encrypted (https://node-postgres.com/features/ssl).
 *
 * @param authority the certificate of the authority that signed the server's own, in PEM form
 */
export function postgresTls(
  { encryption }: PostgresAddress,
  authority?: string,
): false | { readonly rejectUnauthorized: boolean; readonly ca?: string } {
  if (encryption === 'none') return false;
  return {
    rejectUnauthorized: encryption === 'verified',
    ...(authority === undefined ? {} : { ca: authority }),
  };
}

const invalid = (expected: string): HeadwaterError =>
  new HeadwaterError('OPTION_INVALID', { option: 'url', value: 'of PostgreSQL', expected });

/** A part of a URL as text; undefined for one that is encoded wrongly. */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
