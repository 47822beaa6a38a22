import type { Catalogue } from './zh-CN.ts';

export const en: Catalogue = {
  app: {
    system: 'System', dashboards: 'Dashboards',
    home: 'Home', search: 'Search', searchHint: 'Search all records', language: 'Language', signOut: 'Sign out', profile: 'Profile', menu: 'Menu',
    keys: 'Keyboard shortcuts', collapse: 'Collapse navigation', expand: 'Expand navigation', skip: 'Skip to content', reload: 'Reload',
    offline: 'You are offline; this is what was last read', me: 'Me', create: 'New', noTables: 'Nothing to work with yet', noTablesHint: 'Ask an administrator to give you access.',
  },
  action: {
    save: 'Save', saveAndNew: 'Save and new', cancel: 'Cancel', close: 'Close', delete: 'Delete', edit: 'Edit', undo: 'Undo', open: 'Open', retry: 'Try again',
    restore: 'Restore', purge: 'Delete for good', remove: 'Remove', apply: 'Apply', clear: 'Clear', reset: 'Reset', back: 'Back', next: 'Next',
    copied: 'Copied', discard: 'Discard', stay: 'Keep editing', more: 'More actions', transfer: 'Transfer', merge: 'Merge', mergeWith: 'Merge duplicates…', takeBack: 'Take merge back', share: 'Share',
    fullPage: 'Open as page', showMore: 'Load more', create: 'New {{table}}', import: 'Import', export: 'Export', print: 'Print / PDF', invite: 'Invite', resetFactor: 'Reset second factor', bin: 'Recycle bin', publicForm: 'Public form link', handOver: 'Hand over work',
  },
  signIn: {
    login: 'Account', loginHint: 'E-mail, phone or login name', password: 'Password', submit: 'Sign in', link: 'Signing in with your one-time link…',
    linkFailed: 'This sign-in link was already used or has expired. Sign in with your password, or ask an administrator for a new link.', loginRequired: 'Enter your account', passwordRequired: 'Enter your password',
    tagline: 'Every customer in mind, every record in one place.',
  },
  error: {
    network: 'The server cannot be reached. Check the connection and try again; what you typed is still here.', unknown: 'Something went wrong; nothing was saved.', notFound: 'Page not found',
    notFoundHint: 'It may have moved, or you may not have access to it.', recordGone: 'Record not found', recordMerged: 'This record was merged into another one', recordMergedHint: 'What it held and all that belonged to it is there.', recordGoneHint: 'It may have been deleted, or you may not have access to it.',
    crashed: 'This page ran into a problem', crashedHint: 'Saved data is safe. Reloading usually helps.', loadFailed: 'The data could not be read', home: 'Back to home', chunk: 'A new version is available',
    chunkHint: 'Reload to continue.',
  },
  list: {
    search: 'Search {{table}}', filter: 'Filter', sort: 'Sort', columns: 'Fields', density: 'Row height', compact: 'Compact', comfortable: 'Comfortable', count: '{{value}} total',
    countCapped: '{{value}}+ total', selected: '{{count}} selected', selectAll: 'Select all loaded records', selectRow: 'Select this row', views: 'Views', myViews: 'My views', saveView: 'Save as view', updateView: 'Save to this view',
    viewName: 'View name', viewSaved: 'View saved', deleteView: 'Delete view', deleteViewText: 'Delete the view “{{name}}”? Records are not affected.', changed: 'Changed', resetView: 'Reset view', sortUp: 'Sort ascending', sortDown: 'Sort descending',
    hide: 'Hide this field', pin: 'Pin to the left', unpin: 'Unpin', resize: 'Resize column', empty: 'No {{table}} yet', emptyHint: 'Create the first one, or import a spreadsheet.', emptyReadHint: 'Records you may see will appear here.', noMatch: 'No records match',
    noMatchHint: 'Try another word, or clear the filters.', clearFilters: 'Clear filters and search', newOnes: 'There are changes. Refresh', bulkEdit: 'Edit', bulkField: 'Field to change', bulkValue: 'New value', bulkClear: 'Clear this field',
    bulkDone: 'Done: {{ok}}', bulkDeleted: 'Deleted: {{ok}}', bulkPartly: '{{ok}} done, {{failed}} not: {{reason}}', bulkNone: 'Nothing was done: {{reason}}', bulkDelete: 'Delete {{count}} {{table}} records?', bulkDeleteText: 'They go to the recycle bin and can be restored.',
    rowActions: 'Row actions', loading: 'Loading', chooseColumns: 'Fields to show', searchFields: 'Find a field', addSort: 'Add sorting', noSort: 'Without sorting, the latest changes come first.', undone: 'Undone', deletedToast: 'Deleted “{{name}}”', editCell: 'Edit {{field}}',
    saveFailed: 'Not saved: {{message}}', conflict: 'Someone else just changed this record; the latest is shown.',
  },
  filter: {
    add: 'Add condition', addGroup: 'Add group', and: 'and', or: 'or', not: 'not', matchAll: 'all of', matchAny: 'any of', field: 'Field', operator: 'Condition', value: 'Value', empty: 'No conditions: all records are shown.',
    unreadable: 'This condition is written in a way that cannot be shown here; it works as it is.', replace: 'Write a new one', me: 'Me', myDepartment: 'My department', mySubordinates: 'My subordinates', myDepartments: 'My departments', myDepartmentTree: 'My departments and those below', juniors: 'Colleagues of lower rank', openDepartments: 'Departments open to their own', asked: 'Records I am asked to approve', today: 'Today', now: 'Now', days: 'days', remove: 'Remove condition', hops: 'Related fields', choose: 'Choose a field',
  },
  operator: {
    '==': 'is', '!=': 'is not', '<': 'less than', '<=': 'at most', '>': 'more than', '>=': 'at least', in: 'is any of', notIn: 'is none of', contains: 'contains', notContains: 'does not contain', startsWith: 'starts with', endsWith: 'ends with', empty: 'is empty', notEmpty: 'is not empty',
    containsAny: 'has any of', containsAll: 'has all of', inPeriod: 'is within', before: 'is before', beforeOrOn: 'is on or before', after: 'is after', afterOrOn: 'is on or after', has: 'contains',
  },
  period: {
    today: 'today', yesterday: 'yesterday', tomorrow: 'tomorrow', thisWeek: 'this week', lastWeek: 'last week', nextWeek: 'next week', thisMonth: 'this month', lastMonth: 'last month', nextMonth: 'next month', thisQuarter: 'this quarter', lastQuarter: 'last quarter', nextQuarter: 'next quarter', thisYear: 'this year', lastYear: 'last year', nextYear: 'next year',
    lastDays: 'the last N days', nextDays: 'the next N days', olderThanDays: 'more than N days ago', lastDaysOf: 'the last {{n}} days', nextDaysOf: 'the next {{n}} days', olderThanDaysOf: 'more than {{n}} days ago',
  },
  form: {
    new: 'New {{table}}', edit: 'Edit {{table}}', required: '{{field}} is required', tooShort: 'At least {{limit}} characters', tooLong: 'At most {{limit}} characters', tooSmall: 'At least {{limit}}', tooLarge: 'At most {{limit}}', pattern: 'This format is not right',
    type: 'This value is not right', tooFew: 'At least {{limit}} entries', tooMany: 'At most {{limit}} entries', option: 'Choose one of the options', saved: 'Saved', created: 'Created “{{name}}”', issues: 'To correct: {{count}}', leaveTitle: 'Unsaved changes', leaveText: 'If you leave now, what you entered is lost.',
    conflictTitle: '{{who}} just changed this record', conflictSomeone: 'Someone', conflictText: 'Your input is still here. Both of you changed these fields; choose which to keep:', conflictNone: 'You changed different fields; just save again.', mine: 'Mine', theirs: 'Now', keepMine: 'Keep mine', takeTheirs: 'Take theirs',
    encrypted: 'Encrypted at rest', duplicateSame: 'Probably the same', duplicateSimilar: 'Possible duplicate', afterSaving: 'On saving:', addLine: 'Add line', removeLine: 'Remove this line', noLines: 'No lines yet', warning: 'Saved, but note: {{message}}',
  },
  field: {
    yes: 'Yes', no: 'No', dropFile: 'Click or drop files', uploadFailed: '“{{name}}” was not uploaded: {{message}}', noTitle: '(untitled)', hiddenRecord: '(not visible)', searchRecord: 'Type to find', noResult: 'Nothing found', createNamed: 'New {{table}}', latitude: 'Latitude', longitude: 'Longitude', locate: 'Use current location',
    locateFailed: 'The location could not be read', addItem: 'Add item', item: 'Item', region: 'Province / City / District', write: 'Write', preview: 'Preview', markdown: 'Markdown is supported', invalidJson: 'This is not valid JSON',
    items: '{{count}} items', progress: '{{done}}/{{total}}', autoNumber: 'Numbered when saved', computed: 'Computed', removeFile: 'Remove file', end: 'End',
  },
  record: {
    detail: 'Details', overview: 'Overview', files: 'Files', timeline: 'Timeline', related: 'Related', comments: 'Comments', history: 'Changes', activity: 'Activity', all: 'All', noTimeline: 'Nothing has happened yet', noTimelineHint: 'Follow-ups and changes appear here in order.', noComments: 'Nobody has commented yet', noRelated: 'No {{table}} yet', created: '{{who}} created this record', updated: '{{who}} changed', shared: '{{who}} shared this record', unshared: '{{who}} took a share back', transferred: '{{who}} transferred this record', mergedIn: '{{who}} merged into this record', unmerged: '{{who}} took a merge back', deleted: '{{who}} deleted this record',
    restored: '{{who}} restored this record', byEffect: 'System', blank: 'empty', deleteTitle: 'Delete “{{name}}”?', deleteText: 'It goes to the recycle bin and can be restored.', stageConfirm: 'Change to “{{stage}}”?', stageChanged: 'Changed to “{{stage}}”', showAll: 'Show all', toList: 'Back to {{table}}', copyLink: 'Copy link', signInLink: 'One-time sign-in link', viewAs: 'Look through their eyes', why: 'Why can I see this?', signInLinkHint: 'Send it to {{name}}: it signs in once when opened.',
    keyFacts: 'Key facts', today: 'Today',
  },
  bin: { title: 'Recycle bin', empty: 'The recycle bin is empty', emptyHint: 'Deleted records stay here and can be restored.', deletedAt: 'Deleted', restored: 'Restored “{{name}}”', mergedInto: 'Merged into', purgeTitle: 'Delete “{{name}}” for good?', purgeText: 'This cannot be undone.', purged: 'Deleted for good', ask: 'Ask to delete for good', askText: 'The system owners will be told and can delete it in the recycle bin.', asked: 'The system owners have been told', choose: 'Choose a table', record: 'Record' },
  search: { placeholder: 'Name, pinyin, initials, phone…', hint: 'Type to search', hintText: 'Chinese, pinyin in full or initials, and phone digits all work.', empty: 'Nothing found for “{{q}}”', emptyHint: 'Try another spelling, such as pinyin initials.', goto: 'Go to', move: 'move', open: 'open' },
  home: {
    morning: 'Good morning, {{name}}', noon: 'Good afternoon, {{name}}', evening: 'Good evening, {{name}}', quick: 'Create', mine: '{{table}} · mine', recent: 'Recently updated', own: 'Mine', empty: 'No records yet', seeAll: 'See all', work: 'To do', nothing: 'Nothing waits here.', counts: 'Overview',
  },
  lunar: { month: 'Month', day: 'Day', year: 'Year, if known', leap: 'Leap ', clear: 'Clear', next: 'next on {{date}}' },
  setup: {
    title: 'Choose what to begin with', hint: 'This is “{{name}}”. Before work begins you may take a part that fits better; later it can grow under Designer → Templates and files.', tables: '{{count}} tables', current: 'Now', keep: 'Keep {{name}}', choose: 'Take {{name}}', working: 'Being changed, which takes about half a minute…', done: 'Changed to {{name}}', failed: 'Nothing was changed: {{reason}}',
  },
  profile: {
    title: 'Profile', name: 'Name', language: 'Language', saved: 'Saved', changePassword: 'Change password', setPassword: 'Set password', current: 'Current password', next: 'New password', repeat: 'Repeat', mismatch: 'The two do not match', short: 'At least 10 characters', passwordSaved: 'Password updated',
    passwordHint: 'You have no password yet. Set one to sign in with it next time.', account: 'Account',
  },
  keys: { search: 'Search everything', new: 'New record', filter: 'Search in the list', down: 'Next row', up: 'Previous row', open: 'Open', edit: 'Edit', close: 'Close', help: 'Show shortcuts', select: 'Select' },
  import: {
    title: 'Import {{table}}', upload: 'Upload', match: 'Match columns', check: 'Check', result: 'Result', dropTitle: 'Click to choose or drop a file', dropHint: 'Excel (.xlsx) or CSV; encoding and delimiter are detected.', history: 'Past imports', noHistory: 'No imports yet', sheet: 'Sheet', encoding: 'Encoding', delimiter: 'Delimiter', headerRows: 'Header rows', from: 'from', to: 'to', row: '',
    column: 'Column in the file', samples: 'Samples', target: 'Import into', ignore: 'Do not import', byLabel: 'Same name', byAlias: 'Known alias', byContent: 'Content fits', byNone: 'Not matched', byHand: 'Chosen', requiredMissing: 'Required fields without a column: {{fields}}', rows: '{{count}} data rows', errors: 'Errors: {{count}}', warnings: 'Warnings: {{count}}', skipped: 'Skipped rows: {{count}}', skippedRow: 'Row {{row}}: {{reason}}',
    preview: 'Preview', onlyIssues: 'Only rows with issues', duplicates: 'When a record exists', dupCreate: 'Create anyway', dupSkip: 'Skip', dupUpdate: 'Update the existing one', dryRun: 'Dry run', run: 'Import', running: 'Importing', dryRunning: 'Dry run: nothing is written', cancel: 'Stop', cancelled: 'Stopped', done: 'Import finished', dryDone: 'Dry run finished; nothing was written', failedState: 'Import broke off', undoneState: 'Undone',
    created: 'Created', updatedCount: 'Updated', skippedCount: 'Skipped', failedCount: 'Failed', warningCount: 'Warnings', failures: 'Failed rows', downloadFailures: 'Download failed rows', undo: 'Undo the whole import', undoTitle: 'Undo this import?', undoText: 'The {{created}} records it created are deleted; updated ones get their old values back.', undoDone: 'The import was undone', duplicatesFound: 'Possible duplicates', again: 'Import another file', toList: 'Show {{table}}', reanalysing: 'Analysing again', chooseOther: 'Choose another file',
    rowNumber: 'Row', comma: 'Comma', tab: 'Tab', semicolon: 'Semicolon', pipe: 'Pipe', progress: '{{done}} / {{total}}', keepsRunning: 'You may leave this page; the import goes on.', stateRunning: 'Running', stateDone: 'Done', stateFailed: 'Failed', stateCancelled: 'Stopped', stateUndone: 'Undone', stateDraft: 'Not run', ambiguous: 'The encoding is uncertain: if the preview shows garbled text, choose another.', unknown: 'Not recognised; say what each means:', mapped: 'Decided here:', leaveEmpty: 'Leave empty', leftEmpty: 'Left empty', repeats: 'Possible repeats: {{count}}', times: '{{text}} (× {{count}})',
    automations: 'Automation', automationsHint: 'The imported records set off workflows: {{list}}.', automationRuns: '“{{name}}” about {{count}} times', and: ', ', automation: { none: 'Run no workflows', each: 'Run once for each record', batch: 'Run once for all of them' },
  },
  inbox: {
    title: 'Inbox', unread: '{{count}} unread', isUnread: 'Unread: ', readAll: 'Mark all as read', open: 'Open', approvals: 'Approvals', done: 'Done', today: 'Today', earlier: 'Earlier', late: 'Late', urgent: 'Urgent', markDone: 'Done', reopen: 'Move back to open', doneSaid: 'Done', reopened: 'Moved back to open', arrived: '{{count}} new messages',
    empty: { open: 'All caught up', approvals: 'Nothing waits for your approval', done: 'Nothing is done yet' }, emptyHint: { open: 'Reminders, notices and approvals appear here.', approvals: 'You are told when it is your turn to decide.', done: 'What you have finished is kept here.' },
    snooze: 'Remind me later', snoozed: 'Comes back {{until}}', inAnHour: 'In an hour', tomorrow: 'Tomorrow 9:00', nextMonday: 'Next Monday 9:00', pick: 'Pick a time…', until: 'Remind me at',
    approve: 'Approve', reject: 'Reject', return: 'Send back', delegate: 'Delegate', delegateTo: 'Delegate to', addApprover: 'Add approvers', approvers: 'Also ask', comment: 'Comment (optional when approving)', reason: 'Say why', note: 'Note', others: 'Other approvers', own: 'Your decision:', said: '“{{comment}}”', due: 'Due {{at}}', overdue: 'Overdue since {{at}}',
    approvedSaid: 'Approved “{{title}}”', rejectedSaid: 'Rejected “{{title}}”', returnedSaid: 'Sent back “{{title}}”', delegatedSaid: 'Delegated', addedSaid: 'Approvers added', state: { pending: 'Pending', queued: 'In line', approved: 'Approved', rejected: 'Rejected', returned: 'Sent back', delegated: 'Delegated', closed: 'Closed' },
    settings: 'Notifications', email: 'E-mail', emailHint: 'To the address you sign in with', digest: 'Daily digest', digestHint: 'One e-mail a day instead of one each; urgent ones still come at once', digestAt: 'Sent at', quiet: 'Quiet hours', quietHint: 'What comes meanwhile waits until they end, unless it is urgent', muted: 'No notices from these workflows', mutedNone: 'All are welcome', absence: 'I am away', absenceHint: 'A colleague decides your approvals meanwhile', absenceDelegate: 'Who decides for you',
  },
  automation: {
    title: 'Automation', approvals: 'Waiting for approval', waitsFor: 'Waits for {{names}}', override: 'Decide for them', overrideTitle: 'Decide for them: {{title}}', overrideHint: 'You decide in place of {{names}}. The reason goes into the audit, and those concerned are told.', overrideReason: 'Reason', forecasts: 'What is to come', runs: 'Runs', due: '“{{name}}” will run on {{day}}', notDue: '“{{name}}” will not run within two years', notDueMany: '{{count}} more will not run within two years', because: 'Decided by {{what}}: {{value}}', holds: 'holds', holdsNot: 'does not hold', goesOn: 'goes on {{at}}', withdraw: 'Withdraw', withdrawn: 'Withdrew “{{name}}”',
    started: 'Started “{{name}}”', startedMany: 'Started “{{name}}” for {{count}} records', partlyStarted: 'Started “{{name}}” for {{count}} records; {{refused}} could not be started: {{reason}}', notStarted: '“{{name}}” was not started: {{reason}}', done: '“{{name}}”: done', doneMany: '“{{name}}”: done for {{count}} records', partlyDone: '“{{name}}”: done for {{count}} records, not for {{refused}}: {{reason}}', notDone: '“{{name}}” was not done: {{reason}}', forMany: 'It will run for the {{count}} records selected.', state: { running: 'Running', waiting: 'Waiting', done: 'Done', failed: 'Failed', cancelled: 'Cancelled', stopped: 'Stopped' },
  },
};
