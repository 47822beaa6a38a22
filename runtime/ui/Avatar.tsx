import { OPTION_COLORS, optionColors } from '../app/theme.ts';
import { useAppearance } from '../app/appearance.ts';

/** A steady colour for a name, so that one person looks the same everywhere. */
export function colorOfName(name: string): string {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return OPTION_COLORS[1 + (sum % (OPTION_COLORS.length - 1))] ?? 'indigo';
}

/** A Chinese person is known by the last character of the name; companies, and names in letters, by the first. */
export function initialOf(name: string, person: boolean): string {
  const points = [...name.trim()];
  if (person && points.length <= 4 && /\p{Script=Han}/u.test(name)) return points.at(-1) ?? '?';
  return points[0]?.toUpperCase() ?? '?';
}

export function Avatar({ name, size = 20, square = false }: { name: string; size?: number; square?: boolean }) {
  const { ink, tint } = optionColors(colorOfName(name), useAppearance());
  return (
    <span
      className={square ? 'avatar avatar-square' : 'avatar'}
      style={{ width: size, height: size, fontSize: Math.max(12, Math.round(size * 0.45)), color: ink, background: tint }}
      aria-hidden="true"
    >
      {initialOf(name, !square)}
    </span>
  );
}
