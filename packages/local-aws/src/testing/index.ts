export {
  type AccessDecision,
  type AccessRequest,
  simulateAccess,
} from '../iam/simulate-access.ts';
export { installHiveHcatalog } from '../install/hive-hcatalog.ts';
export { sparkEnvironment } from '../install/spark.ts';
export { type AwsRequest, awsRuleProblems, awsRules } from '../rules/aws-rules.ts';
export { alone } from './alone.ts';
export { jsonCall, putObject, queryCall, restCall } from './aws-call.ts';
export { awsInterpreter } from './aws-interpreter.ts';
export { awsModelProblems, hasAwsModels } from './aws-model-problems.ts';
export { type FlinkAnswer, flinkLines } from './flink/flink-answer.ts';
export { type FlinkRun, type TestFlink, useFlink } from './flink/use-flink.ts';
export { createStream } from './kinesis/create-stream.ts';
export { type TestKinesis, useKinesisLocal } from './kinesis/use-kinesis-local.ts';
export { LambdaFailure, type LambdaOptions, type LocalLambda, startLambda } from './lambda/start-lambda.ts';
export { lintTemplates } from './lint-templates.ts';
export { orderPutRecordsFaults, orderThrottling } from './order-faults.ts';
export { type TestPostgres, usePostgres } from './postgres/use-postgres.ts';
export { judgeRedshift } from './redshift/judge-redshift.ts';
export { type SparkAnswer, type SparkTable, type TestSpark, useSpark } from './spark/use-spark.ts';
export { useSparkGateway } from './spark/use-spark-gateway.ts';
export { stackGaps } from './stack-gaps.ts';
export { telemetryTables } from './telemetry-table.ts';
export { trinoRows } from './trino-rows.ts';
export { type AwsSandbox, useAwsSandbox } from './use-aws-sandbox.ts';
export { type StateMachines, useStateMachines } from './use-state-machines.ts';
export { type TelemetryRecord, useTelemetry } from './use-telemetry.ts';
