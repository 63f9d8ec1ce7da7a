/** What a person who has just started the gateway wants to know. Pure. */
import type { SiteConfig } from '../../config/site-config.ts';
import type { Gateway } from '../../main.ts';
import { DEFAULT_SITE } from '../options/site-option.ts';
import { counted } from '../text/counted.ts';
import type { Palette } from '../text/palette.ts';
import { pad } from '../text/width.ts';
import type { RunFlags } from './flags.ts';

const LABEL_COLUMNS = 12;

interface Start {
  readonly flags: RunFlags;
  readonly siteFile: string;
  readonly readyMs: number;
}

export function bannerLines(
  gateway: Gateway,
  { flags, siteFile, readyMs }: Start,
  { strong, faint, name }: Palette,
): string[] {
  const { site, devices, buses, alarms, broker } = gateway.config();
  const { url, prefix, wsPort } = gateway.mqtt.description();
  const webSocket = wsPort === null ? '' : `  WebSocket ws://${new URL(url).hostname}:${wsPort}/mqtt`;
  const size = `${counted(devices.length, 'device')} on ${counted(buses.length, 'bus', 'buses')}, ${counted(alarms.length, 'alarm')}`;
  const rows: [string, string][] = [
    ['site 小区', `${site.nameZh} (${siteFile}): ${size}`],
    ['look 查看', `${name(gateway.apiUrl)}  ${faint(`API: ${gateway.apiUrl}/api/v1/alarms`)}`],
    ['MQTT', `${name(url)}  ${faint(`topics ${prefix}/#${webSocket}`)}`],
    ['listen 收听', strong(tailOf(siteFile, broker))],
  ];
  if (flags.simulate)
    rows.push(['play 演练', strong('scripts/gatehouse simulate play "a person trapped in lift 3-2"')]);
  return [
    '',
    strong(`门房 Gatehouse ${gateway.version} is running`) +
      faint(`  (ready after ${(readyMs / 1000).toFixed(1)} s; Ctrl-C ends it)`),
    ...rows.map(([label, text]) => `  ${pad(label, LABEL_COLUMNS)}${text}`),
    '',
  ];
}

/** How the same site is followed from another terminal. */
function tailOf(siteFile: string, { type, users }: SiteConfig['broker']): string {
  const site = siteFile === DEFAULT_SITE ? '' : ` --site ${siteFile}`;
  const login = type === 'embedded' && users.length > 0 ? ' --username NAME' : '';
  return `scripts/gatehouse tail${site}${login}`;
}
