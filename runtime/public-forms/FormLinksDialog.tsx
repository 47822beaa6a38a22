/** Makes links to public forms, and takes them back. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Modal, QRCode, Select, Skeleton, Typography } from 'antd';
import { useState } from 'react';
import { createFormLink, endFormLink, formLinks } from '../api/public-forms.ts';
import { fill } from '../app/i18n/fill.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useToast } from '../ui/toast.tsx';
import type { PublicForm } from './public-forms.ts';
import './public-forms.css';
import { usePublicFormTexts } from './texts.ts';

interface FormLinksDialogProps {
  readonly forms: readonly PublicForm[];
  /** The record it is about, with its title. */
  readonly about?: { readonly record: string; readonly name: string };
  readonly onClose: () => void;
}

const DAYS = [7, 30, 90, 365] as const;

export function FormLinksDialog({ forms, about, onClose }: FormLinksDialogProps) {
  const texts = usePublicFormTexts();
  const label = useLabel();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [index, setIndex] = useState(0);
  const [days, setDays] = useState<number>(30);
  const [once, setOnce] = useState(about !== undefined);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [url, setUrl] = useState<string | null>(null);
  const chosen = forms[index];
  if (!chosen) return null;
  const { table, form, field } = chosen;

  const make = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const made = await createFormLink(table.name, { form: form.name, days, once, ...(about && field !== undefined && { about: { field, record: about.record } }) });
      setUrl(new URL(new URL(made.url).pathname, window.location.origin).href);
      void client.invalidateQueries({ queryKey: ['form-links', table.name] });
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal open title={about ? fill(texts.about, { name: about.name }) : texts.title} onCancel={onClose} footer={null} width={480}>
      {url === null ? (
        <div className="form-link-make">
          <p className="quiet">{fill(texts.hint, { table: label(table.label) })}</p>
          {problem ? <Alert type="error" showIcon title={problem} role="alert" /> : null}
          {forms.length > 1 ? (
            <label>
              <span>{texts.form}</span>
              <Select value={index} onChange={setIndex} options={forms.map((one, i) => ({ value: i, label: `${label(one.table.label)} · ${label(one.form.label)}` }))} aria-label={texts.form} />
            </label>
          ) : null}
          <label>
            <span>{texts.days}</span>
            <Select value={days} onChange={setDays} options={DAYS.map((n) => ({ value: n, label: fill(texts.forDays, { n }) }))} aria-label={texts.days} />
          </label>
          <Checkbox checked={once} onChange={(event) => setOnce(event.target.checked)}>
            {texts.once}
          </Checkbox>
          <Button type="primary" loading={busy} onClick={() => void make()}>
            {texts.make}
          </Button>
        </div>
      ) : (
        <div className="form-link-made">
          <Alert type="success" showIcon title={texts.made} />
          <Typography.Paragraph copyable={{ tooltips: [texts.copy, texts.copied] }} className="sign-in-url">
            {url}
          </Typography.Paragraph>
          <QRCode value={url} size={160} type="svg" />
          <p className="quiet">{texts.scan}</p>
          <Button onClick={() => setUrl(null)}>{texts.another}</Button>
        </div>
      )}
      <PresentLinks table={chosen} record={about?.record} />
    </Modal>
  );
}

function PresentLinks({ table: { table }, record }: { table: PublicForm; record: string | undefined }) {
  const texts = usePublicFormTexts();
  const label = useLabel();
  const locale = useLocale();
  const toast = useToast();
  const errorText = useErrorText();
  const client = useQueryClient();
  const found = useQuery({ queryKey: ['form-links', table.name, record ?? null], queryFn: () => formLinks(table.name, record) });
  const end = (id: string) =>
    endFormLink(id).then(
      () => {
        toast({ text: texts.ended });
        void client.invalidateQueries({ queryKey: ['form-links', table.name] });
      },
      (error: unknown) => toast({ kind: 'error', text: errorText(error) }),
    );
  const day = (at: string): string => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(at));
  return (
    <section className="form-links">
      <h3>{texts.present}</h3>
      {found.isPending ? <Skeleton active paragraph={{ rows: 2 }} title={false} /> : null}
      {found.isError ? <Alert type="error" showIcon title={errorText(found.error)} /> : null}
      {found.data?.data.length === 0 ? <p className="quiet">{texts.none}</p> : null}
      <ul>
        {found.data?.data.map((link) => (
          <li key={link.id}>
            <span>{label(table.forms.find(({ name }) => name === link.form)?.label ?? table.label)}</span>
            <span className="quiet">{[fill(texts.until, { date: day(link.until) }), link.once ? texts.onceOnly : fill(texts.used, { n: link.used })].join(' · ')}</span>
            <Button size="small" type="text" danger onClick={() => void end(link.id)}>
              {texts.end}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
