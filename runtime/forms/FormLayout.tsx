import { DownOutlined, RightOutlined } from '@ant-design/icons';
import type { ObjectFieldTemplateProps } from '@rjsf/utils';
import { Badge, Tabs } from 'antd';
import { type ReactNode, useState } from 'react';
import { useLabel } from '../app/i18n/index.ts';
import { useForm } from './form-context.ts';
import { type FormSection, type FormTab, isTextBlock } from './form-layout.ts';

interface SectionProps {
  readonly section: FormSection;
  readonly fields: ReadonlyMap<string, ReactNode>;
  /** Something in it is wrong or required: it may not stay folded. */
  readonly urgent: boolean;
}

function Section({ section, fields, urgent }: SectionProps) {
  const label = useLabel();
  const [open, setOpen] = useState(!section.folded);
  const shown = open || urgent;
  return (
    <section className="form-section">
      {section.label ? (
        <h3>
          <button type="button" aria-expanded={shown} onClick={() => setOpen(!shown)}>
            {shown ? <DownOutlined aria-hidden="true" /> : <RightOutlined aria-hidden="true" />} {label(section.label)}
            {shown ? null : <span className="quiet"> {section.fields.length}</span>}
          </button>
        </h3>
      ) : null}
      <div className={`form-grid form-grid-${section.columns}`} hidden={!shown}>
        {section.entries.map((entry, index) =>
          isTextBlock(entry) ? (
            <p key={`text ${index}`} className="form-text pre-line">
              {label(entry.text)}
            </p>
          ) : (
            fields.get(entry.name)
          ),
        )}
      </div>
    </section>
  );
}

/** Draws the object of the form: tabs, sections, columns, texts. rjsf brings the fields, the definition their places. */
export function FormLayout({ properties }: ObjectFieldTemplateProps) {
  const label = useLabel();
  const form = useForm();
  const fields = new Map<string, ReactNode>(properties.map((property) => [property.name, property.content]));
  const isWrong = (name: string) => form.problemOf(name) !== undefined;
  const sections = (tab: FormTab) =>
    tab.sections
      .filter((section) => form.isSectionVisible(section.name))
      .map((section) => <Section key={section.name} section={section} fields={fields} urgent={section.fields.some((field) => isWrong(field.name))} />);

  const [only] = form.tabs;
  if (form.tabs.length <= 1) return only ? <>{sections(only)}</> : null;
  return (
    <Tabs
      // Another form may have taken over, with other tabs.
      activeKey={form.tabs.some((tab) => tab.name === form.tab) ? form.tab : (only?.name ?? '')}
      onChange={form.setTab}
      items={form.tabs.map((tab) => ({
        key: tab.name,
        forceRender: true,
        label: <Badge dot={tab.sections.some((section) => section.fields.some((field) => isWrong(field.name)))}>{tab.label ? label(tab.label) : tab.name}</Badge>,
        children: sections(tab),
      }))}
    />
  );
}
