import { isPromiseLike } from '../when-ready.js';

/**
 * Calls the application's own function and goes on with what it answers: at once, or later if it answers with a promise.
 *
 * @param fail - Gets what the function throws or rejects with.
 */
export function callCustom<T>(
  call: () => unknown,
  decide: (result: unknown) => T,
  fail: (error: unknown) => T,
): T | Promise<T> {
  let result: unknown;
  try {
    result = call();
    if (isPromiseLike(result)) return Promise.resolve(result).then(decide, fail);
  } catch (error) {
    return fail(error);
  }
  return decide(result);
}

/** The type and place of what a function threw. Its message stays out: it may hold a part of the claims. */
export function describeThrown(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return `${error.constructor?.name ?? 'Error'}${readPlace(error)}`;
}

/** The first place of the stack, if the stack plainly begins with the message, which may hold lines like it. */
function readPlace({ stack, message }: Error): string {
  if (typeof stack !== 'string' || typeof message !== 'string') return '';
  const header = message === '' ? '\n' : `: ${message}\n`;
  const at = stack.indexOf(header);
  if (at === -1 || !/^[\w$.]+$/.test(stack.slice(0, at))) return '';
  const first = /^\s+at .*/.exec(stack.slice(at + header.length))?.[0].trim();
  return first === undefined ? '' : ` ${first}`;
}
