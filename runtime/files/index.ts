/** What loads when the first file is looked at. */
import './files.css';

export { RecordFiles } from './RecordFiles.tsx';
export { FilePreview } from './FilePreview.tsx';
