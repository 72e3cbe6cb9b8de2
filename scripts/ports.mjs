import { createServer } from 'node:net';

/** Reads a port from the environment; ends the process with one line if it is none. */
export function readPort(variable, fallback) {
  const text = process.env[variable] || String(fallback);
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65535) return port;
  fail(`${variable}=${text} is not a port. Give a number from 1 to 65535.`);
}

/** Ends the process with one line if two of the ports are the same or one is taken. */
export async function checkPorts(ports) {
  const entries = Object.entries(ports);
  for (const [index, [variable, port]] of entries.entries()) {
    const twin = entries.slice(0, index).find(([, other]) => other === port);
    if (twin !== undefined) fail(`${twin[0]} and ${variable} are both ${port}. Give them different numbers.`);
  }
  for (const [variable, port] of entries) await checkPort(port, variable);
}

async function checkPort(port, variable) {
  const codes = [await tryToListen(port, undefined), await tryToListen(port, '127.0.0.1')];
  if (codes.includes('EADDRINUSE'))
    fail(`Port ${port} is taken. Choose another with ${variable}, like ${variable}=${port + 1} npm start.`);
  if (codes.includes('EACCES'))
    fail(
      `Port ${port} needs more rights. Choose one above 1023 with ${variable}, like ${variable}=8080 npm start.`,
    );
}

/** Ends the process with one line. */
export function fail(line) {
  console.error(line);
  process.exit(1);
}

/** The error code of listening on a port, if it fails. */
function tryToListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error.code));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
