/** What belongs to the app as a whole: its name, time zone and currency, the navigation, the home page. */
import { Select } from 'antd';
import { patched, updateApp } from '#engine/changes/edits.ts';
import type { AppDefinition } from '#engine/model/definitions.ts';
import { isSystemOwner, useApp } from '#runtime/app/session.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { PaneHead } from '../shell/Panes.tsx';
import { LabelInput } from '../ui/LabelInput.tsx';
import { Setting } from '../ui/Setting.tsx';
import { HomeViews } from './HomeViews.tsx';
import { Navigation } from './Navigation.tsx';
import './app.css';
import { useAppTexts } from './texts.ts';

const ZONES = Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }));
const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);
const CURRENCIES = ['CNY', 'HKD', 'TWD', 'USD', 'EUR', 'GBP', 'JPY', 'KRW', 'SGD', 'AUD'].map((code) => ({ value: code, label: code }));

export function AppPage() {
  const texts = useAppTexts();
  const { definitions, edit } = useDraft();
  const { app } = definitions;
  const owner = isSystemOwner(useApp());
  const set = (patch: Partial<NonNullable<AppDefinition['settings']>>) => edit((now) => updateApp(now, { settings: { ...now.app.settings, ...patch } }));
  return (
    <div className="app-page">
      <PaneHead title={texts.title} note={`${app.name} ${app.version}`} />
      <section>
        <h2>{texts.general}</h2>
        <div className="app-settings">
          <Setting id="app-label" label={texts.label} required>
            <LabelInput id="app-label" value={app.label} onChange={(label) => label && edit((now) => updateApp(now, { label }), 'app-label')} />
          </Setting>
          <Setting id="app-description" label={texts.description}>
            <LabelInput id="app-description" value={app.description} many onChange={(description) => edit((now) => updateApp(now, { description }), 'app-description')} />
          </Setting>
          <Setting id="app-zone" label={texts.timeZone} help={texts.timeZoneHelp}>
            <Select id="app-zone" showSearch value={app.settings?.timeZone ?? 'Asia/Shanghai'} options={ZONES} onChange={(timeZone) => set({ timeZone })} />
          </Setting>
          <Setting id="app-currency" label={texts.currency}>
            <Select id="app-currency" value={app.settings?.currency ?? 'CNY'} options={CURRENCIES} onChange={(currency) => set({ currency })} />
          </Setting>
          <Setting id="app-fiscal" label={texts.fiscal} help={texts.fiscalHelp}>
            <Select id="app-fiscal" value={app.settings?.fiscalYearStart ?? 1} options={MONTHS.map((month) => ({ value: month, label: texts.month(month) }))} onChange={(fiscalYearStart) => set({ fiscalYearStart })} />
          </Setting>
          <Setting id="app-department" label={texts.ownerDepartment} help={texts.ownerDepartmentHelp}>
            <Select
              id="app-department"
              value={app.settings?.ownerDepartment ?? 'keep'}
              options={[
                { value: 'keep', label: texts.departmentKeep },
                { value: 'follow', label: texts.departmentFollow },
              ]}
              onChange={(ownerDepartment) => set({ ownerDepartment: ownerDepartment as 'keep' | 'follow' })}
            />
          </Setting>
          <Setting id="app-factor" label={texts.factor} help={texts.factorHelp}>
            <Select
              id="app-factor"
              disabled={!owner}
              value={app.settings?.secondFactor ?? 'optional'}
              options={[
                { value: 'optional', label: texts.factorOptional },
                { value: 'required', label: texts.factorRequired },
              ]}
              onChange={(secondFactor) => set({ secondFactor: secondFactor as 'optional' | 'required' })}
            />
          </Setting>
          <Setting id="app-dual" label={texts.dual} help={texts.dualHelp}>
            <Select
              id="app-dual"
              disabled={!owner}
              value={app.settings?.dualControl ?? 'auto'}
              options={[
                { value: 'auto', label: texts.dualAuto },
                { value: 'on', label: texts.dualOn },
                { value: 'off', label: texts.dualOff },
              ]}
              onChange={(next) => edit((now) => updateApp(now, { settings: patched(now.app.settings ?? {}, { dualControl: next === 'auto' ? undefined : (next as 'on' | 'off') }) }))}
            />
          </Setting>
          <Setting id="app-numbers" label={texts.numbers} help={texts.numbersHelp}>
            <Select
              id="app-numbers"
              disabled={!owner}
              value={app.settings?.sensitiveNumbers ?? 'block'}
              options={[
                { value: 'block', label: texts.numbersBlock },
                { value: 'mask', label: texts.numbersMask },
                { value: 'warn', label: texts.numbersWarn },
              ]}
              onChange={(sensitiveNumbers) => set({ sensitiveNumbers: sensitiveNumbers as 'block' | 'mask' | 'warn' })}
            />
          </Setting>
          <Setting id="app-locale" label={texts.locale}>
            <Select
              id="app-locale"
              value={app.settings?.locale ?? 'zh-CN'}
              options={[
                { value: 'zh-CN', label: '中文' },
                { value: 'en', label: 'English' },
              ]}
              onChange={(locale) => set({ locale: locale as 'zh-CN' | 'en' })}
            />
          </Setting>
        </div>
      </section>
      <Navigation />
      <HomeViews />
    </div>
  );
}

