import { AwsError } from '../../aws-error.ts';
import { substituted } from './references.ts';

/** What the names of a template stand for. */
export interface Scope {
  /** The value of a Ref; undefined for an unknown name. */
  ref(name: string): unknown;
  /** The value of a Fn::GetAtt. @throws AwsError for an unknown resource or attribute */
  attribute(resource: string, name: string): unknown;
  condition(name: string): boolean;
  readonly mappings: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly region: string;
  importValue(name: string): string;
}

/** The value of `{ Ref: 'AWS::NoValue' }`: the member that has it is left out. */
const nothing = Symbol('AWS::NoValue');

/**
 * A value of a template with its functions evaluated, as CloudFormation does it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 * @throws AwsError ValidationError for an unknown name or function
 * @example evaluate({ 'Fn::Join': ['/', ['a', { Ref: 'Bucket' }]] }, scope) // 'a/shop-lake'
 */
export function evaluate(value: unknown, scope: Scope): unknown {
  const result = evaluated(value, scope);
  return result === nothing ? undefined : result;
}

function evaluated(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value))
    return value.map((item) => evaluated(item, scope)).filter((item) => item !== nothing);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (first !== undefined && entries.length === 1) {
    const [name, argument] = first;
    const run = functions[name];
    if (run !== undefined) return run(argument, scope);
    if (name.startsWith('Fn::')) throw invalid(`The stand-in has no ${name}`);
  }
  return Object.fromEntries(
    entries.map(([name, item]) => [name, evaluated(item, scope)]).filter(([, item]) => item !== nothing),
  );
}

const invalid = (message: string): AwsError => new AwsError('ValidationError', `Template error: ${message}`);

const listOf = (value: unknown, scope: Scope): readonly unknown[] => {
  const list = evaluate(value, scope);
  if (!Array.isArray(list)) throw invalid(`${JSON.stringify(value)} is no list`);
  return list;
};

function refOf(name: string, scope: Scope): unknown {
  if (name === 'AWS::NoValue') return nothing;
  const value = scope.ref(name);
  if (value === undefined) throw invalid(`Unresolved resource dependencies [${name}] in the template`);
  return value;
}

function attributeOf(argument: unknown, scope: Scope): unknown {
  const [resource = '', ...rest] = Array.isArray(argument)
    ? argument.map(String)
    : String(argument).split('.');
  return scope.attribute(resource, rest.join('.'));
}

const booleans = (value: unknown, scope: Scope): boolean[] => {
  if (!Array.isArray(value)) throw invalid(`${JSON.stringify(value)} is no list of conditions`);
  return value.map((item) => isTrue(item, scope));
};

/** Whether a condition holds. */
export function isTrue(condition: unknown, scope: Scope): boolean {
  const [name, argument] = Object.entries(Object(condition))[0] ?? [];
  if (name === 'Condition') return scope.condition(String(argument));
  const value = evaluate(condition, scope);
  if (typeof value !== 'boolean') throw invalid(`${JSON.stringify(condition)} is no condition`);
  return value;
}

const functions: Readonly<Record<string, (argument: unknown, scope: Scope) => unknown>> = {
  Ref: (argument, scope) => refOf(String(argument), scope),
  'Fn::GetAtt': attributeOf,
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = argument as [string, unknown];
    return listOf(parts, scope).map(String).join(separator);
  },
  'Fn::Sub': (argument, scope) => {
    const [text, own] = Array.isArray(argument) ? argument : [argument, {}];
    const names: Readonly<Record<string, unknown>> = Object(evaluate(own, scope));
    return String(text)
      .replace(substituted, (_all, name: string) => {
        if (Object.hasOwn(names, name)) return String(names[name]);
        return String(name.includes('.') ? attributeOf(name, scope) : refOf(name, scope));
      })
      .replaceAll('${!', '${');
  },
  'Fn::Select': (argument, scope) => {
    const [index, list] = argument as [unknown, unknown];
    const values = listOf(list, scope);
    const at = Number(evaluate(index, scope));
    if (!(at in values)) throw invalid(`Fn::Select cannot select ${at} of ${values.length}`);
    return values[at];
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = argument as [string, unknown];
    return String(evaluate(text, scope)).split(separator);
  },
  'Fn::If': (argument, scope) => {
    const [name, yes, no] = argument as [string, unknown, unknown];
    return evaluated(scope.condition(name) ? yes : no, scope);
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map = '', top = '', second = ''] = listOf(argument, scope).map(String);
    const value = scope.mappings[map]?.[top]?.[second];
    if (value === undefined) throw invalid(`Unable to get mapping for ${map}::${top}::${second}`);
    return value;
  },
  'Fn::Base64': (argument, scope) => Buffer.from(String(evaluate(argument, scope))).toString('base64'),
  'Fn::GetAZs': (argument, scope) => {
    const region = evaluate(argument, scope) || scope.region;
    return ['a', 'b', 'c'].map((zone) => `${region}${zone}`);
  },
  'Fn::ImportValue': (argument, scope) => scope.importValue(String(evaluate(argument, scope))),
  'Fn::ToJsonString': (argument, scope) => JSON.stringify(evaluate(argument, scope)),
  'Fn::Equals': (argument, scope) => {
    const [left, right] = listOf(argument, scope);
    return JSON.stringify(left) === JSON.stringify(right);
  },
  'Fn::Contains': (argument, scope) => {
    const [list, wanted] = argument as [unknown, unknown];
    return listOf(list, scope).includes(evaluate(wanted, scope));
  },
  'Fn::Not': (argument, scope) => !booleans(argument, scope)[0],
  'Fn::And': (argument, scope) => booleans(argument, scope).every(Boolean),
  'Fn::Or': (argument, scope) => booleans(argument, scope).some(Boolean),
};
