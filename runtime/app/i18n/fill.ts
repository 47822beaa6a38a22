/** `fill('{{n}} records', { n: 3 })`: for texts that load with their own part of the app. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
