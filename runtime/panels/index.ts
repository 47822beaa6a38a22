/** What loads with the first record that has panels. */
import './panels.css';

export { RecordPanels } from './RecordPanels.tsx';
