/** A form over the page: a drawer on a desk, the whole screen on a phone; its buttons stay in sight. */
import { Alert, Button, Drawer } from 'antd';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isBlank } from '#engine/records/record-rules.ts';
import type { RecordAnswer } from '../api/types.ts';
import { FIELD_COMPONENTS } from '../fields/index.ts';
import { beginTyping } from '../ui/begin-typing.ts';
import { usePhone } from '../ui/use-phone.ts';
import { ConflictNotice } from './ConflictNotice.tsx';
import { RecordForm } from './RecordForm.tsx';
import { type FormTarget, useRecordForm } from './use-record-form.ts';
import { useUnsavedChanges } from './use-unsaved-changes.ts';

interface FormDrawerProps extends FormTarget {
  readonly title: string;
  /** `again`: the person goes on with another new record. */
  readonly onSaved: (answer: RecordAnswer, again: boolean) => void;
  readonly onClose: () => void;
}

export function FormDrawer({ title, onSaved, onClose, ...target }: FormDrawerProps) {
  const { t } = useTranslation();
  const phone = usePhone();
  const form = useRecordForm(target);
  const guard = useUnsavedChanges(form.dirty && !form.saving);
  const close = () => guard(onClose);

  /** Where typing begins: at the first field that must be filled and is not; else at the first of all. */
  const focusFirst = () => {
    const { states, values } = form.state;
    const wanted = form.creating ? form.fields.find(({ name }) => states.get(name)?.visible && states.get(name)?.required && !states.get(name)?.readOnly && isBlank(values[name])) : undefined;
    const place = wanted ? `.form-body [data-field="${wanted.name}"]` : '.form-body .field';
    beginTyping(document.querySelector<HTMLElement>(`${place} input:not([readonly]), ${place} textarea`));
  };

  const submit = async (again: boolean) => {
    if (form.saving) return;
    const answer = await form.save();
    if (!answer) return;
    onSaved(answer, again);
    if (again) form.startOver();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void submit(false);
    }
  };

  return (
    <Drawer
      open
      title={title}
      onClose={close}
      mask={{ closable: false }}
      size={phone ? '100%' : form.fields.some(({ type }) => FIELD_COMPONENTS[type] === FIELD_COMPONENTS.lines) ? 1040 : 720}
      placement={phone ? 'bottom' : 'right'}
      classNames={{ body: 'form-body' }}
      afterOpenChange={(open) => {
        // On a phone the keyboard would cover half of the form at once.
        if (open && !phone) focusFirst();
      }}
      footer={
        <div className="form-foot">
          <span className="form-failure" role="alert">
            {form.failure}
          </span>
          <Button onClick={close}>{t('action.cancel')}</Button>
          {form.creating && !phone ? (
            <Button disabled={form.saving} onClick={() => void submit(true)}>
              {t('action.saveAndNew')}
            </Button>
          ) : null}
          <Button type="primary" loading={form.saving} onClick={() => void submit(false)}>
            {t('action.save')}
          </Button>
        </div>
      }
    >
      <div onKeyDown={onKeyDown}>
        {form.conflict ? <ConflictNotice form={form} /> : null}
        {form.failure && phone ? <Alert type="error" title={form.failure} /> : null}
        <RecordForm form={form} onSubmit={() => void submit(false)} />
      </div>
    </Drawer>
  );
}
