/** What the gateway tells Prometheus of itself. */
import { counter, entries, gauge, single, type Metric, type Sample, type Snapshot } from './metric.ts';

/** An empty lane is 0, not absent. */
const LANES = ['alarm', 'event'] as const;

function alarmCounts({ alarms }: Snapshot): Sample[] {
  const groups = Map.groupBy(alarms, ({ priority, letter }) => `${priority} ${letter}`);
  return [...groups.values()].flatMap((group): Sample[] => {
    const [first] = group;
    return first ? [[{ priority: String(first.priority), state: first.letter }, group.length]] : [];
  });
}

export const GATEWAY_METRICS: readonly Metric[] = [
  gauge('gatehouse_build_info', 'Always 1', ({ version }) => [[{ version }, 1]]),
  gauge('gatehouse_alarms', 'Alarms that are not normal, by priority and state', alarmCounts),
  gauge(
    'gatehouse_alarm_flood',
    'Whether there is a flood of alarms: more than 10 in 10 minutes, and not yet fewer than 5',
    ({ floodSince }) => single(Number(floodSince !== null)),
  ),
  counter('gatehouse_recorder_commits_total', 'Transactions committed', ({ health }) =>
    single(health.recorder.commits),
  ),
  counter('gatehouse_recorder_failed_commits_total', 'Transactions that failed', ({ health }) =>
    single(health.recorder.failedCommits),
  ),
  counter('gatehouse_recorder_observations_total', 'Observations committed', ({ health }) =>
    single(health.recorder.observations),
  ),
  counter('gatehouse_recorder_readings_total', 'Readings committed', ({ health }) => single(health.recorder.readings)),
  counter('gatehouse_recorder_dropped_readings_total', 'Readings that could not be kept', ({ health }) =>
    single(health.recorder.droppedReadings),
  ),
  gauge('gatehouse_recorder_waiting', 'Observations that are not on the disk yet', ({ health }) =>
    single(health.recorder.waiting),
  ),
  gauge('gatehouse_store_used_bytes', 'Bytes in use in the database', ({ store }) => single(store.usedBytes)),
  gauge('gatehouse_store_cap_bytes', 'What the database may use', ({ store }) => single(store.capBytes)),
  gauge('gatehouse_store_writable', 'Whether the store can be written', ({ health }) =>
    single(Number(health.storeTrouble === null)),
  ),
  counter('gatehouse_events_total', 'Events of this epoch: the newest seq', ({ newestSeq }) => single(newestSeq)),
  gauge('gatehouse_outbox_waiting', 'Events that have not left the box', ({ outbox }) =>
    LANES.map((lane) => [{ lane }, outbox.find((row) => row.lane === lane)?.waiting ?? 0]),
  ),
  gauge('gatehouse_outbox_dead_letters', 'Events that no broker will ever take', ({ deadLetters }) =>
    single(deadLetters),
  ),
  gauge('gatehouse_broker_up', 'Whether the broker is connected', ({ health }) => single(Number(health.broker.online))),
  counter(
    'gatehouse_broker_refusals_total',
    'What the embedded broker refused, or an external one handed over and was not read',
    ({ health }) => entries(health.broker.refusals, 'reason'),
  ),
  counter('gatehouse_mqtt_received_total', 'Messages that came in, by what they ask', ({ health }) =>
    entries(health.inbox.received, 'kind'),
  ),
  counter('gatehouse_mqtt_refused_total', 'Messages that came in and could not be taken', ({ health }) =>
    entries(health.inbox.refused, 'reason'),
  ),
  counter(
    'gatehouse_commands_refused_total',
    'Commands that were refused at once, over MQTT and the API',
    ({ health }) => entries(health.commands.refused, 'code'),
  ),
  counter(
    'gatehouse_commands_repeated_total',
    'Commands that were given again, and are not carried out again',
    ({ health }) => single(health.commands.repeated),
  ),
  counter('gatehouse_commands_finished_total', 'Commands that were accepted and are over', ({ health }) =>
    entries(health.commands.finished, 'state'),
  ),
  counter('gatehouse_configuration_changes_total', 'Changed configurations, by what became of them', ({ health }) =>
    entries(health.configuration.changes, 'result'),
  ),
  gauge('gatehouse_loop_lag_seconds', 'The longest that the event loop was late lately', ({ health }) =>
    single(health.loopLagMs / 1000),
  ),
  counter('gatehouse_polls_skipped_total', 'Polls left out because their bus was late', ({ health }) =>
    single(health.skippedPolls),
  ),
];
