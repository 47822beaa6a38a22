/** The state of one record form: values, what rules say, problems here and from the server, conflicts, saving. */
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FIELD_TYPES } from '#engine/fields/index.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { FormDefinition } from '#engine/model/definitions.ts';
import { holds } from '#engine/rules/evaluate.ts';
import { APP_KEY } from '../api/events.ts';
import { isProblem } from '../api/problem.ts';
import { queryClient } from '../api/query-client.ts';
import { createRecord, readRecord, refreshTable, updateRecord } from '../api/records.ts';
import type { FieldRight, Included, RecordAnswer, RecordData, Values } from '../api/types.ts';
import { useLocale } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { mayMerge } from '../merging/may-merge.ts';
import { followReference } from '../model/follow-reference.ts';
import { ruleContext, toRuleData } from '../model/rule-data.ts';
import { useHops, withoutHopChecks } from '../model/use-hops.ts';
import { useErrorText } from '../ui/ErrorState.tsx';
import { buildFormTabs, fieldsOfTabs, fittingForm, tabOfField } from './form-layout.ts';
import { changedValues, fieldStates, findProblems, type FormProblem, initialValues, writableLines } from './form-values.ts';
import { useDuplicates } from './use-duplicates.ts';
import { useLinesAhead } from './use-lines-ahead.ts';

export interface FormTarget {
  readonly table: TableModel;
  /** By name, or a layout made for the moment (only what a stage still asks for). */
  readonly form?: string | FormDefinition | undefined;
  /** The record as it was read; absent for a new one. */
  readonly record?: RecordData | undefined;
  /** What a new record starts with; of an existing one, what is to be changed at once. */
  readonly values?: Values | undefined;
  readonly included: Included;
  readonly rights: Readonly<Record<string, FieldRight>>;
  /** How a new one is kept, where not as a record of the signed-in person; `key` is the same when an attempt is made again. */
  readonly create?: (values: Values, key: string) => Promise<RecordAnswer>;
}

/** Someone else saved first. `fields` are those that both changed. */
export interface Conflict {
  readonly current: RecordData;
  readonly by: string | null;
  readonly fields: readonly string[];
}

const MORE = { 'zh-CN': '更多字段', en: 'More fields' };

