export * from './chart/index.ts';
export type { Compared } from './compare/compared.ts';
export { type Comparison, comparedRange, comparisons } from './compare/compared-range.ts';
export { type Delta, deltaOf } from './compare/delta.ts';
export { type Total, totalOf } from './compare/total-of.ts';
export { type Judgement, judge, usualChange } from './compare/usual-change.ts';
export { sentenceOf } from './sentence/sentence-of.ts';
