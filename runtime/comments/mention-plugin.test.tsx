import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Markdown } from '../ui/Markdown.tsx';
import { mentionPlugin } from './mention-plugin.ts';

const html = (text: string): string => renderToStaticMarkup(<Markdown text={text} plugins={[mentionPlugin((id) => (id === 'u1' ? '<b>Li' : '…'))]} />);

describe('a comment as it is shown', () => {
  it('names people, as text, also in bold and in code', () => {
    expect(html('**hi @{u1}**, `@{u1}`')).toContain('<strong>hi <span class="mention">@&lt;b&gt;Li</span></strong>, <code>@&lt;b&gt;Li</code>');
  });
  it('holds no markup and no mention of somebody’s own making', () => {
    const made = html('<span class="mention">@boss</span> [x](javascript:alert(1)) <img src=x onerror=alert(1)> ![](https://evil.example/x.png)');
    expect(made).not.toMatch(/mention|javascript|<img|evil/);
  });
});
