/** Tables of the server that workflows stand on: runs and steps, what was set off already, notices, approvals, the outbox. */
import type { SystemTable } from './system-tables.ts';
import { text, whole } from './system-columns.ts';

export const WORKFLOW_TABLES: readonly SystemTable[] = [
  /** `chain`: the workflows and records that led here, for the loop guard. `data`: what the trigger told and what nodes have answered. */
  {
    name: 'relata_run',
    columns: [
      text('id'), text('workflow'), whole('version'), text('state'), text('table_name'), text('record_id'), text('starter'), text('chain'), whole('priority'),
      text('data'), text('problem'), whole('steps'), text('wake_key'), text('started_at'), text('finished_at'),
    ],
    primaryKey: ['id'],
    indexes: [
      { name: 'ix_relata_run_workflow', columns: ['workflow', 'state', 'started_at'] },
      { name: 'ix_relata_run_record', columns: ['table_name', 'record_id'] },
      { name: 'ix_relata_run_started', columns: ['started_at'] },
    ],
  },
  /** A step is executed by whoever finds it `ready` (or `waiting` and due) under the write lock, so never twice. */
  {
    name: 'relata_step',
    columns: [
      text('run_id'), whole('seq'), text('node'), whole('parent'), text('branch'), text('state'), whole('priority'), text('due_at'), text('wake_key'), text('happened'),
      text('memory'), text('input'), text('output'), text('port'), whole('attempts'), text('problem'), text('started_at'), text('finished_at'),
    ],
    primaryKey: ['run_id', 'seq'],
    indexes: [
      { name: 'ix_relata_step_due', columns: ['state', 'priority', 'due_at'] },
      { name: 'ix_relata_step_key', columns: ['wake_key'] },
      { name: 'ix_relata_step_run', columns: ['run_id', 'state'] },
    ],
  },
  /** Steps that wait for a record to change or to appear. */
  {
    name: 'relata_watch',
    columns: [text('run_id'), whole('seq'), text('kind'), text('table_name'), text('record_id'), text('reference'), text('rule')],
    primaryKey: ['run_id', 'seq'],
    indexes: [{ name: 'ix_relata_watch_record', columns: ['table_name', 'record_id'] }],
  },
  /** What a trigger has set off: one row an occurrence, however often it is looked for. */
  { name: 'relata_occurrence', columns: [text('workflow'), text('key'), text('at')], primaryKey: ['workflow', 'key'], indexes: [{ name: 'ix_relata_occurrence_at', columns: ['at'] }] },
  /** Until when the clock has been looked at for a workflow, and what was too late to be made up. */
  { name: 'relata_schedule', columns: [text('workflow'), text('looked_at'), whole('dropped'), text('signature')], primaryKey: ['workflow'], indexes: [] },
  {
    name: 'relata_approval',
    columns: [
      text('id'), text('run_id'), whole('seq'), text('user_id'), whole('position'), text('state'), text('comment'), text('decided_at'), text('title'), text('instructions'),
      text('table_name'), text('record_id'), text('due_at'), whole('may_delegate'), whole('may_add'), whole('may_return'), text('stands_for'),
    ],
    primaryKey: ['id'],
    indexes: [
      { name: 'ix_relata_approval_step', columns: ['run_id', 'seq'] },
      { name: 'ix_relata_approval_user', columns: ['user_id', 'state'] },
    ],
  },
  /** `visible_at`: the end of quiet hours, or when it was made. */
  {
    name: 'relata_notice',
    columns: [
      text('id'), text('user_id'), text('kind'), text('title'), text('body'), text('table_name'), text('record_id'), text('workflow'), text('run_id'), text('approval_id'), text('comment_id'),
      text('created_at'), text('visible_at'), text('read_at'), text('done_at'), text('snoozed_until'), whole('urgent'), whole('late'),
    ],
    primaryKey: ['id'],
    indexes: [
      { name: 'ix_relata_notice_user', columns: ['user_id', 'visible_at'] },
      { name: 'ix_relata_notice_unread', columns: ['user_id', 'read_at', 'done_at', 'visible_at'] },
      { name: 'ix_relata_notice_approval', columns: ['approval_id'] },
      { name: 'ix_relata_notice_run', columns: ['run_id', 'user_id'] },
    ],
  },
  { name: 'relata_preference', columns: [text('user_id'), text('preferences')], primaryKey: ['user_id'], indexes: [] },
  /** What leaves the house. The id goes along, the same at every try. `wake_key`: the step that waits for the answer. */
  {
    name: 'relata_outbox',
    columns: [
      text('id'), text('kind'), text('host'), text('payload'), text('state'), whole('attempts'), whole('most_attempts'), text('next_at'), text('lease_owner'), text('lease_until'),
      text('created_at'), text('sent_at'), text('problem'), text('wake_key'), text('run_id'),
    ],
    primaryKey: ['id'],
    indexes: [
      { name: 'ix_relata_outbox_due', columns: ['state', 'next_at'] },
      { name: 'ix_relata_outbox_created', columns: ['created_at'] },
      { name: 'ix_relata_outbox_run', columns: ['run_id'] },
    ],
  },
  { name: 'relata_secret', columns: [text('name'), text('value'), text('updated_at')], primaryKey: ['name'], indexes: [] },
  /** Days that are otherwise than the week: holidays, make-up workdays. */
  { name: 'relata_calendar', columns: [text('day'), whole('working'), text('name')], primaryKey: ['day'], indexes: [] },
  { name: 'relata_setting', columns: [text('key'), text('value')], primaryKey: ['key'], indexes: [] },
];
