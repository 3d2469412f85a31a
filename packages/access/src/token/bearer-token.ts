/**
 * The token of an `Authorization` header (https://www.rfc-editor.org/rfc/rfc6750#section-2.1). The name of the scheme is in any case.
 *
 * @returns undefined for another scheme, for several tokens, and for no header
 */
export const bearerToken = (header: string | undefined): string | undefined =>
  /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1];
