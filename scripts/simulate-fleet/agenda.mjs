/** What is due when; the earliest comes first. A binary heap. */
export class Agenda {
  /** @type {{ at: number, item: any }[]} */
  #heap = [];

  add(at, item) {
    const heap = this.#heap;
    let index = heap.push({ at, item }) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (heap[parent].at <= heap[index].at) break;
      this.#swap(parent, index);
      index = parent;
    }
  }

  take() {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (heap.length === 0) return first;
    heap[0] = last;
    let index = 0;
    for (;;) {
      const children = [2 * index + 1, 2 * index + 2].filter((child) => child < heap.length);
      const earlier = children.toSorted((a, b) => heap[a].at - heap[b].at)[0];
      if (earlier === undefined || heap[index].at <= heap[earlier].at) return first;
      this.#swap(index, earlier);
      index = earlier;
    }
  }

  #swap(a, b) {
    [this.#heap[a], this.#heap[b]] = [this.#heap[b], this.#heap[a]];
  }
}
