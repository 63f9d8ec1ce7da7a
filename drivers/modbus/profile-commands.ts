/** What a Modbus device can be told to do. */
import type { CommandSpec } from '../contract.ts';
import type { ModbusPoint, ModbusProfileFile } from './profile.ts';
import { targetOf } from './profile-rules/action-rules.ts';

/**
 * The actions, and each writable point that no action and no setup writes. Those others are driven through the action
 * alone, so that a command to the bare relay cannot go around its interlock, pulse and proof, nor stop a counter that
 * setup starts. `profile` must have been checked: a writable number has an enum, or min and max.
 */
export function commandsOf(profile: ModbusProfileFile): readonly CommandSpec[] {
  const driven = new Set([
    ...profile.actions.flatMap(({ steps }) => steps.map(targetOf)),
    ...profile.setup.map(({ point }) => point),
  ]);
  return [
    ...profile.actions.map(({ key, nameZh }) => ({ action: key, nameZh })),
    ...profile.points.filter(({ access, key }) => access !== 'r' && !driven.has(key)).map(pointCommand),
  ];
}

function pointCommand({ key, nameZh, type, enum: names, min = 0, max = 0 }: ModbusPoint): CommandSpec {
  const command = { action: key, nameZh };
  if (type === 'bool') return { ...command, value: { type: 'boolean' } };
  if (names !== undefined) return { ...command, value: { type: 'enum', values: Object.keys(names).map(Number) } };
  return { ...command, value: { type: 'number', min, max } };
}
