import { median, medianRatio } from '../measure/take-turns.mjs';
import { boundOverhead, findOpenKind, readCpu, readOverhead } from './overhead.mjs';
import { ours, oursWithDpop, peers, peersWithDpop } from './parties.mjs';

const bearerKinds = [
  { kind: 'warm', label: 'warm', party: ours, others: peers },
  { kind: 'cold', label: 'cold', party: ours, others: peers },
];
const dpopKind = { kind: 'dpop', label: 'DPoP, warm', party: oursWithDpop, others: peersWithDpop };

/**
 * Makes rows of what was measured on one version of Express.
 *
 * @param {4 | 5} version
 * @param {Map<string, Record<string, { cpu: number }>[]>} figures What each party measured, round by round.
 */
export function compareRequests(version, figures) {
  const express = `Express ${version}`;
  const kinds = figures.has(oursWithDpop.name) ? [...bearerKinds, dpopKind] : bearerKinds;
  return [
    ...kinds.flatMap((kind) => compareOverheads(figures, kind, `overhead on ${express}, ${kind.label}`)),
    compare(
      `overhead on ${express}, cold`,
      'bare crypto.verify',
      readOverhead(figures, ours.name, 'cold'),
      readCpu(figures, ours.name, 'bare'),
    ),
    compare(
      `overhead on ${express}, cold`,
      'bare crypto.verify in a route',
      readOverhead(figures, ours.name, 'cold'),
      readOverhead(figures, ours.name, 'bareRoute'),
    ),
    ...kinds.flatMap((kind) => compareWholes(figures, kind, `whole request on ${express}, ${kind.label}`)),
    ...['warm', 'control'].map((kind) =>
      compare(
        kind === 'warm' ? `whole request on ${express}, warm` : `open route on ${express}, control`,
        kind === 'warm' ? 'open route without a token' : 'open route',
        readCpu(figures, ours.name, kind),
        readCpu(figures, ours.name, 'open'),
      ),
    ),
  ];
}

function compareOverheads(figures, { kind, party, others }, name) {
  const overhead = readOverhead(figures, party.name, kind);
  return others.map((peer) => compare(name, peer.peer, overhead, readOverhead(figures, peer.name, kind)));
}

/** The whole request, beside the same request to the open route, and beside other libraries. */
function compareWholes(figures, { kind, party, others }, name) {
  const read = (of, what) => readCpu(figures, of.name, what);
  return [
    compare(name, 'open route', read(party, kind), read(party, findOpenKind(kind))),
    ...others.map((peer) => compare(name, peer.peer, read(party, kind), read(peer, kind))),
  ];
}

function compare(name, peer, our, theirs) {
  return {
    name,
    peer,
    ours: median(our),
    theirs: median(theirs),
    ratio: medianRatio(theirs, boundOverhead(our)),
    unit: 'µs CPU',
  };
}
