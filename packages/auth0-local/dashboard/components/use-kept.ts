import { useRef } from 'preact/hooks';

/** The last value there was, while there is none. */
export function useKept<Value>(value: Value | undefined): Value | undefined {
  const kept = useRef(value);
  if (value !== undefined) kept.current = value;
  return kept.current;
}
