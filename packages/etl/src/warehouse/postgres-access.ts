/** Which database, and how to be let in. */
export interface PostgresAccess {
  /**
   * Where the database is: `postgres://user:password@host:5432/database`. Messages never show its password. `sslmode` is its only
   * parameter: `verify-full`, `no-verify`, or `disable`. Defaults to `verify-full`, and to `disable` for a server on this machine.
   */
  readonly url: string;
  /** The password, or what gives one, such as a token of IAM. Defaults to that of the URL. */
  readonly password?: string | (() => string | Promise<string>) | undefined;
  /** The certificate of the authority that signed the server's own, in PEM form. Defaults to those that Node trusts. */
  readonly certificateAuthority?: string | undefined;
}
