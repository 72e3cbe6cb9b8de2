import { callCustom, describeThrown } from '../../authorize/call-custom.js';
import { createProofRefusal, TemporarilyUnavailableError } from '../../errors.js';
import type { EventListener } from '../../events.js';
import type { ReplaySettings } from '../../options/replay-options.js';
import { isPromiseLike } from '../../when-ready.js';
import { ReplayOutage } from './replay-outage.js';
import { ReplayStoreError, type UsedProof } from './replay-store.js';
import { waitForAnswer } from './wait-for-answer.js';

/** What a guard works with. */
export interface ReplayGuardSettings extends ReplaySettings {
  readonly emit: EventListener;
}

/** Lets each proof through once, as the replay store says, and decides what becomes of requests while it is away. */
export class ReplayGuard {
  readonly #settings: ReplayGuardSettings;
  readonly #outage: ReplayOutage;

  constructor(settings: ReplayGuardSettings) {
    this.#settings = settings;
    this.#outage = new ReplayOutage(settings.emit);
  }

  /**
   * Registers a proof that has passed every other check: at once where the store answers at once.
   *
   * @throws InvalidDpopProofError `proof_replayed`: it was used before.
   * @throws TemporarilyUnavailableError: the store cannot tell, and failures are refused.
   */
  check(proof: UsedProof): void | Promise<void> {
    return callCustom(
      () => this.#ask(proof),
      (answer) => this.#judge(answer),
      (error) => this.#fail(error),
    );
  }

  #ask(proof: UsedProof): unknown {
    const { store, deadlineMilliseconds } = this.#settings;
    const answer: unknown = store.register(proof);
    if (!isPromiseLike(answer)) return answer;
    return waitForAnswer(answer, deadlineMilliseconds, () => timedOut(deadlineMilliseconds));
  }

  #judge(answer: unknown): void {
    if (typeof answer !== 'boolean') throw this.#refuse(wrongAnswer(answer));
    this.#outage.end();
    if (!answer) throw createProofRefusal('proof_replayed');
  }

  #fail(error: unknown): void {
    const failure = error instanceof ReplayStoreError ? error : failed(error);
    // A client that has used its share up is no outage: letting it through would be no check at all.
    if (failure.reason === 'replay_client_full') {
      this.#outage.noteClientFull(failure);
      throw toUnavailable(failure);
    }
    if (this.#settings.onFailure === 'refuse') throw this.#refuse(failure);
    this.#outage.note(failure, 'allowed');
  }

  #refuse(failure: ReplayStoreError): TemporarilyUnavailableError {
    this.#outage.note(failure, 'refused');
    return toUnavailable(failure);
  }
}

function toUnavailable({ reason, retryAfterSeconds }: ReplayStoreError): TemporarilyUnavailableError {
  return new TemporarilyUnavailableError(reason, retryAfterSeconds);
}

function timedOut(milliseconds: number): ReplayStoreError {
  const what = `The replay store did not answer within ${milliseconds} ms.`;
  const cure =
    'Is it up, near, and not overloaded? "deadlineMilliseconds" of "replay" says how long it may take.';
  return new ReplayStoreError('replay_store_timeout', `${what} ${cure}`);
}

function failed(error: unknown): ReplayStoreError {
  return new ReplayStoreError('replay_store_failed', `The replay store failed: ${describeThrown(error)}`);
}

/** A store that answers with anything else is not finished. It must not let a replay pass, even where failures are allowed. */
function wrongAnswer(answer: unknown): ReplayStoreError {
  const what = `"register" of the replay store answered with a value of type ${typeof answer}.`;
  const cure =
    'It must answer with true (the proof is new) or false (it was used), or with a promise of one.';
  return new ReplayStoreError('replay_store_failed', `${what} ${cure}`);
}
