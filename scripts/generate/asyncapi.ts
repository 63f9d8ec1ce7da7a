/** The feed as an AsyncAPI 3.0 document, from the schemas that the code validates with. https://www.asyncapi.com/docs/reference/specification/v3.0.0 */
import { z } from 'zod';
import * as payloads from '../../gateway/broker/schemas.ts';
import { createTopics } from '../../gateway/broker/topics.ts';
import { editorSchema } from './editor-schema.ts';

interface Channel {
  readonly name: string;
  readonly address: string;
  readonly payload: z.ZodType;
  readonly summary: string;
  readonly retained?: boolean;
  /** `out`: the gateway publishes. `in`: it listens. */
  readonly direction: 'out' | 'in';
}

const topics = createTopics('{root}', '{site}');

const CHANNELS: readonly Channel[] = [
  { name: 'status', address: topics.status, payload: payloads.status, summary: 'The gateway itself; also its last will', retained: true, direction: 'out' },
  { name: 'deviceStatus', address: topics.device('{device}'), payload: payloads.deviceStatus, summary: 'Whether a device answers, and if not why, in words', retained: true, direction: 'out' },
  { name: 'point', address: topics.point('{device}', '{point}'), payload: payloads.pointValue, summary: 'The current value of a point', retained: true, direction: 'out' },
  { name: 'reading', address: topics.reading('{device}'), payload: payloads.reading, summary: 'What a meter answered: its registers, exactly', direction: 'out' },
  { name: 'event', address: topics.event('{domain}', '{type}'), payload: payloads.event, summary: 'Something happened (CloudEvents 1.0)', direction: 'out' },
  { name: 'alarmState', address: topics.alarmState('{alarm}'), payload: payloads.alarmState, summary: 'The state of an alarm', retained: true, direction: 'out' },
  { name: 'alarmEvent', address: topics.alarmEvent, payload: payloads.alarmEvent, summary: 'One transition of an alarm (CloudEvents 1.0)', direction: 'out' },
  { name: 'alarmHead', address: topics.alarmHead, payload: payloads.alarmHead, summary: 'Where the sequence of alarm events stands', retained: true, direction: 'out' },
  { name: 'alarmResult', address: topics.alarmResult('{commandId}'), payload: payloads.alarmResult, summary: 'The answer to an alarm command', direction: 'out' },
  { name: 'alarmRefreshAnswer', address: topics.refreshAnswer('{requestId}'), payload: payloads.refreshAnswer, summary: 'One part of the answer to a refresh', direction: 'out' },
  { name: 'commandResult', address: topics.commandResult('{commandId}'), payload: payloads.commandResult, summary: 'The answer to a command, and its end', direction: 'out' },
  { name: 'feedSkipped', address: topics.feedSkipped, payload: payloads.feedSkipped, summary: 'Events that could not be published', retained: true, direction: 'out' },
  { name: 'alarmCommand', address: topics.alarmCommand('{verb}'), payload: z.union([payloads.alarmDecision, payloads.alarmShelving, payloads.alarmShowing]), summary: 'A decision about an alarm: ack, reset, shelve, unshelve, removeFromService, placeInService', direction: 'in' },
  { name: 'alarmRefresh', address: topics.alarmRefresh, payload: payloads.refreshRequest, summary: 'What did I miss?', direction: 'in' },
  { name: 'command', address: topics.command('{device}', '{action}'), payload: payloads.deviceCommand, summary: 'A command for a device', direction: 'in' },
  { name: 'watermark', address: topics.watermark('{consumer}'), payload: payloads.watermark, summary: 'How far a consumer has committed', direction: 'in' },
]; // prettier-ignore

/** `version`: the gateway's. */
export function asyncApi(version: string): unknown {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Gatehouse feed',
      version,
      description: 'docs/topics.md has the rules for consumers.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(CHANNELS.map((channel) => [channel.name, channelOf(channel)])),
    operations: Object.fromEntries(CHANNELS.map((channel) => [operationName(channel), operationOf(channel)])),
  };
}

function channelOf({ name, address, payload, summary }: Channel): unknown {
  const names = [...address.matchAll(/\{(\w+)\}/g)].flatMap(([, parameter]) => parameter ?? []);
  const message = { summary, payload: editorSchema(payload, name) };
  const parameters = Object.fromEntries(names.map((parameter) => [parameter, {}]));
  return { address, parameters, messages: { [name]: message } };
}

function operationName({ name, direction }: Channel): string {
  return `${direction === 'out' ? 'publish' : 'receive'}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function operationOf({ name, direction, retained = false, summary }: Channel): unknown {
  return {
    action: direction === 'out' ? 'send' : 'receive',
    channel: { $ref: `#/channels/${name}` },
    summary,
    bindings: { mqtt: { qos: 1, retain: retained, bindingVersion: '0.2.0' } },
  };
}
