import { Select } from 'antd';
import { useMemo } from 'react';
import type { Person } from '#engine/workflows/settings.ts';
import { useLocale } from '#runtime/app/i18n/index.ts';
import { useDraft } from '../../draft/draft-context.ts';
import type { EditorProps } from '../../settings/editor.ts';
import { useWorkflowTexts } from '../texts.ts';
import { fromChoice, personChoices, toChoice } from './person-choices.ts';
import { useWorkflowScope } from './workflow-scope.ts';

interface PeopleInputProps {
  readonly id: string;
  readonly value: readonly Person[];
  readonly onChange: (people: readonly Person[] | undefined) => void;
}

export function PeopleInput({ id, value, onChange }: PeopleInputProps) {
  const { editor } = useWorkflowTexts();
  const locale = useLocale();
  const { definitions } = useDraft();
  const { model, scope, variables } = useWorkflowScope();
  const { roles } = definitions.app;
  const groups = useMemo(() => {
    const all = personChoices({ model, table: scope.table, variables, roles, locale, starter: editor.starter });
    const titles = { starter: editor.people, record: editor.ofRecord, roles: editor.roles, variables: editor.ofVariables } as const;
    return Object.entries(titles).flatMap(([group, label]) => {
      const options = all.filter((choice) => choice.group === group).map((choice) => ({ value: choice.value, label: choice.label }));
      return options.length > 0 ? [{ label, options }] : [];
    });
  }, [model, scope.table, variables, roles, locale, editor]);
  return (
    <Select
      id={id}
      mode="multiple"
      className="full"
      placeholder={editor.choosePeople}
      showSearch={{ optionFilterProp: 'label' }}
      value={value.map(toChoice)}
      options={groups}
      popupMatchSelectWidth={280}
      // A person that is not known here any more is shown by what was written.
      labelRender={({ label, value: written }) => label ?? <code>{String(written).replace(/[{}"]/g, '')}</code>}
      onChange={(next: string[]) => onChange(next.length > 0 ? next.map(fromChoice) : undefined)}
    />
  );
}

export function PeopleEditor({ id, value, onChange }: EditorProps) {
  return <PeopleInput id={id} value={Array.isArray(value) ? (value as Person[]) : []} onChange={onChange} />;
}
