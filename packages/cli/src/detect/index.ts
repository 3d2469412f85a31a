export {
  type DetectInLakeOptions,
  type DetectProgress,
  type DetectReport,
  detectInLake,
} from './detect-in-lake.ts';
