import type { ApiResource } from '../api-resource.ts';

/** Lake Formation. */
export const permissionTypes: Readonly<Record<string, ApiResource>> = {
  'AWS::LakeFormation::Tag': {
    service: 'lakeformation',
    name: 'TagKey',
    replaces: ['CatalogId'],
    create: [{ operation: 'CreateLFTag' }],
    update: [
      {
        operation: 'UpdateLFTag',
        isOwn: true,
        with: ({ id, properties, old }) => ({
          TagKey: id,
          ...tagChanges(stringsOf(properties['TagValues']), stringsOf(old['TagValues'])),
        }),
        uses: ['TagValues'],
      },
    ],
    delete: [{ operation: 'DeleteLFTag', isOwn: true, with: ({ id }) => ({ TagKey: id }) }],
  },
  'AWS::LakeFormation::TagAssociation': {
    service: 'lakeformation',
    replaces: ['LFTags', 'Resource'],
    attributes: ({ properties }) => ({
      ResourceIdentifier: JSON.stringify(properties['Resource']),
      TagsIdentifier: JSON.stringify(properties['LFTags']),
    }),
    create: [{ operation: 'AddLFTagsToResource' }],
    // moto fails when a later association gave the tag another value.
    delete: [{ operation: 'RemoveLFTagsFromResource', mayFail: true }],
  },
  'AWS::LakeFormation::PrincipalPermissions': {
    service: 'lakeformation',
    replaces: ['Resource', 'Permissions', 'Catalog', 'Principal', 'PermissionsWithGrantOption'],
    create: [
      {
        operation: 'GrantPermissions',
        with: ({ properties }) => ({ CatalogId: properties['Catalog'] }),
        uses: ['Catalog'],
      },
    ],
    delete: [
      { operation: 'RevokePermissions', with: ({ properties }) => ({ CatalogId: properties['Catalog'] }) },
    ],
  },
  'AWS::LakeFormation::Resource': {
    service: 'lakeformation',
    replaces: ['ResourceArn'],
    id: ({ properties }) => String(properties['ResourceArn']),
    create: [{ operation: 'RegisterResource' }],
    delete: [{ operation: 'DeregisterResource', isOwn: true, with: ({ id }) => ({ ResourceArn: id }) }],
  },
  'AWS::LakeFormation::DataLakeSettings': {
    service: 'lakeformation',
    create: [
      {
        operation: 'PutDataLakeSettings',
        isOwn: true,
        with: ({ properties }) => {
          const { Admins, MutationType: _type, ...settings } = properties;
          return { DataLakeSettings: { ...settings, DataLakeAdmins: Admins } };
        },
        uses: ['Admins', 'Parameters', 'CreateDatabaseDefaultPermissions', 'CreateTableDefaultPermissions'],
      },
    ],
    delete: [],
  },
};

const stringsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

function tagChanges(values: readonly string[], before: readonly string[]) {
  const added = values.filter((value) => !before.includes(value));
  const removed = before.filter((value) => !values.includes(value));
  return {
    ...(added.length > 0 ? { TagValuesToAdd: added } : {}),
    ...(removed.length > 0 ? { TagValuesToDelete: removed } : {}),
  };
}
