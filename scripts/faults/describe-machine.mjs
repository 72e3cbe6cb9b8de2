import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** Says when and where something is measured, and how busy the machine is with other things. */
export function describeMachine() {
  const [{ model }] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const cores = availableParallelism();
  const [load] = loadavg();
  const date = new Date().toISOString().slice(0, 10);
  return `${date}, Node.js ${process.versions.node}, ${cores} cores (${model.trim()}), ${gigabytes} GiB, load ${load.toFixed(1)}`;
}
