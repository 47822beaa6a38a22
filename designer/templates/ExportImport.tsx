/** Definitions as files: out of here, whole or in part, and in again as a draft. */
import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Alert, Button, Radio, Select } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { diffDefinitions } from '#engine/changes/diff-definitions.ts';
import { neededBy } from '#engine/changes/part-of.ts';
import { isProblem, type Problem } from '#runtime/api/problem.ts';
import { useLabel, useLocale } from '#runtime/app/i18n/index.ts';
import { useErrorText } from '#runtime/ui/ErrorState.tsx';
import { useToast } from '#runtime/ui/toast.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { fill } from '../i18n/index.ts';
import { PUBLISH } from '../paths.ts';
import { exportUrl, type ImportMode, importFile } from './api.ts';
import { useTemplateTexts } from './texts.ts';

export function ExportSection() {
  const texts = useTemplateTexts();
  const label = useLabel();
  const locale = useLocale();
  const { definitions } = useDraft().live;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const needed = useMemo(() => neededBy(definitions, chosen), [definitions, chosen]);
  const titles = new Map(definitions.tables.map((table) => [table.name, label(table.label)]));
  return (
    <section className="file-section">
      <h2>{texts.export}</h2>
      <p className="quiet">{texts.exportHint}</p>
      <Select
        mode="multiple"
        allowClear
        value={[...chosen]}
        placeholder={texts.chooseTables}
        aria-label={texts.chooseTables}
        optionFilterProp="label"
        options={definitions.tables.map((table) => ({ value: table.name, label: label(table.label) }))}
        onChange={(next: string[]) => setChosen(next)}
      />
      {needed.length > 0 ? (
        <Alert
          className="needed"
          type="info"
          showIcon
          title={fill(texts.needs, { tables: needed.map((name) => titles.get(name) ?? name).join(locale === 'en' ? ', ' : '、') })}
          action={
            <Button size="small" onClick={() => setChosen([...chosen, ...needed])}>
              {texts.addNeeded}
            </Button>
          }
        />
      ) : null}
      <div>
        <Button icon={<DownloadOutlined aria-hidden="true" />} href={exportUrl(chosen)} download>
          {chosen.length > 0 ? texts.exportSome : texts.exportAll}
        </Button>
      </div>
    </section>
  );
}

export function ImportSection() {
  const texts = useTemplateTexts();
  const toast = useToast();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const { edit, live } = useDraft();
  const [mode, setMode] = useState<ImportMode>('merge');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ text: string; issues: Problem['issues'] } | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: File) => {
    setBusy(true);
    setProblem(null);
    try {
      const { definitions, issues } = await importFile(file, mode);
      const n = diffDefinitions(live.definitions, definitions).length;
      edit(() => definitions);
      if (n === 0) toast({ kind: 'info', text: texts.importedSame });
      else toast({ kind: issues.length > 0 ? 'warning' : 'success', text: fill(issues.length > 0 ? texts.importedIssues : texts.imported, { n, issues: issues.length }), action: { label: texts.review, run: () => void navigate(PUBLISH) } });
    } catch (error) {
      setProblem({ text: errorText(error), issues: isProblem(error) ? error.issues : [] });
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="file-section">
      <h2>{texts.import}</h2>
      <p className="quiet">{texts.importHint}</p>
      <Radio.Group value={mode} aria-label={texts.importMode} onChange={(event) => setMode(event.target.value as ImportMode)}>
        {(['merge', 'replace'] as const).map((one) => (
          <Radio key={one} value={one}>
            {texts.mode[one]}
          </Radio>
        ))}
      </Radio.Group>
      <p className="quiet">{texts.modeHint[mode]}</p>
      {problem ? (
        <Alert
          type="error"
          showIcon
          closable={{ onClose: () => setProblem(null) }}
          title={texts.importFailed}
          description={
            <>
              {problem.text}
              {problem.issues.length > 0 ? (
                <ul className="import-issues">
                  {problem.issues.slice(0, 20).map((issue) => (
                    <li key={issue.path + issue.code + issue.message}>
                      {issue.message} <code>{issue.path}</code>
                    </li>
                  ))}
                </ul>
              ) : null}
            </>
          }
        />
      ) : null}
      <input
        ref={input}
        type="file"
        accept=".zip,.json,application/zip,application/json"
        hidden
        aria-label={texts.choose}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) void take(file);
        }}
      />
      <div>
        <Button icon={<UploadOutlined aria-hidden="true" />} loading={busy} onClick={() => input.current?.click()}>
          {busy ? texts.importing : texts.choose}
        </Button>
      </div>
    </section>
  );
}
