import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from './button.tsx';

/** A column of a table. */
export interface Column<Item> {
  readonly header: string;
  readonly cell: (item: Item) => ComponentChildren;
  /** Whether it keeps its width, like one of buttons. */
  readonly isNarrow?: boolean;
}

/** A table; where it is too wide for the window each row becomes a card. */
export function DataTable<Item>({
  caption,
  columns,
  items,
  keyOf,
}: {
  readonly caption: string;
  readonly columns: readonly Column<Item>[];
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
}) {
  return (
    <table class="table">
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ header, isNarrow }) => (
            <th key={header} scope="col" class={isNarrow ? 'narrow' : undefined}>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={keyOf(item)}>
            {columns.map(({ header, cell, isNarrow }) => (
              <td key={header} data-label={header} class={isNarrow ? 'narrow' : undefined}>
                {cell(item)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Which part of a long list is shown, and the way to the others. */
export function Pager({
  label = 'Pages',
  page,
  total,
  size,
  onPage,
}: {
  /** Whose pages they are, where a page has several lists. */
  readonly label?: string;
  /** Counted from 0. */
  readonly page: number;
  readonly total: number;
  readonly size: number;
  readonly onPage: (page: number) => void;
}) {
  if (total <= size) return null;
  const last = Math.ceil(total / size) - 1;
  const start = page * size;
  return (
    <nav class="pager" aria-label={label}>
      <Button look="quiet" icon="back" isDisabled={page === 0} onClick={() => onPage(page - 1)}>
        Previous
      </Button>
      <span role="status">
        {count(start + 1)}–{count(Math.min(total, start + size))} of {count(total)}
      </span>
      <Button look="quiet" isDisabled={page >= last} onClick={() => onPage(page + 1)}>
        Next
      </Button>
    </nav>
  );
}

function count(number: number): string {
  return number.toLocaleString('en');
}

/** What of a list is shown. */
export interface ListView<Item> {
  readonly shown: readonly Item[];
  readonly filter: string;
  readonly setFilter: (filter: string) => void;
  readonly pager: {
    readonly page: number;
    readonly total: number;
    readonly size: number;
    readonly onPage: (page: number) => void;
  };
}

/** Narrows a list that is here already to what a filter fits, and to a page of that. */
export function useListView<Item>(
  items: readonly Item[],
  textOf: (item: Item) => string,
  size = 50,
): ListView<Item> {
  const [filter, setFilter] = useState('');
  const [page, setPage] = useState(0);
  const wanted = filter.trim().toLowerCase();
  const found = wanted === '' ? items : items.filter((item) => textOf(item).toLowerCase().includes(wanted));
  // The last page may have gone with what was deleted.
  const current = Math.min(page, Math.max(0, Math.ceil(found.length / size) - 1));
  return {
    shown: found.slice(current * size, (current + 1) * size),
    filter,
    setFilter: (text) => {
      setFilter(text);
      setPage(0);
    },
    pager: { page: current, total: found.length, size, onPage: setPage },
  };
}

/** The box that narrows a list. */
export function FilterBox({
  label,
  value,
  onInput,
}: {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
}) {
  return (
    <input
      class="filter"
      type="search"
      aria-label={label}
      placeholder={label}
      value={value}
      onInput={(event) => onInput(event.currentTarget.value)}
      autocomplete="off"
      spellcheck={false}
    />
  );
}
