/**
 * Whether an address leads to the Dashboard of the tenant itself. Its host is a loopback one, and all of those are this
 * machine: the port tells.
 *
 * @param ownPorts - Where the tenant listens.
 */
export function isOwnDashboard({ port, protocol, pathname }: URL, ownPorts: readonly number[]): boolean {
  const isOwnPort = ownPorts.includes(Number(port || (protocol === 'https:' ? 443 : 80)));
  return isOwnPort && /^\/+dashboard(\/|$)/i.test(decodePath(pathname));
}

/** More is decoded than the tenant does itself: no way of writing it leads there. */
function decodePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
