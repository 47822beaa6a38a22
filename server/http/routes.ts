/** Every endpoint, one line each. Express gets them from here, and so does the OpenAPI document. */
import Type from 'typebox';
import { AggregateSchema } from '#engine/charts/aggregate.ts';
import type { Endpoint } from './endpoint.ts';
import { CodeSchema, decideOnLevel, endOtherSessions, endSession, finishSecondFactor, InviteSchema, invite, LevelDecisionSchema, levelChanges, PasswordSchema, resetSecondFactor, showSessions, startSecondFactor, stopSecondFactor } from './handlers/accounts.ts';
import { checkAudit, exportAudit, showAudit } from './handlers/audit.ts';
import { createBackup, downloadBackup, drill, restoreFromBackup, RestoreSchema, showBackups, stopBackup } from './handlers/backups.ts';
import { BulkSchema, bulk } from './handlers/bulk.ts';
import {
  cancelPublish,
  DraftSchema,
  dropDraft,
  dropTrash,
  FormulaSchema,
  formula,
  PlanSchema,
  PublishSchema,
  plan,
  publish,
  publishProgress,
  putDraft,
  rejects,
  restoreTrash,
  showDefinitions,
  showDraft,
  showHistory,
  showTrash,
  showUses,
  showVersion,
  UndoSchema,
  undo,
  WhereUsedSchema,
} from './handlers/definitions.ts';
import { ChartFileSchema, ChartRequestSchema, exportChart, showChart } from './handlers/charts.ts';
import { CommentSchema, comment, comments, editComment, mentionable, removeComment } from './handlers/comments.ts';
import { DashboardRequestSchema, showDashboard } from './handlers/dashboards.ts';
import { ExportSchema } from '../export/export-request.ts';
import { createExport, downloadExport, listOwnExports, printRecord, showExport, stopExport } from './handlers/exports.ts';
import { downloadFile, downloadThumbnail, showFile, showFileText, uploadFile } from './handlers/files.ts';
import { cancelImport, createImport, failuresCsv, importAutomations, ImportChangeSchema, ImportRunSchema, listImports, runImport, showImport, undoImport, updateImport } from './handlers/imports.ts';
import { liveEvents } from './handlers/live.ts';
import { app, health, openapi } from './handlers/model.ts';
import { aggregate, create, duplicates, find, get, LinesAheadSchema, linesAhead, remove, requestPurge, restore, search, timeline, update } from './handlers/records.ts';
import { AddSchema, addToApproval, DecideSchema, DelegateSchema, decideApproval, delegateApproval, listButtons, OverrideSchema, override, receiveWebhook, recordWorkflows, StartSchema, startWorkflow, withdraw } from './handlers/automations.ts';
import { merge, merges, MergeSchema, preview, undoMerging } from './handlers/merges.ts';
import { listNotices, NoticeChangeSchema, PreferencesSchema, putPreferences, readAllNotices, showPreferences, updateNotice } from './handlers/notices.ts';
import { CalendarSchema, deleteSecret, listOutbox, listSecrets, putCalendar, putSecret, removeFromOutbox, retryOutbox, SecretSchema, showCalendar } from './handlers/outbox.ts';
import { changeUser, createLink, endViewAs, LinkSchema, ProfileSchema, signIn, SignInSchema, signInByCode, signInByLink, signOut, TicketSchema, ViewAsSchema, viewAs, whoAmI } from './handlers/session.ts';
import { addSamples, exportDefinitions, FirstChoiceSchema, gallery, InstallSchema, importFile, install, makeFirstChoice, showFirstChoice, UpgradeSchema, uninstall, upgrade } from './handlers/templates.ts';
import { createLink as createFormLink, endLink, FormLinkSchema, links, showPublicForm, submitPublicForm, SubmitSchema } from './handlers/public-forms.ts';
import { dropHandingOver, handOverWork, HandOverSchema, PlanHandOverSchema, planHandingOver, permission, permissions, RevealSchema, reveal, ShareSchema, share, shares, TransferSchema, toHandOver, transfer, unshare, why } from './handlers/sharing.ts';
import { createView, deleteView, listViews, updateView, ViewChangeSchema, ViewSchema } from './handlers/views.ts';
import { BackTestSchema, listOlder, listRuns, MoveSchema, moveOlder, RetrySchema, retryRun, rotateWebhook, runBackTest, runSimulation, runTrial, SimulateSchema, showRun, showWebhook, stopRun, TrialSchema, workflowStatistics } from './handlers/workflows.ts';

