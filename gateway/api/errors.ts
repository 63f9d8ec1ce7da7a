/** Every error that the API answers with: its code, its HTTP status, and what it means. docs/api.md has the table. */
import type { DecisionResult } from '../alarms/engine.ts';
import type { CommandRefusal } from '../commands/accept.ts';
import type { SupplyRefusal } from '../commands/supply.ts';
import type { ArmingAnswer } from '../home-security/home-security.ts';
import type { ButtonTestAnswer } from '../lifts/lift-tests.ts';
import type { PersonRefusal } from '../people.ts';
import type { ShiftRefusal } from '../shifts/refusals.ts';
import type { ErrorKind } from './error-kind.ts';
import { OF_BILLING, OF_READINGS } from './metering-errors.ts';

type DecisionRefusal = Extract<DecisionResult, { ok: false }>['code'];

const OWN = {
  invalidRequest: { status: 400, meaning: 'the path, the query or the body is not what the route takes' },
  foreignHost: { status: 403, meaning: 'the Host header does not name this machine: the API is for loopback only' },
  crossOrigin: { status: 403, meaning: 'a page of another origin asked' },
  unknownRoute: { status: 404, meaning: 'there is no such route' },
  unknownBus: { status: 404, meaning: 'there is no such bus' },
  unknownOccurrence: { status: 404, meaning: 'no occurrence of an alarm has this id, or it is no longer kept' },
  unknownRegistry: {
    status: 404,
    meaning: 'no version of the tables of meters and homes has this name, or this table',
  },
  unknownPoint: { status: 404, meaning: 'the device has no such point' },
  unknownCommand: { status: 404, meaning: 'no command has this id' },
  methodNotAllowed: { status: 405, meaning: 'the route is there, and not for this method' },
  gone: {
    status: 410,
    meaning: 'the events that follow that place are not here, `message` says why: take a snapshot, go on at `oldest`',
  },
  bodyTooLarge: { status: 413, meaning: 'the body has more than 64 KiB' },
  pathTooLong: { status: 414, meaning: 'a name in the path has more than 256 characters' },
  unsupportedMediaType: { status: 415, meaning: 'a body must be application/json' },
  tooManyStreams: { status: 503, meaning: 'too many event streams are open' },
  internal: { status: 500, meaning: 'a defect of the gateway; its log says more' },
} as const satisfies Record<string, ErrorKind>;

const OF_COMMANDS = {
  unknownDevice: { status: 404, meaning: 'there is no such device' },
  disabledDevice: { status: 422, meaning: 'the device is switched off in the configuration' },
  unknownAction: { status: 422, meaning: 'the device has no such command' },
  badValue: { status: 422, meaning: 'the command does not take a value of this kind' },
  outOfRange: { status: 422, meaning: 'the value is not one that the command takes' },
  needsConfirmation: { status: 409, meaning: "the command touches a home's supply: a second person has to confirm it" },
  heldOpen: { status: 409, meaning: 'a fire alarm holds it open until that is reset' },
  badExpiry: { status: 422, meaning: 'the expiry is not above 0 and at most 10 s' },
  badId: { status: 422, meaning: 'a command id is 1 to 64 letters, digits, - or _' },
  conflict: { status: 409, meaning: 'this command id was used for another command' },
  busy: { status: 503, meaning: 'too many commands of the device are not finished yet' },
  storeUnavailable: { status: 503, meaning: 'the store cannot be read or written at the moment' },
} as const satisfies Record<CommandRefusal, ErrorKind>;

const OF_SUPPLY = {
  supplyNotAllowed: { status: 403, meaning: 'the site does not allow it for this device' },
  notSupply: { status: 422, meaning: "the command touches nobody's supply" },
  supplyNoteRequired: { status: 422, meaning: 'a note is needed: why, and by whose order' },
  unknownSupplyRequest: { status: 404, meaning: 'there is no such request' },
  secondPersonNeeded: { status: 409, meaning: 'whoever asks for it cannot confirm it' },
  supplyRequestOver: { status: 409, meaning: 'it is confirmed or withdrawn already, or was not confirmed in time' },
} as const satisfies Record<SupplyRefusal, ErrorKind>;

