import assert from 'node:assert/strict';

/** Counts what became of requests with proofs, and who was let in twice. */
export class Acceptances {
  verdicts = {};
  /** How long answers took that said that the store is away. */
  outageMilliseconds = [];
  #accepted = new Set();
  twice = 0;

  /** Takes note of the answer to a proof. */
  note({ dpop: proof }, { verdict, milliseconds }) {
    this.verdicts[verdict] = (this.verdicts[verdict] ?? 0) + 1;
    if (verdict === '503') this.outageMilliseconds.push(milliseconds);
    if (verdict !== 'accepted') return;
    if (this.#accepted.has(proof)) this.twice += 1;
    this.#accepted.add(proof);
  }

  /** How many proofs were accepted. */
  get count() {
    return this.#accepted.size;
  }

  check() {
    assert.equal(this.twice, 0, `${this.twice} proofs were accepted a second time`);
  }
}
