import type { ColumnLevelPermissionRule, CreateDataSetCommandInput } from '@aws-sdk/client-quicksight';
import type { PiiClass, QuickSightConfig } from '@headwater/core';
import type { DataSetPlan } from './data-set-plan.ts';
import { dataSetParameter } from './parameters.ts';
import { assetId, type QuickSightPlace } from './quicksight-names.ts';
import { rowLevelPermission } from './row-roles.ts';

/** What all data sets of a dashboard share. */
export interface DataSetContext {
  readonly place: QuickSightPlace;
  /** The ARN of the data source. */
  readonly dataSource: string;
  readonly firstDay: string;
  readonly hasRoles: boolean;
  readonly personalData: QuickSightConfig['personalData'];
}

/** A data set as the request that creates it: its statement, its parameters, whose rows and which columns are for whom. */
export function dataSetRequest(plan: DataSetPlan, context: DataSetContext): CreateDataSetCommandInput {
  const { place, dataSource, firstDay, hasRoles, personalData } = context;
  const { id, title, sql, columns, parameters, mode } = plan;
  const rules = columnRules(columns, personalData);
  return {
    AwsAccountId: place.account,
    DataSetId: assetId(place, id),
    Name: title,
    PhysicalTableMap: {
      answer: {
        CustomSql: {
          DataSourceArn: dataSource,
          Name: 'Answer',
          SqlQuery: sql,
          Columns: columns.map(({ name, type, subType }) => ({
            Name: name,
            Type: type,
            // Only data in SPICE has one.
            ...(mode === 'spice' && subType !== undefined ? { SubType: subType } : {}),
          })),
        },
      },
    },
    ImportMode: mode === 'spice' ? 'SPICE' : 'DIRECT_QUERY',
    ...(parameters.length === 0
      ? {}
      : { DatasetParameters: parameters.map((name) => dataSetParameter(name, firstDay)) }),
    ...(hasRoles ? { RowLevelPermissionDataSet: rowLevelPermission(place) } : {}),
    ...(rules.length === 0 ? {} : { ColumnLevelPermissionRules: rules }),
  };
}

/** Who may see columns of personal data: a rule for each class that the data set has. */
function columnRules(
  columns: DataSetPlan['columns'],
  personalData: QuickSightConfig['personalData'] = {},
): ColumnLevelPermissionRule[] {
  return (['direct', 'pseudonymous'] as const).flatMap((pii) => {
    const names = columns.filter((one) => one.pii === pii).map(({ name }) => name);
    return names.length === 0
      ? []
      : [{ Principals: [...principalsOf(pii, personalData)], ColumnNames: names }];
  });
}

/** Those who may see a class of personal data, sorted; empty where the config names nobody. */
export const principalsOf = (
  pii: Exclude<PiiClass, 'none'>,
  personalData: QuickSightConfig['personalData'] = {},
): readonly string[] => (personalData[pii] ?? []).toSorted();
