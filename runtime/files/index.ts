/** What loads when the first file is looked at. */
import './files.css';

export { FilePreview } from './FilePreview.tsx';
