/** The names of the feed's topics. Pure. docs/topics.md has the table. */

/** What may be published to the gateway. */
export type InboundTopic =
  | { readonly kind: 'alarmCommand'; readonly verb: string }
  | { readonly kind: 'command'; readonly device: string; readonly action: string }
  | { readonly kind: 'refresh' }
  | { readonly kind: 'watermark'; readonly consumer: string };

/** A dot, a slash, a plus or a dollar sign has a meaning of its own in some brokers. */
const SEGMENT = /^[A-Za-z0-9_-]{1,128}$/;

/** `text` as one topic segment, dots replaced by dashes; null where it cannot be one. */
export function topicSegment(text: string): string | null {
  const segment = text.replaceAll('.', '-');
  return SEGMENT.test(segment) ? segment : null;
}

/** The embedded broker routes no deeper topics. */
export const MAX_TOPIC_LEVELS = 16;

/** Whether a message can be published to `topic` at all (MQTT 3.1.1, 4.7.1, 4.7.3 and 1.5.3). */
export function isPublishable(topic: string): boolean {
  const bytes = Buffer.byteLength(topic);
  // eslint-disable-next-line no-control-regex -- NUL is what 1.5.3 forbids
  return bytes > 0 && bytes <= 65_535 && !/[+#\u0000]/.test(topic) && topic.split('/').length <= MAX_TOPIC_LEVELS;
}

export type Topics = ReturnType<typeof createTopics>;

/** Topics of one site. `root` and `site` are topic segments, checked by the configuration's schema. */
export function createTopics(root: string, site: string) {
  const prefix = `${root}/${site}`;
  return {
    prefix,
    status: `${prefix}/status`,
    alarmEvent: `${prefix}/alarm/event`,
    alarmHead: `${prefix}/alarm/head`,
    alarmRefresh: `${prefix}/alarm/refresh`,
    feedSkipped: `${prefix}/feed/skipped`,
    device: (device: string) => `${prefix}/device/${device}/status`,
    point: (device: string, point: string) => `${prefix}/point/${device}/${point}`,
    reading: (device: string) => `${prefix}/reading/${device}`,
    event: (domain: string, type: string) => `${prefix}/event/${domain}/${type}`,
    alarmState: (alarm: string) => `${prefix}/alarm/state/${alarm}`,
    alarmCommand: (verb: string) => `${prefix}/alarm/command/${verb}`,
    alarmResult: (commandId: string) => `${prefix}/alarm/result/${commandId}`,
    refreshAnswer: (requestId: string) => `${prefix}/alarm/refresh/${requestId}`,
    command: (device: string, action: string) => `${prefix}/command/${device}/${action}`,
    commandResult: (commandId: string) => `${prefix}/command-result/${commandId}`,
    watermark: (consumer: string) => `${prefix}/feed/watermark/${consumer}`,
    /** What the gateway subscribes to on an external broker. */
    inboundFilters: [
      `${prefix}/alarm/command/+`,
      `${prefix}/alarm/refresh`,
      `${prefix}/command/+/+`,
      `${prefix}/feed/watermark/+`,
    ] as const,
    /** Null: not a topic that the gateway listens to. */
    parseInbound: (topic: string): InboundTopic | null =>
      topic.startsWith(`${prefix}/`) ? parse(topic.slice(prefix.length + 1).split('/')) : null,
  };
}

function parse(segments: readonly string[]): InboundTopic | null {
  const [first, second, third] = segments;
  if (second === undefined || !segments.every((segment) => SEGMENT.test(segment))) return null;
  if (segments.length === 2) return first === 'alarm' && second === 'refresh' ? { kind: 'refresh' } : null;
  if (segments.length !== 3 || third === undefined) return null;
  if (first === 'command') return { kind: 'command', device: second, action: third };
  if (first === 'alarm' && second === 'command') return { kind: 'alarmCommand', verb: third };
  if (first === 'feed' && second === 'watermark') return { kind: 'watermark', consumer: third };
  return null;
}
