/**
 * A barrier controller with commands of its own: FC 05 0004 open, 0005 close, 000A stop, 000B manual or automatic, 1001 to
 * 1003 settings as raw values; FC 03 2002 status. Source: a cloud service's gate driver (ModbusCodeConstans.java).
 */
import { EXCEPTION, type Device, type DeviceOptions, type Write, type WriteVerdict } from '../modbus/device.ts';
import { createImage } from '../modbus/image.ts';
import { createArm, type Arm, type ArmState } from './barrier-arm.ts';

const STATUS: Readonly<Record<ArmState, number>> = {
  stopped: 0,
  opening: 1,
  closing: 2,
  open: 9,
  closed: 10,
  fault: 11,
};
const COMMAND = { open: 0x0004, close: 0x0005, stop: 0x000a, mode: 0x000b } as const;
const [SET_ADDRESS, SET_BAUD, SET_MANUAL] = [0x1001, 0x1002, 0x1003];
const STATUS_REGISTER = 0x2002;
/** "Answer code E0H: at present not controllable." Taken to be an exception code: no reply of this kind is published. */
export const NOT_CONTROLLABLE = 0xe0;

export interface GateController extends Device {
  readonly arm: Arm;
  /** The switch on the controller's box. In manual mode commands from afar are refused. */
  setManual(manual: boolean): void;
}

export function gateController(options: DeviceOptions & { readonly travelMs?: number }): GateController {
  const image = createImage({
    holding: { 0x2000: [options.unit, 0, STATUS.closed, 0] },
    writable: {
      coil: [
        [COMMAND.open, COMMAND.close],
        [COMMAND.stop, COMMAND.mode],
        [SET_ADDRESS, SET_MANUAL],
      ],
    },
  });
  const arm = createArm(options.travelMs);
  let manual = false;
  /** 1003: 0 lets commands through in manual mode, 1 refuses them. */
  let refusesInManual = true;

  const settings = (address: number, value: number): WriteVerdict => {
    if (address === SET_MANUAL) refusesInManual = value !== 0;
    // A new address or baud is taken up after the next power-up, which the simulation does not follow.
    else if (value < 1 || value > (address === SET_BAUD ? 4 : 254)) return EXCEPTION.illegalValue;
    return 'taken';
  };
  const write = ({ address, values: [value = 0] }: Write): WriteVerdict => {
    if (address >= SET_ADDRESS) return settings(address, value);
    if (address === COMMAND.mode) {
      manual = !manual;
      return 'taken';
    }
    if (value !== 1) return EXCEPTION.illegalValue;
    if (manual && refusesInManual) return NOT_CONTROLLABLE;
    if (address === COMMAND.open) arm.open();
    else if (address === COMMAND.close) arm.close();
    else arm.stop();
    return 'taken';
  };

  return {
    id: options.id,
    unit: options.unit,
    model: 'gate-controller',
    image,
    rules: { functions: [3, 5], rawCoil: (address) => address >= SET_ADDRESS },
    replyDelayMs: options.replyDelayMs ?? 6,
    arm,
    write,
    setManual: (next) => void (manual = next),
    advance(now) {
      arm.advance(now);
      image.put('holding', STATUS_REGISTER, [STATUS[arm.state]]);
    },
  };
}
