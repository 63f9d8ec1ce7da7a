/** The protocols that this gateway speaks: one line each. */
import type { Driver } from './contract.ts';
import { modbus } from './modbus/driver.ts';

export const drivers: readonly Driver[] = [modbus];
