import { isUtf8 } from 'node:buffer';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DirtKind, type DirtKindName, dirtKinds } from '../src/dirt/dirt-kinds.ts';
import { simulateToFile } from '../src/simulate-to-file.ts';
import type { SimulationReport } from '../src/simulation-report.ts';

const options = { events: 20_000, days: 3, start: '2019-10-01', seed: 9 };
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-dirt-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  report: SimulationReport;
  lines: string[];
}
const run = async (extension: string, dirty: number): Promise<Run> => {
  const out = join(folder, `${dirty}.${extension}`);
  const report = await simulateToFile({ ...options, out, dirty });
  return {
    report,
    lines: readFileSync(out)
      .toString('latin1')
      .split(/\n(?!$)/),
  };
};

/** Finds out the kind of a damaged CSV line by itself, without the simulator's help. */
const kindOf = (line: string): DirtKindName | 'clean' => {
  const fields = line.replace(/\n$/, '').split(',');
  const [time = '', type = '', productId = '', categoryId = '', , brand = '', price = '', userId = ''] =
    fields;
  if (line.includes(',"')) return 'unclosed_quote';
  if (fields.length < 9) return 'too_few_fields';
  if (fields.length > 9) return 'too_many_fields';
  if (!isUtf8(Buffer.from(brand, 'latin1'))) return 'invalid_utf8';
  if ([time, type, productId, userId].includes('')) return 'missing_required';
  if (time.endsWith('+00:00')) return 'other_timestamp_spelling';
  if (!/^2019-10-0\d \d\d:\d\d:\d\d UTC$/.test(time)) return 'malformed_timestamp';
  if (categoryId.includes('E+')) return 'exponent_id';
  if (type !== type.trim().toLowerCase()) return 'padded_upper_case';
  if (!['view', 'cart', 'remove_from_cart', 'purchase'].includes(type)) return 'unknown_event_type';
  if (price.startsWith('-')) return 'negative_price';
  return 'clean';
};

describe('dirty CSV', () => {
  it('holds exactly the damage that the report counts', async () => {
    const { report, lines } = await run('csv', 0.05);
    const found: Partial<Record<DirtKindName | 'clean', number>> = {};
    for (const line of lines.slice(1, -1)) found[kindOf(line)] = (found[kindOf(line)] ?? 0) + 1;
    const { clean = 0, ...damaged } = found;
    expect({ ...damaged, cut_off_last_line: 1 }).toEqual(report.dirt.kinds);
    expect(report.dirt.legal + report.dirt.illegal).toBe(options.events - clean);
    const isLegal = (kind: string): boolean =>
      dirtKinds.some((one: DirtKind) => one.kind === kind && one.legal);
    const legal = Object.entries(damaged).filter(([kind]) => isLegal(kind));
    expect(report.dirt.legal).toBe(legal.reduce((sum, [, rows]) => sum + rows, 0));
  });

  it('holds every kind, about as often as asked', async () => {
    const { report } = await run('csv', 0.05);
    const kinds = dirtKinds.filter((kind: DirtKind) => kind.formats.includes('csv')).map((kind) => kind.kind);
    expect(Object.keys(report.dirt.kinds).toSorted()).toEqual([...kinds, 'cut_off_last_line'].toSorted());
    const share = (report.dirt.legal + report.dirt.illegal) / options.events;
    expect(share).toBeGreaterThan(0.045);
    expect(share).toBeLessThan(0.055);
  });

  it('is the clean file but for the damaged rows', async () => {
    const clean = await run('csv', 0);
    const dirty = await run('csv', 0.05);
    const changed = dirty.lines.filter((line, index) => line !== clean.lines[index]);
    expect(clean.report.dirt).toEqual({ kinds: {}, legal: 0, illegal: 0 });
    expect(changed).toHaveLength(dirty.report.dirt.legal + dirty.report.dirt.illegal);
    expect(dirty.lines.at(-1)?.endsWith('\n')).toBe(false);
  });

  it('can damage every row, the last one counted once', async () => {
    const { report } = await run('csv', 1);
    expect(report.dirt.legal + report.dirt.illegal).toBe(options.events);
    expect(report.dirt.kinds.cut_off_last_line).toBe(1);
  });
});

describe('dirty JSON Lines', () => {
  it('breaks as many lines as the report counts', async () => {
    const { report, lines } = await run('jsonl', 0.05);
    const broken = lines.filter((line) => {
      try {
        JSON.parse(line);
        return false;
      } catch {
        return true;
      }
    });
    const { broken_json = 0, cut_off_last_line = 0 } = report.dirt.kinds;
    expect(broken).toHaveLength(broken_json + cut_off_last_line);
    expect(broken_json).toBeGreaterThan(0);
  });
});
