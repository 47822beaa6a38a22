import ReactMarkdown, { type Options } from 'react-markdown';

const NONE: Options['remarkPlugins'] = [];

/** Markdown without HTML: react-markdown builds elements, never markup, and keeps only harmless addresses. */
export function Markdown({ text, plugins = NONE }: { text: string; plugins?: Options['remarkPlugins'] }) {
  return (
    <div className="markdown">
      <ReactMarkdown
        skipHtml
        remarkPlugins={plugins}
        components={{
          a: ({ href, children }) => (
            <a href={href} target="_blank" rel="noopener noreferrer">
              {children}
            </a>
          ),
          // Images of other servers would tell them who reads what.
          img: ({ alt }) => <span>{alt}</span>,
        }}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
