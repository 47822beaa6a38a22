/** A new view: what it is called, and how it shows the records. */
import { useState } from 'react';
import { beginningOf } from '#engine/changes/default-views.ts';
import type { Label } from '#engine/errors.ts';
import type { TableDefinition, ViewDefinition } from '#engine/model/definitions.ts';
import { VIEW_TYPES, type ViewTypeName } from '#engine/views/index.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { ViewIcon } from '#runtime/views/ViewIcon.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { useTexts } from '../i18n/index.ts';
import { AskLabel } from '../ui/AskLabel.tsx';

interface AddViewProps {
  readonly table: TableDefinition;
  readonly onDone: (label: Label, from: ViewDefinition) => void;
  readonly onClose: () => void;
}

export function AddView({ table, onDone, onClose }: AddViewProps) {
  const texts = useTexts();
  const label = useLabel();
  const { definitions } = useDraft();
  const [type, setType] = useState<ViewTypeName>('table');
  const settingsOf = (name: ViewTypeName) => beginningOf(name, table, definitions.app);
  const done = (name: Label) => {
    const settings = settingsOf(type);
    if (settings) onDone(name, { name: 'new', label: name, type, ...settings });
  };
  return (
    <AskLabel title={texts.view.add} label={texts.view.name} hint={texts.view.firstHint} onDone={done} onClose={onClose}>
      <div className="chart-types" role="radiogroup" aria-label={texts.view.kind}>
        {(Object.keys(VIEW_TYPES) as ViewTypeName[]).map((name) => (
          <button key={name} type="button" role="radio" aria-checked={type === name} className="chart-type" disabled={settingsOf(name) === undefined} onClick={() => setType(name)}>
            <ViewIcon type={name} />
            <span>{label(VIEW_TYPES[name].label)}</span>
          </button>
        ))}
      </div>
    </AskLabel>
  );
}
