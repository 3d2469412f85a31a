/** The first instant of a timestamp column, in milliseconds since 1970. */
export const firstInstant = Date.parse('0001-01-01T00:00:00.000Z');
/** The last instant of a timestamp column, in milliseconds since 1970. */
export const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');
