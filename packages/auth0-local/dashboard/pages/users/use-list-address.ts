import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { useSettled } from '../../components/use-settled.ts';

/** Which part of a list is shown, as the address has it: it can be shared, and the way back leads through it. */
export interface ListAddress {
  /** What is looked for. */
  readonly text: string;
  /** Counted from 0. */
  readonly page: number;
  /** What stands in the search box, which is ahead of what is looked for. */
  readonly typed: string;
  readonly setTyped: (typed: string) => void;
  /** @param isReplaced - The page before is none to go back to. */
  readonly setPage: (page: number, isReplaced?: boolean) => void;
}

/** Keeps in the address of a list which part of it is shown: `?q=jane&page=2`. */
export function useListAddress(href: string): ListAddress {
  const { query, route } = useLocation();
  const text = query['q'] ?? '';
  const page = readPage(query['page']);
  const [typed, setTyped] = useState(text);
  const settled = useSettled(typed);
  const written = useRef(text);
  const go = (q: string, next: number, isReplaced: boolean): void => {
    written.current = q;
    route(writeAddress(href, q, next), isReplaced);
  };
  useEffect(() => {
    if (text === written.current) return;
    // Somebody went back: the box follows.
    written.current = text;
    setTyped(text);
  }, [text]);
  useEffect(() => {
    // The way back leads to the whole list, and not through each word that was half typed.
    if (settled === typed && settled !== written.current) go(settled, 0, written.current !== '');
  }, [settled]);
  return {
    text,
    page,
    typed,
    setTyped,
    setPage: (next, isReplaced = false) => go(text, next, isReplaced),
  };
}

/** In the address pages are counted from 1, as people do. */
function readPage(text = '1'): number {
  return /^[1-9]\d{0,6}$/.test(text) ? Number(text) - 1 : 0;
}

function writeAddress(href: string, q: string, page: number): string {
  const query = new URLSearchParams({ ...(q !== '' && { q }), ...(page > 0 && { page: String(page + 1) }) });
  return query.size === 0 ? href : `${href}?${query.toString()}`;
}
