import { bracketsError, controlsError, describeLength } from './find-text-error.ts';

/** What is wrong with a property of a body that was sent. */
export interface Problem {
  readonly field: string;
  readonly text: string;
}

/**
 * Reads what the Management API says of a property, `'…' on property name`, and says it as a form does. Most of it is
 * found before anything is sent; the rest the tenant alone knows.
 */
export function readProblem(message: string): Problem | undefined {
  const [, problem = '', place = ''] = /'(.+)' on property ([\w.[\]]+)/s.exec(message) ?? [];
  // The field of `scopes[3].value` is that of the value.
  const field = place
    .replaceAll(/\[\d+\]|\.$/g, '')
    .split('.')
    .at(-1);
  return field ? { field, text: describeProblem(problem) } : undefined;
}

const sentences: readonly (readonly [
  pattern: RegExp,
  describe: (first: string, second: string) => string,
])[] = [
  [/^String is too short \(0 chars\)/, () => 'It cannot be empty.'],
  [/^String is too short .* minimum (\d+)$/, (least) => `At least ${least} characters.`],
  [
    /^String is too long \((\d+) chars\), maximum (\d+)$/,
    (length, longest) => describeLength(Number(length), Number(longest)),
  ],
  [/^Array is too long .* maximum (\d+)$/, (most) => `At most ${most} of them.`],
  [/ is less than minimum (-?\d+)$/, (least) => `${least} is the least.`],
  [/ is greater than maximum (-?\d+)$/, (most) => `${most} is the most.`],
  [/ for format email/, () => emailError],
  [/ must not contain < or >$/, () => bracketsError],
  [/ must not contain control characters$/, () => controlsError],
];

/** How an email address is to be. */
export const emailError = 'Write a whole email address, like jane@example.com.';

function describeProblem(problem: string): string {
  for (const [pattern, describe] of sentences) {
    const [found, first = '', second = ''] = pattern.exec(problem) ?? [];
    if (found !== undefined) return describe(first, second);
  }
  return `${problem}.`;
}
