import { useState } from 'preact/hooks';
import type { FigureTable as Table } from '../table/figure-table.ts';
import { ChangeText } from './delta-text.tsx';
import { type Sorting, sortedRows } from './sorted-rows.ts';

/** The header of a column that sorts by it: a figure first by the largest, a name by the first. */
export function SortHeader({
  column: { title, role },
  index,
  sorting,
  sort,
}: {
  column: Table['columns'][number];
  index: number;
  sorting: Sorting | undefined;
  sort: (sorting: Sorting) => void;
}) {
  const isOwn = sorting?.index === index;
  const direction = isOwn ? (sorting.isDescending ? 'descending' : 'ascending') : 'none';
  return (
    <th scope="col" class={role === 'dimension' ? '' : 'n'} aria-sort={direction}>
      <button
        type="button"
        class="sort"
        onClick={() => sort({ index, isDescending: isOwn ? !sorting.isDescending : role !== 'dimension' })}
      >
        {title}
      </button>
    </th>
  );
}

/** The figures of a chart as a table that sorts by each of its columns. */
export function FigureTable({ table, title }: { table: Table; title: string }) {
  const [sorting, sort] = useState<Sorting>();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard
    <section class="scroll" tabIndex={0} aria-label={`Table: ${title}`}>
      <table>
        <caption>{table.caption}</caption>
        <thead>
          <tr>
            {table.columns.map((column, index) => (
              <SortHeader key={column.name} column={column} index={index} sorting={sorting} sort={sort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sortedRows(table.rows, sorting).map((row, number) => (
            <tr key={number}>
              {row.map(({ value, text }, index) => {
                const { name = '', role } = table.columns[index] ?? {};
                if (role === 'dimension')
                  return index === 0 ? (
                    <th scope="row" key={name}>
                      {text}
                    </th>
                  ) : (
                    <td key={name}>{text}</td>
                  );
                return (
                  <td class="n" key={name}>
                    {role === 'change' ? (
                      <ChangeText text={text} />
                    ) : (
                      <data value={String(value ?? '')}>{text}</data>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