const OF_DECISIONS = {
  unknownAlarm: { status: 404, meaning: 'there is no such alarm' },
  stale: {
    status: 409,
    meaning: 'what you decide on has changed since: look again; of an alarm, `details.alarm` is how it is now',
  },
  notActive: { status: 409, meaning: 'the alarm is normal' },
  alreadyAcknowledged: { status: 409, meaning: 'the alarm is already acknowledged' },
  acknowledgeFirst: { status: 409, meaning: 'a reset comes after the acknowledgement' },
  stillActive: { status: 409, meaning: 'the condition is still there' },
  notLatched: { status: 409, meaning: 'the alarm does not latch: acknowledging closes it' },
  suppressed: { status: 409, meaning: 'the alarm is shelved, suppressed or out of service' },
  priorityOne: { status: 422, meaning: 'an alarm of priority 1 cannot be shelved' },
  notShelvable: { status: 422, meaning: 'alarms of this type cannot be shelved' },
  reasonRequired: { status: 422, meaning: 'to hide an alarm needs a reason, for whoever is on duty next' },
  tooLong: { status: 422, meaning: 'alarms of this type cannot be shelved for so long' },
  notFuture: { status: 422, meaning: 'shelving must end, and in the future' },
  notPermitted: { status: 422, meaning: 'alarms of this type are announced during maintenance too' },
  notHidden: { status: 409, meaning: 'the alarm is not shelved, or not out of service' },
  noteRequired: {
    status: 422,
    meaning: 'a note is needed: of a reset what was found and done on site, of a bill or an objection why',
  },
  notNormal: { status: 409, meaning: 'a drill needs an alarm that is normal' },
  notDrillable: { status: 422, meaning: 'alarms of this type are drills already, or no rule makes them any more' },
  noDrill: { status: 409, meaning: 'there is no drill of the alarm, or it is over' },
  unstored: { status: 503, meaning: 'the alarm has changed, and the store cannot be written' },
} as const satisfies Record<DecisionRefusal, ErrorKind>;

const OF_LIFTS = {
  unknownLift: { status: 404, meaning: 'no lift of this name has an alarm button that is read' },
  noPress: {
    status: 409,
    meaning: 'nothing was seen of a press in the last ten minutes: press the button, or note that it failed',
  },
} as const satisfies Record<
  Exclude<Extract<ButtonTestAnswer, { ok: false }>['code'], PersonRefusal['code']>,
  ErrorKind
>;

const OF_HOMES = {
  homeNotGuarded: { status: 404, meaning: 'no home of this name has zones' },
  zonesNotClosed: {
    status: 409,
    meaning: 'zones are open or cannot be read, `details.zones` says which: close them, or `force`',
  },
  disarmFirst: { status: 409, meaning: 'the home is armed in another mode' },
} as const satisfies Record<Extract<ArmingAnswer, { ok: false }>['code'], ErrorKind>;

const OF_PEOPLE = {
  unknownPerson: { status: 422, meaning: 'the site names its people, and not this one' },
  roleMissing: { status: 403, meaning: 'people of another role do this: `message` says which' },
} as const satisfies Record<PersonRefusal['code'], ErrorKind>;

type OfShifts =
  Exclude<ShiftRefusal, 'noteRequired' | 'stale' | 'storeUnavailable'> | 'unknownShift' | 'unknownHandover';

const OF_SHIFTS = {
  unknownShift: { status: 404, meaning: 'there is no such shift' },
  unknownHandover: { status: 404, meaning: 'there is no such handover' },
  unknownNote: { status: 404, meaning: 'there is no such note' },
  nobodyOnDuty: { status: 409, meaning: 'nobody is on duty: begin a shift' },
  alreadyOnDuty: { status: 409, meaning: 'somebody is on duty: that shift is handed over' },
  notOnDuty: {
    status: 409,
    meaning: 'whoever begins a shift is one of those who come; whoever hands it over is on duty, or a supervisor',
  },
  notIncoming: { status: 409, meaning: 'the sheet that was signed names others as those who come' },
  samePerson: { status: 409, meaning: 'two persons sign: one who goes, and another one who comes' },
  notHandedOver: { status: 409, meaning: 'no sheet waits for its second signature' },
  noteNotOpen: { status: 409, meaning: 'the note is nothing to be done, or is closed already' },
} as const satisfies Record<OfShifts, ErrorKind>;

export const ERRORS = {
  ...OWN,
  ...OF_LIFTS,
  ...OF_HOMES,
  ...OF_COMMANDS,
  ...OF_SUPPLY,
  ...OF_DECISIONS,
  ...OF_PEOPLE,
  ...OF_SHIFTS,
  ...OF_BILLING,
  ...OF_READINGS,
};
export type ErrorCode = keyof typeof ERRORS;

/** The one shape of an error. */
export interface ErrorBody {
  readonly error: {
    readonly code: ErrorCode;
    /** For a person. */
    readonly message: string;
    readonly details?: Readonly<Record<string, unknown>> | undefined;
  };
}

/** Thrown by a route, answered by the error handler. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, message: string = ERRORS[code].meaning, details?: Readonly<Record<string, unknown>>) {
    super(message);
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get body(): ErrorBody {
    const { code, message, details } = this;
    return { error: { code, message, ...(details && { details }) } };
  }
}
