import { LockOutlined } from '@ant-design/icons';
import type { FieldTemplateProps } from '@rjsf/utils';
import { useTranslation } from 'react-i18next';
import { mergePath, recordPagePath } from '../app/paths.ts';
import { useLabel } from '../app/i18n/index.ts';
import { FIELD_COMPONENTS } from '../fields/index.ts';
import { useForm } from './form-context.ts';

/** Label above, input, and below it one line: what is wrong, else a likely duplicate, else the help. */
export function FieldFrame({ id, children, fieldPathId }: FieldTemplateProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const form = useForm();
  const name = String(fieldPathId.path.at(-1) ?? '');
  const field = form.table.fields[name];
  if (!field) return <>{children}</>;
  const state = form.states.get(name);
  if (state && !state.visible) return null;
  const problem = form.problemOf(name);
  const matches = form.duplicates.filter((match) => match.fields.at(0) === name);
  return (
    <div
      className={FIELD_COMPONENTS[field.type].wide ? 'field field-wide' : 'field'}
      data-field={name}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) form.touch(name);
      }}
    >
      <label htmlFor={id} className={state?.required && !state.readOnly ? 'required-label' : undefined}>
        {label(field.label)}
        {field.encrypted ? <LockOutlined className="field-lock" title={t('form.encrypted')} aria-label={t('form.encrypted')} /> : null}
      </label>
      {children}
      <div id={`${id}-note`} className="field-note" aria-live="polite">
        {problem ? <span className="field-problem">{problem}</span> : null}
        {problem
          ? null
          : matches.slice(0, 3).map((match) => (
              <span key={match.id ?? match.foreign?.join()} className="field-duplicate">
                {t(match.level === 'same' ? 'form.duplicateSame' : 'form.duplicateSimilar')}：
                {match.id === null ? (
                  <span>{match.foreign?.join(' · ')}</span>
                ) : (
                  <a href={recordPagePath(match.table, match.id)} target="_blank" rel="noreferrer">
                    {match.title}
                  </a>
                )}
                <span className="quiet"> {match.message}</span>
                {form.mergeable !== null && match.id !== null && match.table === form.table.name ? (
                  <>
                    {' '}
                    <a href={mergePath(match.table, form.mergeable, match.id)} target="_blank" rel="noreferrer">
                      {t('action.merge')}
                    </a>
                  </>
                ) : null}
              </span>
            ))}
        {!problem && matches.length === 0 && field.help ? <span className="quiet">{label(field.help)}</span> : null}
      </div>
    </div>
  );
}
