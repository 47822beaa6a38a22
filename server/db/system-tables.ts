/** Tables of the server itself, beside those of the model: they hold no records and no screen shows them. */
import type { SchemaColumn, SchemaIndex } from '#engine/schema/database-schema.ts';
import { json, text, whole } from './system-columns.ts';
import { WORKFLOW_TABLES } from './workflow-tables.ts';

export interface SystemTable {
  readonly name: string;
  readonly columns: readonly SchemaColumn[];
  readonly primaryKey: readonly string[];
  readonly indexes: readonly SchemaIndex[];
  /** Rows may be added, never changed or removed; the database itself refuses. */
  readonly appendOnly?: true;
}

export const SYSTEM_TABLES: readonly SystemTable[] = [
  /** One row a publication, whole, so that any version can be compared with any other. As text: JSONB would reorder keys. `changes` is the plan as it was carried out. */
  {
    name: 'relata_definitions',
    columns: [whole('version'), text('definitions'), text('created_at'), text('created_by'), text('note'), text('changes'), text('templates'), whole('undoes')],
    primaryKey: ['version'],
    indexes: [],
  },
  { name: 'relata_draft', columns: [text('user_id'), whole('base'), text('definitions'), text('updated_at')], primaryKey: ['user_id'], indexes: [] },
  /** What a publication took out of use: columns and tables under another name, with what they held. */
  {
    name: 'relata_trash',
    columns: [text('id'), whole('version'), text('at'), text('by'), text('reason'), text('table_name'), text('field_name'), text('label'), text('model'), text('objects'), whole('filled'), text('state')],
    primaryKey: ['id'],
    indexes: [{ name: 'ix_relata_trash_state', columns: ['state', 'table_name'] }],
  },
  /** Values that a type change could not take along; they also lie in the trash. */
  {
    name: 'relata_reject',
    columns: [whole('version'), text('table_name'), text('field_name'), text('record_id'), text('value'), text('reason')],
    primaryKey: ['version', 'table_name', 'field_name', 'record_id'],
    indexes: [],
  },
  /** Search indexes that a publication has left behind; records after this number are still to be read. */
  { name: 'relata_reindex', columns: [text('table_name'), whole('after')], primaryKey: ['table_name'], indexes: [] },
  /** Templates as they were when installed: the base of a later three-way upgrade, and the scenarios that came along. */
  { name: 'relata_template', columns: [text('name'), text('version'), text('definitions'), text('scenarios')], primaryKey: ['name', 'version'], indexes: [] },
  {
    name: 'relata_audit',
    columns: [whole('seq'), text('at'), text('actor'), text('table_name'), text('record_id'), text('action'), whole('record_version'), json('changes'), text('hash')],
    primaryKey: ['seq'],
    indexes: [{ name: 'ix_relata_audit_record', columns: ['table_name', 'record_id', 'seq'] }],
    appendOnly: true,
  },
  {
    name: 'relata_event',
    columns: [whole('seq'), text('at'), text('actor'), text('table_name'), text('record_id'), text('action'), json('fields'), text('origin')],
    primaryKey: ['seq'],
    indexes: [],
  },
  { name: 'relata_counter', columns: [text('key'), whole('value')], primaryKey: ['key'], indexes: [] },
  {
    name: 'relata_idempotency',
    columns: [text('actor'), text('key'), text('request'), text('table_name'), text('record_id'), text('created_at')],
    primaryKey: ['actor', 'key'],
    indexes: [{ name: 'ix_relata_idempotency_created', columns: ['created_at'] }],
  },
  { name: 'relata_credential', columns: [text('user_id'), text('password_hash'), text('changed_at')], primaryKey: ['user_id'], indexes: [] },
  {
    name: 'relata_session',
    columns: [text('token_hash'), text('user_id'), text('created_at'), text('seen_at'), text('expires_at'), text('user_agent'), text('address'), text('view_as')],
    primaryKey: ['token_hash'],
    indexes: [{ name: 'ix_relata_session_user', columns: ['user_id'] }],
  },
  /** The secret leaves the server once, while it is set up; `recovery` holds hashes. `last_step`: the code used last, so that none is used twice. */
  { name: 'relata_second_factor', columns: [text('user_id'), text('secret'), text('confirmed_at'), whole('last_step'), text('recovery'), text('created_at')], primaryKey: ['user_id'], indexes: [] },
  { name: 'relata_pending_sign_in', columns: [text('token_hash'), text('user_id'), text('expires_at'), whole('tries')], primaryKey: ['token_hash'], indexes: [] },
  { name: 'relata_sign_in_link', columns: [text('token_hash'), text('user_id'), text('expires_at'), text('used_at')], primaryKey: ['token_hash'], indexes: [] },
  /** Who leaves on a day to come, and who takes their work: `receivers` as a list of ids. */
  { name: 'relata_hand_over', columns: [text('user_id'), text('on_date'), text('receivers'), whole('disable'), text('planned_by'), text('planned_at')], primaryKey: ['user_id'], indexes: [] },
  /** Changes that give a role above level 5 and wait for a second person: the roles as they stood, and as they are to be. */
  { name: 'relata_level_change', columns: [text('user_id'), text('id'), text('before'), text('roles'), text('asked_by'), text('asked_at')], primaryKey: ['user_id'], indexes: [] },
  /** Links to public forms: `field` and `record_id` name the record that what comes in is about. */
  {
    name: 'relata_form_link',
    columns: [text('id'), text('token_hash'), text('table_name'), text('form'), text('field'), text('record_id'), text('created_by'), text('created_at'), text('expires_at'), whole('once'), whole('used')],
    primaryKey: ['id'],
    indexes: [{ name: 'ix_relata_form_link_token', columns: ['token_hash'] }, { name: 'ix_relata_form_link_table', columns: ['table_name', 'created_by'] }],
  },
  /** The organisation as rules ask for it, kept by `records/organisation.ts` from users and departments. */
  { name: 'relata_reports', columns: [text('superior'), text('subordinate')], primaryKey: ['superior', 'subordinate'], indexes: [] },
  { name: 'relata_member', columns: [text('user_id'), text('department')], primaryKey: ['user_id', 'department'], indexes: [] },
  { name: 'relata_department_tree', columns: [text('ancestor'), text('department')], primaryKey: ['ancestor', 'department'], indexes: [] },
  { name: 'relata_rank', columns: [text('user_id'), whole('rank')], primaryKey: ['user_id'], indexes: [{ name: 'ix_relata_rank', columns: ['rank', 'user_id'] }] },
  /** One row for each table a share reaches: the shared one itself, and what hangs on it that goes with it. */
  {
    name: 'relata_share',
    columns: [text('id'), text('reach'), text('table_name'), text('record_id'), text('grantee'), text('access'), text('until'), text('created_by'), text('created_at'), text('message')],
    primaryKey: ['id', 'reach'],
    indexes: [
      // Whole, so that what is shared with somebody is read from the index alone: the rows of shares lie far apart.
      { name: 'ix_relata_share_reads', columns: ['grantee', 'table_name', 'reach', 'record_id', 'until', 'access'] },
      { name: 'ix_relata_share_record', columns: ['table_name', 'record_id'] },
    ],
  },
  /** Records merged into another as duplicates. `losers`: ids; `memory`: what an undo needs, forgotten when its time is over. */
  {
    name: 'relata_merge',
    columns: [text('id'), text('table_name'), text('survivor'), text('losers'), text('merged_at'), text('merged_by'), text('memory'), text('undone_at'), text('undone_by')],
    primaryKey: ['id'],
    indexes: [{ name: 'ix_relata_merge_at', columns: ['merged_at'] }, { name: 'ix_relata_merge_table', columns: ['table_name', 'merged_at'] }],
  },
  /** Where the address of a merged record leads. */
  {
    name: 'relata_merged',
    columns: [text('table_name'), text('record_id'), text('survivor'), text('merge_id')],
    primaryKey: ['table_name', 'record_id'],
    indexes: [{ name: 'ix_relata_merged_merge', columns: ['merge_id'] }],
  },
  /** What people say about records of any table. People are named in `body` by their ids (`engine/records/mentions.ts`). */
  {
    name: 'relata_comment',
    columns: [text('id'), text('table_name'), text('record_id'), text('author'), text('body'), text('created_at'), text('changed_at'), text('changed_by'), whole('version')],
    primaryKey: ['id'],
    indexes: [{ name: 'ix_relata_comment_record', columns: ['table_name', 'record_id', 'created_at', 'id'] }],
  },
  {
    name: 'relata_file',
    columns: [text('id'), text('name'), whole('size'), text('type'), whole('image'), text('stored_as'), text('sha256'), text('uploaded_by'), text('uploaded_at'), text('table_name'), text('record_id'), text('field')],
    primaryKey: ['id'],
    indexes: [{ name: 'ix_relata_file_record', columns: ['table_name', 'record_id'] }],
  },
  {
    name: 'relata_view',
    columns: [text('id'), text('user_id'), text('table_name'), json('definition'), text('updated_at')],
    primaryKey: ['id'],
    indexes: [{ name: 'ix_relata_view_user', columns: ['user_id', 'table_name'] }],
  },
  {
    name: 'relata_import',
    columns: [text('id'), text('table_name'), text('user_id'), text('created_at'), text('file_name'), text('stored_as'), text('state'), json('draft'), json('run')],
    primaryKey: ['id'],
    indexes: [{ name: 'ix_relata_import_user', columns: ['user_id', 'created_at'] }],
  },
  /** What an import wrote is in the audit; each of its transactions notes which part. */
  { name: 'relata_import_batch', columns: [text('import_id'), whole('first_seq'), whole('last_seq')], primaryKey: ['import_id', 'first_seq'], indexes: [] },
  /** Files that people took out; the row stays when the file is gone. */
  {
    name: 'relata_export',
    columns: [
      text('id'), text('table_name'), text('user_id'), text('created_at'), text('finished_at'), text('format'), text('title'), text('state'), whole('done'), whole('total'),
      text('columns'), text('filter'), text('problem'), text('file_name'), text('stored_as'), whole('size'),
    ],
    primaryKey: ['id'],
    indexes: [{ name: 'ix_relata_export_user', columns: ['user_id', 'created_at'] }, { name: 'ix_relata_export_created', columns: ['created_at'] }],
  },
  ...WORKFLOW_TABLES,
];
