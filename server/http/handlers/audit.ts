/** The audit: searched and its chain examined by system owners and auditors, taken out as a file by owners. */
import { AppError, type Locale } from '#engine/errors.ts';
import { toLocalDateTime } from '#engine/rules/time.ts';
import { csvCell } from '../../export/csv-cell.ts';
import { noteInAudit } from '../../records/audit.ts';
import { type AuditEntry, type AuditFilter, mayReadAudit, searchAudit } from '../../records/search-audit.ts';
import { verifyAudit } from '../../records/verify-audit.ts';
import type { Answer, Call } from '../endpoint.ts';
import { localeOf } from '../problem.ts';
import { queryText } from './request-parts.ts';

const PAGE = 50;
const PAGE_OF_FILE = 500;
const MOST_IN_FILE = 100_000;

function filterOf(call: Call, limit: number): AuditFilter {
  const moment = (name: string): string | undefined => {
    const text = queryText(call, name);
    if (text === undefined) return undefined;
    if (Number.isNaN(Date.parse(text))) throw problem(name, `${name} 应为 ISO 时间`, `${name} must be an ISO moment`);
    return new Date(text).toISOString();
  };
  const before = queryText(call, 'cursor');
  if (before !== undefined && !/^\d{1,15}$/.test(before)) throw problem('cursor', '翻页位置无效', 'The cursor is not valid');
  return {
    user: queryText(call, 'user'), table: queryText(call, 'table'), record: queryText(call, 'record'), action: queryText(call, 'action'), text: queryText(call, 'text')?.slice(0, 200),
    from: moment('from'), to: moment('to'), ...(before !== undefined && { before: Number(before) }), limit,
  };
}

function problem(name: string, zh: string, en: string): AppError {
  const message = { 'zh-CN': zh, en };
  return new AppError('validation_failed', message, [{ path: `/${name}`, code: 'bad_parameter', message }]);
}

export async function showAudit(call: Call): Promise<Answer> {
  return { body: await searchAudit(call.workspace, call.actor, filterOf(call, PAGE), localeOf(call.request)) };
}

export async function checkAudit(call: Call): Promise<Answer> {
  if (!mayReadAudit(call.workspace.model, call.actor)) throw new AppError('forbidden', { 'zh-CN': '只有系统所有者和审计人员可以校验审计', en: 'Only system owners and auditors may examine the audit' });
  return { body: await verifyAudit(call.workspace.database) };
}

const HEADINGS: Readonly<Record<Locale, readonly string[]>> = {
  'zh-CN': ['序号', '时间', '人员', '操作', '表', '记录', '记录 ID', '字段', '原值', '新值', '其他'],
  en: ['No.', 'Time', 'Who', 'Action', 'Table', 'Record', 'Record id', 'Field', 'Before', 'After', 'Other'],
};

export async function exportAudit(call: Call): Promise<Answer | undefined> {
  const { workspace, actor, response } = call;
  if (!actor.unrestricted) throw new AppError('forbidden', { 'zh-CN': '只有系统所有者可以导出审计', en: 'Only a system owner may take the audit out' });
  const locale = localeOf(call.request);
  const filter = filterOf(call, PAGE_OF_FILE);
  let page = await searchAudit(workspace, actor, filter, locale);
  const { limit: _limit, ...asked } = filter;
  await workspace.database.transaction((tx) => noteInAudit(tx, { at: workspace.now(), by: actor.userId, table: 'relata_audit', id: 'audit', action: 'export', version: 0, changes: { format: 'csv', filter: JSON.parse(JSON.stringify(asked)) as object } }));
  response.setHeader('Content-Type', 'text/csv; charset=utf-8');
  response.setHeader('Content-Disposition', 'attachment; filename="audit.csv"');
  response.write(`\ufeff${HEADINGS[locale].map(csvCell).join(',')}\r\n`);
  const { timeZone } = workspace.model.settings;
  for (let written = 0; ; ) {
    const text = page.data.flatMap((entry) => linesOf(entry, timeZone)).join('');
    if (!response.write(text)) await new Promise((resolve) => response.once('drain', resolve));
    written += page.data.length;
    if (page.next === null || written >= MOST_IN_FILE || response.destroyed) break;
    page = await searchAudit(workspace, actor, { ...filter, before: page.next }, locale);
  }
  response.end();
  return undefined;
}

function linesOf({ seq, at, byName, action, tableLabel, title, record, changes, detail }: AuditEntry, timeZone: string): string[] {
  const head = [String(seq), toLocalDateTime(at, timeZone).slice(0, 19).replace('T', ' '), byName, action, tableLabel, title ?? '', record];
  const rows = changes.length > 0 ? changes.map(({ label, before, after }) => [...head, label, before, after, '']) : [[...head, '', '', '', detail === null ? '' : JSON.stringify(detail)]];
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`);
}