export function useRecordForm({ table, form: wanted, record, values: given, included, rights, create }: FormTarget) {
  const { t } = useTranslation();
  const app = useApp();
  const locale = useLocale();
  const numbers = app.model.settings.sensitiveNumbers;
  const errorText = useErrorText();
  const creating = record === undefined;
  const context = useMemo(() => ruleContext(app), [app]);
  const [start, setStart] = useState<Values>(() => record ?? initialValues(table, given ?? {}, context));
  const [base, setBase] = useState<Values>(() => record ?? {});
  const [values, setValues] = useState<Values>(() => (record ? { ...record, ...given } : start));
  const [told, setTold] = useState<ReadonlySet<string>>(new Set());
  const [toldAll, setToldAll] = useState(false);
  const [serverProblems, setServerProblems] = useState<readonly FormProblem[]>([]);
  const [failure, setFailure] = useState<string | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [saving, setSaving] = useState(false);
  const [tab, setTab] = useState('');
  const key = useRef(crypto.randomUUID());

  const { hops, ready } = useHops(table, values);
  const checked = useMemo(() => (ready ? table : withoutHopChecks(table)), [ready, table]);
  const ruleValues = useMemo(() => ({ ...values, ...hops }), [values, hops]);
  const data = useMemo(() => toRuleData(table, ruleValues), [table, ruleValues]);
  // Without one being asked for, the form follows what the record is, also while it is filled in.
  const form = typeof wanted === 'object' ? wanted : (table.forms.find((one) => one.name === wanted) ?? fittingForm(table, data, context) ?? table.forms[0]);
  const tabs = useMemo(() => buildFormTabs({ table, form, rights, creating, labels: { more: MORE } }), [table, form, rights, creating]);
  const fields = useMemo(() => fieldsOfTabs(tabs), [tabs]);
  const states = useMemo(() => fieldStates(table, ruleValues, rights, context), [table, ruleValues, rights, context]);
  const found = useMemo(() => findProblems(checked, fields, ruleValues, states, context, { locale, numbers }), [checked, fields, ruleValues, states, context, locale, numbers]);
  const problems = useMemo(() => {
    const all = new Map<string, string>();
    // What the server said of a field is gone as soon as the field changes, so it may stand above what is found here.
    for (const problem of [...serverProblems, ...found]) if (!all.has(problem.path)) all.set(problem.path, problem.message);
    return all;
  }, [serverProblems, found]);
  const changes = useMemo(() => changedValues(table, base, values), [table, base, values]);
  const dirty = useMemo(() => Object.keys(changedValues(table, start, values)).length > 0, [table, start, values]);
  const duplicates = useDuplicates(table, values, changes, record?.id);
  const access = app.access[table.name];
  const mergeable = record && access && mayMerge(table, access) ? record.id : null;
  const hiddenSections = useMemo(() => {
    const all = tabs.flatMap((one) => one.sections);
    return new Set(all.filter((section) => !holds(section.visible, data, context) || section.fields.every((field) => !states.get(field.name)?.visible)).map((section) => section.name));
  }, [tabs, data, context, states]);

  const latest = useRef(values);
  latest.current = values;
  const setValue = useCallback((name: string, value: Json) => {
    setValues((old) => ({ ...old, [name]: value }));
    setServerProblems((old) => old.filter((problem) => problem.path.split('/')[1] !== name));
    setFailure(null);
    // Of an existing record only what is typed changes; a new one is filled in as one goes.
    if (!creating || !table.fields[name]) return;
    followReference(app, table, { ...latest.current, [name]: value }, name).then(
      (filled) => setValues((old) => (old[name] === value ? { ...old, ...filled } : old)),
      // The server fills in the same defaults when they are missing.
      () => undefined,
    );
  }, [creating, app, table]);
  const touch = useCallback((name: string) => setTold((old) => (old.has(name) ? old : new Set([...old, name]))), []);

  const showFirst = (path: string | undefined) => {
    const name = path?.split('/')[1];
    if (!name) return;
    setTab((old) => tabOfField(tabs, name) ?? old);
    setTimeout(() => {
      const place = document.querySelector(`[data-field="${CSS.escape(name)}"]`);
      place?.scrollIntoView({ block: 'center', behavior: 'smooth' });
      place?.querySelector<HTMLElement>('input,textarea,[tabindex]')?.focus({ preventScroll: true });
    }, 50);
  };

  const meetConflict = (current: RecordData) => {
    const theirs = Object.keys(changedValues(table, base, current)).filter((name) => !table.fields[name]?.readOnly && !table.fields[name]?.computed);
    setConflict({ current, by: typeof current.updated_by === 'string' ? current.updated_by : null, fields: theirs.filter((name) => name in changes) });
    // What only they changed is taken over; what was typed here stays.
    setBase(current);
    setStart(current);
    setValues((old) => ({ ...current, ...Object.fromEntries(Object.keys(changes).map((name) => [name, old[name] ?? null])) }));
  };

  const toSent = (name: string, value: Json): Json => {
    const field = table.fields[name];
    const child = field && FIELD_TYPES[field.type].storage === 'children' ? String(field.settings.table) : undefined;
    const childTable = child === undefined ? undefined : app.model.tables[child];
    return childTable ? writableLines(value, childTable, app.access[childTable.name]?.fields ?? {}) : value;
  };

  const toSend = (): Record<string, Json> =>
    Object.fromEntries(
      Object.entries(changes)
        .filter(([name]) => states.get(name)?.readOnly === false)
        .map(([name, value]) => [name, toSent(name, value)]),
    );
  const ahead = useLinesAhead({ table, id: record?.id ?? null, changes: toSend(), isComplete: found.length === 0 && !saving && create === undefined });

  /** The saved record, or null when something has to be mended first. */
  const save = async (): Promise<RecordAnswer | null> => {
    setToldAll(true);
    setFailure(null);
    if (found.length > 0) {
      showFirst(found[0]?.path);
      return null;
    }
    setSaving(true);
    try {
      const allowed = toSend();
      const version = typeof base.version === 'number' ? base.version : (record?.version ?? 0);
      const origin = { definitionsVersion: app.definitionsVersion, form: form?.name };
      const answer = creating
        ? await (create ? create(allowed, key.current) : createRecord(table.name, allowed, key.current, origin))
        : await updateRecord(table.name, record.id, version, allowed, origin);
      setConflict(null);
      refreshTable(table.name);
      return answer;
    } catch (error) {
      if (isProblem(error, 409) && error.issues.some((issue) => issue.code === 'definitions_changed')) {
        // Drawn anew from what is live now; the values stay.
        setFailure(errorText(error));
        await queryClient.invalidateQueries({ queryKey: APP_KEY });
      } else if (isProblem(error, 409) && record) {
        try {
          meetConflict((await readRecord(table.name, record.id)).data);
        } catch (missing) {
          setFailure(errorText(missing));
        }
      } else if (isProblem(error) && error.issues.length > 0) {
        setServerProblems(error.issues);
        const known = error.issues.find((issue) => fields.some((field) => field.name === issue.path.split('/')[1]));
        if (known) showFirst(known.path);
        const homeless = error.issues.filter((issue) => !fields.some((field) => field.name === issue.path.split('/')[1]));
        setFailure(homeless.length > 0 ? homeless.map((issue) => issue.message).join(' ') : t('form.issues', { count: error.issues.length }));
      } else setFailure(errorText(error));
      // A refused attempt was not kept under its key; the next one is another request.
      if (!(isProblem(error) && error.status === 0)) key.current = crypto.randomUUID();
      return null;
    } finally {
      setSaving(false);
    }
  };

  /** Empty again, for the next record of the same kind. */
  const startOver = () => {
    const fresh = initialValues(table, given ?? {}, context);
    key.current = crypto.randomUUID();
    setStart(fresh);
    setValues(fresh);
    setTold(new Set());
    setToldAll(false);
    setServerProblems([]);
    setTab('');
  };

  return {
    state: {
      table, tabs, values, included, rights, states, disabled: saving, touch, setValue, duplicates, mergeable, tab, setTab,
      problemOf: (name: string) => {
        const isTold = toldAll || told.has(name) || serverProblems.some((problem) => problem.path.split('/')[1] === name);
        return isTold ? (problems.get(`/${name}`) ?? [...problems].find(([path]) => path.startsWith(`/${name}/`))?.[1]) : undefined;
      },
      isSectionVisible: (name: string) => !hiddenSections.has(name),
    },
    ahead, fields, problems, failure, conflict, saving, dirty, save, startOver,
    resolveConflict: (name: string, keepMine: boolean) => {
      if (!conflict) return;
      if (!keepMine) setValue(name, conflict.current[name] ?? null);
      setConflict({ ...conflict, fields: conflict.fields.filter((other) => other !== name) });
    },
    creating,
  };
}
