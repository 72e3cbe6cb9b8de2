/** Lets the process that started this one with `startChild()` call these functions. This one ends with that one. */
export function serveCalls(functions) {
  process.on('message', (message) => void answer(functions, message));
  process.on('disconnect', () => process.exit());
}

async function answer(functions, { id, name, args }) {
  try {
    process.send({ id, result: await functions[name](...args) });
  } catch (error) {
    process.send({ id, error: error instanceof Error ? error.stack : String(error) });
  }
}