const Values = Type.Record(Type.String(), Type.Unknown());
const DuplicatesSchema = Type.Object({ values: Values, exclude: Type.Optional(Type.String({ maxLength: 64 })) }, { additionalProperties: false });

const LIST_QUERY = {
  filter: 'JSON Logic',
  search: 'Text, pinyin, initials or digits',
  sort: '-updated_at,name',
  fields: 'name,owner.name',
  limit: '1 to 200',
  cursor: 'From `next` of the page before',
  count: 'true',
  deleted: 'true: the recycle bin',
};

const AUDIT_QUERY = { user: 'Id', table: 'Table', record: 'Id', action: 'create, update, delete, export, sign_in, …', from: 'ISO moment', to: 'ISO moment', text: 'Somewhere in what was changed', cursor: 'From `next`' };

export const ROUTES: readonly Endpoint[] = [
  { method: 'get', path: '/health', handler: health, public: true, summary: { 'zh-CN': '健康检查', en: 'Health' } },
  { method: 'get', path: '/openapi.json', handler: openapi, summary: { 'zh-CN': '接口文档', en: 'This document' } },

  { method: 'get', path: '/session', handler: whoAmI, summary: { 'zh-CN': '当前用户', en: 'Who am I' } },
  { method: 'post', path: '/session', handler: signIn, public: true, body: SignInSchema, summary: { 'zh-CN': '登录', en: 'Sign in' } },
  { method: 'post', path: '/session/code', handler: signInByCode, public: true, body: TicketSchema, summary: { 'zh-CN': '登录的第二步：验证码', en: 'Second step of signing in: the code' } },
  { method: 'post', path: '/session/link', handler: signInByLink, public: true, body: LinkSchema, summary: { 'zh-CN': '用一次性链接登录', en: 'Sign in with a one-time link' } },
  { method: 'delete', path: '/session', handler: signOut, public: true, summary: { 'zh-CN': '退出登录', en: 'Sign out' } },
  { method: 'post', path: '/session/view-as', handler: viewAs, body: ViewAsSchema, status: 204, summary: { 'zh-CN': '以他人的视角查看（只读，留痕）', en: 'Look through another user’s eyes: reads only, logged' } },
  { method: 'delete', path: '/session/view-as', handler: endViewAs, whileViewing: true, summary: { 'zh-CN': '退出他人视角', en: 'Back to one’s own view' } },
  { method: 'patch', path: '/session/user', handler: changeUser, body: ProfileSchema, summary: { 'zh-CN': '修改自己的资料和密码', en: 'Change own profile and password' } },
  { method: 'post', path: '/session/second-factor', handler: startSecondFactor, body: PasswordSchema, summary: { 'zh-CN': '开始设置两步验证', en: 'Begin to set up the second factor' } },
  { method: 'post', path: '/session/second-factor/confirm', handler: finishSecondFactor, body: CodeSchema, summary: { 'zh-CN': '确认两步验证，得到恢复码', en: 'Confirm the second factor; answers recovery codes' } },
  { method: 'post', path: '/session/second-factor/remove', handler: stopSecondFactor, body: PasswordSchema, summary: { 'zh-CN': '关闭两步验证', en: 'Turn the second factor off' } },
  { method: 'get', path: '/session/list', handler: showSessions, summary: { 'zh-CN': '自己的会话', en: 'Own sessions' } },
  { method: 'delete', path: '/session/list/:id', handler: endSession, summary: { 'zh-CN': '结束一个会话', en: 'End a session' } },
  { method: 'post', path: '/session/list/end-others', handler: endOtherSessions, summary: { 'zh-CN': '结束其他所有会话', en: 'Sign out everywhere else' } },
  { method: 'post', path: '/users', handler: invite, body: InviteSchema, status: 201, summary: { 'zh-CN': '邀请同事：账号与一次性链接', en: 'Invite a colleague: account and one-time link' } },
  { method: 'delete', path: '/users/:id/second-factor', handler: resetSecondFactor, summary: { 'zh-CN': '重置同事的两步验证', en: 'Reset the second factor of a colleague' } },
  { method: 'post', path: '/users/:id/sign-in-link', handler: createLink, summary: { 'zh-CN': '为同事生成一次性登录链接', en: 'One-time sign-in link for a colleague' } },

  { method: 'get', path: '/app', handler: app, summary: { 'zh-CN': '当前用户可见的模型', en: 'The model as the caller may see it' } },
  { method: 'get', path: '/events', handler: liveEvents, summary: { 'zh-CN': '实时变更（SSE）', en: 'Live changes (SSE)' } },
  { method: 'get', path: '/search', handler: search, query: { q: 'Text' }, summary: { 'zh-CN': '全局搜索', en: 'Search everywhere' } },

  { method: 'get', path: '/tables/:table/records', handler: find, query: LIST_QUERY, summary: { 'zh-CN': '记录列表', en: 'List records' } },
  { method: 'post', path: '/tables/:table/records', handler: create, body: Values, status: 201, summary: { 'zh-CN': '新建记录', en: 'Create a record' } },
  { method: 'post', path: '/tables/:table/records/bulk', handler: bulk, body: BulkSchema, summary: { 'zh-CN': '批量修改、删除、恢复、转移', en: 'Change, delete, restore or transfer many' } },
  { method: 'get', path: '/tables/:table/records/:id', handler: get, summary: { 'zh-CN': '一条记录', en: 'One record' } },
  { method: 'post', path: '/tables/:table/lines-ahead', handler: linesAhead, body: LinesAheadSchema, summary: { 'zh-CN': '保存后明细会是怎样（不保存）', en: 'What saving would make of the lines; nothing is kept' } },
  { method: 'patch', path: '/tables/:table/records/:id', handler: update, body: Values, summary: { 'zh-CN': '修改记录', en: 'Change a record' } },
  { method: 'delete', path: '/tables/:table/records/:id', handler: remove, query: { purge: 'true: out of the bin for good' }, summary: { 'zh-CN': '删除记录', en: 'Delete a record' } },
  { method: 'post', path: '/tables/:table/records/:id/purge-request', handler: requestPurge, status: 204, summary: { 'zh-CN': '请求系统所有者彻底删除', en: 'Ask the system owners to remove a record of the bin for good' } },
  { method: 'post', path: '/tables/:table/records/:id/restore', handler: restore, summary: { 'zh-CN': '从回收站恢复', en: 'Restore from the bin' } },
  { method: 'get', path: '/tables/:table/records/:id/timeline', handler: timeline, query: { cursor: 'From `next`', kind: 'Only record, comment or change' }, summary: { 'zh-CN': '时间线', en: 'Timeline' } },
  { method: 'get', path: '/tables/:table/records/:id/comments', handler: comments, query: { cursor: 'From `next`' }, summary: { 'zh-CN': '一条记录的评论', en: 'Comments of a record' } },
  { method: 'post', path: '/tables/:table/records/:id/comments', handler: comment, body: CommentSchema, status: 201, summary: { 'zh-CN': '评论，可用 @{用户} 提到同事', en: 'Comment, mentioning colleagues as @{user}' } },
  { method: 'get', path: '/tables/:table/records/:id/mentionable', handler: mentionable, query: { search: 'Part of a name' }, summary: { 'zh-CN': '可在评论中提到的同事', en: 'Who may be mentioned on a record' } },
  { method: 'patch', path: '/comments/:id', handler: editComment, body: CommentSchema, summary: { 'zh-CN': '修改自己的评论', en: 'Change an own comment' } },
  { method: 'delete', path: '/comments/:id', handler: removeComment, summary: { 'zh-CN': '删除自己的评论', en: 'Remove an own comment' } },
  { method: 'post', path: '/tables/:table/aggregate', reads: true, handler: aggregate, body: AggregateSchema, summary: { 'zh-CN': '汇总', en: 'Aggregate' } },
  { method: 'post', path: '/charts/data', reads: true, handler: showChart, body: ChartRequestSchema, summary: { 'zh-CN': '图表的数据', en: 'Numbers of a chart' } },
  { method: 'post', path: '/charts/export', handler: exportChart, body: ChartFileSchema, summary: { 'zh-CN': '导出图表的数据（CSV、Excel、PDF）', en: 'Numbers of a chart as a file (CSV, Excel, PDF)' } },
  { method: 'post', path: '/dashboards/:name/data', reads: true, handler: showDashboard, body: DashboardRequestSchema, summary: { 'zh-CN': '仪表盘的数据', en: 'Numbers of a dashboard' } },
  { method: 'post', path: '/tables/:table/duplicates', reads: true, handler: duplicates, body: DuplicatesSchema, summary: { 'zh-CN': '查找相似记录', en: 'Find records alike' } },

  { method: 'post', path: '/tables/:table/records/share', handler: share, body: ShareSchema, status: 204, summary: { 'zh-CN': '共享记录', en: 'Share records' } },
  { method: 'post', path: '/tables/:table/records/transfer', handler: transfer, body: TransferSchema, summary: { 'zh-CN': '转移负责人', en: 'Transfer records to another owner' } },
  { method: 'get', path: '/tables/:table/merge', handler: preview, query: { ids: 'Two to five ids' }, summary: { 'zh-CN': '合并重复：并排查看，不写入', en: 'Duplicates side by side, and what a merge would move' } },
  { method: 'post', path: '/tables/:table/merge', handler: merge, body: MergeSchema, summary: { 'zh-CN': '合并重复', en: 'Merge duplicates into one record' } },
  { method: 'get', path: '/merges', handler: merges, query: { table: 'Only of this table' }, summary: { 'zh-CN': '还能撤销的合并', en: 'Merges that can still be taken back' } },
  { method: 'post', path: '/merges/:id/undo', handler: undoMerging, summary: { 'zh-CN': '撤销合并', en: 'Take a merge back' } },
  { method: 'get', path: '/tables/:table/records/:id/shares', handler: shares, summary: { 'zh-CN': '记录的共享', en: 'Shares of a record' } },
  { method: 'get', path: '/users/:id/hand-over', handler: toHandOver, summary: { 'zh-CN': '离职交接：名下有什么', en: 'What somebody who leaves has to hand over' } },
  { method: 'post', path: '/users/:id/hand-over', handler: handOverWork, body: HandOverSchema, summary: { 'zh-CN': '离职交接：停用账号并分给同事', en: 'Hand over the work of who leaves to colleagues, in turn' } },
  { method: 'put', path: '/users/:id/hand-over', handler: planHandingOver, body: PlanHandOverSchema, status: 204, summary: { 'zh-CN': '离职交接：预定日期', en: 'Set a day ahead on which the work is handed over' } },
  { method: 'delete', path: '/users/:id/hand-over', handler: dropHandingOver, summary: { 'zh-CN': '取消预定的离职交接', en: 'Drop a hand-over that was set ahead' } },
  { method: 'get', path: '/level-changes', handler: levelChanges, summary: { 'zh-CN': '等待第二人确认的角色', en: 'Roles that wait for a second person' } },
  { method: 'post', path: '/users/:id/level-change', handler: decideOnLevel, body: LevelDecisionSchema, status: 204, summary: { 'zh-CN': '确认或拒绝等待中的角色', en: 'Confirm or refuse a role that waits' } },
  { method: 'get', path: '/permissions', handler: permissions, summary: { 'zh-CN': '用户权限：管理员看全部，其他人看自己', en: 'What people may do: everybody’s for administrators, one’s own for others' } },
  { method: 'get', path: '/permissions/:id', handler: permission, summary: { 'zh-CN': '一位用户的权限', en: 'What one person may do' } },
  { method: 'delete', path: '/shares/:id', handler: unshare, summary: { 'zh-CN': '撤销共享', en: 'Take a share back' } },
  { method: 'get', path: '/tables/:table/records/:id/why', handler: why, summary: { 'zh-CN': '为什么能看到这条记录', en: 'Why the caller may see a record' } },
  { method: 'post', path: '/tables/:table/records/:id/reveal', handler: reveal, body: RevealSchema, summary: { 'zh-CN': '查看掩码字段的完整内容（留痕）', en: 'Uncover a masked value; it is logged' } },

  { method: 'get', path: '/tables/:table/form-links', handler: links, query: { record: 'Only about this record' }, summary: { 'zh-CN': '公开表单的链接', en: 'Links to public forms' } },
  { method: 'post', path: '/tables/:table/form-links', handler: createFormLink, body: FormLinkSchema, status: 201, summary: { 'zh-CN': '生成公开表单的链接', en: 'A link to a public form' } },
  { method: 'delete', path: '/form-links/:id', handler: endLink, summary: { 'zh-CN': '收回公开表单的链接', en: 'Take a link to a public form back' } },
  { method: 'get', path: '/public/forms/:token', handler: showPublicForm, public: true, summary: { 'zh-CN': '公开表单', en: 'A public form' } },
  { method: 'post', path: '/public/forms/:token', handler: submitPublicForm, public: true, body: SubmitSchema, status: 204, summary: { 'zh-CN': '提交公开表单', en: 'Send a public form' } },

  { method: 'get', path: '/definitions', handler: showDefinitions, summary: { 'zh-CN': '当前定义', en: 'The live definitions' } },
  { method: 'get', path: '/definitions/draft', handler: showDraft, summary: { 'zh-CN': '自己的草稿', en: 'Own draft' } },
  { method: 'put', path: '/definitions/draft', handler: putDraft, body: DraftSchema, largeBody: true, summary: { 'zh-CN': '保存草稿', en: 'Save the draft' } },
  { method: 'delete', path: '/definitions/draft', handler: dropDraft, summary: { 'zh-CN': '放弃草稿', en: 'Discard the draft' } },
  { method: 'post', path: '/definitions/plan', reads: true, handler: plan, body: PlanSchema, largeBody: true, summary: { 'zh-CN': '查看草稿的影响', en: 'What a draft would do' } },
  { method: 'post', path: '/definitions/publish', handler: publish, body: PublishSchema, largeBody: true, summary: { 'zh-CN': '发布草稿', en: 'Publish a draft' } },
  { method: 'get', path: '/definitions/progress', handler: publishProgress, summary: { 'zh-CN': '发布进度', en: 'Progress of a publication' } },
  { method: 'post', path: '/definitions/cancel', handler: cancelPublish, summary: { 'zh-CN': '取消正在进行的发布', en: 'Cancel the publication under way' } },
  { method: 'get', path: '/definitions/history', handler: showHistory, query: { before: 'A version: the page below it' }, summary: { 'zh-CN': '发布历史', en: 'Publications' } },
  { method: 'get', path: '/definitions/history/:version', handler: showVersion, summary: { 'zh-CN': '某一版的定义', en: 'Definitions of a version' } },
  { method: 'post', path: '/definitions/history/:version/undo', reads: true, handler: undo, body: UndoSchema, summary: { 'zh-CN': '撤销某一版：得到草稿和影响', en: 'Undo a version: a draft with its plan' } },
  { method: 'get', path: '/definitions/history/:version/rejects.csv', handler: rejects, summary: { 'zh-CN': '未能转换的值', en: 'Values that did not convert' } },
  { method: 'get', path: '/definitions/trash', handler: showTrash, summary: { 'zh-CN': '定义回收站', en: 'Trash of tables and fields' } },
  { method: 'post', path: '/definitions/trash/:id/restore', reads: true, handler: restoreTrash, summary: { 'zh-CN': '从回收站恢复：得到草稿和影响', en: 'Restore from the trash: a draft with its plan' } },
  { method: 'delete', path: '/definitions/trash/:id', handler: dropTrash, summary: { 'zh-CN': '永久删除', en: 'Remove for good' } },
  { method: 'post', path: '/definitions/formula', reads: true, handler: formula, body: FormulaSchema, largeBody: true, summary: { 'zh-CN': '在真实记录上试算公式', en: 'Try a formula on a real record' } },
  { method: 'post', path: '/definitions/where-used', reads: true, handler: showUses, body: WhereUsedSchema, largeBody: true, summary: { 'zh-CN': '在哪里使用', en: 'Where something is used' } },
  { method: 'get', path: '/definitions/export', handler: exportDefinitions, query: { tables: 'Only these: a,b' }, summary: { 'zh-CN': '导出定义（zip）', en: 'Definitions as a zip file' } },
  { method: 'post', path: '/definitions/import', handler: importFile, upload: true, summary: { 'zh-CN': '从文件读入定义：得到草稿', en: 'Definitions from a file: a draft' } },

  { method: 'get', path: '/setup', handler: showFirstChoice, summary: { 'zh-CN': '首次使用：可选的安装范围', en: 'First use: the parts of the template to choose from' } },
  { method: 'post', path: '/setup', handler: makeFirstChoice, body: FirstChoiceSchema, status: 204, summary: { 'zh-CN': '首次使用：选择安装范围', en: 'First use: choose the part of the template' } },
  { method: 'get', path: '/templates', handler: gallery, summary: { 'zh-CN': '模板库', en: 'Templates' } },
  { method: 'post', path: '/templates/:name/install', handler: install, body: InstallSchema, summary: { 'zh-CN': '安装模板：得到草稿和影响', en: 'Install a template: a draft with its plan' } },
  { method: 'post', path: '/templates/:name/upgrade', handler: upgrade, body: UpgradeSchema, summary: { 'zh-CN': '升级模板：得到草稿、冲突和影响', en: 'Upgrade a template: a draft with conflicts and plan' } },
  { method: 'post', path: '/templates/:name/uninstall', handler: uninstall, summary: { 'zh-CN': '卸载模板：得到草稿和影响', en: 'Take a template out: a draft with its plan' } },
  { method: 'post', path: '/templates/:name/samples', handler: addSamples, summary: { 'zh-CN': '为已安装的模板装入示例数据', en: 'Sample records for an installed template' } },

  { method: 'get', path: '/views', handler: listViews, summary: { 'zh-CN': '自己的视图', en: 'Own views' } },
  { method: 'post', path: '/views', handler: createView, body: ViewSchema, status: 201, summary: { 'zh-CN': '保存视图', en: 'Save a view' } },
  { method: 'patch', path: '/views/:id', handler: updateView, body: ViewChangeSchema, summary: { 'zh-CN': '修改视图', en: 'Change a view' } },
  { method: 'delete', path: '/views/:id', handler: deleteView, summary: { 'zh-CN': '删除视图', en: 'Delete a view' } },

  { method: 'post', path: '/files', handler: uploadFile, upload: true, status: 201, summary: { 'zh-CN': '上传文件', en: 'Upload a file' } },
  { method: 'get', path: '/files/:id', handler: downloadFile, summary: { 'zh-CN': '下载文件', en: 'Download a file' } },
  { method: 'get', path: '/files/:id/inline', handler: showFile, summary: { 'zh-CN': '在页面中显示图片或 PDF', en: 'A picture or a PDF, shown in place' } },
  { method: 'get', path: '/files/:id/text', handler: showFileText, summary: { 'zh-CN': '文本文件的开头部分', en: 'The beginning of a text file' } },
  { method: 'get', path: '/files/:id/thumbnail', handler: downloadThumbnail, summary: { 'zh-CN': '图片缩略图', en: 'Thumbnail of an image' } },

  { method: 'get', path: '/imports', handler: listImports, query: { table: 'Table' }, summary: { 'zh-CN': '导入历史', en: 'Imports' } },
  { method: 'post', path: '/tables/:table/imports', handler: createImport, upload: true, status: 201, summary: { 'zh-CN': '上传要导入的表格', en: 'Upload a sheet to import' } },
  { method: 'get', path: '/imports/:id', handler: showImport, summary: { 'zh-CN': '导入的设置与进度', en: 'An import and its progress' } },
  { method: 'patch', path: '/imports/:id', handler: updateImport, body: ImportChangeSchema, summary: { 'zh-CN': '修改列对应关系等设置', en: 'Change how the sheet is read' } },
  { method: 'post', path: '/imports/:id/run', handler: runImport, body: ImportRunSchema, status: 202, summary: { 'zh-CN': '试运行或导入', en: 'Try or run an import' } },
  { method: 'get', path: '/imports/:id/automations', handler: importAutomations, summary: { 'zh-CN': '导入会触发的流程', en: 'Workflows that an import may set off' } },
  { method: 'post', path: '/imports/:id/cancel', handler: cancelImport, summary: { 'zh-CN': '取消导入', en: 'Cancel an import' } },
  { method: 'post', path: '/imports/:id/undo', handler: undoImport, summary: { 'zh-CN': '撤销整次导入', en: 'Undo a whole import' } },
  { method: 'get', path: '/imports/:id/failures.csv', handler: failuresCsv, summary: { 'zh-CN': '未导入的行及原因', en: 'Rows that failed, with reasons' } },

  { method: 'post', path: '/tables/:table/export', handler: createExport, body: ExportSchema, status: 202, summary: { 'zh-CN': '导出记录（CSV、Excel、PDF）', en: 'Export records (CSV, Excel, PDF)' } },
  { method: 'post', path: '/tables/:table/records/:id/card', handler: printRecord, summary: { 'zh-CN': '一条记录的打印页（PDF）', en: 'A record to print (PDF)' } },
  { method: 'get', path: '/exports', handler: listOwnExports, query: { everybody: 'true: of all people, for system owners' }, summary: { 'zh-CN': '导出记录列表', en: 'Exports' } },
  { method: 'get', path: '/exports/:id', handler: showExport, summary: { 'zh-CN': '导出进度', en: 'An export and its progress' } },
  { method: 'post', path: '/exports/:id/cancel', handler: stopExport, summary: { 'zh-CN': '取消导出', en: 'Cancel an export' } },
  { method: 'get', path: '/exports/:id/file', handler: downloadExport, summary: { 'zh-CN': '下载导出的文件', en: 'The file of an export' } },

  { method: 'get', path: '/audit', handler: showAudit, query: AUDIT_QUERY, summary: { 'zh-CN': '审计日志', en: 'The audit' } },
  { method: 'post', path: '/audit/verify', reads: true, handler: checkAudit, summary: { 'zh-CN': '校验审计链', en: 'Examine the chain of the audit' } },
  { method: 'post', path: '/audit/export', handler: exportAudit, query: AUDIT_QUERY, summary: { 'zh-CN': '导出审计日志（CSV）', en: 'The audit as CSV' } },

  { method: 'get', path: '/backups', handler: showBackups, summary: { 'zh-CN': '备份列表与进度', en: 'Backups and their progress' } },
  { method: 'post', path: '/backups', handler: createBackup, status: 202, summary: { 'zh-CN': '立即备份', en: 'Make a backup' } },
  { method: 'post', path: '/backups/cancel', handler: stopBackup, summary: { 'zh-CN': '取消备份', en: 'Cancel the backup' } },
  { method: 'post', path: '/backups/:name/verify', handler: drill, status: 202, summary: { 'zh-CN': '恢复演练', en: 'Restore drill' } },
  { method: 'post', path: '/backups/:name/restore', handler: restoreFromBackup, body: RestoreSchema, status: 202, summary: { 'zh-CN': '用备份替换全部数据（服务器会重启）', en: 'Put a backup in the place of all data; the server starts again' } },
  { method: 'get', path: '/backups/:name/file', handler: downloadBackup, summary: { 'zh-CN': '下载备份', en: 'The file of a backup' } },

  { method: 'get', path: '/notices', handler: listNotices, query: { show: 'open, approvals or done', cursor: 'From `next`' }, summary: { 'zh-CN': '自己的消息', en: 'Own notices' } },
  { method: 'post', path: '/notices/read-all', handler: readAllNotices, summary: { 'zh-CN': '全部标为已读', en: 'Mark all as read' } },
  { method: 'get', path: '/notices/preferences', handler: showPreferences, summary: { 'zh-CN': '自己的通知设置', en: 'Own wishes about notices' } },
  { method: 'put', path: '/notices/preferences', handler: putPreferences, body: PreferencesSchema, summary: { 'zh-CN': '修改自己的通知设置', en: 'Change own wishes about notices' } },
  { method: 'patch', path: '/notices/:id', handler: updateNotice, body: NoticeChangeSchema, summary: { 'zh-CN': '标为已读、完成或稍后提醒', en: 'Mark as read or done, or put off' } },

  { method: 'get', path: '/workflows/statistics', handler: workflowStatistics, summary: { 'zh-CN': '流程统计', en: 'Numbers of workflows' } },
  { method: 'get', path: '/workflows/runs', handler: listRuns, query: { workflow: 'Name', state: 'running, waiting, done, failed, cancelled or stopped', cursor: 'From `next`' }, summary: { 'zh-CN': '运行记录', en: 'Runs' } },
  { method: 'get', path: '/workflows/runs/:id', handler: showRun, summary: { 'zh-CN': '一次运行', en: 'A run step by step' } },
  { method: 'post', path: '/workflows/runs/:id/retry', handler: retryRun, body: RetrySchema, summary: { 'zh-CN': '从某一步重试', en: 'Retry from a step' } },
  { method: 'post', path: '/workflows/runs/:id/cancel', handler: stopRun, summary: { 'zh-CN': '取消运行', en: 'Cancel a run' } },
  { method: 'post', path: '/workflows/runs/:id/override', handler: override, body: OverrideSchema, status: 204, summary: { 'zh-CN': '代为审批，须写明原因', en: 'Decide an approval in place of those who were asked, with a reason' } },
  { method: 'post', path: '/workflows/runs/:id/withdraw', handler: withdraw, summary: { 'zh-CN': '撤回自己发起的审批', en: 'Withdraw what one set off' } },
  { method: 'post', path: '/workflows/trial', handler: runTrial, reads: true, body: TrialSchema, largeBody: true, summary: { 'zh-CN': '试运行', en: 'Dry run' } },
  { method: 'post', path: '/workflows/back-test', handler: runBackTest, reads: true, body: BackTestSchema, largeBody: true, summary: { 'zh-CN': '用历史回测', en: 'Back-test on history' } },
  { method: 'post', path: '/workflows/simulate', handler: runSimulation, reads: true, body: SimulateSchema, largeBody: true, summary: { 'zh-CN': '模拟某一天', en: 'What a day sets off' } },
  { method: 'get', path: '/workflows/:name/older', handler: listOlder, summary: { 'zh-CN': '仍按旧版本进行的运行', en: 'Runs under way on older versions' } },
  { method: 'post', path: '/workflows/:name/move', handler: moveOlder, body: MoveSchema, summary: { 'zh-CN': '移到当前版本', en: 'Bring runs to the live version' } },
  { method: 'get', path: '/workflows/:name/webhook', handler: showWebhook, summary: { 'zh-CN': 'Webhook 地址与密钥', en: 'Address and secret of a webhook' } },
  { method: 'post', path: '/workflows/:name/webhook/rotate', handler: rotateWebhook, summary: { 'zh-CN': '更换 Webhook 密钥', en: 'A new secret for a webhook' } },
  { method: 'post', path: '/workflows/:name/start', handler: startWorkflow, body: StartSchema, summary: { 'zh-CN': '按下流程按钮', en: 'Press the button of a workflow' } },
  { method: 'post', path: '/approvals/:id/decide', handler: decideApproval, body: DecideSchema, summary: { 'zh-CN': '审批', en: 'Decide an approval' } },
  { method: 'post', path: '/approvals/:id/delegate', handler: delegateApproval, body: DelegateSchema, summary: { 'zh-CN': '转交审批', en: 'Delegate an approval' } },
  { method: 'post', path: '/approvals/:id/add', handler: addToApproval, body: AddSchema, summary: { 'zh-CN': '加签', en: 'Add approvers' } },
  { method: 'get', path: '/tables/:table/buttons', handler: listButtons, summary: { 'zh-CN': '列表上的流程按钮', en: 'Workflow buttons of a list' } },
  { method: 'get', path: '/tables/:table/records/:id/workflows', handler: recordWorkflows, summary: { 'zh-CN': '记录上的流程', en: 'Workflows of a record' } },
  { method: 'post', path: '/hooks/:name', handler: receiveWebhook, public: true, upload: true, summary: { 'zh-CN': '接收 Webhook（带签名）', en: 'A webhook comes in, signed' } },
  { method: 'get', path: '/workflows/outbox', handler: listOutbox, query: { state: 'pending, sending, sent, dead or held', cursor: 'From `next`' }, summary: { 'zh-CN': '发件箱', en: 'Outbox' } },
  { method: 'post', path: '/workflows/outbox/:id/retry', handler: retryOutbox, summary: { 'zh-CN': '重新发送', en: 'Send again' } },
  { method: 'delete', path: '/workflows/outbox/:id', handler: removeFromOutbox, summary: { 'zh-CN': '从发件箱移除', en: 'Take out of the outbox' } },
  { method: 'get', path: '/workflows/secrets', handler: listSecrets, summary: { 'zh-CN': '密钥的名称', en: 'Names of secrets' } },
  { method: 'put', path: '/workflows/secrets/:name', handler: putSecret, body: SecretSchema, summary: { 'zh-CN': '保存密钥', en: 'Store a secret' } },
  { method: 'delete', path: '/workflows/secrets/:name', handler: deleteSecret, summary: { 'zh-CN': '删除密钥', en: 'Delete a secret' } },
  { method: 'get', path: '/calendar', handler: showCalendar, summary: { 'zh-CN': '工作日历', en: 'Business calendar' } },
  { method: 'put', path: '/calendar', handler: putCalendar, body: CalendarSchema, summary: { 'zh-CN': '修改工作日历', en: 'Change the business calendar' } },
];
