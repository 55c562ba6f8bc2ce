// Lines of JSON in (`{"id", "before", "after"}`), for each a line out: `same`, `differs`,
// `unreadable` (the source does not compile) or `broken` (only the translation does not).
// What is compared is the syntax tree of @mdx-js/mdx without the words: kinds of node, code,
// formulae, addresses, modules, expressions, tags and attributes but those that hold prose.
import { createInterface } from 'node:readline';
import { compile, createProcessor } from '@mdx-js/mdx';
import remarkDirective from 'remark-directive';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';

const PROSE = new Set([
  'title', 'caption', 'alt', 'label', 'description', 'summary', 'header', 'subtitle',
  'aria-label', 'placeholder',
]);
const plugins = [remarkGfm, remarkDirective, [remarkFrontmatter, ['yaml', 'toml']], remarkMath];
const options = { format: 'mdx', remarkPlugins: plugins };

// What Docusaurus does before MDX sees the text: ids of headings (and
// the anchors that stand for one), comments, titles of admonitions.
function prepared(text) {
  let fence = '';
  return text
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((line) => {
      const run = /^[ >]*(`{3,}|~{3,})/.exec(line);
      if (fence) {
        if (run && run[1].startsWith(fence) && !line.trim().slice(run[1].length)) fence = '';
        return line;
      }
      if (run) fence = run[1];
      return line
        .replace(/^( *#{1,6} .*?)\{#[^{}\s]+\}\s*$/, '$1')
        .replace(/^( *#{1,6} )<a id="[^"]*"><\/a>/, '$1')
        .replace(/^( *:{3,})[ \t]*([\w-]+)[ \t]+([^[{\s].*)$/, '$1$2[$3]')
        .replace(/^( *:{3,})[ \t]+([\w-]+)/, '$1$2');
    })
    .join('\n')
    .replace(/<!--[\s\S]*?-->/g, '');
}

function attribute(one, _, all) {
  const meta = all.some((a) => /^(name|property)$/.test(a.name)
    && /^(og:|twitter:)?(title|description)$/.test(a.value));
  if (meta && one.name === 'content') return [one.name];
  if (one.type !== 'mdxJsxAttribute') return [one.type, one.value];
  if (PROSE.has(one.name) && typeof one.value === 'string') return [one.name];
  return [one.name, one.value && typeof one.value === 'object' ? one.value.value : one.value];
}

function shape(node) {
  if (node.type === 'text') return [];
  if (node.type === 'textDirective' && !node.children.length) return [];
  const own = [node.type];
  for (const key of ['depth', 'ordered', 'start', 'checked', 'lang', 'meta', 'url', 'identifier', 'align']) {
    if (node[key] !== undefined && node[key] !== null) own.push([key, node[key]]);
  }
  if (node.name !== undefined) own.push(['name', node.name]);
  if (typeof node.value === 'string' && node.type !== 'yaml' && node.type !== 'toml') {
    own.push(node.type === 'inlineCode' || node.type === 'inlineMath'
      ? node.value.replace(/\s+/g, ' ') : node.value);
  }
  if (Array.isArray(node.attributes)) own.push(node.attributes.map(attribute));
  else if (node.attributes) {
    own.push(Object.entries(node.attributes).map(([k, v]) => (PROSE.has(k) ? [k] : [k, v])));
  }
  if (node.children) own.push(node.children.flatMap((child) => {
    const inner = shape(child);
    return inner.length ? [inner] : [];
  }));
  return own;
}

function first(a, b) {
  const [x, y] = [JSON.stringify(a), JSON.stringify(b)];
  let at = 0;
  while (at < x.length && x[at] === y[at]) at += 1;
  return `${x.slice(Math.max(0, at - 80), at + 80)} => ${y.slice(Math.max(0, at - 80), at + 80)}`;
}

const processor = createProcessor(options);
for await (const line of createInterface({ input: process.stdin })) {
  const { id, before, after } = JSON.parse(line);
  const answer = { id, verdict: 'same', why: '' };
  let wanted;
  try {
    wanted = shape(processor.parse(prepared(before)));
    await compile(prepared(before), options);
  } catch (error) {
    Object.assign(answer, { verdict: 'unreadable', why: String(error.reason ?? error) });
  }
  if (answer.verdict === 'same') {
    try {
      const found = shape(processor.parse(prepared(after)));
      await compile(prepared(after), options);
      if (JSON.stringify(wanted) !== JSON.stringify(found)) {
        Object.assign(answer, { verdict: 'differs', why: first(wanted, found) });
      }
    } catch (error) {
      Object.assign(answer, { verdict: 'broken', why: String(error.reason ?? error) });
    }
  }
  console.log(JSON.stringify(answer));
}
