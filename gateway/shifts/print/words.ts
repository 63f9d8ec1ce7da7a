/** The words of a printed sheet, for what the gateway has names of its own for. */

const STEPS: Readonly<Record<string, string>> = {
  ...{
    raise: '发生',
    raiseAgain: '再次发生',
    clear: '消失',
    ack: '确认',
    reset: '复位',
    reAlarm: '再次告警',
    escalate: '升级',
  },
  ...{ shelve: '搁置', unshelve: '取消搁置', suppress: '抑制', unsuppress: '取消抑制' },
  ...{ removeFromService: '停用', placeInService: '恢复使用' },
};

const STATES: Readonly<Record<string, string>> = {
  ...{ offline: '离线', degraded: '部分异常', unknown: '未知', disabled: '停用' },
  ...{ passed: '通过', failed: '未通过', down: '网关停机', readings: '数据缺失' },
};

export function stepWord(type: string): string {
  return STEPS[type] ?? type;
}

export function stateWord(state: string): string {
  return STATES[state] ?? state;
}
