/** MQTT and the ports that the gateway itself listens on. */
import { parsePasswordHash } from '../../broker/password.ts';
import type { CheckInput } from './input.ts';
import type { Lost } from '../lost.ts';
import { error, warning, type Finding } from '../mistakes/mistake.ts';
import { siteSchema, type SiteFile } from '../schema.ts';

type Broker = SiteFile['broker'];

const EMBEDDED_ONLY = ['wsPort', 'users'] as const;
const EXTERNAL_ONLY = ['url', 'username', 'passwordFile', 'caFile'] as const;

export function checkBroker({ config: { broker, api }, realPaths, lost }: CheckInput): Finding[] {
  if (lost.has(['broker', 'type'])) return [];
  const ports = checkPorts(broker, api, lost);
  return broker.type === 'embedded'
    ? [...ports, ...checkEmbedded(broker, lost)]
    : [...ports, ...checkExternal(broker, lost), ...checkFiles(broker, realPaths)];
}

function checkEmbedded(broker: Broker, lost: Lost): Finding[] {
  const idle = EXTERNAL_ONLY.filter((key) => broker[key] !== undefined).map((key) =>
    warning(['broker', key], `the embedded broker does not use ${key}`, 'set type: external, or remove it'),
  );
  const badHashes = broker.users.flatMap(({ password }, index) =>
    parsePasswordHash(password)
      ? []
      : [
          error(
            ['broker', 'users', index, 'password'],
            'this is no password hash',
            'scripts/gatehouse password makes one',
          ),
        ],
  );
  const findings = [...idle, ...badHashes];
  if (broker.users.length > 0 || lost.has(['broker', 'users']) || isLoopback(broker.host)) return findings;
  const message = `the broker would be open to the network on ${broker.host}, without users`;
  return [...findings, error(['broker', 'host'], message, 'list users, or set host: 127.0.0.1')];
}

function checkExternal(broker: Broker, lost: Lost): Finding[] {
  const idle = EMBEDDED_ONLY.filter((key) =>
    key === 'users' ? broker.users.length > 0 : broker[key] !== undefined,
  ).map((key) =>
    warning(['broker', key], `an external broker does not use ${key}`, 'set type: embedded, or remove it'),
  );
  if (broker.url !== undefined || lost.has(['broker', 'url'])) return idle;
  return [
    ...idle,
    error(['broker', 'type'], 'an external broker needs its url', 'such as url: mqtts://broker.example:8883'),
  ];
}

function checkFiles(broker: Broker, realPaths: CheckInput['realPaths']): Finding[] {
  return (['passwordFile', 'caFile'] as const).flatMap((key) => {
    const file = broker[key];
    if (file === undefined || typeof realPaths.get(file) === 'string') return [];
    return [error(['broker', key], `there is no file ${file}`, 'names start at the folder of the site file')];
  });
}

/** Port 0 is whatever is free. Two addresses of this machine could share a port, and would confuse whoever reads it. */
function checkPorts(broker: Broker, api: SiteFile['api'], lost: Lost): Finding[] {
  const isEmbedded = broker.type === 'embedded';
  const all = [
    { section: 'broker', key: 'port', what: 'the broker', port: isEmbedded ? broker.port : 0 },
    { section: 'broker', key: 'wsPort', what: 'the broker (WebSocket)', port: isEmbedded ? (broker.wsPort ?? 0) : 0 },
    { section: 'api', key: 'port', what: 'the API', port: api.port },
  ] as const;
  const listeners = all.filter(({ section, key }) => !lost.has([section, key]));
  return listeners.flatMap((later, index) => {
    const earlier = listeners.slice(0, index).find(({ port }) => port !== 0 && port === later.port);
    if (!earlier) return [];
    // Where one of the two stands on its default, the other is what was written.
    const { section, key } = later.section === 'api' && later.port === DEFAULT_API_PORT ? earlier : later;
    const message = `${later.what} and ${earlier.what} both want port ${later.port}`;
    return [error([section, key], message, 'give one another port')];
  });
}

const DEFAULT_API_PORT = siteSchema.shape.api.parse(undefined).port;

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
