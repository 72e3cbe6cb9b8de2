/**
 * Writes a GET request as it is sent.
 *
 * @param {string} path
 * @param {Record<string, string>} [headers]
 */
export function writeRequest(path, headers = {}) {
  const lines = Object.entries({ host: 'localhost', connection: 'keep-alive', ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.from(`GET ${path} HTTP/1.1\r\n${head}\r\n`, 'latin1');
}
