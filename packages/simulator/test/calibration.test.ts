import { describe, expect, it } from 'vitest';
import { type CalibrationTarget, calibrationTargets } from '../src/calibration/calibration-targets.ts';
import { categoryGroups } from '../src/catalogue/category-table.ts';
import { Simulation } from '../src/simulation.ts';
import { planInputOf, type SimulationOptions } from '../src/simulation-options.ts';
import { derivePlan } from '../src/simulation-plan.ts';
import { measureFigures } from './measure-figures.ts';

const planOf = (options: SimulationOptions) => derivePlan(planInputOf(options));
const october = { events: 700_000, days: 31, start: '2019-10-01', seed: 20191001 };
const measured = measureFigures(new Simulation(planOf(october)));

describe('a simulated October against the published figures', () => {
  const targets: Record<string, CalibrationTarget> = calibrationTargets;
  it.each(Object.entries(targets))('%s', (figure, { target, tolerance }) => {
    const value = Object.entries(measured).find(([name]) => name === figure)?.[1] ?? Number.NaN;
    expect(value).toBeGreaterThan(target * (1 - tolerance));
    expect(value).toBeLessThan(target * (1 + tolerance));
  });

  it('knows 127 category codes, as the October file has', () => {
    expect(new Set(categoryGroups.flatMap((group) => group.codes)).size).toBe(127);
  });
});

describe('a sale day', () => {
  it('brings a fifth of the revenue of November, and lower prices', () => {
    const simulation = new Simulation(planOf({ events: 300_000, days: 30, start: '2019-11-01', seed: 3 }));
    const revenue = new Map<string, number>();
    while (simulation.advance()) {
      if (simulation.type !== 3) continue;
      const day = new Date(simulation.second * 1000).toISOString().slice(0, 10);
      revenue.set(day, (revenue.get(day) ?? 0) + (simulation.prices.cents[simulation.product] ?? 0));
    }
    const total = [...revenue.values()].reduce((sum, day) => sum + day, 0);
    // 57.8 of 275.2 million were sold on 17 November 2019.
    expect((revenue.get('2019-11-17') ?? 0) / total).toBeGreaterThan(0.17);
    expect((revenue.get('2019-11-17') ?? 0) / total).toBeLessThan(0.25);
  });

  it('can be named by the caller, in place of the recurring ones', () => {
    const days = { events: 30_000, days: 3, start: '2019-11-16', seed: 3 };
    const rowsOn = (saleDays: string[]): number[] => {
      const simulation = new Simulation(planOf({ ...days, saleDays }));
      const rows = [0, 0, 0];
      const first = Date.parse(days.start) / 86_400_000;
      while (simulation.advance()) {
        const day = Math.floor(simulation.second / 86_400) - first;
        rows[day] = (rows[day] ?? 0) + 1;
      }
      return rows;
    };
    const [, ordinary = 0] = rowsOn([]);
    const [, sale = 0] = rowsOn(['2019-11-17']);
    expect(ordinary).toBeLessThan(11_000);
    expect(sale).toBeGreaterThan(14_000);
  });
});
