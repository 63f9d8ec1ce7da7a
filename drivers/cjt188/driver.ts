/** The driver of water, gas and heat meters that speak CJ/T 188-2004 or -2018 on a serial line. */
import type { Driver } from '../contract.ts';
import { meterAddressing } from './meter-address.ts';
import { parseCjt188Profile } from './parse-profile.ts';
import type { Cjt188Profile } from './profile.ts';
import { Cjt188Session } from './session.ts';

export const cjt188: Driver<Cjt188Profile> = {
  name: 'cjt188',
  addressing: meterAddressing,
  parseProfile: parseCjt188Profile,
  open: (setup) => new Cjt188Session(setup),
};
