// Lines of JSON in (`{"text"}`), for each a line out: `answer`, the HTML that Hexo renders from
// it, or `error`. Every tag of Nunjucks that a text names shows what it is given; what is between
// a pair of them is Markdown, but for those that hold code. Ids of headings are left out.
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';

const Hexo = createRequire(import.meta.url)('hexo');
const CODE = /^(codeblock|code|mermaid|math|katex|plantuml|chartjs)$/;
const TITLED = /^(post_link|asset_link|asset_img|link|note|tabs|tab|fold|folding|details|spoiler|hideToggle|btn|button)$/;
const PROSE = /^(title|caption|alt|label|description|summary|header|subtitle|text)=/;
const escape = (text) => String(text).replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');

writeFileSync('_config.yml', 'highlight:\n  enable: false\nprismjs:\n  enable: false\nsyntax_highlighter: ""\nmarked:\n  headerIds: false\n  prependRoot: false\n  external_link:\n    enable: false\n');
const hexo = new Hexo(process.cwd(), { silent: true });
await hexo.init();
const closed = new Set();
const lines = [];
for await (const line of createInterface({ input: process.stdin })) lines.push(JSON.parse(line).text);
for (const text of lines) for (const [, name] of text.matchAll(/\{%-?\s*end(\w+)/g)) closed.add(name);
for (const text of lines) {
  for (const [, name] of text.matchAll(/\{%-?\s*(\w+)/g)) {
    if (name === 'raw' || name.startsWith('end')) continue;
    hexo.extend.tag.register(name, (args, content) => {
      const shown = args.map((value, index) => (PROSE.test(value) || (TITLED.test(name) && (index || !/_|link/.test(name)))
        ? `<hexo-argument title="${escape(value)}"></hexo-argument>`
        : `<hexo-argument data-value="${escape(value)}"></hexo-argument>`)).join('');
      const inner = content === undefined ? '' : CODE.test(name) ? `<pre>${escape(content)}</pre>`
        : hexo.render.renderSync({ text: content, engine: 'markdown' });
      return `<hexo-tag data-name="${name}">${shown}${inner}</hexo-tag>`;
    }, { ends: closed.has(name) });
  }
}
for (const text of lines) {
  let said;
  try {
    const made = await hexo.post.render(null, { content: text, engine: 'markdown' });
    said = { answer: made.content };
  } catch (error) {
    said = { error: String(error.message ?? error).slice(0, 300) };
  }
  console.log(JSON.stringify(said));
}
process.exit(0);
