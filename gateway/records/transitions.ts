/** The transitions of an alarm in words, by their type. */
export const TRANSITIONS: Readonly<Record<string, string>> = {
  raise: '发生 raised',
  raiseAgain: '再次发生 raised again',
  ack: '确认 acknowledged',
  clear: '消失 no longer active',
  reset: '复位 reset',
  reAlarm: '仍然存在，再次通知 still active: announced again',
  escalate: '无人确认，升级 nobody has acknowledged it',
  shelve: '搁置 shelved',
  unshelve: '取消搁置 shown again',
  suppress: '被其他告警屏蔽 hidden by another alarm',
  unsuppress: '屏蔽结束 no longer hidden',
  removeFromService: '退出运行 out of service',
  placeInService: '投入运行 in service again',
};
