/** A person at a console: decides about alarms and commands devices over MQTT, and waits for the answer. */
import { connectAsync, type MqttClient } from 'mqtt';
import { onTestFinished } from 'vitest';
import type { AlarmRow } from '../../store/rows.ts';
import { until } from '../../testing/programs.ts';
import { PREFIX } from './site.ts';

type Json = Readonly<Record<string, unknown>>;

export class Operator {
  readonly #client: MqttClient;
  /** The newest of each topic. */
  readonly #shown = new Map<string, Json>();
  #asked = 0;

  private constructor(client: MqttClient) {
    this.#client = client;
    client.on('message', (topic, payload, { retain }) => {
      // What was kept is older than what has come live, even where it comes later: to whoever subscribes just then.
      if (payload.length === 0 || (retain && this.#shown.has(topic))) return;
      this.#shown.set(topic, JSON.parse(payload.toString()) as Json);
    });
  }

  static async at(url: string): Promise<Operator> {
    const client = await connectAsync(url, { protocolVersion: 4 });
    onTestFinished(() => void client.end(true));
    const operator = new Operator(client);
    await client.subscribeAsync(`${PREFIX}/#`, { qos: 1 });
    return operator;
  }

  /** The newest message on a topic below the site's, once `holds` is true of it. */
  async see<T = Json>(topic: string, holds: (content: T) => boolean): Promise<T> {
    return until(() => {
      const content = this.#shown.get(`${PREFIX}/${topic}`) as T | undefined;
      return content !== undefined && holds(content) && content;
    }, `${topic} to be as awaited`);
  }

  /** An alarm as it is shown, once it has this letter. */
  seeAlarm(alarm: string, letter: string): Promise<AlarmRow> {
    return this.see<AlarmRow>(`alarm/state/${alarm}`, (row) => row.letter === letter);
  }

  /** Acknowledges or resets what was shown; resolves with the answer. */
  async decide(verb: 'ack' | 'reset', { alarm, occurrenceId, rev }: AlarmRow): Promise<Json> {
    const commandId = this.#nextId();
    await this.#say(`alarm/command/${verb}`, { commandId, alarm, occurrenceId, rev, note: 'looked, and dealt with' });
    return this.see(`alarm/result/${commandId}`, () => true);
  }

  /** Commands a device; resolves with the last answer. */
  async command(device: string, action: string): Promise<Json> {
    const commandId = this.#nextId();
    await this.#say(`command/${device}/${action}`, { commandId });
    return this.see(`command-result/${commandId}`, ({ state }) => state !== 'accepted');
  }

  #nextId(): string {
    this.#asked += 1;
    return `operator-${this.#asked}`;
  }

  async #say(topic: string, content: Json): Promise<void> {
    await this.#client.publishAsync(`${PREFIX}/${topic}`, JSON.stringify(content), { qos: 1 });
  }
}
