/** The views that the home page begins with. */
import { DeleteOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import { moveItem, updateApp } from '#engine/changes/edits.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { SortableList } from '../ui/SortableList.tsx';
import { useAppTexts } from './texts.ts';

export function HomeViews() {
  const texts = useAppTexts();
  const label = useLabel();
  const { definitions, edit } = useDraft();
  const home = definitions.app.home ?? [];
  const keyOf = ({ table, view }: { table: string; view: string }): string => `${table}/${view}`;
  const change = (next: typeof home) => edit((now) => updateApp(now, { home: next.length > 0 ? [...next] : undefined }));
  const choices = definitions.tables.flatMap((table) => (table.views ?? []).map((view) => ({ value: `${table.name}/${view.name}`, label: `${label(table.label)} · ${label(view.label)}` })));
  const titleOf = (key: string): string => choices.find((choice) => choice.value === key)?.label ?? key;
  return (
    <section>
      <h2>{texts.home}</h2>
      <p className="quiet">{texts.homeHint}</p>
      <SortableList ids={home.map(keyOf)} nameOf={titleOf} onMove={(from, to) => change(moveItem(home, from, to))} className="app-tables">
        {(key, handle) => (
          <div className="app-table">
            {handle}
            <span>{titleOf(key)}</span>
            <IconButton size="small" label={texts.remove} icon={<DeleteOutlined aria-hidden="true" />} onClick={() => change(home.filter((one) => keyOf(one) !== key))} />
          </div>
        )}
      </SortableList>
      <Select
        value={null}
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={`+ ${texts.addHome}`}
        aria-label={texts.addHome}
        style={{ minWidth: 240 }}
        options={choices.filter((choice) => !home.some((one) => keyOf(one) === choice.value))}
        onChange={(key: string | null) => {
          const [table = '', view = ''] = key?.split('/') ?? [];
          if (key) change([...home, { table, view }]);
        }}
      />
    </section>
  );
}
