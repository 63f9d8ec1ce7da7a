/** What the embedded broker has refused, by reason: live figures for metrics. */

export type Refusal =
  /** A packet was declared longer than is allowed; the connection was dropped before a byte of it was kept. */
  | 'oversize'
  /** A length field that is none; the connection was dropped. */
  | 'malformed'
  /** Something that MQTT forbids, such as QoS 3 or a wildcard in the topic of a message; the connection was dropped. */
  | 'protocol'
  /** Too many connections, of one address or in all. */
  | 'connections'
  /** No CONNECT in time, or something else than MQTT. */
  | 'handshake'
  /** A WebSocket with the wrong path or subprotocol, or from a foreign page. */
  | 'upgrade'
  /** A wrong or missing name or password, or too many tries. */
  | 'authentication'
  /** A client id that is too long. */
  | 'clientId'
  /** A topic that the user may not publish to; answered and dropped. */
  | 'publish'
  /** A retain flag on what may not be kept; the flag was dropped. */
  | 'retain'
  /** A last will that the user may not publish. */
  | 'will'
  /** A filter that the user may not subscribe to, or one too many; answered with 0x80. */
  | 'subscribe'
  /** Did not read what it had subscribed to; dropped before it could starve others. */
  | 'slow';

export type Refusals = Record<Refusal, number>;

export function createRefusals(): Refusals {
  return {
    oversize: 0,
    malformed: 0,
    protocol: 0,
    connections: 0,
    handshake: 0,
    upgrade: 0,
    authentication: 0,
    clientId: 0,
    publish: 0,
    retain: 0,
    will: 0,
    subscribe: 0,
    slow: 0,
  };
}
