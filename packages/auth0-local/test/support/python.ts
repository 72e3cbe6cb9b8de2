import { spawnSync } from 'node:child_process';

const hasPython = spawnSync('python3', ['--version']).status === 0;

/** A Python, where this machine has one. */
export const python: 'python3' | undefined = hasPython ? 'python3' : undefined;

/** Whether it has the package that people call APIs with. */
export const hasRequests: boolean = hasPython && spawnSync('python3', ['-c', 'import requests']).status === 0;

/** No machine needs a Python for this project. One without it checks less, and says so. */
export function noteMissingPython(): void {
  if (hasRequests) return;
  const missing = hasPython ? 'The python3 of this machine has no requests' : 'There is no python3 here';
  process.stderr.write(`${missing}: the code for Python is not run as it stands.\n`);
}
