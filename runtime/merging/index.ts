/** What loads together when somebody merges duplicates. */
import './merging.css';

export { MergeDialog } from './MergeDialog.tsx';
export { RecordMerge } from './RecordMerge.tsx';
