/** A formula: suggestions while typing, the place of an error underlined, and its value on a record that is really there. */
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { optionsOf } from '#engine/model/app-model.ts';
import { parseFormula } from '#engine/rules/formula/parse-formula.ts';
import { resolvePath } from '#engine/rules/paths.ts';
import { useLabel, useLocale } from '#runtime/app/i18n/index.ts';
import { useDraft } from '../draft/draft-context.ts';
import { useIssues } from '../shell/issues.ts';
import { fill, useTexts } from '../i18n/index.ts';
import type { EditorProps } from './editor.ts';
import { fieldChoices } from './field-choices.ts';
import { FormulaTry } from './FormulaTry.tsx';
import { suggestFor, type Suggestion, wordAt, wordBefore } from './formula-words.ts';

const HOPS = 2;

export function FormulaEditor({ id, value, onChange, context }: EditorProps) {
  const texts = useTexts();
  const label = useLabel();
  const locale = useLocale();
  const { model } = useDraft();
  const box = useRef<HTMLTextAreaElement>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const [chosen, setChosen] = useState(0);
  const formula = typeof value === 'string' ? value : '';
  const fields = useMemo(() => fieldChoices(model, context.table, locale, HOPS).filter(({ path }) => path !== context.field), [model, context.table, context.field, locale]);
  const problem = useMemo(() => {
    if (formula.trim() === '') return undefined;
    const optionsAt = (path: string) => {
      const found = resolvePath(model.tables, context.table, path);
      const options = typeof found === 'object' ? optionsOf(found.field) : [];
      return options.length > 0 ? options : null;
    };
    const parsed = parseFormula(formula, { optionsOf: optionsAt });
    return 'problem' in parsed ? parsed.problem : undefined;
  }, [formula, model, context.table]);

  const issues = useIssues(`${context.path}/formula`);
  const wrongText = problem ? fill(texts.formula.at, { position: problem.position + 1, message: label(problem.message) }) : issues.map((issue) => label(issue.message)).join(' ');

  const word = cursor === null ? '' : wordBefore(formula, cursor);
  const suggestions = useMemo(() => suggestFor(word, fields), [word, fields]);
  const active = Math.min(chosen, suggestions.length - 1);

  const take = ({ text, back }: Suggestion) => {
    const end = cursor ?? formula.length;
    const start = end - word.length;
    // The brackets may be there already.
    const written = text.endsWith('()') && formula[end] === '(' ? text.slice(0, -2) : text;
    const at = start + written.length - (written === text ? back : 0);
    onChange(`${formula.slice(0, start)}${written}${formula.slice(end)}`);
    setCursor(null);
    setTimeout(() => {
      box.current?.focus();
      box.current?.setSelectionRange(at, at);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const current = suggestions[active];
    if (!current || event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setChosen((active + 1) % suggestions.length);
    else if (event.key === 'ArrowUp') setChosen((active + suggestions.length - 1) % suggestions.length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(current);
    else if (event.key === 'Escape') setCursor(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const wrong = problem && wordAt(formula, problem.position);
  return (
    <div className="formula">
      <div className="formula-box">
        <pre aria-hidden="true">
          {wrong ? (
            <>
              {formula.slice(0, wrong.start)}
              <mark>{formula.slice(wrong.start, wrong.end) || ' '}</mark>
              {formula.slice(wrong.end)}
            </>
          ) : (
            formula
          )}{' '}
        </pre>
        <textarea
          ref={box}
          id={id}
          value={formula}
          spellCheck={false}
          autoComplete="off"
          maxLength={2000}
          role="combobox"
          aria-expanded={suggestions.length > 0}
          aria-controls={`${id}-words`}
          aria-activedescendant={suggestions.length > 0 ? `${id}-word-${active}` : undefined}
          aria-invalid={wrongText !== ''}
          aria-describedby={`${id}-note`}
          onChange={(event) => {
            onChange(event.target.value);
            setCursor(event.target.selectionStart);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setCursor(null)}
        />
        {suggestions.length > 0 ? (
          <div id={`${id}-words`} role="listbox" aria-label={texts.formula.suggestions} className="formula-words">
            {suggestions.map((one, index) => (
              <div
                key={`${one.kind} ${one.text}`}
                id={`${id}-word-${index}`}
                role="option"
                aria-selected={index === active}
                onMouseDown={(event) => {
                  event.preventDefault();
                  take(one);
                }}
              >
                <span className="ellipsis">{one.title}</span>
                <code className="ellipsis">{one.note}</code>
              </div>
            ))}
          </div>
        ) : null}
      </div>
      <p id={`${id}-note`} className={wrongText ? 'field-problem' : 'setting-help'} role={wrongText ? 'alert' : undefined}>
        {wrongText || texts.formula.hint}
      </p>
      {problem || formula.trim() === '' ? null : <FormulaTry table={context.table} formula={formula} result={typeof context.values.result === 'string' ? context.values.result : undefined} />}
    </div>
  );
}
