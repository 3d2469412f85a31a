export { type AwsSandbox, useAwsSandbox } from './use-aws-sandbox.ts';
