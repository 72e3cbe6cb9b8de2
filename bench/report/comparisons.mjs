const core = '@auth0/auth0-api-js';
const edge = '@auth0/auth0-express-api';

/** What is shown as bars: a name for the file, and which rows of which suite, all in µs of CPU time. */
export const comparisons = [
  {
    file: 'verification-cold',
    suite: 'verification',
    row: 'verify RS256, cold',
    title: 'Verifying a token never seen',
    what: 'µs of CPU time for an RS256 token',
    ours: core,
  },
  {
    file: 'verification-warm',
    suite: 'verification',
    row: 'verify RS256, warm',
    title: 'Verifying a token seen before',
    what: 'µs of CPU time for an RS256 token',
    ours: core,
  },
  {
    file: 'requests-cold',
    suite: 'requests',
    row: 'overhead on Express 5, cold',
    title: 'What a token never seen adds to a request',
    what: 'µs of CPU time beyond the open route, Express 5',
    ours: edge,
  },
  {
    file: 'requests-warm',
    suite: 'requests',
    row: 'overhead on Express 5, warm',
    title: 'What a token seen before adds to a request',
    what: 'µs of CPU time beyond the open route, Express 5',
    ours: edge,
  },
  {
    file: 'refusals-garbage',
    suite: 'refusals',
    row: 'refuse garbage',
    title: 'Refusing garbage',
    what: 'µs of CPU time for a whole request, Express 5',
    ours: edge,
  },
  {
    file: 'refusals-bad-signature',
    suite: 'refusals',
    row: 'refuse a bad signature',
    title: 'Refusing a bad signature',
    what: 'µs of CPU time for a whole request, Express 5',
    ours: edge,
  },
];
