import type { ReactNode } from 'react';

interface SettingProps {
  readonly id: string;
  readonly label: string;
  readonly children: ReactNode;
  readonly help?: string | undefined;
  readonly problem?: string | undefined;
  readonly required?: boolean;
  /** Switches stand beside their label. */
  readonly inline?: boolean;
}

/** One setting: its label, its input, and below it what is wrong or what helps. */
export function Setting({ id, label, children, help, problem, required, inline }: SettingProps) {
  return (
    <div className={inline ? 'setting setting-inline' : 'setting'}>
      <label htmlFor={id} className={required ? 'required-label' : undefined}>
        {label}
      </label>
      {children}
      {problem ? (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      ) : help ? (
        <p className="setting-help">{help}</p>
      ) : null}
    </div>
  );
}
