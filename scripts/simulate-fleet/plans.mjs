const minutes = 60;

// What happens to a fleet that starts within the first ten seconds, and from when to when its requests are counted
// together. In seconds.
export const plans = [
  {
    outage: { from: 120 * minutes, until: 130 * minutes },
    end: 160 * minutes,
    phases: [
      { name: 'start, the first 10 s', from: 0, until: 10 },
      { name: 'refreshes, to 15 min', from: 10, until: 15 * minutes },
      { name: 'refreshes, from 15 min to 2 h', from: 15 * minutes, until: 120 * minutes },
      { name: 'away for 10 min', from: 120 * minutes, until: 130 * minutes },
      { name: 'back, the first minute', from: 130 * minutes, until: 131 * minutes },
      { name: 'back, half an hour', from: 130 * minutes, until: 160 * minutes },
    ],
  },
  {
    outage: { from: 0, until: 10 * minutes },
    end: 20 * minutes,
    phases: [
      { name: 'started while it is away, the first 10 s', from: 0, until: 10 },
      { name: 'started while it is away, from 5 to 10 min', from: 5 * minutes, until: 10 * minutes },
      { name: 'back, the first minute', from: 10 * minutes, until: 11 * minutes },
    ],
  },
];
