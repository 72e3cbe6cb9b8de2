/** Tells whether a value must be waited for. */
export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/**
 * Goes on with a value: at once where it is there, later where it is a promise. It is what keeps the way of a
 * request free of promises while the keys are in memory.
 */
export function whenReady<T, U>(value: T | Promise<T>, next: (value: T) => U | Promise<U>): U | Promise<U> {
  return isPromiseLike(value) ? value.then(next) : next(value);
}
