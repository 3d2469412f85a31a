import { at, type Members } from '../../rules/aws-rule.ts';
import { type AssetError, versionOf } from './assets.ts';
import { dataSetColumns } from './data-set-columns.ts';
import type { QuickSightStore } from './quicksight-store.ts';

const listOf = (value: unknown): readonly unknown[] => [value ?? []].flat();

/**
 * What the service finds after it has taken a definition: data sets that do not exist, and columns that they do not have
 * (https://docs.aws.amazon.com/quicksight/latest/APIReference/API_DashboardError.html).
 */
export function definitionErrors(store: QuickSightStore, definition: unknown): AssetError[] {
  const errors: AssetError[] = [];
  const columns = new Map<string, ReadonlySet<string>>();
  for (const declared of listOf(at(definition, 'DataSetIdentifierDeclarations'))) {
    const arn = String(at(declared, 'DataSetArn'));
    const found = store.find(arn);
    if (!found) errors.push({ Type: 'DATA_SET_NOT_FOUND', Message: `The data set ${arn} does not exist` });
    const identifier = String(at(declared, 'Identifier'));
    const calculated = listOf(at(definition, 'CalculatedFields'))
      .filter((field) => at(field, 'DataSetIdentifier') === identifier)
      .map((field) => String(at(field, 'Name')));
    const given = found ? dataSetColumns(versionOf(found).members).map(({ Name }) => Name) : [];
    columns.set(identifier, new Set([...given, ...calculated]));
  }
  const declared = new Set(
    listOf(at(definition, 'ParameterDeclarations')).flatMap((one) =>
      Object.values(Object(one)).map((parameter) => String(at(parameter, 'Name'))),
    ),
  );
  walk(definition, '', (value, path) => {
    const [identifier, column] = [at(value, 'DataSetIdentifier'), at(value, 'ColumnName')];
    if (
      identifier !== undefined &&
      column !== undefined &&
      !columns.get(String(identifier))?.has(String(column))
    )
      errors.push({
        Type: 'COLUMN_REPLACEMENT_MISSING',
        Message: `The data set ${identifier} has no column ${column}`,
        ViolatedEntities: [{ Path: path }],
      });
    const parameter =
      at(value, 'SourceParameterName') ?? at(value, 'ParameterName') ?? at(value, 'Parameter');
    if (parameter !== undefined && !declared.has(String(parameter)))
      errors.push({
        Type: 'PARAMETER_NOT_FOUND',
        Message: `The parameter ${parameter} is not declared`,
        ViolatedEntities: [{ Path: path }],
      });
  });
  return errors;
}

/** Visits every structure of a definition, with its path: `sheet/<id>/visual/<id>` where there are ids, and places elsewhere. */
function walk(value: unknown, path: string, visit: (value: Members, path: string) => void): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, `${path}/${index}`, visit);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const members: Members = Object(value);
  const sheet = at(members, 'SheetId');
  const visual = at(members, 'VisualId');
  const here =
    sheet !== undefined && 'Visuals' in members
      ? `/sheet/${sheet}`
      : visual === undefined
        ? path
        : `${path.replace(/(\/sheet\/[^/]+).*/, '$1')}/visual/${visual}`;
  visit(members, here);
  for (const [name, inner] of Object.entries(members))
    walk(inner, typeof inner === 'object' && !Array.isArray(inner) ? here : `${here}/${name}`, visit);
}
