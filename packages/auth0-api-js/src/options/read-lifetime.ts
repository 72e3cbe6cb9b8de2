import { invalidOption } from './invalid-option.js';
import { readNumber, type OptionPlace } from './read-number.js';

/** A withdrawn key is out within a day. In seconds. */
const longest = 86_400;

/** Reads how long something is kept: not at all, or at least a second, and at most a day. */
export function readLifetime(value: unknown, place: OptionPlace): number {
  const seconds = readNumber(value, place);
  if (seconds === 0 || (seconds >= 1 && seconds <= longest)) return seconds;
  const what = `"${place.name}" must be 0, or from 1 to ${longest}: it is in seconds, not in milliseconds`;
  throw invalidOption(place.group, what);
}
