/** The protocols that this gateway speaks: one line each. */
import { cjt188 } from './cjt188/driver.ts';
import type { Driver } from './contract.ts';
import { dlt645 } from './dlt645/driver.ts';
import { mbus } from './mbus/driver.ts';
import { modbus } from './modbus/driver.ts';

export const drivers: readonly Driver[] = [modbus, dlt645, cjt188, mbus];
