/** Why a mirror cannot be trusted, to a person. */
import type { Distrust } from '../mirror/messages.ts';

export const DISTRUST: Readonly<Record<Distrust, string>> = {
  notConnected: '未连接 there is no connection to the broker',
  gatewayOffline: '网关离线 the gateway is offline',
  silent: '无心跳 nothing was heard of the feed for 30 s',
  catchingUp: '正在同步 what was missed is being fetched',
  otherEpoch: '数据库已更换 the gateway has another database than before',
  ahead: '数据滞后 the gateway has published events that have not come',
  different: '状态不一致 the states are not those that the gateway has published',
  hole: '事件缺失 an event is missing',
  unfinished: '状态未到 an event came without its state',
};
