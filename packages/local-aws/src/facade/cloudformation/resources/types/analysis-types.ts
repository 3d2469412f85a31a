import { at } from '../../../../rules/aws-rule.ts';
import type { ApiCall, ApiResource, CallContext } from '../api-resource.ts';
import { listOf } from './values.ts';

const named = ({ id }: CallContext) => ({ Name: id });

/** A configuration of a workgroup as an update of it: each setting under the name of its update, what is absent removed. */
function workGroupUpdates({ properties }: CallContext) {
  const { ResultConfiguration, ManagedQueryResultsConfiguration, BytesScannedCutoffPerQuery, ...others } =
    Object(properties['WorkGroupConfiguration']);
  return {
    ...others,
    ResultConfigurationUpdates: {
      ...ResultConfiguration,
      ...(at(ResultConfiguration, 'OutputLocation') === undefined ? { RemoveOutputLocation: true } : {}),
    },
    ...(ManagedQueryResultsConfiguration === undefined
      ? {}
      : { ManagedQueryResultsConfigurationUpdates: ManagedQueryResultsConfiguration }),
    ...(BytesScannedCutoffPerQuery === undefined
      ? { RemoveBytesScannedCutoffPerQuery: true }
      : { BytesScannedCutoffPerQuery }),
  };
}

/** Where a template of DataBrew has a list, and the API a map. */
const pathOptions = ({ properties }: CallContext) => {
  const options = properties['PathOptions'];
  if (options === undefined) return {};
  const condition = at(options, 'LastModifiedDateCondition');
  return {
    PathOptions: {
      ...Object(options),
      ...(condition === undefined ? {} : { LastModifiedDateCondition: conditionOf(condition) }),
      ...(at(options, 'Parameters') === undefined
        ? {}
        : {
            Parameters: Object.fromEntries(
              listOf(at(options, 'Parameters')).map((item) => [
                at(item, 'PathParameterName'),
                parameterOf(item),
              ]),
            ),
          }),
    },
  };
};

const conditionOf = (condition: unknown) => ({
  ...Object(condition),
  ValuesMap: Object.fromEntries(
    listOf(at(condition, 'ValuesMap')).map((item) => [at(item, 'ValueReference'), at(item, 'Value')]),
  ),
});

function parameterOf(item: unknown) {
  const parameter = at(item, 'DatasetParameter');
  const filter = at(parameter, 'Filter');
  return { ...Object(parameter), ...(filter === undefined ? {} : { Filter: conditionOf(filter) }) };
}

const rules = ({ properties }: CallContext) => ({
  Rules: listOf(properties['Rules']).map((rule) => ({
    ...Object(rule),
    ...(at(rule, 'SubstitutionMap') === undefined
      ? {}
      : {
          SubstitutionMap: Object.fromEntries(
            listOf(at(rule, 'SubstitutionMap')).map((item) => [
              at(item, 'ValueReference'),
              at(item, 'Value'),
            ]),
          ),
        }),
  })),
});

const recipeReference = ({ properties }: CallContext) => ({
  RecipeReference: {
    Name: at(properties, 'Recipe', 'Name'),
    RecipeVersion: at(properties, 'Recipe', 'Version'),
  },
});

/** One operation for jobs that clean and one for those that profile. */
const job = (verb: 'Create' | 'Update'): ApiCall[] => [
  {
    operation: `${verb}RecipeJob`,
    when: ({ properties }) => properties['Type'] === 'RECIPE',
    with: (context) => (verb === 'Create' && has(context, 'Recipe') ? recipeReference(context) : {}),
    uses: ['Type', 'Recipe'],
  },
  {
    operation: `${verb}ProfileJob`,
    when: ({ properties }) => properties['Type'] === 'PROFILE',
    with: ({ properties }) => ({ Configuration: properties['ProfileConfiguration'] }),
    uses: ['Type', 'ProfileConfiguration'],
  },
];

