/** While alarms come faster than a person can take them in: what they amount to, before the list of them. */
import { floodSince } from '../../alarms/performance/flood-watch.ts';
import type { ApiDeps } from '../deps.ts';
import { groupsView } from '../resources/alarm-group.ts';
import { html, row, table, type Html } from '../../print/html.ts';

/** Nothing where there is no flood. `time`: Unix milliseconds by the clock on the wall. */
export function floodPart(deps: ApiDeps, time: (at: number) => string): Html {
  const since = floodSince(deps.store.events);
  if (since === null) return html``;
  const rows = groupsView(deps).lines.map(({ priority, firstOut, alarms, unacknowledged, explains }) => {
    const { alarm, type, nameZh, nameEn, source, sourceNameZh, location } = firstOut;
    const link = html`<a href="/api/v1/alarms/${alarm}">${nameZh ?? type} ${nameEn ?? ''}</a>`;
    const where = `${sourceNameZh ?? source} ${location ?? ''}`;
    return row(`p${priority}`, [priority, alarms.length, unacknowledged, explains.length, link, where]);
  });
  const heads = ['P', '告警 Alarms', '未确认 Unacknowledged', '已解释 Explained', '最先 First', '位置 Where'];
  return html`<p class="failing">
      告警泛滥 Flood of alarms since ${time(since)}: <a href="/api/v1/alarms/groups">groups</a>
    </p>
    ${table(heads, rows)}`;
}
