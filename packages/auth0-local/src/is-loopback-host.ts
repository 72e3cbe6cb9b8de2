/** Whether a host name means this machine and nothing else. */
export function isLoopbackHost(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\]|::1|(.+\.)?localhost)$/i.test(hostname);
}
