/** A page for a person at the box: what is wrong, and where to ask further. Not the console: it shows and does nothing. */
import { html, Html, row, table } from '../../print/html.ts';
import { contentPolicy } from '../../print/policy.ts';
import type { ApiDeps } from '../deps.ts';
import { alarmViewer } from '../resources/alarm.ts';
import { deviceView } from '../resources/device.ts';
import { healthView } from '../resources/health.ts';
import type { Api } from '../schema/zod-routes.ts';
import { ALARM_LETTERS } from './alarm-letters.ts';
import { floodPart } from './flood-part.ts';

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#222}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ddd}
.failing,.offline,.p1{color:#a00;font-weight:600}.degraded,.p2{color:#850}`;
const POLICY = contentPolicy(STYLE);
const REFRESH_S = 10;
const MOST_ROWS = 200;
const LINKS = 'site buses devices points alarms events commands audit gaps health metrics openapi.json'.split(' ');
const CHINESE: Readonly<Record<string, string>> = {
  ...{
    online: '在线',
    degraded: '异常',
    offline: '离线',
    disabled: '停用',
    unknown: '未知',
    ok: '正常',
    failing: '故障',
  },
  ...{ store: '存储', broker: '消息代理', buses: '总线', loop: '事件循环', configuration: '配置' },
};

export function statusPage(app: Api, deps: ApiDeps): void {
  app.get('/', { schema: { hide: true } }, (_, reply) => {
    reply.type('text/html; charset=utf-8').header('content-security-policy', POLICY);
    return page(deps).text;
  });
}

function page(deps: ApiDeps): Html {
  const { site } = deps.config();
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta http-equiv="refresh" content="${REFRESH_S}" />
        <title>${site.nameZh} · 门房 Gatehouse</title>
        ${new Html(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <h1>${site.nameZh} · 门房 Gatehouse</h1>
        <p>${localTime(deps)(deps.clock.now())} · ${site.timezone} · ${deps.version}</p>
        <p>值班 On duty: ${onDuty(deps)}</p>
        ${gatewayPart(deps)} ${alarmPart(deps)} ${devicePart(deps)}
        <p>API: ${LINKS.map((name) => html`<a href="/api/v1/${name}">${name}</a> `)}</p>
      </body>
    </html>`;
}

function onDuty({ store, config }: ApiDeps): string {
  const names = new Map(config().people.map(({ id, name }) => [id, name]));
  const persons = store.shifts.open()?.persons ?? [];
  return persons.length === 0 ? '无人 nobody' : persons.map((id) => names.get(id) ?? id).join('、');
}

function gatewayPart(deps: ApiDeps): Html {
  const { checks } = healthView(deps.health(), deps.buses());
  const rows = checks.map(({ name, status, words }) => row(status, [bilingual(name), bilingual(status), words]));
  return html`<h2>网关 Gateway</h2>
    ${table(['检查 Check', '状态 State', '说明 In words'], rows)}`;
}

function alarmPart(deps: ApiDeps): Html {
  const alarms = deps.store.alarms.list('nonNormal');
  const time = localTime(deps);
  const view = alarmViewer(deps.config(), deps.store.epoch);
  const rows = alarms.slice(0, MOST_ROWS).map((alarm) => {
    const { nameZh, nameEn, sourceNameZh, location } = view(alarm);
    const link = html`<a href="/api/v1/alarms/${alarm.alarm}">${nameZh ?? alarm.type} ${nameEn ?? ''}</a
      >${alarm.drill ? '（演练 drill）' : ''}`;
    const where = `${sourceNameZh ?? alarm.source} ${location ?? ''}`;
    const raised = alarm.raisedAt === null ? '' : time(alarm.raisedAt);
    const state = `${alarm.letter} ${ALARM_LETTERS[alarm.letter]}`;
    return row(`p${alarm.priority}`, [alarm.priority, state, link, where, raised]);
  });
  return html`<h2>告警 Alarms (${alarms.length})</h2>
    ${floodPart(deps, time)} ${table(['P', '状态 State', '告警 Alarm', '位置 Where', '时间 Raised'], rows)}`;
}

function devicePart(deps: ApiDeps): Html {
  const config = deps.config();
  const states = new Map(deps.store.devices.list().map((state) => [state.device, state]));
  const devices = config.devices.map((device) => deviceView(config, device, states.get(device.id)));
  const quiet = devices.filter(({ state }) => state === 'online' || state === 'disabled');
  const troubled = devices.filter(({ state }) => state !== 'online' && state !== 'disabled');
  const rows = [...troubled, ...quiet].slice(0, MOST_ROWS).map(({ id, nameZh, state, reason, location }) => {
    const link = html`<a href="/api/v1/devices/${id}">${nameZh ?? id}</a>`;
    return row(state, [link, bilingual(state), reason, location ?? '']);
  });
  return html`<h2>设备 Devices (${devices.length}, ${troubled.length} 有问题 in trouble)</h2>
    ${table(['设备 Device', '状态 State', '原因 Reason', '位置 Where'], rows)}`;
}

function bilingual(word: string): string {
  return `${CHINESE[word] ?? ''} ${word}`;
}

function localTime({ config }: ApiDeps): (at: number) => string {
  const { timezone } = config().site;
  const format = new Intl.DateTimeFormat('zh-CN', { timeZone: timezone, dateStyle: 'short', timeStyle: 'medium' });
  return (at) => format.format(at);
}
