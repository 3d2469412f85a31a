export { sparkEnvironment } from '../install/jvm-engines.ts';
export { type AwsRequest, awsRuleProblems, awsRules } from '../rules/aws-rules.ts';
export { jsonCall, putObject, queryCall } from './aws-call.ts';
export { awsInterpreter } from './aws-interpreter.ts';
export { type TestPostgres, usePostgres } from './postgres/use-postgres.ts';
export { type SparkAnswer, type SparkTable, type TestSpark, useSpark } from './spark/use-spark.ts';
export { trinoRows } from './trino-rows.ts';
export { type AwsSandbox, useAwsSandbox } from './use-aws-sandbox.ts';
export { type StateMachines, useStateMachines } from './use-state-machines.ts';
