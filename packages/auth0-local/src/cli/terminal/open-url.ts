import { spawn } from 'node:child_process';

/** Opens a URL in the user's browser, if the machine has a program for that. Nothing fails if it has not. */
export function openUrl(url: string): void {
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, url], { detached: true, stdio: 'ignore' });
  child.on('error', () => {});
  child.unref();
}

type Opener = readonly [command: string, ...args: string[]];

const openers: { readonly [platform in NodeJS.Platform]?: Opener } = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};
