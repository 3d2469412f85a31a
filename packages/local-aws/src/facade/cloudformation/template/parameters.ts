import { AwsError } from '../../aws-error.ts';
import type { Template } from './template.ts';

/** A parameter as a request gives it. */
export interface GivenParameter {
  readonly ParameterKey?: string;
  readonly ParameterValue?: string;
  readonly UsePreviousValue?: string;
}

/**
 * The values of a template's parameters: those given, the previous ones where asked for, else the defaults.
 *
 * @throws AwsError ValidationError for a parameter without a value, one that the template lacks, and a value that is not allowed
 */
export function parameterValues(
  template: Template,
  given: readonly GivenParameter[],
  previous: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const values: Record<string, string> = {};
  const stranger = given.find(({ ParameterKey = '' }) => !Object.hasOwn(template.Parameters, ParameterKey));
  if (stranger !== undefined)
    throw invalid(`Parameters: [${stranger.ParameterKey}] do not exist in the template`);
  const missing: string[] = [];
  for (const [name, { Default, AllowedValues, AllowedPattern }] of Object.entries(template.Parameters)) {
    const own = given.find(({ ParameterKey }) => ParameterKey === name);
    const value = own?.UsePreviousValue === 'true' ? previous[name] : (own?.ParameterValue ?? Default);
    if (value === undefined) missing.push(name);
    else {
      if (AllowedValues !== undefined && !AllowedValues.includes(value))
        throw invalid(`Parameter '${name}' must be one of AllowedValues`);
      if (AllowedPattern !== undefined && !new RegExp(`^(?:${AllowedPattern})$`).test(value))
        throw invalid(`Parameter '${name}' must match pattern ${AllowedPattern}`);
      values[name] = value;
    }
  }
  if (missing.length > 0) throw invalid(`Parameters: [${missing.join(', ')}] must have values`);
  return values;
}

const invalid = (message: string): AwsError => new AwsError('ValidationError', message);
