import { medianRatio } from '../measure/take-turns.mjs';
import { boundOverhead, findOpenKind, readCpu, readOverhead } from './overhead.mjs';
import { ours, peers } from './parties.mjs';

const [jwtBearer] = peers;

/**
 * Says what became of the promises about whole requests, on one version of Express.
 *
 * @param {4 | 5} version
 * @param {Map<string, Record<string, { cpu: number }>[]>} figures What each party measured, round by round.
 */
export function judgeRequests(version, figures) {
  const cpu = (kind) => readCpu(figures, ours.name, kind);
  const ofOpen = medianRatio(cpu('warm'), cpu(findOpenKind('warm')));
  const ofBare = medianRatio(readOverhead(figures, ours.name, 'cold'), cpu('bare'));
  const ofBareRoute = medianRatio(
    readOverhead(figures, ours.name, 'cold'),
    boundOverhead(readOverhead(figures, ours.name, 'bareRoute')),
  );
  const ofOurs = (kind) =>
    medianRatio(
      readOverhead(figures, jwtBearer.name, kind),
      boundOverhead(readOverhead(figures, ours.name, kind)),
    );
  const atMost = (text, value, limit) => promise(version, text, value, limit, value <= limit);
  const atLeast = (text, value, limit) => promise(version, text, value, limit, value >= limit);
  return [
    atMost(
      'a request with a token seen before costs at most 1.06 × the same request to the open route',
      ofOpen,
      1.06,
    ),
    atMost(
      'a token never seen adds at most 1.35 × bare crypto.verify, measured in a loop, to the open route',
      ofBare,
      1.35,
    ),
    atMost(
      'a token never seen adds at most 1.35 × what bare crypto.verify adds in a route of the same app',
      ofBareRoute,
      1.35,
    ),
    atLeast(`${jwtBearer.peer} adds at least 10 × as much for a token seen before`, ofOurs('warm'), 10),
    atLeast(`${jwtBearer.peer} adds at least 2.5 × as much for a token never seen`, ofOurs('cold'), 2.5),
  ];
}

function promise(version, text, value, limit, holds) {
  return { text: `Express ${version}: ${text}`, value, limit, unit: '×', holds };
}
