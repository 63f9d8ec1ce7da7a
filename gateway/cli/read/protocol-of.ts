/** In which protocol the bytes of a device are explained. */
import type { Link, Profile } from '../../../drivers/contract.ts';
import type { ProtocolName } from '../decode/protocol-names.ts';

/** By the name of a driver. The control codes of DL/T 645 frames tell its versions apart. */
const PROTOCOLS: Readonly<Record<string, ProtocolName>> = { dlt645: 'dlt645-2007', cjt188: 'cjt188', mbus: 'mbus' };

/** `profile` is null where registers are read as they stand. */
export function protocolOf(profile: Pick<Profile, 'driver'> | null, medium: Link['medium']): ProtocolName {
  const protocol = profile === null ? undefined : PROTOCOLS[profile.driver];
  return protocol ?? (medium === 'ip' ? 'modbus-tcp' : 'modbus-rtu');
}
