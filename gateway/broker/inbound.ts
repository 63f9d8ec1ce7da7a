/**
 * What others publish to the gateway. Nothing that comes in can make this throw: what cannot be read is counted, and
 * answered where it says whom to answer. A command is never retained and never replayed.
 */
import { z } from 'zod';
import type { Value } from '../../drivers/contract.ts';
import type { AlarmDecision } from '../alarms/decision.ts';
import type { Clock } from '../clock.ts';
import type { CommandRow } from '../store/rows.ts';
import { iso, passing } from './messages.ts';
import { outgoing } from './outgoing.ts';
import { PublishError, type Inbound, type Message, type Publisher } from './publisher.ts';
import { readPayload } from './read-payload.ts';
import { decisionSchema, VERBS } from './alarm-command.ts';
import { deviceCommand, refreshRequest, watermark } from './schemas.ts';
import type { InboundTopic, Topics } from './topics.ts';

export interface SubmitCommand {
  /** Chosen by whoever asks. The same id again is the same command again. */
  readonly id: string;
  readonly device: string;
  readonly action: string;
  readonly value: Value;
  readonly expiresInMs: number | undefined;
  readonly by: string;
  readonly via: 'mqtt';
}

/** `message`: why not, in words for a person. `stored`: false when it is accepted but not yet on the disk. */
export type Answer =
  { readonly ok: true; readonly stored?: boolean } | { readonly ok: false; readonly message: string };

/** `row`: the command as it stands, which for a repeated one may be its end. */
export type CommandAnswer =
  { readonly ok: true; readonly row?: CommandRow } | { readonly ok: false; readonly message: string };

/** Where messages go. An error that is thrown there is a programmer's, and ends the process. */
export interface InboundHandlers {
  readonly submitCommand: (command: SubmitCommand) => CommandAnswer | Promise<CommandAnswer>;
  readonly decide: (decision: AlarmDecision) => Answer | Promise<Answer>;
  readonly refresh: (request: z.infer<typeof refreshRequest>) => void;
  readonly watermark: (consumer: string, mark: z.infer<typeof watermark>) => void;
}

export interface InboundSettings extends InboundHandlers {
  readonly publisher: Publisher;
  readonly topics: Topics;
  readonly clock: Clock;
}

export class Inbox {
  /** Live figures. `retained`: with the retain flag, or replayed. `malformed`: could not be read. */
  readonly counters = {
    received: { alarmCommand: 0, command: 0, refresh: 0, watermark: 0 },
    refused: { retained: 0, malformed: 0 },
  };
  readonly #settings: InboundSettings;

  /** Listens from here on; make it before the publisher starts. */
  constructor(settings: InboundSettings) {
    this.#settings = settings;
    settings.publisher.onMessage((message) => {
      const topic = settings.topics.parseInbound(message.topic);
      if (topic) void this.#receive(topic, message);
      else this.counters.refused.malformed += 1;
    });
  }

  async #receive(topic: InboundTopic, message: Inbound): Promise<void> {
    this.counters.received[topic.kind] += 1;
    switch (topic.kind) {
      case 'command':
        return this.#command(topic, message);
      case 'alarmCommand':
        return this.#alarmCommand(topic, message);
      case 'refresh': {
        const request = this.#read(refreshRequest, topic, message);
        if (request) this.#settings.refresh(request);
        return;
      }
      case 'watermark': {
        const mark = this.#read(watermark, topic, message);
        if (mark) this.#settings.watermark(topic.consumer, mark);
      }
    }
  }

  async #command(topic: Extract<InboundTopic, { kind: 'command' }>, message: Inbound): Promise<void> {
    const request = this.#read(deviceCommand, topic, message);
    if (!request) return;
    const { device, action } = topic;
    const { commandId, value, expiresInMs } = request;
    const command = { id: commandId, device, action, value, expiresInMs, by: message.by, via: 'mqtt' } as const;
    const answer = await this.#settings.submitCommand(command);
    const state = answer.ok ? stateOf(answer.row) : { state: 'refused', error: answer.message };
    this.#answer(this.#settings.topics.commandResult(commandId), { commandId, device, action, ...state });
  }

  async #alarmCommand(topic: Extract<InboundTopic, { kind: 'alarmCommand' }>, message: Inbound): Promise<void> {
    const schema = decisionSchema(topic.verb);
    if (!schema) {
      this.counters.refused.malformed += 1;
      const { id } = readPayload(z.unknown(), message.payload, 'commandId');
      this.#refuse(topic, id, `there is no ${topic.verb}; there are ${VERBS.join(', ')}`);
      return;
    }
    const asked = this.#read(schema, topic, message);
    if (!asked) return;
    const { commandId, ...decision } = asked;
    const answer = await this.#settings.decide({ ...decision, by: message.by });
    const { ok } = answer;
    const rest = answer.ok ? { stored: answer.stored } : { error: answer.message };
    this.#answer(this.#settings.topics.alarmResult(commandId), { commandId, ok, ...rest });
  }

  /** Null: it was counted, and answered where it can be. */
  #read<T>(schema: z.ZodType<T>, topic: InboundTopic, { payload, retained }: Inbound): T | null {
    const read = readPayload(schema, payload, topic.kind === 'refresh' ? 'requestId' : 'commandId');
    // A watermark may be retained: it is a state, and the newest counts.
    if (retained && topic.kind !== 'watermark') {
      this.counters.refused.retained += 1;
      return this.#refuse(topic, read.id, 'published with the retain flag: it may be old, and was not carried out');
    }
    if ('data' in read) return read.data;
    this.counters.refused.malformed += 1;
    return this.#refuse(topic, read.id, read.error);
  }

  #refuse(topic: InboundTopic, id: string | null, error: string): null {
    const { topics, publisher } = this.#settings;
    if (id === null) return null;
    switch (topic.kind) {
      case 'command': {
        const { device, action } = topic;
        this.#answer(topics.commandResult(id), { commandId: id, device, action, state: 'refused', error });
        break;
      }
      case 'alarmCommand':
        this.#answer(topics.alarmResult(id), { commandId: id, ok: false, error });
        break;
      case 'refresh':
        void send(publisher, passing(topics.refreshAnswer(id), { kind: 'refused', error }));
        break;
      case 'watermark':
        break;
    }
    return null;
  }

  #answer(topic: string, payload: Readonly<Record<string, unknown>>): void {
    const { publisher, clock } = this.#settings;
    void send(publisher, passing(topic, { ...payload, at: iso(clock.now()) }));
  }
}

/** Whoever repeats a command that has ended may have missed its end. */
function stateOf(row: CommandRow | undefined): Readonly<Record<string, unknown>> {
  if (!row || row.state === 'accepted' || row.state === 'sent') return { state: 'accepted' };
  return { state: row.state, value: row.value, result: row.result && outgoing(row.result), error: row.error };
}

/** An answer that cannot be sent is not sent later: whoever asked has gone, or asks again. */
async function send(publisher: Publisher, message: Message): Promise<void> {
  try {
    await publisher.publish(message);
  } catch (error) {
    if (!(error instanceof PublishError)) throw error;
  }
}
