import { ClockCircleOutlined } from '@ant-design/icons';
import { Dropdown, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '#engine/fields/field-type.ts';
import { addToDate, fromLocal, startOf } from '#engine/rules/time.ts';
import { useLocale } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { dayOf, formatMoment } from '../fields/format.ts';
import { FIELD_COMPONENTS } from '../fields/index.ts';
import { IconButton } from '../ui/IconButton.tsx';

const HOUR_MS = 3_600_000;
const MORNING = 'T09:00:00';

/** Puts a notice off: out of sight until then. */
export function SnoozeButton({ onSnooze }: { onSnooze: (until: string, said: string) => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { model } = useApp();
  const { timeZone } = model.settings;
  const [picking, setPicking] = useState(false);
  const [moment, setMoment] = useState<Json>(null);
  const clock = model.tables.user?.fields.created_at;
  const ClockInput = clock && FIELD_COMPONENTS[clock.type].Input;

  const until = (wanted: string) => onSnooze(wanted, t('inbox.snoozed', { until: formatMoment(wanted, locale, timeZone) }));
  const today = () => dayOf(new Date(), timeZone);
  const morning = (day: string) => until(fromLocal(`${day}${MORNING}`, timeZone));
  const items = [
    { key: 'hour', label: t('inbox.inAnHour'), onClick: () => until(new Date(Date.now() + HOUR_MS).toISOString()) },
    { key: 'tomorrow', label: t('inbox.tomorrow'), onClick: () => morning(addToDate(today(), 1, 'day')) },
    { key: 'week', label: t('inbox.nextMonday'), onClick: () => morning(addToDate(startOf(today(), 'week'), 1, 'week')) },
    ...(ClockInput ? [{ key: 'pick', label: t('inbox.pick'), onClick: () => setPicking(true) }] : []),
  ];
  const isLater = typeof moment === 'string' && Date.parse(moment) > Date.now();
  return (
    <>
      <Dropdown trigger={['click']} placement="bottomRight" menu={{ items }}>
        <IconButton size="small" label={t('inbox.snooze')} icon={<ClockCircleOutlined aria-hidden="true" />} />
      </Dropdown>
      {picking && clock && ClockInput ? (
        <Modal
          open
          title={t('inbox.snooze')}
          width={360}
          okText={t('inbox.snooze')}
          okButtonProps={{ disabled: !isLater }}
          onCancel={() => setPicking(false)}
          onOk={() => {
            setPicking(false);
            if (typeof moment === 'string') until(moment);
          }}
        >
          <label htmlFor="snooze-until" className="field-label">
            {t('inbox.until')}
          </label>
          <ClockInput id="snooze-until" field={clock} value={moment} onChange={setMoment} record={{}} included={{}} invalid={moment !== null && !isLater} />
        </Modal>
      ) : null}
    </>
  );
}
