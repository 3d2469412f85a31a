export { attackLabels } from './attack-labels.ts';
export { type AttackOptions, type AttackPurpose, attackPurposes } from './attack-options.ts';
export { type BotKindName, type BotLabel, botKinds } from './bots/bot-kinds.ts';
export { type CalibrationTarget, calibrationTargets } from './calibration/calibration-targets.ts';
export { type DirtKindName, dirtKinds } from './dirt/dirt-kinds.ts';
export { type EventType, eventTypes } from './event-types.ts';
export type { AttackLabel } from './labels/attack-label.ts';
export type { EventSink } from './output/event-sink.ts';
export { type AttackLevel, attackLevels } from './script/level.ts';
export { type CaseKindName, caseKindNames } from './script/level-table.ts';
export {
  type LabelledEvent,
  type SimulatedEvent,
  simulateLabelledRows,
  simulateRows,
} from './simulate-rows.ts';
export { type SimulateToFileOptions, simulateToFile } from './simulate-to-file.ts';
export {
  type SimulationFormat,
  type SimulationOptions,
  simulationFormats,
} from './simulation-options.ts';
export type { AttackCounts, SimulationReport, WrittenEvents } from './simulation-report.ts';
export type { TextDialect } from './text/text-format.ts';
export { type WriteEventsOptions, writeEvents } from './write-events.ts';
