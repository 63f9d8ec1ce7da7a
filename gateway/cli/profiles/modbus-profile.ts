import type { Profile } from '../../../drivers/contract.ts';
import type { ModbusProfile } from '../../../drivers/modbus/profile.ts';

/** Whether the Modbus driver has parsed it: its points then have tables and addresses. */
export function isModbusProfile(profile: Profile): profile is ModbusProfile {
  return profile.driver === 'modbus';
}
