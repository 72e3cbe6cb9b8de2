import { parseArgs } from 'node:util';
import { isNodeVersion } from '../scripts/is-node-version.mjs';
import { fail } from '../scripts/ports.mjs';

const options = {
  quick: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  only: { type: 'string', multiple: true, default: [] },
  node: { type: 'string' },
};

/**
 * Reads the command line of `npm run bench`; ends the process with one line if it says something unknown.
 *
 * @param {string[]} args
 * @returns {{ isQuick: boolean, isJson: boolean, only: string[], node: string | undefined }} `only` names suites; none
 *   stands for all.
 */
export function readBenchOptions(args) {
  const { quick, json, only, node } = parse(args);
  if (node !== undefined && !isNodeVersion(node))
    fail(`--node ${node} is no version. Give one like --node 24.`);
  return { isQuick: quick, isJson: json, only: only.flatMap((names) => names.split(',')), node };
}

function parse(args) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    const [what] = error.message.split('. ');
    return fail(
      `${what}. The options are --quick, --json, --only <suite> (more than once for several) and --node <version>.`,
    );
  }
}
