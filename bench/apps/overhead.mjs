/** The open route that gets the same requests as a protected one. */
const sameRequests = {
  bareRoute: 'openWithToken',
  warm: 'openWithToken',
  cold: 'openWithToken',
  dpop: 'openWithProof',
};
/** Below this, in µs, an overhead is not measured but noise: nothing is divided by it. */
const least = 0.5;

/** The name of the open route that gets the same requests as this protected one. */
export function findOpenKind(kind) {
  return sameRequests[kind];
}

/** The CPU time of a request of this kind, in µs, a member for each round. */
export function readCpu(figures, contender, kind) {
  return figures.get(contender).map((round) => round[kind].cpu);
}

/** What protection adds to the CPU time of a request, in µs, a member for each round. */
export function readOverhead(figures, contender, kind) {
  const open = readCpu(figures, contender, findOpenKind(kind));
  return readCpu(figures, contender, kind).map((cpu, round) => cpu - open[round]);
}

/** Overheads that can be divided by. */
export function boundOverhead(overheads) {
  return overheads.map((overhead) => Math.max(overhead, least));
}
