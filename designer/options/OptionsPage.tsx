/** Lists of options that several fields share. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { removeOptions, updateOptions, usersOfOptions } from '#engine/changes/edits.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { OptionTag } from '#runtime/fields/cells/ChoiceCell.tsx';
import { EmptyState } from '#runtime/ui/EmptyState.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { fill, useTexts } from '../i18n/index.ts';
import { fieldPath, optionsPath } from '../paths.ts';
import { PaneHead, Panes } from '../shell/Panes.tsx';
import { isName } from '../ui/suggest-name.ts';
import { Setting } from '../ui/Setting.tsx';
import { OptionList } from './OptionList.tsx';

function AddList({ onClose }: { onClose: () => void }) {
  const texts = useTexts();
  const navigate = useNavigate();
  const { definitions, edit } = useDraft();
  const [name, setName] = useState('');
  const taken = Object.hasOwn(definitions.app.options ?? {}, name);
  const problem = taken ? fill(texts.name.taken, { name }) : name !== '' && !isName(name) ? texts.name.invalid : undefined;
  const create = () => {
    if (problem || name === '') return;
    edit((old) => updateOptions(old, name, []));
    onClose();
    void navigate(optionsPath(name));
  };
  return (
    <Modal open title={texts.options.newList} onOk={create} okButtonProps={{ disabled: name === '' || problem !== undefined }} onCancel={onClose}>
      <Setting id="new-list" label={texts.options.listName} help={texts.name.nameHint} problem={problem}>
        <Input id="new-list" autoFocus className="code-input" value={name} onChange={(event) => setName(event.target.value)} onPressEnter={create} />
      </Setting>
    </Modal>
  );
}

function ListPanel({ name }: { name: string }) {
  const texts = useTexts();
  const label = useLabel();
  const navigate = useNavigate();
  const { definitions, live, edit } = useDraft();
  const users = usersOfOptions(definitions, name);
  const known = new Set((live.definitions.app.options?.[name] ?? []).map((option) => option.value));
  return (
    <div className="settings">
      <OptionList id="list" options={definitions.app.options?.[name] ?? []} live={known} onChange={(options) => edit((old) => updateOptions(old, name, options), `options ${name}`)} />
      <section className="usage">
        <h3>{texts.options.fields}</h3>
        {users.length === 0 ? <p className="quiet">{texts.options.unused}</p> : null}
        <ul>
          {users.map(({ table, field }) => (
            <li key={`${table.name}.${field.name}`}>
              <Link to={fieldPath(table.name, field.name)}>
                {label(table.label)} · {label(field.label)}
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <Button
        danger
        icon={<DeleteOutlined aria-hidden="true" />}
        disabled={users.length > 0}
        onClick={() => {
          edit((old) => removeOptions(old, name));
          void navigate(optionsPath());
        }}
      >
        {texts.options.removeList}
      </Button>
    </div>
  );
}

export function OptionsPage() {
  const texts = useTexts();
  const label = useLabel();
  const navigate = useNavigate();
  const { list } = useParams();
  const { definitions } = useDraft();
  const [adding, setAdding] = useState(false);
  const lists = Object.entries(definitions.app.options ?? {});
  const chosen = list !== undefined && Object.hasOwn(definitions.app.options ?? {}, list) ? list : undefined;
  const add = (
    <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setAdding(true)}>
      {texts.options.newList}
    </Button>
  );
  return (
    <Panes side={chosen === undefined ? null : { title: chosen, content: <ListPanel key={chosen} name={chosen} />, onClose: () => void navigate(optionsPath()) }}>
      <PaneHead title={texts.options.title} extra={add} />
      {lists.length === 0 ? <EmptyState title={texts.options.empty} action={add} /> : null}
      <ul className="list-cards">
        {lists.map(([name, options]) => (
          <li key={name}>
            <Link to={optionsPath(name)} className={name === chosen ? 'list-card list-chosen' : 'list-card'}>
              <code>{name}</code>
              <span className="tags tags-wrap">
                {options.slice(0, 8).map((option) => (
                  <OptionTag key={option.value} text={label(option.label)} color={option.color} retired={option.retired} />
                ))}
                {options.length > 8 ? <span className="quiet">+{options.length - 8}</span> : null}
              </span>
              <span className="quiet">{usersOfOptions(definitions, name).length || texts.options.unused}</span>
            </Link>
          </li>
        ))}
      </ul>
      {adding ? <AddList onClose={() => setAdding(false)} /> : null}
    </Panes>
  );
}
