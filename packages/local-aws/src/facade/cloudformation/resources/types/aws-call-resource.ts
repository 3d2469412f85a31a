import { at } from '../../../../rules/aws-rule.ts';
import type { Properties, ResourceHandler, ResourcePlace } from '../resource-handler.ts';

/** A call as CDK's `AwsCustomResource` writes it into a template: JSON with the service, the action and its parameters. */
async function make(place: ResourcePlace, given: unknown): Promise<string | undefined> {
  if (given === undefined) return undefined;
  const call: unknown = JSON.parse(String(given));
  const action = String(at(call, 'action'));
  const service = String(at(call, 'service')).toLowerCase();
  const operation = `${action[0]?.toUpperCase()}${action.slice(1)}`;
  const { input } = place.api.shape(service, operation, Object(at(call, 'parameters') ?? {}));
  await place.api.call(service, operation, input);
  const id = at(call, 'physicalResourceId', 'id');
  return id === undefined ? undefined : String(id);
}

const made = (id: string, properties: Properties) => ({ id, properties, attributes: {}, unapplied: [] });

/**
 * A custom resource of CDK that makes a call of AWS. The stand-in makes the call itself, and does not run the function that would.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources.AwsCustomResource.html
 */
export const awsCallResource: ResourceHandler = {
  replaces: ['ServiceToken'],
  async create(place, properties) {
    return made((await make(place, properties['Create'])) ?? place.generatedName, properties);
  },
  async adopt() {
    return undefined;
  },
  async update(place, before, properties) {
    return made((await make(place, properties['Update'])) ?? before.id, properties);
  },
  async delete(place, { properties }) {
    await make(place, properties['Delete']);
  },
};
