/** Moves one path to where another stands. */
export function movePath(paths: readonly string[], from: string, to: string): readonly string[] {
  const target = paths.indexOf(to);
  if (from === to || target < 0 || !paths.includes(from)) return paths;
  const rest = paths.filter((path) => path !== from);
  return [...rest.slice(0, target), from, ...rest.slice(target)];
}
