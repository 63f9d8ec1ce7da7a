/** Ways to break the good example, each with everything that must be said of it. */

type Edit = readonly [what: string, by: string];

/** Each edit of the good site file, and everything that must be said of it. */
export const SITE_EDITS: readonly (readonly [name: string, edit: Edit, said: readonly string[]])[] = [
  [
    'an unknown key',
    ['    host: 192.0.2.10', '    hots: 192.0.2.10'],
    ['site.yaml:11:5: error: "host" is missing', 'site.yaml:13:5: error: unknown key "hots" (did you mean "host"?)'],
  ],
  [
    'an unknown key at the top',
    ['deviceFiles:', 'devicesFiles:'],
    ['site.yaml:39:1: error: unknown key "devicesFiles" (did you mean "deviceFiles"?)'],
  ],
  [
    'an unknown key that resembles none',
    ['{ normal: 5000 }', '{ zzz: 1 }'],
    ['site.yaml:37:13: error: unknown key "zzz" (there is alarm, fast, normal, slow, rare)'],
  ],
  [
    'an unknown type of bus',
    ['type: tcp-serial', 'type: tcp-seral'],
    [
      'site.yaml:19:5: error: "type" must be one of serial, tcp-serial, modbus-tcp, not "tcp-seral" (did you mean "tcp-serial"?)',
    ],
  ],
  [
    'a bus without a type',
    ['    type: modbus-tcp\n', ''],
    ['site.yaml:11:5: error: "type" is missing (one of serial, tcp-serial, modbus-tcp)'],
  ],
  [
    'a baud rate that no port has',
    ['baud: 9600', 'baud: 9601'],
    [
      'site.yaml:17:5: error: "baud" must be one of 300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, not 9601',
    ],
  ],
  ['text for a number', ['unit: 21', 'unit: "21"'], ['site.yaml:35:5: error: "unit" must be a number, not "21"']],
  ['a fraction', ['unit: 21', 'unit: 2.5'], ['site.yaml:35:5: error: "unit" must be a whole number, not 2.5']],
  [
    'a number for text',
    ['nameZh: 东苑', 'nameZh: 7'],
    ['site.yaml:2:26: error: "nameZh" must be text, not 7 (put it in quotes)'],
  ],
  [
    'a value below its range',
    ['normal: 5000', 'normal: 5'],
    ['site.yaml:37:13: error: "normal" must be at least 20, not 5'],
  ],
  [
    'a value below zero, which is below its range: one mistake',
    ['normal: 5000', 'normal: -5'],
    ['site.yaml:37:13: error: "normal" must be at least 20, not -5'],
  ],
  [
    'a value above its range',
    ['port: 4001', 'port: 65536'],
    ['site.yaml:21:5: error: "port" must be at most 65535, not 65536'],
  ],
  [
    'an id that is no topic segment',
    ['id: east-garden', 'id: east.garden'],
    ['site.yaml:2:9: error: "id" is wrong: an id is 1 to 64 letters, digits, - or _, not "east.garden"'],
  ],
  [
    'a list for a map',
    ['{ normal: 5000 }', '[5000]'],
    ['site.yaml:37:5: error: "poll" must be a map of keys and values, not a list'],
  ],
  [
    'two buses on one port of the machine',
    ['    type: modbus-tcp\n    host: 192.0.2.10', '    type: serial\n    path: /dev/../dev/ttyS1'],
    [
      'site.yaml:16:5: error: bus "pump-room" is on /dev/ttyS1, which bus "lifts" owns already (put the devices of both on one bus, or mend the address of one)',
    ],
  ],
  [
    'two buses on one TCP port',
    ['host: 192.0.2.11\n    port: 4001', 'host: 192.0.2.10\n    port: 502'],
    [
      'site.yaml:21:5: error: bus "meters" is on 192.0.2.10:502, which bus "lifts" owns already (put the devices of both on one bus, or mend the address of one)',
    ],
  ],
  [
    'two buses on one TCP port of this machine',
    ['host: 192.0.2.10\n', 'host: localhost\n  - { id: also, type: modbus-tcp, host: 127.0.0.1 }\n'],
    [
      'site.yaml:14:5: error: bus "also" is on 127.0.0.1:502, which bus "lifts" owns already (put the devices of both on one bus, or mend the address of one)',
    ],
  ],
  [
    'a host with its port',
    ['host: 192.0.2.10\n', "host: '192.0.2.10:502'\n"],
    [
      'site.yaml:13:5: error: "host" is wrong: a host is a name or an address alone, as 10.0.0.5: its port has a key of its own, not "192.0.2.10:502"',
    ],
  ],
  [
    'a host as a page is named',
    ['host: 192.0.2.10\n', "host: 'http://192.0.2.10'\n"],
    [
      'site.yaml:13:5: error: "host" is wrong: a host is a name or an address alone, as 10.0.0.5: its port has a key of its own, not "http://192.0.2.10"',
    ],
  ],
  [
    'an address that is none',
    ['host: 192.0.2.10\n', "host: '192.0.2.300'\n"],
    [
      'site.yaml:13:5: error: "host" is wrong: a host is a name or an address alone, as 10.0.0.5: its port has a key of its own, not "192.0.2.300"',
    ],
  ],
  [
    'an address in brackets',
    ['host: 192.0.2.10\n', "host: '[2001:db8::5]'\n"],
    [
      'site.yaml:13:5: error: "host" is wrong: a host is a name or an address alone, as 10.0.0.5: its port has a key of its own, not "[2001:db8::5]"',
    ],
  ],
  [
    'two buses on one address that is written in two ways',
    ['host: 192.0.2.10\n', "host: '2001:db8::5'\n  - { id: also, type: modbus-tcp, host: '2001:DB8:0::0005' }\n"],
    [
      'site.yaml:14:5: error: bus "also" is on 2001:db8::5:502, which bus "lifts" owns already (put the devices of both on one bus, or mend the address of one)',
    ],
  ],
  [
    'two buses on one name, once with the dot of the root',
    ['host: 192.0.2.10\n', "host: 'moxa.lan'\n  - { id: also, type: modbus-tcp, host: 'Moxa.lan.' }\n"],
    [
      'site.yaml:14:5: error: bus "also" is on moxa.lan:502, which bus "lifts" owns already (put the devices of both on one bus, or mend the address of one)',
    ],
  ],
  [
    'two devices with one id',
    ['id: pressure', 'id: lift-io'],
    ['site.yaml:33:5: error: two of the devices have the id "lift-io" (give one another id)'],
  ],
  [
    'two devices on one address, one of them in a device file',
    ['bus: pump-room\n    unit: 21', 'bus: meters\n    unit: 2'],
    [
      'meters.csv:3:20: error: unit 2 of bus "meters" is "pressure" already (two devices with one address answer at once: give one another)',
    ],
  ],
  [
    'a unit that no serial device has',
    ['unit: 21', 'unit: 248'],
    ['site.yaml:35:5: error: unit 248 is reserved on a serial line (1 to 247)'],
  ],
  [
    'the broadcast unit',
    ['unit: 21', 'unit: 0'],
    ['site.yaml:35:5: error: unit 0 is for broadcasts, which nobody answers on a serial line (1 to 247)'],
  ],
  [
    'a reserved unit on Modbus TCP',
    ['unit: 1\n', 'unit: 250\n'],
    ['site.yaml:28:5: error: unit 250 is reserved (1 to 247, or 0 or 255 for the server itself)'],
  ],
  [
    'a unit that is missing',
    ['    unit: 21\n', ''],
    ['site.yaml:33:5: error: "unit" is missing (its address on the bus, as 1)'],
  ],
  [
    "a meter's address for a device that has a unit",
    ['unit: 21', 'address: "000000000021"'],
    [
      'site.yaml:33:5: error: "unit" is missing (its address on the bus, as 1)',
      'site.yaml:35:5: error: a device of this profile has no "address" (it has "unit")',
    ],
  ],
  [
    'an address that is a number',
    ['unit: 21', 'address: 000000000021'],
    [
      'site.yaml:33:5: error: "unit" is missing (its address on the bus, as 1)',
      'site.yaml:35:5: error: "address" must be text, not 21 (put it in quotes)',
    ],
  ],
  [
    'an unknown bus',
    ['bus: pump-room', 'bus: pumproom'],
    ['site.yaml:34:5: error: there is no bus "pumproom" (did you mean "pump-room"?)'],
  ],
  [
    'an unknown profile',
    ['profile: tiny-meter', 'profile: acme-9000'],
    ['site.yaml:36:5: error: there is no profile "acme-9000" (there is tiny-inputs, tiny-meter)'],
  ],
  [
    'an unknown feeder',
    ['profile: tiny-meter', 'profile: tiny-meter\n    fedBy: lift1'],
    ['site.yaml:37:5: error: there is no equipment "lift1" (did you mean "lift-1"?)'],
  ],
  [
    'what feeds itself',
    ['{ id: lift-1,', '{ id: lift-1, fedBy: lift-1,'],
    ['site.yaml:8:19: error: lift-1 would feed itself'],
  ],
  [
    'unknown equipment',
    ['{ channel: 0, source: lift-1,', '{ channel: 0, source: lift1,'],
    ['site.yaml:31:23: error: there is no equipment "lift1" (did you mean "lift-1"?)'],
  ],
  [
    'a channel that the profile lacks',
    ['{ channel: 1,', '{ channel: 7,'],
    ['site.yaml:32:11: error: profile tiny-inputs has no channel 7 with a level (it has 0, 1)'],
  ],
  [
    'a channel used twice',
    ['{ channel: 1,', '{ channel: 0,'],
    ['site.yaml:32:11: error: channel 0 is used above already (one contact, one meaning)'],
  ],
  [
    'an unknown alarm type',
    ['alarm: lift.fault', 'alarm: lift.fualt'],
    ['site.yaml:32:39: error: there is no alarm type "lift.fualt" (did you mean "lift.fault"?)'],
  ],
  [
    'serial settings of a device behind a device server',
    ['    bus: pump-room', '    serial: { baud: 4800 }\n    bus: meters'],
    [
      'site.yaml:34:5: error: the rate of a serial device server is set in the server: the gateway cannot switch it (remove it, or give the device a bus of type serial)',
    ],
  ],
  [
    'serial settings of a device on Modbus TCP',
    ['    bus: lifts', '    serial: { baud: 4800 }\n    bus: lifts'],
    ['site.yaml:27:5: error: Modbus TCP has no baud rate (remove it, or give the device a bus of type serial)'],
  ],
  ['the units of a Modbus TCP server itself, which are right', ['unit: 1\n', 'unit: 0\n'], []],
  ['the other of them', ['unit: 1\n', 'unit: 255\n'], []],
  [
    'an external broker beside an API on the port that an embedded one would have, which is right',
    ['  port: 1883', '  type: external\n  url: mqtt://192.0.2.5\napi: { port: 1883 }'],
    [],
  ],
  [
    'a period for a class that the profile has no points of',
    ['{ normal: 5000 }', '{ fast: 5000 }'],
    ['site.yaml:37:13: warning: profile tiny-meter has no points of the class fast (its points are normal, slow)'],
  ],
  [
    'a broker that is open to the network',
    ['  port: 1883', '  host: 0.0.0.0'],
    [
      'site.yaml:5:3: error: the broker would be open to the network on 0.0.0.0, without users (list users, or set host: 127.0.0.1)',
    ],
  ],
  [
    'a password instead of its hash, which is not repeated',
    ['  port: 1883', '  users:\n    - { name: a, role: admin, password: secret }'],
    ['site.yaml:6:31: error: "password" is wrong: made by `scripts/gatehouse password`'],
  ],
  [
    'half of a password hash, and two users of one name',
    [
      '  port: 1883',
      '  users:\n    - { name: a, role: admin, password: scrypt$16384 }\n    - { name: a, role: admin, password: scrypt$1 }',
    ],
    [
      'site.yaml:6:31: error: this is no password hash (scripts/gatehouse password makes one)',
      'site.yaml:7:9: error: two users are called "a" (give one another name)',
      'site.yaml:7:31: error: this is no password hash (scripts/gatehouse password makes one)',
    ],
  ],
  [
    'an external broker without an address',
    ['  port: 1883', '  type: external'],
    ['site.yaml:5:3: error: an external broker needs its url (such as url: mqtts://broker.example:8883)'],
  ],
  [
    'a file for the broker that is not there',
    ['  port: 1883', '  type: external\n  url: mqtt://192.0.2.5\n  caFile: /nowhere/ca.pem'],
    ['site.yaml:7:3: error: there is no file /nowhere/ca.pem (names start at the folder of the site file)'],
  ],
  [
    'settings of the other kind of broker',
    ['  port: 1883', '  url: mqtt://192.0.2.5'],
    ['site.yaml:5:3: warning: the embedded broker does not use url (set type: external, or remove it)'],
  ],
  [
    'an address that is no broker',
    ['  port: 1883', '  type: external\n  url: http://192.0.2.5'],
    [
      'site.yaml:6:3: error: "url" is wrong: a broker is named as mqtt://host:1883 or mqtts://host:8883, not "http://192.0.2.5"',
    ],
  ],
  [
    'the broker and the API on one port',
    ['  port: 1883', '  port: 8080'],
    ['site.yaml:5:3: error: the API and the broker both want port 8080 (give one another port)'],
  ],
  [
    'a schedule that its bus cannot keep',
    ['{ normal: 5000 }', '{ normal: 40 }'],
    [
      'site.yaml:14:5: error: bus "pump-room" cannot keep its schedule: it takes 124 % of its wire time, normal 124 %, slow 0 %; most of normal is pressure (a period of 63 ms for normal would fit (now 40), or another bus)',
    ],
  ],
  [
    'a schedule that leaves its bus little room',
    ['{ normal: 5000 }', '{ normal: 60 }'],
    [
      'site.yaml:14:5: warning: bus "pump-room" has little room: its schedule takes 83 % of its wire time, normal 83 %, slow 0 %; most of normal is pressure (a period of 63 ms for normal would fit (now 60), or another bus)',
    ],
  ],
  [
    'a reply timeout that the reply cannot meet',
    ['poll: { normal: 5000 }', 'replyTimeoutMs: 30'],
    [
      'site.yaml:37:5: error: "pressure" may take 38 ms to answer (17 bytes), and is given 30 ms (replyTimeoutMs: 38 for the device or its bus)',
    ],
  ],
  [
    'an inter-byte timeout below one character',
    ['baud: 9600', 'baud: 300\n    interByteTimeoutMs: 20'],
    [
      'site.yaml:18:5: error: 20 ms is shorter than the pause that a reply may have inside at this baud rate (at least 50)',
      'site.yaml:34:5: error: "pressure" may take 587 ms to answer (17 bytes), and is given 500 ms (replyTimeoutMs: 590 for the device or its bus)',
    ],
  ],
  [
    'rests that shrink',
    ['baud: 9600', 'breaker: { firstBackoffMs: 5000, maxBackoffMs: 1000 }'],
    ['site.yaml:17:38: error: the longest rest (1000 ms) is shorter than the first (5000 ms) (at least 5000)'],
  ],
  [
    'an unknown time zone',
    ['nameZh: 东苑 }', 'nameZh: 东苑, timezone: Asia/Peking }'],
    [
      'site.yaml:2:38: error: "timezone" is wrong: no such time zone; an IANA name such as Asia/Shanghai, not "Asia/Peking"',
    ],
  ],
  [
    'a shift that begins at no time of day',
    ['nameZh: 东苑 }', 'nameZh: 东苑, shifts: ["7:00"] }'],
    ['site.yaml:2:47: error: entry 1 of "shifts" is wrong: a time of day is written as 00:00, not "7:00"'],
  ],
  [
    'two shifts that begin together',
    ['nameZh: 东苑 }', 'nameZh: 东苑, shifts: ["07:00", "07:00"] }'],
    ['site.yaml:2:56: error: entry 2 of "shifts" is wrong: each shift begins at a time of its own, not "07:00"'],
  ],
  [
    'files that are not there',
    ['deviceFiles: [meters.csv]', 'deviceFiles: [metres.csv]\nprofiles: [profiles, more]'],
    [
      'site.yaml:39:15: error: there is no file metres.csv (names start at the folder of the site file)',
      'site.yaml:40:22: error: there is no folder more (names start at the folder of the site file)',
    ],
  ],
  [
    'a key that stands twice',
    ['  port: 1883', '  port: 1883\n  port: 1884'],
    ['site.yaml:6:3: error: this key stands twice in the same place (remove one of the two)'],
  ],
  [
    'a tab',
    ['  port: 1883', '\tport: 1883'],
    ['site.yaml:5:1: error: a tab indents this line (YAML is indented with spaces)'],
  ],
  [
    'a second document',
    ['broker:', '---\nbroker:'],
    ['site.yaml:4:1: error: a second document begins here (remove the line ---)'],
  ],
  ['an alias of nothing', ['{ normal: 5000 }', '*often'], ['site.yaml:37:11: error: nothing above is marked &often']],
  ['an alias of itself', ['{ normal: 5000 }', '&a { normal: *a }'], ['site.yaml:37:24: error: *a stands inside &a']],
  [
    'a tag',
    ['unit: 21', 'unit: !!js/eval 21'],
    ['site.yaml:35:11: error: there are no tags (!…) in configuration files'],
  ],
];

