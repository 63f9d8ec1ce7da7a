/** The large example: config/site.yaml, and a meter on every floor of five towers, 30 to a line. */

const TOWERS = 5;
const RISERS = ['a', 'b'] as const;
const FLOORS = 30;
const FIRST_PORT = 15101;

interface Line {
  readonly id: string;
  readonly tower: number;
  readonly riser: string;
  readonly port: number;
}

const lines: readonly Line[] = Array.from({ length: TOWERS }, (_, tower) =>
  RISERS.map((riser, index) => ({
    id: `tower-${tower + 1}-${riser}`,
    tower: tower + 1,
    riser: riser.toUpperCase(),
    port: FIRST_PORT + tower * RISERS.length + index,
  })),
).flat();

const HEADER = `# yaml-language-server: $schema=../schemas/site.schema.json
#
# The site of config/site.yaml with 300 electricity meters more: one on every floor of each tower, in two risers of 30
# meters on a line. The meters stand in meters.csv, because nobody wants to read 300 of them here.
# Written by scripts/generate.ts: change config/site.yaml or that script.
`;

/** `site` is the text of config/site.yaml. Throws where it no longer has what is replaced here. */
export function largeSite(site: string): string {
  const edits: readonly (readonly [what: string | RegExp, by: string])[] = [
    [/^(#.*\n)+/, HEADER],
    ['file: ../var/gatehouse.sqlite', 'file: ../../var/gatehouse-large.sqlite'],
    [/(?<=\n {2}- \{ id: meters-2, .*\n)/, buses()],
    ['deviceFiles: []', 'deviceFiles: [meters.csv]'],
    ['profiles: [profiles]', 'profiles: [../profiles]'],
    ['alarmRules: alarms.yaml', 'alarmRules: ../alarms.yaml'],
    [/^# Devices by the thousand .*\n/m, ''],
  ];
  return edits.reduce((text, [what, by]) => {
    if (text.split(what).length < 2) throw new Error(`config/site.yaml has no ${String(what)}`);
    return text.replace(what, () => by);
  }, site);
}

function buses(): string {
  const entries = lines.map(({ id, tower, riser, port }) =>
    [
      `  - id: ${id}`,
      `    nameZh: ${tower}号楼${riser}户电表`,
      '    type: tcp-serial',
      '    host: 127.0.0.1',
      `    port: ${port}`,
      '    baud: 9600',
      '    format: 8N1',
      '',
    ].join('\n'),
  );
  return entries.join('');
}

export function largeMeters(): string {
  const rows = lines.flatMap(({ id, tower, riser }) =>
    Array.from({ length: FLOORS }, (_, index) => {
      const floor = String(index + 1).padStart(2, '0');
      const place = `${tower}号楼${index + 1}层`;
      return `${id}-${floor},${place}${riser}户电表,${id},${index + 1},eastron-sdm120,${place}电井`;
    }),
  );
  return ['id,nameZh,bus,unit,profile,location', ...rows, ''].join('\n');
}
