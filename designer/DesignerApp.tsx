export function DesignerApp() {
  return null;
}
