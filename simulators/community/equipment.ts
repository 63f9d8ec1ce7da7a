/** The devices of the small community, with what they are wired to. */
import { adam6050 } from '../devices/advantech-adam-6050.ts';
import { dtsu666 } from '../devices/chint-dtsu666.ts';
import { gencomm } from '../devices/deepsea-gencomm.ts';
import { sdm120 } from '../devices/eastron-sdm120.ts';
import { sdm630 } from '../devices/eastron-sdm630.ts';
import { gateController } from '../devices/gate-controller.ts';
import { goodrive } from '../devices/invt-goodrive.ts';
import { moxaE1210 } from '../devices/moxa-iologik-e1210.ts';
import { pressureTransmitter } from '../devices/pressure-transmitter.ts';
import { relayBarrier } from '../devices/relay-barrier.ts';
import { iem3000 } from '../devices/schneider-iem3000.ts';
import { hgm4000n } from '../devices/smartgen-hgm4000n.ts';
import { waveshareIo8ch } from '../devices/waveshare-io-8ch.ts';
import { wbMcm8 } from '../devices/wb-mcm8.ts';
import type { Random } from '../random.ts';
import { createBoosterPump, type BoosterPump } from './booster-pump.ts';

export function liftModules() {
  return {
    building1: moxaE1210({ id: 'lift-io-1', unit: 1 }),
    building2: moxaE1210({ id: 'lift-io-2', unit: 1 }),
    building3: adam6050({ id: 'lift-io-3', unit: 1 }),
    building4: wbMcm8({ id: 'lift-io-4', unit: 4 }),
    building5: wbMcm8({ id: 'lift-io-5', unit: 5 }),
  };
}

export function pumpRoom(random: Random) {
  const io = waveshareIo8ch({ id: 'pump-io', unit: 30 });
  const zone = (name: string, n: number, setPointMPa: number): BoosterPump => {
    const drive = goodrive({ id: `drive-${name}`, unit: 10 + n });
    const sensor = pressureTransmitter({ id: `pressure-${name}`, unit: 20 + n });
    const faultRelay = { contacts: io.contacts, channel: n };
    return createBoosterPump({ drive, sensor, faultRelay, setPointMPa, random });
  };
  return { io, low: zone('low', 1, 0.55), mid: zone('mid', 2, 0.9), high: zone('high', 3, 1.1) };
}

export function powerRoom() {
  return {
    genset: hgm4000n({ id: 'genset', unit: 1 }),
    main: sdm630({ id: 'meter-main', unit: 2 }),
    standby: gencomm({ id: 'genset-standby', unit: 10 }),
  };
}

export function barriers() {
  return {
    main: gateController({ id: 'barrier-main', unit: 7 }),
    north: relayBarrier({ id: 'barrier-north', unit: 8 }),
  };
}

/** The fire alarm controller's contacts, with relays that let go the locks of each building's doors; and the zones of one flat. */
export function security() {
  return {
    fire: adam6050({ id: 'fire-io', unit: 1 }),
    flat: wbMcm8({ id: 'flat-3-1201', unit: 1 }),
  };
}

export function meters() {
  const water = wbMcm8({ id: 'water-b1', unit: 5 });
  for (let channel = 0; channel < water.contacts.channels; channel++) water.setCount(channel, 52_000 + 1_731 * channel);
  return {
    lobby: [1, 2, 3].map((n) => sdm120({ id: `meter-lobby-${n}`, unit: n })),
    shop: dtsu666({ id: 'meter-shop-1', unit: 4 }),
    garage: iem3000({ id: 'meter-garage', unit: 1 }),
    water,
  };
}
