/** The names of the spans, attributes and metrics of a package, with their meanings. */
interface TelemetryNames {
  readonly spans: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly metrics: Readonly<
    Record<string, { readonly kind: string; readonly unit: string; readonly meaning: string }>
  >;
}

/** The tables of names that a README has to have: a row for each span, attribute and metric. */
export function telemetryTables({ spans, attributes, metrics }: TelemetryNames): string {
  const rows = (of: Readonly<Record<string, string>>): string =>
    Object.entries(of)
      .map(([name, meaning]) => `| \`${name}\` | ${meaning} |`)
      .join('\n');
  const measured = Object.entries(metrics)
    .map(([name, { kind, unit, meaning }]) => `| \`${name}\` | ${kind}, \`${unit}\` | ${meaning} |`)
    .join('\n');
  return [
    `| span | what |\n|---|---|\n${rows(spans)}`,
    `| attribute | what |\n|---|---|\n${rows(attributes)}`,
    `| metric | kind, unit | what |\n|---|---|---|\n${measured}`,
  ].join('\n\n');
}
