const units = [
  { name: 'day', seconds: 86_400 },
  { name: 'hour', seconds: 3600 },
  { name: 'minute', seconds: 60 },
] as const;

/** Says how long something takes in the largest unit that there are two of: 7200 is `2 hours`, 80 is `80 seconds`. */
export function describeSeconds(seconds: number): string {
  const unit = units.find((one) => Math.round(seconds / one.seconds) >= 2);
  const count = unit === undefined ? seconds : Math.round(seconds / unit.seconds);
  return `${count} ${unit?.name ?? 'second'}${count === 1 ? '' : 's'}`;
}
