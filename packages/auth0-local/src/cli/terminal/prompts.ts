import { CommandError } from '../command-line/command-error.js';
import type { GlobalOptions } from '../command-line/global-options.js';
import { printable } from './printable.js';

/** What is asked for when an option or argument is missing. */
export interface Question {
  /** The words of the question, like `Name`. */
  readonly message: string;
  /** How the answer is given without being asked, like `--name`. */
  readonly flag: string;
}

/** Asks whoever sits at the terminal. Where nobody does, the error names the option. */
export interface Prompts {
  readonly canAsk: boolean;
  readonly text: (question: Question) => Promise<string>;
  /** Shows nothing of the answer. */
  readonly secret: (question: Question) => Promise<string>;
  readonly choose: (question: Question, choices: () => Promise<readonly Choice[]>) => Promise<string>;
  readonly confirm: (message: string) => Promise<boolean>;
}

/** One of several answers. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

/** Prompts on stderr, so that stdout has only what was asked for. */
export function createPrompts({ input }: Pick<GlobalOptions, 'input'>): Prompts {
  const canAsk = input && process.stdin.isTTY && process.stderr.isTTY;
  const readMessage = ({ message, flag }: Question): string => {
    if (canAsk) return printable(message);
    throw new CommandError(`Missing ${flag}, and there is no terminal to ask on`);
  };
  const output = process.stderr;
  const validate = (value: string | undefined): string | undefined =>
    value === undefined || value.trim() === '' ? 'Please write something.' : undefined;
  return {
    canAsk,
    text: async (question) => {
      const message = readMessage(question);
      const { text } = await import('@clack/prompts');
      return readAnswer(await text({ message, validate, output })).trim();
    },
    secret: async (question) => {
      const message = readMessage(question);
      const { password } = await import('@clack/prompts');
      return readAnswer(await password({ message, validate, output }));
    },
    choose: async (question, choices) => {
      const message = readMessage(question);
      const options = (await choices()).map(toPrintable);
      if (options.length === 0) throw new CommandError(`There is none to choose for ${question.flag}`);
      const { select } = await import('@clack/prompts');
      return readAnswer(await select<string>({ message, options, maxItems: 12, output }));
    },
    confirm: async (message) => {
      const { confirm } = await import('@clack/prompts');
      return readAnswer(await confirm({ message: printable(message), initialValue: false, output }));
    },
  };
}

function toPrintable({ value, label, hint }: Choice): Choice {
  return { value, label: printable(label), ...(hint !== undefined && { hint: printable(hint) }) };
}

/** Clack answers with a symbol when the user presses Escape or Ctrl-C. */
function readAnswer<Answer>(answer: Answer): Exclude<Answer, symbol> {
  if (typeof answer === 'symbol') throw new CommandError('Cancelled', { exitCode: 130 });
  return answer as Exclude<Answer, symbol>;
}
