export { blankEvent, type PlainEvent, type PlainShop } from './plain-event.ts';
export type { Parameters } from './question.ts';
export { type AnswerRow, type ReferenceName, referenceAnswer, referenceNames } from './reference-answer.ts';
