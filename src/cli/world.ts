import type { World } from '../compose/world.ts';
import { armFaultPoint, noFaults } from '../runtime/fault-points.ts';
import { createLogger } from '../runtime/logger.ts';
import type { Terminal } from './terminal.ts';

/** The world of the rooms, made from the world of the command line. */
export function worldOf(terminal: Terminal, logLevel: string): World {
  const armed = terminal.env.FOOTBRIDGE_FAULT_POINT;
  return {
    clock: terminal.clock,
    random: terminal.random,
    logger: createLogger(logLevel),
    faults: armed === undefined ? noFaults : armFaultPoint(armed, terminal.kill),
  };
}
