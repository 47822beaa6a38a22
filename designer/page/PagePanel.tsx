/** What a record's page shows: key facts, stage, panels, related lists, sources of the timeline; each in its order. */
import { CloseOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import { useMemo } from 'react';
import { updatePage } from '#engine/changes/edit-layout.ts';
import { moveItem, type Patch } from '#engine/changes/edits.ts';
import type { PageDefinition, TableDefinition } from '#engine/model/definitions.ts';
import { useLabel, useLocale } from '#runtime/app/i18n/index.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { SortEditor } from '#runtime/views/SortEditor.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { fill, useTexts } from '../i18n/index.ts';
import { ownerAccess } from '../preview/preview-app.ts';
import { AddPath, usePathName } from '../settings/ColumnsEditor.tsx';
import { fieldChoices, referencesTo, typeOf } from '../settings/field-choices.ts';
import { NameSelect } from '../settings/NameEditors.tsx';
import { useIssues } from '../shell/issues.ts';
import { Items } from './Items.tsx';
import { PanelsSetting } from './PanelsSetting.tsx';
import { LabelInput } from '../ui/LabelInput.tsx';
import { Setting } from '../ui/Setting.tsx';
import { SortableList } from '../ui/SortableList.tsx';

type Related = NonNullable<PageDefinition['related']>[number];
type Source = NonNullable<PageDefinition['timeline']>[number];

/** References of other tables that point at this one. */
function usePointing(table: string) {
  const label = useLabel();
  const { model } = useDraft();
  const { page } = useTexts();
  return useMemo(
    () =>
      Object.values(model.tables).flatMap((other) =>
        referencesTo(model, other.name, table)
          .filter((field) => typeOf(field)?.storage !== 'children')
          .map((field) => ({ table: other, field, text: `${label(other.label)}（${fill(page.via, { field: label(field.label) })}）` })),
      ),
    [model, table, label, page],
  );
}

interface PathListProps {
  readonly table: string;
  readonly paths: readonly string[];
  readonly placeholder: string;
  readonly onChange: (paths: readonly string[]) => void;
}

function PathList({ table, paths, placeholder, onChange }: PathListProps) {
  const { page } = useTexts();
  const nameOf = usePathName(table);
  return (
    <div className="columns-editor">
      <SortableList ids={paths} nameOf={nameOf} onMove={(from, to) => onChange(moveItem(paths, from, to))}>
        {(path, handle) => (
          <div className="path-line">
            {handle}
            <span className="ellipsis">{nameOf(path)}</span>
            <IconButton size="small" label={`${page.remove}: ${nameOf(path)}`} icon={<CloseOutlined aria-hidden="true" />} onClick={() => onChange(paths.filter((own) => own !== path))} />
          </div>
        )}
      </SortableList>
      <AddPath table={table} taken={paths} placeholder={placeholder} onChoose={(path) => onChange([...paths, path])} />
    </div>
  );
}

function RelatedSettings({ related, onChange }: { related: Related; onChange: (patch: Patch<Related>) => void }) {
  const { page } = useTexts();
  const { model } = useDraft();
  const table = model.tables[related.table];
  const access = ownerAccess(model)[related.table];
  const id = `related-${related.table}-${related.field}`;
  return (
    <>
      <Setting id={`${id}-label`} label={page.label}>
        <LabelInput id={`${id}-label`} value={related.label} placeholder={page.sameLabel} onChange={(label) => onChange({ label })} />
      </Setting>
      <Setting id={`${id}-columns`} label={page.columns}>
        <PathList table={related.table} paths={related.columns} placeholder={page.columns} onChange={(columns) => onChange({ columns: [...columns] })} />
      </Setting>
      {table && access ? (
        <Setting id={`${id}-sort`} label={page.sort}>
          <SortEditor table={table} access={access} sort={related.sort ?? []} onChange={(sort) => onChange({ sort: sort.length > 0 ? [...sort] : undefined })} />
        </Setting>
      ) : null}
    </>
  );
}

function SourceSettings({ source, onChange }: { source: Source; onChange: (patch: Patch<Source>) => void }) {
  const { page, settings } = useTexts();
  const locale = useLocale();
  const { model } = useDraft();
  const choices = fieldChoices(model, source.table, locale, 1);
  const dates = choices.filter(({ kind }) => kind === 'date' || kind === 'dateTime');
  const people = choices.filter(({ field }) => field.target === 'user');
  const lines = [['date', page.date, dates, true], ['title', page.entryTitle, choices, true], ['content', page.content, choices, false], ['actor', page.actor, people, false]] as const;
  return lines.map(([key, text, options, needed]) => (
    <Setting key={key} id={`source-${source.table}-${key}`} label={text} required={needed}>
      <NameSelect id={`source-${source.table}-${key}`} value={source[key]} clearable={!needed} placeholder={settings.chooseField} options={options.map(({ path, label }) => ({ value: path, label }))} onChange={(path) => onChange({ [key]: path as string | undefined })} />
    </Setting>
  ));
}

export function PagePanel({ table }: { table: TableDefinition }) {
  const texts = useTexts();
  const label = useLabel();
  const locale = useLocale();
  const { model, edit } = useDraft();
  const pointing = usePointing(table.name);
  const issues = useIssues(`/tables/${table.name}/page`);
  const page = table.page ?? {};
  const set = (patch: Patch<PageDefinition>) => edit((old) => updatePage(old, table.name, patch), `${table.name} page ${Object.keys(patch).join()}`);
  const stages = table.fields.filter((field) => typeOf(field)?.group === 'choice' && Object.hasOwn(typeOf(field)?.settings.properties ?? {}, 'stage'));
  const nameOfTable = (name: string, field: string) => `${label(model.tables[name]?.label ?? { 'zh-CN': name, en: name })} · ${label(model.tables[name]?.fields[field]?.label ?? { 'zh-CN': field, en: field })}`;
  const sources = pointing.flatMap(({ table: other, field, text }) => {
    const date = fieldChoices(model, other.name, locale).find(({ kind, field: own }) => (kind === 'date' || kind === 'dateTime') && !own.system)?.path ?? 'created_at';
    return [{ key: `${other.name}.${field.name}`, text, item: { table: other.name, field: field.name, date, title: other.titleField } }];
  });
  return (
    <div className="settings">
      {issues.map((issue) => (
        <p key={`${issue.path} ${issue.code}`} className="field-problem" role="alert">
          {label(issue.message)}
        </p>
      ))}
      <Setting id="page-header" label={texts.page.header}>
        <PathList table={table.name} paths={page.header ?? []} placeholder={texts.page.addFact} onChange={(header) => set({ header: header.length > 0 ? [...header] : undefined })} />
      </Setting>
      <Setting id="page-stage" label={texts.page.stage}>
        <Select id="page-stage" className="full" allowClear placeholder={texts.page.noStage} value={page.stage ?? null} options={stages.map((field) => ({ value: field.name, label: label(field.label) }))} onChange={(stage: string | null | undefined) => set({ stage: stage ?? undefined })} />
      </Setting>
      <PanelsSetting table={table} pointing={pointing} panels={page.panels ?? []} onChange={(panels) => set({ panels: panels && [...panels] })} />
      <Setting id="page-related" label={texts.page.related}>
        <Items<Related>
          items={page.related ?? []}
          titleOf={(related) => (related.label ? label(related.label) : nameOfTable(related.table, related.field))}
          onChange={(related) => set({ related: related && [...related] })}
          add={{
            text: texts.page.addRelated,
            choices: pointing.map(({ table: other, field, text }) => ({ key: `${other.name}.${field.name}`, text, item: { table: other.name, field: field.name, columns: [other.titleField] } })),
          }}
        >
          {(related, change) => <RelatedSettings related={related} onChange={change} />}
        </Items>
      </Setting>
      <Setting id="page-timeline" label={texts.page.timeline}>
        <Items<Source> items={page.timeline ?? []} titleOf={(source) => nameOfTable(source.table, source.field)} onChange={(timeline) => set({ timeline: timeline && [...timeline] })} add={{ text: texts.page.addTimeline, choices: sources }}>
          {(source, change) => <SourceSettings source={source} onChange={change} />}
        </Items>
      </Setting>
    </div>
  );
}