const has = ({ properties }: CallContext, name: string): boolean => properties[name] !== undefined;

/** Athena and DataBrew. */
export const analysisTypes: Readonly<Record<string, ApiResource>> = {
  'AWS::Athena::WorkGroup': {
    service: 'athena',
    name: 'Name',
    create: [
      {
        operation: 'CreateWorkGroup',
        with: ({ properties }) => ({ Configuration: properties['WorkGroupConfiguration'] }),
        uses: ['WorkGroupConfiguration', 'RecursiveDeleteOption'],
      },
    ],
    update: [
      {
        operation: 'UpdateWorkGroup',
        isOwn: true,
        with: (context) => ({
          WorkGroup: context.id,
          Description: context.properties['Description'],
          State: context.properties['State'],
          ConfigurationUpdates: workGroupUpdates(context),
        }),
        uses: ['WorkGroupConfiguration', 'Description', 'State', 'RecursiveDeleteOption'],
      },
    ],
    delete: [
      {
        operation: 'DeleteWorkGroup',
        isOwn: true,
        with: ({ id, properties }) => ({
          WorkGroup: id,
          RecursiveDeleteOption: properties['RecursiveDeleteOption'] ?? false,
        }),
      },
    ],
  },
  'AWS::Athena::NamedQuery': {
    service: 'athena',
    replaces: ['Name', 'Database', 'QueryString', 'Description', 'WorkGroup'],
    id: ({ answer }) => String(answer['NamedQueryId']),
    attributes: ({ id }) => ({ NamedQueryId: id }),
    create: [{ operation: 'CreateNamedQuery' }],
    delete: [{ operation: 'DeleteNamedQuery', isOwn: true, with: ({ id }) => ({ NamedQueryId: id }) }],
  },
  'AWS::DataBrew::Dataset': {
    service: 'databrew',
    name: 'Name',
    replaces: ['Tags'],
    create: [{ operation: 'CreateDataset', with: pathOptions }],
    update: [{ operation: 'UpdateDataset', with: pathOptions }],
    delete: [{ operation: 'DeleteDataset', isOwn: true, with: named }],
  },
  'AWS::DataBrew::Recipe': {
    service: 'databrew',
    name: 'Name',
    replaces: ['Tags'],
    // As CloudFormation does, which may call CreateRecipe and UpdateRecipe alone: the recipe is not published.
    create: [{ operation: 'CreateRecipe' }],
    update: [{ operation: 'UpdateRecipe' }],
    delete: [
      { operation: 'ListRecipeVersions', isOwn: true, with: named },
      {
        operation: 'DeleteRecipeVersion',
        isOwn: true,
        with: ({ id, answer }) =>
          [...listOf(answer['Recipes']).map((recipe) => at(recipe, 'RecipeVersion')), 'LATEST_WORKING'].map(
            (RecipeVersion) => ({ Name: id, RecipeVersion }),
          ),
      },
    ],
  },
  'AWS::DataBrew::Job': {
    service: 'databrew',
    name: 'Name',
    replaces: ['Type', 'Tags'],
    create: job('Create'),
    update: job('Update'),
    delete: [{ operation: 'DeleteJob', isOwn: true, with: named }],
  },
  'AWS::DataBrew::Ruleset': {
    service: 'databrew',
    name: 'Name',
    replaces: ['TargetArn'],
    create: [{ operation: 'CreateRuleset', with: rules }],
    update: [{ operation: 'UpdateRuleset', with: rules }],
    delete: [{ operation: 'DeleteRuleset', isOwn: true, with: named }],
  },
  'AWS::DataBrew::Schedule': {
    service: 'databrew',
    name: 'Name',
    replaces: ['Tags'],
    create: [{ operation: 'CreateSchedule' }],
    update: [{ operation: 'UpdateSchedule' }],
    delete: [{ operation: 'DeleteSchedule', isOwn: true, with: named }],
  },
};
