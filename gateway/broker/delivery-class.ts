/**
 * aedes drops, per subscriber, every message whose counter is not above the last one that it delivered from the same
 * `brokerId`; yet a retained message takes one asynchronous step more than an unretained one, and QoS 1 one more than
 * QoS 0. Published in one turn, the faster kind overtakes, and the slower is dropped as a duplicate (aedes issue 994).
 * Messages of one kind keep their order. So each kind gets a `brokerId` of its own, and is compared only with its like.
 */
import type { PublishPacket } from 'aedes';

export function setDeliveryClass(packet: PublishPacket, origin: 'feed' | 'client'): PublishPacket {
  const kind = packet.retain ? 'retained' : 'passing';
  return Object.assign(packet, { brokerId: `${origin}-${packet.qos}-${kind}` });
}
