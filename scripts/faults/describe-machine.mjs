import { describeHardware } from './describe-hardware.mjs';

/** Says when and where something is measured, and how busy the machine is with other things. */
export function describeMachine() {
  const date = new Date().toISOString().slice(0, 10);
  return `${date}, Node.js ${process.versions.node}, ${describeHardware()}`;
}