/** The same for the other files. */
export const OTHER_EDITS: readonly (readonly [name: string, file: string, edit: Edit, said: readonly string[]])[] = [
  [
    'a comma too many in a profile',
    'profiles/tiny-meter.json',
    ['"slow" }\n', '"slow" },\n'],
    ['profiles/tiny-meter.json:10:3: error: no valid JSON: here should be a value'],
  ],
  [
    'a comment in a profile',
    'profiles/tiny-meter.json',
    ['{\n  "id"', '# a meter\n{\n  "id"'],
    ['profiles/tiny-meter.json:1:1: error: no valid JSON: here should be a value'],
  ],
  [
    'a profile that its driver refuses',
    'profiles/tiny-meter.json',
    ['"slow" }', '"sometimes" }'],
    ['profiles/tiny-meter.json:9:40: error: Invalid option: expected one of "alarm"|"fast"|"normal"|"slow"'],
  ],
  [
    'a profile of an unknown driver',
    'profiles/tiny-meter.json',
    ['"tiny",', '"tinny",'],
    ['profiles/tiny-meter.json:3:3: error: there is no driver "tinny" (did you mean "tiny"?)'],
  ],
  [
    'a profile without a driver',
    'profiles/tiny-meter.json',
    ['  "driver": "tiny",\n', ''],
    ['profiles/tiny-meter.json:1:1: error: a profile must say its "driver" (one of tiny)'],
  ],
  [
    'a key that stands twice in a profile',
    'profiles/tiny-meter.json',
    ['"maker": "none",', '"maker": "none", "maker": "x",'],
    ['profiles/tiny-meter.json:4:20: error: this key stands twice in the same place (remove one of the two)'],
  ],
  [
    'two profiles with one id',
    'profiles/tiny-meter.json',
    ['"tiny-meter"', '"tiny-inputs"'],
    [
      'meters.csv:2:22: error: there is no profile "tiny-meter" (there is tiny-inputs)',
      'meters.csv:3:22: error: there is no profile "tiny-meter" (there is tiny-inputs)',
      'meters.csv:4:22: error: there is no profile "tiny-meter" (there is tiny-inputs)',
      'profiles/tiny-meter.json:2:3: error: profiles/tiny-inputs.json has the id "tiny-inputs" already (give one another id)',
      'site.yaml:36:5: error: there is no profile "tiny-meter" (there is tiny-inputs)',
    ],
  ],
  [
    'an unknown key in the alarm rules',
    'rules.yaml',
    ['    latching: false', '    latched: false'],
    [
      'rules.yaml:11:3: error: "latching" is missing',
      'rules.yaml:15:5: error: unknown key "latched" (did you mean "latching"?)',
    ],
  ],
  [
    'an unknown column',
    'meters.csv',
    ['location,', 'place,'],
    [
      'meters.csv:1:28: error: unknown column "place" (there is id, nameZh, bus, unit, address, profile, equipment, fedBy, location, cameraRef, contacts, enabled and 8 more)',
    ],
  ],
  [
    'a row that refers to nothing',
    'meters.csv',
    ['二号表,meters', '二号表,metres'],
    ['meters.csv:3:13: error: there is no bus "metres" (did you mean "meters"?)'],
  ],
  [
    'an id that a device file and the site file share',
    'meters.csv',
    ['meter-2', 'pressure'],
    ['meters.csv:3:1: error: two of the devices have the id "pressure" (give one another id)'],
  ],
];
