import { describe, expect, it } from 'vitest';
import { hex } from '../../drivers/bytes/hex.ts';
import { ask, bits, registers, writeCoil } from '../testing/asking.ts';
import { createArm } from './barrier-arm.ts';
import { gateController } from './gate-controller.ts';
import { relayBarrier } from './relay-barrier.ts';

describe('gate controller', () => {
  const make = () => gateController({ id: 'g', unit: 7, travelMs: 3_000 });
  const status = (device: ReturnType<typeof make>, now: number): number =>
    registers(device, 3, 0x2002, 1, now).getUint16(0);

  it('opens in its time: closed, opening, open', () => {
    const device = make();
    expect(status(device, 0)).toBe(10);
    expect(hex(writeCoil(device, 0x0004, true, 0))).toBe('050004ff00');
    expect(status(device, 1_000)).toBe(1);
    expect(status(device, 3_000)).toBe(9);
  });

  it('closes again, and stops half-way', () => {
    const device = make();
    writeCoil(device, 0x0004, true, 0);
    writeCoil(device, 0x0005, true, 3_000);
    expect(status(device, 4_000)).toBe(2);
    writeCoil(device, 0x000a, true, 4_000);
    expect(status(device, 60_000)).toBe(0);
  });

  it('refuses commands with E0 in manual mode and does not move', () => {
    const device = make();
    device.setManual(true);
    expect(hex(writeCoil(device, 0x0004, true, 0))).toBe('85e0');
    expect(status(device, 10_000)).toBe(10);
  });

  it('takes commands in manual mode once it is set to', () => {
    const device = make();
    device.setManual(true);
    expect(hex(ask(device, [0x05, 0x10, 0x03, 0x00, 0x00]))).toBe('0510030000');
    writeCoil(device, 0x0004, true, 0);
    expect(status(device, 3_000)).toBe(9);
  });

  it('changes between manual and automatic with 000B', () => {
    const device = make();
    ask(device, [0x05, 0x00, 0x0b, 0x00, 0x00]);
    expect(hex(writeCoil(device, 0x0004, true))).toBe('85e0');
    ask(device, [0x05, 0x00, 0x0b, 0x00, 0x00]);
    expect(hex(writeCoil(device, 0x0004, true))).toBe('050004ff00');
  });

  it('reports a fault when something holds the arm, and obeys again afterwards', () => {
    const device = make();
    device.advance(0);
    device.arm.obstruct(true);
    writeCoil(device, 0x0004, true, 0);
    expect(status(device, 5_900)).toBe(1);
    expect(status(device, 6_000)).toBe(11);
    device.arm.obstruct(false);
    writeCoil(device, 0x0004, true, 7_000);
    expect(status(device, 10_000)).toBe(9);
  });
});

describe('barrier arm', () => {
  it('opens again when a vehicle comes onto the loop while it closes', () => {
    const arm = createArm(1_000);
    arm.advance(0);
    arm.open();
    arm.advance(1_000);
    arm.close();
    arm.advance(1_500);
    arm.loop(true);
    expect(arm.state).toBe('opening');
    arm.advance(2_000);
    expect(arm.state).toBe('open');
    arm.close();
    expect(arm.state).toBe('open');
  });
});

describe('relay barrier', () => {
  const make = () => {
    const device = relayBarrier({ id: 'b', unit: 8, travelMs: 3_000 });
    device.advance(0);
    return device;
  };
  /** Open limit, closed limit, loop. */
  const inputs = (device: ReturnType<typeof make>, now: number): string =>
    bits(device, 2, 0, 3, now)
      .map((bit) => (bit ? '1' : '0'))
      .join('');
  const pulse = (device: ReturnType<typeof make>, output: number, ms: number, from: number): void => {
    writeCoil(device, output, true, from);
    writeCoil(device, output, false, from + ms);
  };

  it('opens on a pulse: leaves the closed limit and reaches the open limit', () => {
    const device = make();
    expect(inputs(device, 0)).toBe('010');
    pulse(device, 0, 500, 1_000);
    expect(inputs(device, 1_600)).toBe('000');
    expect(inputs(device, 4_200)).toBe('100');
  });

  it('takes 200 ms for a press and anything shorter for a disturbance', () => {
    const short = make();
    pulse(short, 0, 199, 1_000);
    expect(inputs(short, 10_000)).toBe('010');
    const long = make();
    pulse(long, 0, 200, 1_000);
    expect(inputs(long, 10_000)).toBe('100');
  });

  it('opens on the flash command of its module', () => {
    const device = make();
    ask(device, [0x05, 0x02, 0x00, 0x00, 0x05], 1_000);
    expect(inputs(device, 10_000)).toBe('100');
  });

  it('stops half-way', () => {
    const device = make();
    pulse(device, 0, 300, 1_000);
    pulse(device, 2, 300, 2_000);
    expect(inputs(device, 60_000)).toBe('000');
  });

  it('opens again when its loop is occupied while it closes', () => {
    const device = make();
    pulse(device, 0, 300, 0);
    pulse(device, 1, 300, 5_000);
    device.advance(6_000);
    device.contacts.set(2, true, 6_500);
    expect(inputs(device, 10_000)).toBe('101');
  });

  it('does not close on a vehicle', () => {
    const device = make();
    pulse(device, 0, 300, 0);
    device.advance(5_000);
    device.contacts.set(2, true, 5_000);
    pulse(device, 1, 300, 6_000);
    expect(inputs(device, 20_000)).toBe('101');
  });
});
