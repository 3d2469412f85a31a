import { z } from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { ResourcePlace } from '../resources/resource-handler.ts';
import { parameterValues } from '../template/parameters.ts';
import { templateText, templateValue } from '../template/read-template.ts';
import { parseTemplate, type Template } from '../template/template.ts';
import type { Stack, StackDescription } from './stack.ts';

/** The members by which a request gives a template. */
export const templateInput = z.object({
  TemplateBody: z.string().optional(),
  TemplateURL: z.string().optional(),
  UsePreviousTemplate: z.string().optional(),
});

/** The members by which a request describes a stack. */
export const descriptionInput = templateInput.extend({
  Parameters: z
    .array(
      z.object({
        ParameterKey: z.string(),
        ParameterValue: z.string().optional(),
        UsePreviousValue: z.string().optional(),
      }),
    )
    .or(z.literal('').transform(() => []))
    .default([]),
  Tags: z
    .array(z.object({ Key: z.string(), Value: z.string() }))
    .or(z.literal('').transform(() => []))
    .optional(),
});

/** What a request wants a stack to be. @throws AwsError ValidationError when the template or a parameter is wrong */
export async function prepareDescription(
  place: Omit<ResourcePlace, 'generatedName'>,
  input: z.output<typeof descriptionInput>,
  before?: Stack,
): Promise<StackDescription> {
  const { s3 } = place;
  const previous = before?.description;
  const text = input.UsePreviousTemplate === 'true' ? previous?.templateBody : await templateText(s3, input);
  if (text === undefined)
    throw new AwsError('ValidationError', 'Either Template URL or Template Body must be specified.');
  const template = parseTemplate(templateValue(text));
  const given = input.Parameters.map(({ ParameterKey, ParameterValue, UsePreviousValue }) => ({
    ParameterKey,
    ...(ParameterValue === undefined ? {} : { ParameterValue }),
    ...(UsePreviousValue === undefined ? {} : { UsePreviousValue }),
  }));
  const values = parameterValues(template, given, previous?.rawParameters);
  return {
    templateBody: text,
    template,
    rawParameters: values,
    parameters: await stored(place, template, values),
    tags: input.Tags ?? previous?.tags ?? [],
  };
}

/** Parameters with the values of the Parameter Store in place of its names. */
async function stored(
  { api }: Omit<ResourcePlace, 'generatedName'>,
  template: Template,
  values: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const read: Record<string, string> = { ...values };
  for (const [name, { Type }] of Object.entries(template.Parameters)) {
    if (!Type.startsWith('AWS::SSM::Parameter::Value<')) continue;
    const answer = await api.call('ssm', 'GetParameter', { Name: values[name] }).catch(() => {
      throw new AwsError(
        'ValidationError',
        `Unable to fetch parameters [${values[name]}] from parameter store`,
      );
    });
    read[name] = String(Object(answer['Parameter']).Value);
  }
  return read;
}
