import type { UnitPrice } from '@headwater/infra/prices';

/** The parts of a bill, in the order of the table. */
export type CostPart = 'queries' | 'loads' | 'storage' | 'stream' | 'functions';

/** One line of what a month cost. */
export interface CostLine {
  readonly part: CostPart;
  /** What is paid for. */
  readonly what: string;
  /** Units of the price. */
  readonly units: number;
  readonly unit: string;
  /** US dollars for one unit. */
  readonly unitPrice: number;
  /** US dollars. */
  readonly dollars: number;
  /** `measured`: AWS or the lake says it. `estimated`: a part of it is assumed, as `note` says. */
  readonly basis: 'measured' | 'estimated';
  readonly note?: string;
}

/** What lines are made of, besides their price. */
export interface UsedAmount {
  readonly part: CostPart;
  readonly what: string;
  readonly units: number;
  readonly basis?: 'measured' | 'estimated';
  readonly note?: string;
}

/** A line: units times the price of one. */
export const costLine = (
  { part, what, units, basis = 'measured', note }: UsedAmount,
  { dollars: unitPrice, unit }: UnitPrice,
): CostLine => ({
  part,
  what,
  units,
  unit,
  unitPrice,
  dollars: units * unitPrice,
  basis,
  ...(note === undefined ? {} : { note }),
});

/** The sum of lines, in US dollars. */
export const sumOf = (lines: readonly { readonly dollars: number }[]): number =>
  lines.reduce((sum, { dollars }) => sum + dollars, 0);
