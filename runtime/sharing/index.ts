/** What loads together when somebody shares, transfers, hands over, asks why or uncovers. */
import './sharing.css';

export { HandOverDialog } from './HandOverDialog.tsx';
export { RevealButton } from './RevealButton.tsx';
export { ShareDialog } from './ShareDialog.tsx';
export { TransferDialog } from './TransferDialog.tsx';
export { ViewAsBanner } from './ViewAsBanner.tsx';
export { WhyDialog } from './WhyDialog.tsx';
