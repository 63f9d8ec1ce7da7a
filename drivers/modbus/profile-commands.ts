/** What a Modbus device can be told to do. */
import type { CommandSpec } from '../contract.ts';
import type { ModbusAction, ModbusPoint, ModbusProfileFile } from './profile.ts';
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
  const unread = new Set(profile.points.flatMap(({ key, access }) => (access === 'w' ? key : [])));
  return [
    ...profile.actions.map((action) => actionCommand(action, unread)),
    ...profile.points.filter(({ access, key }) => access !== 'r' && !driven.has(key)).map(pointCommand),
  ];
}

/** `unread`: points that are only written. What is written to the others is read back. */
function actionCommand(
  { key, nameZh, passage, confirm, steps }: ModbusAction,
  unread: ReadonlySet<string>,
): CommandSpec {
  const isSeen = confirm !== undefined || steps.some((step) => 'value' in step && !unread.has(step.write));
  return { action: key, nameZh, ...(passage && { passage }), ...(!isSeen && { blind: true }) };
}

function pointCommand({ key, nameZh, type, access, enum: names, min = 0, max = 0 }: ModbusPoint): CommandSpec {
  const command = { action: key, nameZh, ...(access === 'w' && { blind: true as const }) };
  if (type === 'bool') return { ...command, value: { type: 'boolean' } };
  if (names !== undefined) return { ...command, value: { type: 'enum', values: Object.keys(names).map(Number) } };
  return { ...command, value: { type: 'number', min, max } };
}
