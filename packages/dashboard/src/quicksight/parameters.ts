import type {
  DatasetParameter,
  MappedDataSetParameter,
  ParameterControl,
  ParameterDeclaration,
} from '@aws-sdk/client-quicksight';

/** The value of a filter that chooses nothing. An event without a value is among all, and in no other choice. */
export const everything = '(all)';

/** The parameters of a dashboard, by the names that people and statements give them. */
export type ParameterName = 'From' | 'To' | 'Grain' | FilterName;
/** Those that filter events. */
export type FilterName = 'Category' | 'Brand' | 'Item';

/** The lengths of periods to choose from. An hour is a chart of its own. */
export const chosenGrains = ['day', 'week', 'month'] as const;

/** How a statement names a parameter of its data set. QuickSight writes texts and times with their quotes, and several with commas. */
export const placeholder = (name: ParameterName): string => `<<$${name}>>`;

/**
 * A day that a parameter holds, as SQL of the type DATE. QuickSight fills in a time; however it writes one, a day is its first ten letters.
 */
export const dayOf = (name: 'From' | 'To'): string =>
  `cast(substr(cast(${placeholder(name)} as varchar), 1, 10) as date)`;

/** What is declared of a parameter in a data set. Its default holds where nothing else fills it in: a preview reads one day. */
export function dataSetParameter(name: ParameterName, firstDay: string): DatasetParameter {
  const own = { Id: name.toLowerCase(), Name: name };
  if (name === 'From' || name === 'To')
    return {
      DateTimeDatasetParameter: {
        ...own,
        ValueType: 'SINGLE_VALUED',
        TimeGranularity: 'DAY',
        DefaultValues: { StaticValues: [new Date(`${firstDay}T00:00:00Z`)] },
      },
    };
  return {
    StringDatasetParameter: {
      ...own,
      ValueType: name === 'Grain' ? 'SINGLE_VALUED' : 'MULTI_VALUED',
      DefaultValues: { StaticValues: [name === 'Grain' ? 'day' : everything] },
    },
  };
}

/**
 * What is declared of a parameter in the analysis. Days roll with the clock: the last one is yesterday, which is over.
 *
 * @param mapped the data sets that it fills in
 */
export function parameterDeclaration(
  name: ParameterName,
  days: number,
  mapped: readonly MappedDataSetParameter[],
): ParameterDeclaration {
  const own = { Name: name, ...(mapped.length === 0 ? {} : { MappedDataSetParameters: [...mapped] }) };
  if (name === 'From' || name === 'To')
    return {
      DateTimeParameterDeclaration: {
        ...own,
        TimeGranularity: 'DAY',
        // https://docs.aws.amazon.com/quicksight/latest/user/addDateTime-function.html
        DefaultValues: {
          RollingDate: {
            Expression: `addDateTime(${name === 'From' ? -days : -1}, 'DD', truncDate('DD', now()))`,
          },
        },
      },
    };
  return {
    StringParameterDeclaration: {
      ...own,
      ParameterValueType: name === 'Grain' ? 'SINGLE_VALUED' : 'MULTI_VALUED',
      DefaultValues: { StaticValues: [name === 'Grain' ? 'day' : everything] },
    },
  };
}

/**
 * The control of a parameter on a sheet.
 *
 * @param values the column whose values are offered, for a category or a brand
 */
export function parameterControl(
  sheet: string,
  name: ParameterName,
  values?: { readonly DataSetIdentifier: string; readonly ColumnName: string },
): ParameterControl {
  const own = {
    ParameterControlId: `${sheet}-${name.toLowerCase()}`,
    Title: name,
    SourceParameterName: name,
  };
  switch (name) {
    case 'From':
    case 'To':
      return { DateTimePicker: { ...own, DisplayOptions: { DateTimeFormat: 'YYYY/MM/DD' } } };
    case 'Grain':
      return { Dropdown: { ...own, Type: 'SINGLE_SELECT', SelectableValues: { Values: [...chosenGrains] } } };
    case 'Item':
      // A shop has more items than a list shows: ids are typed.
      return { TextArea: { ...own, Title: 'Items, by id', Delimiter: ',' } };
    default:
      return {
        Dropdown: {
          ...own,
          Type: 'MULTI_SELECT',
          ...(values ? { SelectableValues: { LinkToDataSetColumn: values } } : {}),
        },
      };
  }
}
