/** Every text of the runtime in Chinese. The English catalogue has the same shape; the compiler sees to it. */
export const zhCN = {
  app: {
    system: '系统管理', dashboards: '仪表盘',
    home: '工作台', search: '搜索', searchHint: '搜索全部记录', language: '语言', signOut: '退出登录', profile: '个人设置', menu: '菜单',
    keys: '键盘快捷键', collapse: '收起导航', expand: '展开导航', skip: '跳到正文', reload: '重新加载',
    offline: '网络已断开，显示的是上次读到的内容', me: '我的', create: '新建', noTables: '还没有可以使用的表', noTablesHint: '请联系管理员为你开通权限。',
  },
  action: {
    save: '保存', saveAndNew: '保存并新建', cancel: '取消', close: '关闭', delete: '删除', edit: '编辑', undo: '撤销', open: '打开', retry: '重试',
    restore: '恢复', purge: '彻底删除', remove: '移除', apply: '应用', clear: '清除', reset: '还原', back: '返回', next: '下一步',
    copied: '已复制', discard: '放弃', stay: '继续编辑', more: '更多操作', transfer: '转移', merge: '合并', mergeWith: '合并重复…', takeBack: '撤销合并', share: '共享',
    fullPage: '整页打开', showMore: '加载更多', create: '新建{{table}}', import: '导入', export: '导出', print: '打印 / PDF', invite: '邀请用户', resetFactor: '重置两步验证', bin: '回收站', publicForm: '公开表单链接', handOver: '离职交接',
  },
  signIn: {
    login: '账号', loginHint: '邮箱、手机号或登录名', password: '密码', submit: '登录', link: '正在用一次性链接登录…',
    linkFailed: '这个登录链接已经用过或已过期。可以用账号和密码登录，或请管理员再发一个链接。', loginRequired: '请填写账号', passwordRequired: '请填写密码',
    tagline: '把客户放在心上，把记录放在一处。',
  },
  error: {
    network: '连不上服务器。请检查网络后重试，你输入的内容仍在。', unknown: '出了点问题，没有保存任何更改。', notFound: '找不到这个页面',
    notFoundHint: '它可能已被移走，或者你没有权限查看。', recordGone: '找不到这条记录', recordMerged: '这条记录已合并到另一条', recordMergedHint: '它的内容和关联记录都在那一条里。', recordGoneHint: '它可能已被删除，或者你没有权限查看。',
    crashed: '这个页面出错了', crashedHint: '已保存的数据没有受影响。重新加载通常可以解决。', loadFailed: '没有读到数据', home: '回到工作台', chunk: '应用有新版本',
    chunkHint: '重新加载后继续。',
  },
  list: {
    search: '搜索{{table}}', filter: '筛选', sort: '排序', columns: '字段', density: '行高', compact: '紧凑', comfortable: '宽松', count: '共 {{value}} 条',
    countCapped: '{{value}}+ 条', selected: '已选 {{count}} 条', selectAll: '全选已加载的记录', selectRow: '选择这一行', views: '视图', myViews: '我的视图', saveView: '另存为视图', updateView: '保存到此视图',
    viewName: '视图名称', viewSaved: '视图已保存', deleteView: '删除视图', deleteViewText: '删除视图「{{name}}」？记录不受影响。', changed: '已修改', resetView: '还原视图', sortUp: '升序', sortDown: '降序',
    hide: '隐藏此列', pin: '固定在左侧', unpin: '取消固定', resize: '调整列宽', empty: '还没有{{table}}', emptyHint: '新建第一条，或从表格文件导入。', emptyReadHint: '有了你能看到的记录后，会显示在这里。', noMatch: '没有符合条件的记录',
    noMatchHint: '换个关键词，或清除筛选。', clearFilters: '清除筛选与搜索', newOnes: '有新的变化，点此刷新', bulkEdit: '批量修改', bulkField: '要修改的字段', bulkValue: '新的值', bulkClear: '清空此字段',
    bulkDone: '已处理 {{ok}} 条', bulkDeleted: '已删除 {{ok}} 条', bulkPartly: '已处理 {{ok}} 条，{{failed}} 条未能处理：{{reason}}', bulkNone: '未能处理：{{reason}}', bulkDelete: '删除选中的 {{count}} 条{{table}}？', bulkDeleteText: '它们会进入回收站，可以恢复。',
    rowActions: '行操作', loading: '正在加载', chooseColumns: '显示的字段', searchFields: '查找字段', addSort: '添加排序', noSort: '没有排序时按最近更新排列。', undone: '已撤销', deletedToast: '已删除「{{name}}」', editCell: '编辑{{field}}',
    saveFailed: '未能保存：{{message}}', conflict: '别人刚刚修改了这条记录，已显示最新内容。',
  },
  filter: {
    add: '添加条件', addGroup: '添加条件组', and: '且', or: '或', not: '非', matchAll: '满足全部', matchAny: '满足任一', field: '字段', operator: '条件', value: '值', empty: '没有筛选条件，显示全部记录。',
    unreadable: '这个条件用到了这里无法展示的写法，会照原样生效。', replace: '改写条件', me: '我', myDepartment: '我的部门', mySubordinates: '我的下属', myDepartments: '我的部门', myDepartmentTree: '我的部门及下级', juniors: '职级低于我的同事', openDepartments: '同级互相可见的部门', asked: '等我审批的记录', today: '今天', now: '现在', days: '天', remove: '删除条件', hops: '关联字段', choose: '选择字段',
  },
  operator: {
    '==': '是', '!=': '不是', '<': '小于', '<=': '小于等于', '>': '大于', '>=': '大于等于', in: '是其中之一', notIn: '不是其中任何一个', contains: '包含', notContains: '不包含', startsWith: '开头是', endsWith: '结尾是', empty: '为空', notEmpty: '不为空',
    containsAny: '包含任一', containsAll: '包含全部', inPeriod: '在', before: '早于', beforeOrOn: '不晚于', after: '晚于', afterOrOn: '不早于', has: '包含',
  },
  period: {
    today: '今天', yesterday: '昨天', tomorrow: '明天', thisWeek: '本周', lastWeek: '上周', nextWeek: '下周', thisMonth: '本月', lastMonth: '上月', nextMonth: '下月', thisQuarter: '本季度', lastQuarter: '上季度', nextQuarter: '下季度', thisYear: '今年', lastYear: '去年', nextYear: '明年',
    lastDays: '最近 N 天', nextDays: '未来 N 天', olderThanDays: 'N 天以前', lastDaysOf: '最近 {{n}} 天内', nextDaysOf: '未来 {{n}} 天内', olderThanDaysOf: '{{n}} 天以前',
  },
  form: {
    new: '新建{{table}}', edit: '编辑{{table}}', required: '请填写{{field}}', tooShort: '至少 {{limit}} 个字', tooLong: '不能超过 {{limit}} 个字', tooSmall: '不能小于 {{limit}}', tooLarge: '不能大于 {{limit}}', pattern: '格式不对',
    type: '请填写正确的内容', tooFew: '至少 {{limit}} 项', tooMany: '最多 {{limit}} 项', option: '请从选项中选择', saved: '已保存', created: '已新建「{{name}}」', issues: '有 {{count}} 处需要修改', leaveTitle: '有未保存的更改', leaveText: '离开后，刚才填写的内容不会保留。',
    conflictTitle: '{{who}}刚刚修改了这条记录', conflictSomeone: '别人', conflictText: '你的输入仍在。以下字段两边都改过，请选择保留哪一个：', conflictNone: '你们改的不是同一处，可以直接再保存一次。', mine: '我的', theirs: '现在的', keepMine: '保留我的', takeTheirs: '采用现在的',
    encrypted: '加密存储', duplicateSame: '可能是同一个', duplicateSimilar: '可能重复', afterSaving: '保存后', addLine: '添加一行', removeLine: '删除这一行', noLines: '还没有明细', warning: '已保存，请留意：{{message}}',
  },
  field: {
    yes: '是', no: '否', dropFile: '点击或拖入文件', uploadFailed: '「{{name}}」未能上传：{{message}}', noTitle: '（无标题）', hiddenRecord: '（无权查看）', searchRecord: '输入以查找', noResult: '没有匹配的结果', createNamed: '新建{{table}}', latitude: '纬度', longitude: '经度', locate: '使用当前位置',
    locateFailed: '没有取得位置', addItem: '添加一项', item: '事项', region: '省 / 市 / 区', write: '编辑', preview: '预览', markdown: '支持 Markdown 格式', invalidJson: '不是有效的 JSON',
    items: '{{count}} 项', progress: '{{done}}/{{total}}', autoNumber: '保存后自动编号', computed: '自动计算', removeFile: '移除文件', end: '结束时间',
  },
  record: {
    detail: '详情', overview: '概览', files: '文件', timeline: '动态', related: '相关', comments: '评论', history: '变更记录', activity: '往来', all: '全部', noTimeline: '还没有动态', noTimelineHint: '跟进和更改会按时间显示在这里。', noComments: '还没有评论', noRelated: '还没有{{table}}', created: '{{who}} 新建了这条记录', updated: '{{who}} 修改了', shared: '{{who}} 共享了这条记录', unshared: '{{who}} 取消了共享', transferred: '{{who}} 转移了这条记录', mergedIn: '{{who}} 把重复记录并入了这条记录', unmerged: '{{who}} 撤销了合并', deleted: '{{who}} 删除了这条记录',
    restored: '{{who}} 恢复了这条记录', byEffect: '系统', blank: '空', deleteTitle: '删除「{{name}}」？', deleteText: '它会进入回收站，可以恢复。', stageConfirm: '改为「{{stage}}」？', stageChanged: '已改为「{{stage}}」', showAll: '查看全部', toList: '回到{{table}}列表', copyLink: '复制链接', signInLink: '一次性登录链接', viewAs: '以此人的视角查看', why: '为什么我能看到它', signInLinkHint: '把它发给{{name}}：打开即登录，只能用一次。',
    keyFacts: '要点', today: '今天',
  },
  bin: { title: '回收站', empty: '回收站是空的', emptyHint: '删除的记录会在这里保留，可以恢复。', deletedAt: '删除时间', restored: '已恢复「{{name}}」', mergedInto: '已合并到', purgeTitle: '彻底删除「{{name}}」？', purgeText: '彻底删除后无法恢复。', purged: '已彻底删除', ask: '请求彻底删除', askText: '将通知系统所有者，由其在回收站中彻底删除。', asked: '已通知系统所有者', choose: '选择表', record: '记录' },
  search: { placeholder: '名称、拼音、首字母、电话…', hint: '输入以搜索', hintText: '中文、拼音全拼或首字母、电话号码都可以。', empty: '没有找到「{{q}}」', emptyHint: '换个写法试试，例如拼音首字母。', goto: '前往', move: '移动', open: '打开' },
  home: {
    morning: '早上好，{{name}}', noon: '下午好，{{name}}', evening: '晚上好，{{name}}', quick: '快速新建', mine: '我负责的{{table}}', recent: '最近更新', own: '我的', empty: '暂无记录', seeAll: '全部', work: '待办', nothing: '没有需要处理的。', counts: '概览',
  },
  lunar: { month: '月', day: '日', year: '年（可不填）', leap: '闰', clear: '清除', next: '下次公历 {{date}}' },
  setup: {
    title: '选择安装范围', hint: '现在是“{{name}}”。开始使用前可以换成更合适的范围；以后也可以在设计 → 模板与迁移中扩大。', tables: '{{count}} 张表', current: '当前', keep: '就用{{name}}', choose: '改用{{name}}', working: '正在调整，大约需要半分钟…', done: '已改为{{name}}', failed: '没有改动：{{reason}}',
  },
  profile: {
    title: '个人设置', name: '姓名', language: '界面语言', saved: '已保存', changePassword: '修改密码', setPassword: '设置密码', current: '当前密码', next: '新密码', repeat: '再输一次', mismatch: '两次输入不一致', short: '至少 10 个字符', passwordSaved: '密码已更新',
    passwordHint: '还没有密码：设置后，下次可以用账号和密码登录。', account: '账号信息',
  },
  keys: { search: '搜索全部', new: '新建', filter: '在列表中搜索', down: '下一行', up: '上一行', open: '打开', edit: '编辑', close: '关闭', help: '显示快捷键', select: '选择' },
  import: {
    title: '导入{{table}}', upload: '上传文件', match: '匹配列', check: '检查', result: '结果', dropTitle: '点击选择或拖入文件', dropHint: 'Excel（.xlsx）或 CSV，编码和分隔符会自动识别。', history: '导入记录', noHistory: '还没有导入过', sheet: '工作表', encoding: '编码', delimiter: '分隔符', headerRows: '表头行', from: '从第', to: '到第', row: '行',
    column: '文件中的列', samples: '示例', target: '导入到', ignore: '不导入', byLabel: '名称相同', byAlias: '别名相符', byContent: '内容相符', byNone: '未匹配', byHand: '手动', requiredMissing: '还有必填字段没有对应的列：{{fields}}', rows: '{{count}} 行数据', errors: '{{count}} 个错误', warnings: '{{count}} 个提醒', skipped: '跳过 {{count}} 行', skippedRow: '第 {{row}} 行：{{reason}}',
    preview: '预览', onlyIssues: '只看有问题的行', duplicates: '遇到已有的记录', dupCreate: '仍然新建', dupSkip: '跳过', dupUpdate: '更新已有记录', dryRun: '试运行', run: '开始导入', running: '正在导入', dryRunning: '正在试运行，不会写入任何数据', cancel: '停止', cancelled: '已停止', done: '导入完成', dryDone: '试运行完成，没有写入任何数据', failedState: '导入中断', undoneState: '已撤销',
    created: '新建', updatedCount: '更新', skippedCount: '跳过', failedCount: '失败', warningCount: '提醒', failures: '失败的行', downloadFailures: '下载失败的行', undo: '撤销整次导入', undoTitle: '撤销这次导入？', undoText: '本次新建的 {{created}} 条记录会被删除，更新过的恢复原值。', undoDone: '已撤销这次导入', duplicatesFound: '可能重复', again: '再导入一个文件', toList: '查看{{table}}', reanalysing: '正在重新分析', chooseOther: '换一个文件',
    rowNumber: '行号', comma: '逗号', tab: '制表符', semicolon: '分号', pipe: '竖线', progress: '{{done}} / {{total}}', keepsRunning: '可以离开此页，导入会继续。', stateRunning: '进行中', stateDone: '完成', stateFailed: '失败', stateCancelled: '已停止', stateUndone: '已撤销', stateDraft: '未执行', ambiguous: '编码无法确定：如果预览中有乱码，请换一种编码。', unknown: '这些内容未能识别，请指定含义：', mapped: '已指定的内容：', leaveEmpty: '留空', leftEmpty: '留空', repeats: '{{count}} 行可能重复', times: '{{text}}（{{count}} 次）',
    automations: '自动化', automationsHint: '导入的记录会触发流程：{{list}}。', automationRuns: '「{{name}}」约 {{count}} 次', and: '、', automation: { none: '不运行流程', each: '每条记录各运行一次', batch: '合并为一次批量运行' },
  },
  inbox: {
    title: '消息', unread: '{{count}} 条未读', isUnread: '未读：', readAll: '全部已读', open: '待处理', approvals: '审批', done: '已完成', today: '今天', earlier: '更早', late: '迟到', urgent: '紧急', markDone: '完成', reopen: '移回待处理', doneSaid: '已完成', reopened: '已移回待处理', arrived: '收到 {{count}} 条新消息',
    empty: { open: '都处理完了', approvals: '没有等你审批的', done: '还没有已完成的消息' }, emptyHint: { open: '提醒、通知和审批会出现在这里。', approvals: '轮到你审批时会通知你。', done: '处理完的消息会保留在这里。' },
    snooze: '稍后提醒', snoozed: '{{until}} 再提醒', inAnHour: '1 小时后', tomorrow: '明天 9:00', nextMonday: '下周一 9:00', pick: '选择时间…', until: '提醒时间',
    approve: '同意', reject: '驳回', return: '退回', delegate: '转交', delegateTo: '转交给', addApprover: '加签', approvers: '加签给', comment: '意见（同意时可不填）', reason: '请写明原因', note: '说明', others: '其他审批人', own: '你的决定：', said: '“{{comment}}”', due: '{{at}} 前处理', overdue: '已超时：应在 {{at}} 前处理',
    approvedSaid: '已同意「{{title}}」', rejectedSaid: '已驳回「{{title}}」', returnedSaid: '已退回「{{title}}」', delegatedSaid: '已转交', addedSaid: '已加签', state: { pending: '待审批', queued: '排队中', approved: '已同意', rejected: '已驳回', returned: '已退回', delegated: '已转交', closed: '已结束' },
    settings: '通知', email: '邮件通知', emailHint: '发到登录邮箱', digest: '每日汇总', digestHint: '普通通知每天合并成一封邮件，紧急的仍立即发送', digestAt: '发送时间', quiet: '免打扰时段', quietHint: '这段时间的消息到时段结束再提醒，紧急的除外', muted: '不接收这些流程的通知', mutedNone: '全部接收', absence: '我不在', absenceHint: '期间的审批转给同事', absenceDelegate: '由谁代为审批',
  },
  automation: {
    title: '自动化', approvals: '等待审批', waitsFor: '等待{{names}}', override: '代为决定', overrideTitle: '代为决定：{{title}}', overrideHint: '将代替{{names}}作出决定。原因会写入审计，并通知相关的人。', overrideReason: '原因', forecasts: '预计', runs: '运行记录', due: '将于 {{day}} 运行「{{name}}」', notDue: '两年内不会运行「{{name}}」', notDueMany: '另有 {{count}} 个流程两年内不会运行', because: '依据：{{what}} {{value}}', holds: '满足', holdsNot: '不满足', goesOn: '{{at}} 继续', withdraw: '撤回', withdrawn: '已撤回「{{name}}」',
    started: '已开始「{{name}}」', startedMany: '「{{name}}」已对 {{count}} 条记录开始', partlyStarted: '「{{name}}」已对 {{count}} 条记录开始，{{refused}} 条未能开始：{{reason}}', notStarted: '「{{name}}」未能开始：{{reason}}', done: '已完成「{{name}}」', doneMany: '「{{name}}」已对 {{count}} 条记录完成', partlyDone: '「{{name}}」已对 {{count}} 条记录完成，{{refused}} 条未能完成：{{reason}}', notDone: '「{{name}}」未能完成：{{reason}}', forMany: '将对选中的 {{count}} 条记录运行。', state: { running: '运行中', waiting: '等待中', done: '已完成', failed: '出错', cancelled: '已取消', stopped: '已停止' },
  },
} as const;

type Texts<Shape> = { readonly [Key in keyof Shape]: Shape[Key] extends string ? string : Texts<Shape[Key]> };
/** What the other languages must provide. */
export type Catalogue = Texts<typeof zhCN>;
