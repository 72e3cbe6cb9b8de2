import { DataTable, FilterBox, Pager, useListView, type Column } from './data-table.tsx';

/** A table of a list that is here already: a page of it, and a box that narrows it where there is much. */
export function FilteredTable<Item>({
  caption,
  columns,
  items,
  keyOf,
  textOf,
  filterLabel,
  filterFrom,
}: {
  readonly caption: string;
  readonly columns: readonly Column<Item>[];
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  /** What of an item can be looked for. */
  readonly textOf: (item: Item) => string;
  readonly filterLabel: string;
  /** More items than this have a filter. */
  readonly filterFrom: number;
}) {
  const { shown, filter, setFilter, pager } = useListView(items, textOf);
  return (
    <>
      {items.length > filterFrom && (
        <div class="list-tools">
          <FilterBox label={filterLabel} value={filter} onInput={setFilter} />
        </div>
      )}
      <DataTable caption={caption} columns={columns} items={shown} keyOf={keyOf} />
      <Pager {...pager} />
    </>
  );
}
