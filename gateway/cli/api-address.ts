/** Where a gateway's HTTP API answers. */
import type { SiteConfig } from '../config/site-config.ts';

/** The version that these commands speak. */
export const API_PATH = '/api/v1';

/** `http://127.0.0.1:8080`: IPv6 addresses stand in brackets. */
export function apiOrigin({ host, port }: SiteConfig['api']): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
