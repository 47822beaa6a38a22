/** Every text of the designer in Chinese. The English catalogue has the same shape; the compiler sees to it. */
export const zhCN = {
  shell: { showAll: '全部 {{n}} 处',
    title: '设计', back: '回到应用', search: '搜索表、字段、表单、视图…', undo: '撤销', redo: '重做', saved: '已保存', saving: '保存中', unsaved: '未保存', failed: '未能保存，点此重试', draft: '草稿：{{count}} 项更改', noChanges: '没有未发布的更改', review: '查看影响', publish: '发布', discard: '放弃草稿',
    discardTitle: '放弃草稿中的 {{count}} 项更改？', discardText: '已发布的内容不受影响，草稿无法找回。', discarded: '已放弃草稿', moved: '别人发布了新版本（{{live}}），你的草稿基于版本 {{base}}。', movedHint: '合并后，别人的更改和你的更改都会保留；两边都改过的地方以你的为准，可以撤销。', rebase: '合并新版本', merged: '已合并新版本', mergedConflicts: '已合并；{{count}} 处两边都改过，保留了你的，请在“查看影响”中核对', issues: '{{count}} 个问题', issuesTitle: '草稿中的问题',
    issuesHint: '解决后才能发布。预览显示的是没有问题时的样子。', forbidden: '7 级及以上的用户可以使用设计器', settings: '设置', close: '关闭设置', tree: '目录', larger: '这里需要更大的屏幕。请在电脑上打开。', menu: '全部内容', notFound: '草稿里没有这一项', notFoundHint: '它可能已被删除或撤销。', overview: '总览', found: '没有找到“{{q}}”', foundHint: '试试名称、另一种语言的标签或字段类型。',
    tables: '{{count}} 张表', fieldsCount: '{{count}} 个字段',
  },
  tree: { tables: '数据表', ungrouped: '未分组', fields: '字段', forms: '表单', page: '详情页', views: '视图', options: '共享选项', diagram: '关系图', roles: '角色与权限', app: '应用设置', publish: '发布与历史', addTable: '新建表', arrangement: '您可以更改视图、仪表盘和选项。' },
  name: { zh: '中文', en: '英文', name: '内部名称', nameHint: '小写字母、数字和下划线，用于数据库和 API，建好后不能再改。', taken: '“{{name}}”已被使用', invalid: '以小写字母开头，只含小写字母、数字和 _', required: '请填写两种语言的名称' },
  table: {
    add: '新建表', addHint: '一张表记录一类事物，例如“合同”。', icon: '图标', group: '分组', noGroup: '不放进导航', label: '表名', description: '说明', titleField: '标题字段', titleHint: '记录用它来称呼', plural: '列表名（英文用复数）', sharing: '谁能看到记录', sharingModes: { none: '只有角色权限里写明的人', private: '私有：按权限级别', publicRead: '公开只读', publicWrite: '公开读写', publicDelete: '公开读写和删除', strict: '严格私有：只有负责人' }, sharingHints: { none: '不参与九级权限；在“角色与权限”里逐个角色设置。', private: '负责人看自己的，上级、部门按各自的级别看。', publicRead: '人人可看，修改按级别。', publicWrite: '人人可看可改。', publicDelete: '人人可看可改可删。', strict: '上级也看不到；只有负责人和系统所有者，查看会被记录。' }, inherits: '随上级记录可见', inheritsHint: '能看到所指记录的人，也能看到这张表里属于它的记录。', inheritsNone: '不随上级', shareAlong: '共享时默认一并共享', shareAlongHint: '共享一条记录时，这些表里属于它的记录默认一起共享。', remove: '删除此表', removeTitle: '删除“{{name}}”？', removeText: '发布后，表和它的数据会进入回收站，30 天内可以恢复。引用它的地方会列为问题。', removed: '已从草稿中删除“{{name}}”', 
    up: '在导航中上移', down: '在导航中下移', fields: '字段', usage: '哪里用到了它', noUsage: '没有别处用到它。', empty: '还没有表', emptyHint: '新建第一张表，或从模板开始。', create: '建表', settings: '表设置', validate: '记录校验', isNew: '新', system: '系统',
  },
  field: {
    add: '添加字段', find: '查找类型', label: '显示名称', type: '类型', duplicate: '复制', remove: '删除字段', removeTitle: '删除字段“{{name}}”？', removeText: '发布后，字段和它的值会进入回收站，30 天内可以恢复。', removed: '已从草稿中删除字段“{{name}}”', typeHint: '发布前，“查看影响”会告诉你每条记录的值怎样转换、哪些转不了；原值会保留 30 天。', noType: '没有这样的类型', used: '用在哪里', unused: '没有别处用到它。',
    search: '查找字段', none: '没有匹配的字段', key: '内部名称', isTitle: '标题', create: '添加', settings: '字段设置', bad: '这个字段有问题', hidden: '已隐藏',
  },
  group: { text: '文本', number: '数字', time: '时间', choice: '选项', people: '人员', relation: '关联', file: '文件', computed: '自动计算', other: '其他' },
  settings: { type: '类型设置', basic: '显示', value: '取值', rules: '条件规则', access: '查找与安全', none: '不设', chooseTable: '选择表', chooseField: '选择字段', firstTable: '先选择表', fieldOver: '关联字段', addText: '输入后回车', addRule: '添加条件', edit: '编辑条件', done: '完成', addCheck: '添加校验', checkRule: '必须满足', checkMessage: '不满足时提示', removeCheck: '删除这条校验', computed: '由规则计算，可在定义文件中修改', clear: '清除', unset: '未设', default: '默认：{{value}}', required: '必填' },
  options: {
    own: '自己的选项', shared: '共享列表', source: '选项来源', add: '添加选项', showMore: '再显示一些（还有 {{count}} 个）', addMany: '批量添加', manyHint: '每行一个；英文写在 | 后面。', value: '键值', color: '颜色', aliases: '别名（导入时识别）', outcome: '结局', won: '赢单', lost: '输单', noOutcome: '无', retire: '停用：不再可选，已有的仍显示', retired: '已停用', remove: '删除选项', more: '更多设置', empty: '还没有选项', usedBy: '{{count}} 个字段共用这个列表，修改对它们都生效。', makeShared: '改为共享列表', makeOwn: '改为自己的选项', title: '共享选项', unused: '没有字段使用', removeList: '删除列表', newList: '新建列表', listName: '列表名', noColor: '无颜色', fields: '使用它的字段',
  },
  pattern: { insert: '插入', yyyy: '四位年', yy: '两位年', MM: '月', dd: '日', seq: '流水号', field: '字段', example: '例如 {{first}}、{{second}}', width: '流水号位数', invalid: '规则里要有且只有一个流水号' },
  formula: { hint: '以 = 开头，像在 Excel 里一样写。输入时会提示字段和函数。', fields: '字段', tryOn: '在一条记录上试算', result: '结果', noRecord: '选择一条记录，立即看到结果。', empty: '（空）', failed: '没有算出：{{message}}', at: '第 {{position}} 个字符：{{message}}', suggestions: '提示' },
  form: {
    add: '新建表单', addHint: '第一个适合的表单会被使用：按角色，或按记录的情况。', name: '表单名称', public: '公开表单', publicHelp: '同事可以把链接发给没有账号的人填写，对方看不到任何记录。', thanks: '提交后的致谢', given: '自动填入', givenHelp: '这样提交的记录还会带上的值。', addGiven: '添加字段', roles: '适用角色', everyone: '所有人', when: '适用条件', section: '分区', addSection: '添加分区', addTab: '添加标签页', addText: '文字说明', text: '说明文字', columns: '列数', folded: '默认折叠', visible: '满足条件时才显示', palette: '未放置的字段', allPlaced: '所有字段都已放置', removeEntry: '移出表单', removeSection: '删除分区', removeTab: '删除标签页', remove: '删除表单', edit: '编辑布局', preview: '预览', asRole: '以角色查看', onDesk: '电脑宽度', onPhone: '手机宽度', onRecord: '用一条记录', 
    default: '自动布局', defaultHint: '还没有自己的表单：所有字段排在一个分区里。', customise: '开始设计', tabName: '标签页名称', sectionName: '分区名称', drop: '把字段拖到这里', previewHint: '按下保存前的样子；预览不会写入任何数据。', noRead: '这个角色看不到这张表。', copy: '复制此表单', first: '默认', moveUp: '提前', moveDown: '延后', problems: '草稿有问题，预览显示的是之前的样子。', unlisted: '预览中没有这个表单：先解决草稿中的问题。', place: '放进“{{section}}”', covered: '前面有一个对所有人都适用的表单，这个表单不会被用到。把它提前，或给前面的表单设定角色或条件。',
  },
  view: {
    kind: '视图类型', add: '新建视图', name: '视图名称', columns: '列', addColumn: '添加列', width: '列宽', auto: '自动', pinned: '固定在左侧', removeColumn: '移除列', filter: '筛选', sort: '排序', colorBy: '按选项着色', addColor: '添加着色规则', removeColor: '删除规则', roles: '谁能看到', remove: '删除视图', copy: '复制此视图', default: '自动列表', defaultHint: '还没有自己的视图：显示前几个字段。', customise: '开始设计', preview: '真实数据预览', unknown: '这些内容发布后才能预览：{{names}}', first: '默认视图', firstHint: '排在第一的视图是打开列表时看到的。', newTableHint: '这张表发布后才有数据，现在显示的是列。',
  },
  page: { title: '详情页', header: '标题下的要点', addFact: '添加要点', stage: '阶段路径', noStage: '不显示', panels: '要点下的面板', addPanel: '添加面板', related: '相关列表', addRelated: '添加相关列表', timeline: '时间线', addTimeline: '添加往来来源', date: '时间', entryTitle: '标题', content: '内容', actor: '人员', columns: '列', sort: '排序', label: '标题', sameLabel: '沿用表名', remove: '移除', noPointing: '还没有别的表指向这张表。在那张表里添加一个关联字段。', preview: '预览', onRecord: '选择一条记录来预览', via: '经由“{{field}}”', empty: '还没有', hint: '要点、阶段、相关列表和时间线的样子。', item: '第 {{n}} 项' },
  diagram: { title: '关系图', hint: '点击一张表打开它。', more: '另有 {{count}} 个字段', find: '查找表', lines: '明细', many: '多对多', empty: '还没有表，建好后关系会画在这里。' },
  drag: { handle: '拖动排序', picked: '已拿起“{{name}}”', over: '移到第 {{n}} 位', dropped: '已放在第 {{n}} 位', cancelled: '已取消', instructions: '按空格拿起，用方向键移动，再按空格放下，Esc 取消。', item: '项' },
} as const;

type Texts<Shape> = { readonly [Key in keyof Shape]: Shape[Key] extends string ? string : Texts<Shape[Key]> };
/** What the other languages must provide. */
export type Catalogue = Texts<typeof zhCN>;
