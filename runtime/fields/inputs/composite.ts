/** Inputs of values with parts: loaded when a form first holds one. */
export { FilesInput } from './FilesInput.tsx';
export { MarkdownInput } from './MarkdownInput.tsx';
export { ChecklistInput, GeoPointInput, JsonInput, RegionInput } from './OtherInput.tsx';
