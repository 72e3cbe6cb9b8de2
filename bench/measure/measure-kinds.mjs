/**
 * Measures several kinds of requests to one app by turns, each time in another order: what changes in its process, and
 * garbage that one leaves for the next, meets all of them alike.
 *
 * @param {{ measure: (requests: Buffer[], status: number) => Promise<{ cpu: number, wall: number }> }} app
 * @param {readonly { name: string, status: number, next: () => Buffer }[]} kinds `next` makes a request.
 * @param {{ requests: number, turns: number }} settings How many requests a block has, and how many blocks there are of
 *   each kind.
 * @returns {Promise<Record<string, { cpu: number, wall: number }>>} µs for each request, by the name of the kind.
 */
export async function measureKinds(app, kinds, { requests, turns }) {
  const figures = Object.fromEntries(kinds.map(({ name }) => [name, { cpu: 0, wall: 0 }]));
  for (let turn = 0; turn < turns; turn++) {
    for (const { name, status, next } of shuffle(kinds)) {
      const block = Array.from({ length: requests }, next);
      const { cpu, wall } = await app.measure(block, status);
      figures[name].cpu += cpu / turns;
      figures[name].wall += wall / turns;
    }
  }
  return figures;
}

function shuffle(items) {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
