/** The wait is cut into so many parts. */
const parts = 5;

/**
 * Waits for a store's answer, for so long of the store's time.
 *
 * A process that is busy does not see an answer that has arrived. So the time is counted in parts, each of which a busy
 * spell uses up only once, and after the last one the sockets are read once more before the answer is given up. One that
 * comes later changes nothing.
 *
 * @param toError - What the wait ends with when it is given up.
 */
export function waitForAnswer(
  answer: PromiseLike<unknown>,
  milliseconds: number,
  toError: () => Error,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let partsLeft = parts;
    let lastTurn: NodeJS.Immediate | undefined;
    const endPart = (): void => {
      partsLeft -= 1;
      if (partsLeft > 0) timer = setTimeout(endPart, milliseconds / parts);
      else lastTurn = setImmediate(() => reject(toError()));
    };
    // A request waits for it, so the process must not end before.
    let timer = setTimeout(endPart, milliseconds / parts);
    const stop = (): void => {
      clearTimeout(timer);
      clearImmediate(lastTurn);
    };
    Promise.resolve(answer).then(
      (value) => {
        stop();
        resolve(value);
      },
      (error: unknown) => {
        stop();
        reject(error);
      },
    );
  });
}
