import { formatPhone } from '../format-phone.ts';
import type { CellProps } from '../field-components.ts';

function SafeLink({ href, text, outside }: { href: string; text: string; outside?: boolean }) {
  return (
    <a className="ellipsis" href={href} onClick={(event) => event.stopPropagation()} {...(outside && { target: '_blank', rel: 'noopener noreferrer' })}>
      {text}
    </a>
  );
}

export function EmailCell({ value }: CellProps) {
  return <SafeLink href={`mailto:${String(value)}`} text={String(value)} />;
}

export function PhoneCell({ value }: CellProps) {
  const text = String(value);
  // Masked numbers are for reading only.
  return text.includes('*') ? <span className="tabular">{text}</span> : <SafeLink href={`tel:${text.replace(/[^\d+]/g, '')}`} text={formatPhone(text)} />;
}

/** Only what cannot run: a stored `javascript:` address stays text. */
export function safeAddress(text: string): string | null {
  try {
    const { protocol, href } = new URL(text.includes('://') || /^(mailto|tel):/i.test(text) ? text : `https://${text}`);
    return ['http:', 'https:', 'mailto:', 'tel:'].includes(protocol) ? href : null;
  } catch {
    return null;
  }
}

export function UrlCell({ value }: CellProps) {
  const text = String(value);
  const href = safeAddress(text);
  return href ? <SafeLink href={href} text={text.replace(/^https?:\/\//, '')} outside /> : <span className="ellipsis">{text}</span>;
}
