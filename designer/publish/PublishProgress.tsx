/** How far a publication has come, step by step; it can be called off until its values are written. */
import { Button, Progress as Bar } from 'antd';
import { useLocale } from '#runtime/app/i18n/index.ts';
import { cancelPublishing, type Progress } from './api.ts';
import { type PublishTexts, usePublishTexts } from './texts.ts';

const STEPS = ['plan', 'trash', 'schema', 'values', 'compute', 'save', 'reindex'] as const satisfies readonly (keyof PublishTexts['progress'])[];

function isStep(step: string | null): step is (typeof STEPS)[number] {
  return STEPS.some((known) => known === step);
}

interface PublishProgressProps {
  readonly progress: Progress;
  /** That are looked at once more before anything is written. */
  readonly records: number;
}

export function PublishProgress({ progress: { step, done = 0, total = 0 }, records }: PublishProgressProps) {
  const texts = usePublishTexts();
  const locale = useLocale();
  // Between two steps nothing is said for a moment.
  const now = isStep(step) ? step : 'save';
  const index = STEPS.indexOf(now);
  const all = now === 'plan' ? records : total;
  const fraction = all > 0 ? Math.min(1, done / all) : 0;
  return (
    <div className="plan-progress">
      <Bar percent={Math.round(((index + fraction) / STEPS.length) * 100)} status="active" aria-label={texts.publishing} />
      <span role="status" className="plan-step">
        {texts.progress[now]} {done > 0 ? done.toLocaleString(locale) : ''}
      </span>
      <Button disabled={index > STEPS.indexOf('values')} onClick={() => void cancelPublishing()}>
        {texts.cancel}
      </Button>
    </div>
  );
}
