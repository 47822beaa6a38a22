/** Shows `@{id}` inside Markdown as a name. Made of nodes, never of markup: what somebody types cannot pass for a mention. */
import { splitMentions, withNames } from '#engine/records/mentions.ts';

interface Node {
  type: string;
  value?: string;
  children?: Node[] | undefined;
  data?: { hName: string; hProperties: Record<string, string> };
}

const PLAIN = 'text';
const plain = (value: string): Node => ({ type: PLAIN, value });

export function mentionPlugin(nameOf: (id: string) => string): () => (tree: unknown) => void {
  const mention = (id: string): Node => ({ type: 'mention', data: { hName: 'span', hProperties: { className: 'mention' } }, children: [plain(`@${nameOf(id)}`)] });
  const isPlain = ({ type }: Node): boolean => type === PLAIN;
  const visit = (node: Node): void => {
    // Inside of code there is no place for nodes: only the name is put in.
    if (!node.children && !isPlain(node) && node.value !== undefined) node.value = withNames(node.value, nameOf);
    node.children = node.children?.flatMap((child) => {
      if (isPlain(child)) return splitMentions(child.value ?? '').map((part) => ('id' in part ? mention(part.id) : plain(part.text)));
      visit(child);
      return [child];
    });
  };
  return () => (tree) => visit(tree as Node);
}
