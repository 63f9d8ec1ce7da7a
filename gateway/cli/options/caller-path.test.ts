import { describe, expect, it } from 'vitest';
import { callerPath } from './caller-path.ts';

describe('callerPath', () => {
  it('leaves names alone in the project and without the launcher', () => {
    expect(callerPath('config/site.yaml', '/opt/gatehouse', '/opt/gatehouse')).toBe('config/site.yaml');
    expect(callerPath('config/site.yaml', undefined, '/opt/gatehouse')).toBe('config/site.yaml');
  });

  it('finds a name from where the caller stands', () => {
    expect(callerPath('my/site.yaml', '/home/me', '/opt/gatehouse')).toBe('/home/me/my/site.yaml');
    expect(callerPath('/etc/site.yaml', '/home/me', '/opt/gatehouse')).toBe('/etc/site.yaml');
  });
});
