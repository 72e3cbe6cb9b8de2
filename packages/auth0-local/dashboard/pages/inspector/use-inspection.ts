import { useEffect, useState } from 'preact/hooks';
import type { PastedExplanation } from '../../../src/explain/explain-pasted-token.ts';
import { connection } from '../../api/connection.ts';
import { request } from '../../api/request.ts';
import { useStore } from '../../api/store.ts';

/** What a token is judged by. */
export interface Question {
  readonly token: string;
  /** The identifier of the API that gets it. */
  readonly audience: string;
  /** The issuer that the API trusts; the one of this page where it is left out. */
  readonly issuer?: string;
  /** What the API asks for. */
  readonly scopes: readonly string[];
}

/** What came of it. */
export interface Inspection {
  /** Of the last question that was answered, while another is on its way. */
  readonly explanation: PastedExplanation | undefined;
  readonly error: Error | undefined;
  readonly isBusy: boolean;
  /** Asks once more: time passes, and keys change. */
  readonly repeat: () => void;
}

interface Answer {
  readonly explanation?: PastedExplanation | undefined;
  readonly error?: Error;
}

const none: Answer = {};
/** As long as somebody may still type. */
const calmMs = 250;

/** Asks the tenant about a token whenever the question is another; what was pasted goes nowhere else. */
export function useInspection(question: Question | undefined): Inspection {
  const [answer, setAnswer] = useState(none);
  const [isBusy, setBusy] = useState(false);
  const [turn, setTurn] = useState(0);
  const isSilent = useStore(connection).state === 'silent';
  const body = question && JSON.stringify(question);
  useEffect(() => {
    if (body === undefined) {
      setAnswer(none);
      setBusy(false);
      return undefined;
    }
    let isCurrent = true;
    setBusy(true);
    const timer = setTimeout(() => {
      void request<PastedExplanation>('POST', '/explain', JSON.parse(body))
        .then(
          (explanation): Answer => ({ explanation }),
          (error: Error): Answer => ({ error }),
        )
        .then((next) => {
          if (!isCurrent) return;
          setAnswer(next);
          setBusy(false);
        });
    }, calmMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [body, isSilent, turn]);
  return {
    explanation: body === undefined ? undefined : answer.explanation,
    error: body === undefined ? undefined : answer.error,
    isBusy,
    repeat: () => setTurn(turn + 1),
  };
}
