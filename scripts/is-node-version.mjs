/** Whether this is a version of Node.js as the npm package `node` has them: `24`, `24.1` or `24.1.0`. */
export function isNodeVersion(text) {
  return /^\d+(\.\d+){0,2}$/.test(text);
}
