// Lines of JSON in (`{"text"}`), for each a line out: `answer`, the nodes of the template that
// Vue's compiler parses from what VitePress renders, or `error`. Ids that are made of words or
// drawn by chance are left out, and a file that is to be shown is made, with its name in it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from '@vue/compiler-dom';
import { createMarkdownRenderer } from 'vitepress';

const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const site = mkdtempSync(join(tmpdir(), 'oracle-'));
process.on('exit', () => rmSync(site, { recursive: true, force: true }));
const slugify = () => 'made-of-words';
const quiet = { info() {}, warn() {}, error() {}, warnOnce() {}, clearScreen() {} };
const renderer = await createMarkdownRenderer(site, {
  highlight: (code, lang, attrs) => `<pre data-lang="${escape(`${lang} ${attrs}`)}" v-pre><code>${escape(code)}</code></pre>`,
  anchor: { slugify, permalink: undefined },
  headers: { slugify },
  toc: { slugify },
}, '/', quiet);

function kept(tag, name, value) {
  if (name === 'id' && /^h[1-6]$/.test(tag) && value.startsWith('made-of-words')) return null;
  if (/^(id|for)$/.test(name)) return value.replace(/^tab-[\w-]{7}$/, 'tab');
  return name === 'name' ? value.replace(/^group-[\w-]{5}$/, 'group') : value;
}

function* nodes(node) {
  if (node.type === 2) yield ['text', node.content];
  else if (node.type === 3) yield ['!', node.content];
  else if (node.type === 5) yield ['!', `{{${node.content.content}}}`];
  else if (node.type === 1) {
    yield ['<', node.tag, Object.fromEntries(node.props.map((p) => (p.type === 6
      ? [p.name, p.value ? kept(node.tag, p.name, p.value.content) : null]
      : [p.rawName ?? p.name, p.exp ? p.exp.content : null])))];
    for (const child of node.children) yield* nodes(child);
    yield ['>', node.tag];
  } else for (const child of node.children ?? []) yield* nodes(child);
}

async function rendered(text, env) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await renderer.render(text, env);
    } catch (error) {
      if (error.code !== 'ENOENT' || !error.path.startsWith(site) || tries > 40) throw error;
      mkdirSync(dirname(error.path), { recursive: true });
      writeFileSync(error.path, error.path.slice(site.length));
    }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { text } = JSON.parse(line);
  let said;
  try {
    const env = { path: join(site, 'a.md'), relativePath: 'a.md', cleanUrls: false };
    const html = await rendered(text, env);
    let wrong = '';
    const tree = parse(html, { onError: (e) => { wrong ||= String(e.message); }, whitespace: 'preserve' });
    const { scripts = [], styles = [], customBlocks = [] } = env.sfcBlocks ?? {};
    const blocks = [...scripts, ...styles, ...customBlocks].map((one) => ['!', one.content]);
    said = wrong ? { error: wrong } : { answer: [...nodes(tree), ...blocks] };
  } catch (error) {
    said = { error: String(error.message ?? error) };
  }
  console.log(JSON.stringify(said));
}
