export { ReferenceInput, ReferencesInput } from './ReferenceInput.tsx';
