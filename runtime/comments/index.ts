/** What loads when a timeline is shown. */
import './comments.css';

export { CommentComposer } from './CommentComposer.tsx';
export { CommentItem } from './CommentItem.tsx';
