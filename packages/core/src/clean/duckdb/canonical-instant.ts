/**
 * Whether a text is a usual spelling of an instant, by its length: that of the public event files, or ISO 8601. The cast
 * also accepts other spellings and ignores offsets, so its value is printed and compared with the text. `strftime` prints
 * the year before year 1 as `0000`, hence the last condition.
 */
export const canonicalInstant = (raw: string, guess: string): string =>
  `CASE strlen(${raw})
    WHEN 23 THEN starts_with(${raw}, ${guess}::VARCHAR) AND suffix(${raw}, ' UTC')
    WHEN 19 THEN ${guess}::VARCHAR = ${raw}
    WHEN 20 THEN replace(${guess}::VARCHAR, ' ', 'T') || 'Z' = ${raw}
    WHEN 24 THEN strftime(${guess}, '%Y-%m-%dT%H:%M:%S.%gZ') = ${raw} AND NOT starts_with(${raw}, '0000') ELSE false END`;
