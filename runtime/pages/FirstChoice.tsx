/** What a new workspace begins with: the owner takes the part of the template that fits, or keeps the usual one. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Label } from '#engine/errors.ts';
import { request } from '../api/client.ts';
import { APP_KEY } from '../api/events.ts';
import { useLabel } from '../app/i18n/index.ts';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useToast } from '../ui/toast.tsx';
import './first-choice.css';

interface Profile {
  readonly name: string;
  readonly label: Label;
  readonly description?: Label;
  readonly tables: number;
}
interface Choice {
  readonly profile: string | null;
  readonly profiles: readonly Profile[];
}

const SEEN = 'relata.setup.kept';

export function FirstChoice() {
  const { t } = useTranslation();
  const label = useLabel();
  const toast = useToast();
  const errorText = useErrorText();
  const queries = useQueryClient();
  const [kept, setKept] = useState(() => localStorage.getItem(SEEN) !== null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const choice = useQuery({ queryKey: ['setup'], queryFn: () => request<Choice>('GET', '/api/setup'), enabled: !kept });
  const { profile: current = null, profiles = [] } = choice.data ?? {};
  const own = profiles.find(({ name }) => name === current);
  if (kept || !own) return null;
  const wanted = profiles.find(({ name }) => name === (chosen ?? current)) ?? own;
  const keep = () => {
    localStorage.setItem(SEEN, own.name);
    setKept(true);
  };
  const take = async () => {
    if (wanted.name === own.name) return keep();
    setBusy(true);
    try {
      await request('POST', '/api/setup', { body: { profile: wanted.name } });
      toast({ text: t('setup.done', { name: label(wanted.label) }) });
      await queries.invalidateQueries({ queryKey: APP_KEY });
      await queries.invalidateQueries({ queryKey: ['setup'] });
    } catch (error) {
      toast({ kind: 'error', text: t('setup.failed', { reason: errorText(error) }) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="first-choice" aria-labelledby="first-choice-title">
      <h2 id="first-choice-title">{t('setup.title')}</h2>
      <p className="quiet">{t('setup.hint', { name: label(own.label) })}</p>
      <fieldset disabled={busy}>
        {profiles.map(({ name, label: title, description, tables }) => (
          <label key={name} className={name === wanted.name ? 'profile-option profile-chosen' : 'profile-option'}>
            <input type="radio" name="profile" checked={name === wanted.name} onChange={() => setChosen(name)} />
            <strong>{label(title)}</strong>
            <span className="quiet">
              {t('setup.tables', { count: tables })}
              {name === own.name ? ` · ${t('setup.current')}` : ''}
            </span>
            {description ? <span>{label(description)}</span> : null}
          </label>
        ))}
      </fieldset>
      <footer>
        <Button type="primary" loading={busy} onClick={() => void take()}>
          {t(wanted.name === own.name ? 'setup.keep' : 'setup.choose', { name: label(wanted.label) })}
        </Button>
        {busy ? <span className="quiet">{t('setup.working')}</span> : null}
      </footer>
    </section>
  );
}
