// Lines of JSON in (`{"text"}`), for each a line out: `answer`, the nodes that remark reads with
// plugins for wikilinks, callouts and highlights, or `error`. Comments, tags and block ids have
// no plugin: they are nodes in front, found where no code is.
import { createInterface } from 'node:readline';
import remarkCallout from '@r4ai/remark-callout';
import rehypeRaw from 'rehype-raw';
import remarkMarkers from 'remark-flexible-markers';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import remarkWikiLink from 'remark-wiki-link';
import { unified } from 'unified';

const CODE = /^( *)(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ *\2[`~]*[ \t]*$|$(?![\s\S]))|(`+)(?!`)[\s\S]+?(?<!`)\3(?!`)/gm;
const OTHERS = /%%[\s\S]*?%%|(?<=[ \n])\^[A-Za-z0-9-]+(?=[ \t]*(?:\n|$))|(?<![^\s])#[\w/-]*[A-Za-z\u0080-\uffff][\w/\u0080-\uffff-]*/g;
const markdown = unified().use(remarkParse).use(remarkGfm)
  .use(remarkWikiLink, { aliasDivider: '|', pageResolver: (name) => [name], hrefTemplate: (link) => `wiki:${link}` })
  .use(remarkCallout).use(remarkMarkers)
  .use(remarkRehype, { allowDangerousHtml: true }).use(rehypeRaw);

function* nodes(node) {
  if (node.type === 'text') yield ['text', node.value];
  else if (node.type === 'comment') yield ['!', node.value];
  else if (node.type === 'element') {
    yield ['<', node.tagName, Object.fromEntries(Object.entries(node.properties).map(
      ([name, value]) => [name.replace(/^aria([A-Z])/, (_, c) => `aria-${c.toLowerCase()}`), Array.isArray(value) ? value.join(' ') : String(value)],
    ))];
    for (const child of node.children) yield* nodes(child);
    yield ['>', node.tagName];
  } else for (const child of node.children ?? []) yield* nodes(child);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { text } = JSON.parse(line);
  let said;
  try {
    const others = [...text.replace(CODE, '`').matchAll(OTHERS)].map(([all]) => ['!', all]);
    const tree = markdown.runSync(markdown.parse(text));
    said = { answer: [...others, ...nodes(tree)] };
  } catch (error) {
    said = { error: String(error.message ?? error).split('\n')[0] };
  }
  console.log(JSON.stringify(said));
}
