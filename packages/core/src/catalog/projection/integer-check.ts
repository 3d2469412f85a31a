import { isTextType, type ProjectionCheck, positiveProblem } from './projected-key.ts';

/** Bits of the integer types that a key may have, without the sign. For text keys, Athena computes with 64 bits. */
const bitsOf: Readonly<Record<string, bigint>> = { tinyint: 7n, smallint: 15n, int: 31n, bigint: 63n };

/** The rules of integer projection. */
export const integerCheck: ProjectionCheck = {
  properties: ['range', 'interval', 'digits'],
  problems({ hiveType, texts: { range, interval, digits } }) {
    const bits = isTextType(hiveType) ? 63n : bitsOf[hiveType];
    return [
      ...(bits === undefined ? [`is ${hiveType}, which cannot store an integer`] : []),
      ...positiveProblem('interval', interval),
      ...positiveProblem('digits', digits),
      ...(range === undefined ? ['has no range'] : rangeProblems(range, bits ?? 63n, digits)),
    ];
  },
};

function rangeProblems(range: string, bits: bigint, digits: string | undefined): string[] {
  const ends = range.split(',').map((end) => end.trim());
  const [first, last] = ends.map((end) => (/^-?[0-9]+$/.test(end) ? BigInt(end) : undefined));
  if (ends.length !== 2 || first === undefined || last === undefined)
    return [`range "${range}" is not two whole numbers with a comma between them`];
  const wide = [first, last].filter((end) => BigInt.asIntN(Number(bits) + 1, end) !== end);
  const widest = Math.max(...[first, last].map((end) => String(end).replace('-', '').length));
  return [
    ...wide.map((end) => `range ends at ${end}, which does not fit ${bits + 1n} bits`),
    ...(first > last ? [`range begins at ${first}, after its end ${last}`] : []),
    ...(Number(digits) > 0 && Number(digits) < widest
      ? [`range has numbers of ${widest} digits, but digits is ${digits}`]
      : []),
  ];
}
