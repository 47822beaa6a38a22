import type { Label } from '#engine/errors.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { TRIGGER_ID } from '../canvas/layout.ts';
import { useWorkflowTexts } from '../texts.ts';

interface TellingProps {
  readonly lines: readonly { readonly indent: number; readonly node: string | null; readonly text: Label }[];
  /** Null: the trigger. */
  readonly selected: string | null | undefined;
  readonly onShow: (card: string) => void;
}

/** The whole workflow in plain words, beside the drawing. */
export function Telling({ lines, selected, onShow }: TellingProps) {
  const { canvas } = useWorkflowTexts();
  const label = useLabel();
  return (
    <section className="telling" aria-label={canvas.tell}>
      <h3>{canvas.tell}</h3>
      <ol>
        {lines.map((line, index) => (
          <li key={index} style={{ paddingLeft: line.indent * 14 }}>
            <button type="button" className={line.node === selected ? 'telling-line telling-here' : 'telling-line'} onClick={() => onShow(line.node ?? TRIGGER_ID)}>
              {label(line.text)}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
