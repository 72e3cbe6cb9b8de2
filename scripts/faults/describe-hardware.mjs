import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** Says where something is measured, and how busy the machine is with other things. */
export function describeHardware() {
  const [{ model }] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const [load] = loadavg();
  return `${availableParallelism()} cores (${model.trim()}), ${gigabytes} GiB, load ${load.toFixed(1)}`;
}
