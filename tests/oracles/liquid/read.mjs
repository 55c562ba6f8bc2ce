// Lines of JSON in (`{"text", "liquid"}`), for each a line out: `answer`, the nodes that remark
// and rehype (or markdown-it, for Eleventy) read in what is left of the text without its Liquid, or `error`. LiquidJS takes it
// apart: a tag that is a word of its line becomes a word, one that rules others is taken out,
// and each is a node, with what it is given.
import { createInterface } from 'node:readline';
import { Liquid, Tag, TokenKind } from 'liquidjs';
import MarkdownIt from 'markdown-it';
import attributes from 'markdown-it-attrs';
import rehypeParse from 'rehype-parse';
import rehypeRaw from 'rehype-raw';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

const PROSE = /\b(aria-label|title|alt|caption|description|label|text)=("[^"]*"|'[^']*')/g;
// Tags that put something in their place; all others rule what is around them.
const WORD = /^(data|octicon|include|render|link|post_url|asset_path|img|icon|indented_data_reference)/;

class Kept extends Tag {
  constructor(token, rest, liquid) {
    super(token, rest, liquid);
    this.given = token.args;
  }

  * render() {}
}

function engine(text) {
  const liquid = new Liquid({ strictFilters: false, strictVariables: false });
  for (const [, name] of text.matchAll(/\{%-?\s*([\w-]+)/g)) {
    if (!/^(end)?(raw|comment)$/.test(name)) liquid.registerTag(name, Kept);
  }
  return liquid;
}

function withoutLiquid(text) {
  const found = [];
  const rest = engine(text).parse(text).map((template) => {
    const { token } = template;
    if (token.kind === TokenKind.HTML) return token.getContent();
    if (token.kind === TokenKind.Output) {
      found.push(['!', `{{${token.content}}}`]);
      return `lq${found.length}x`;
    }
    if (token.name === 'raw') return template.templates?.map((t) => t.token.getContent()).join('') ?? template.tokens.map((t) => t.getText()).join('');
    if (token.name === 'comment') return '';
    const prose = {};
    const args = String(token.args).replace(PROSE, (all, name, value) => {
      prose.title = (prose.title ?? '') + value;
      return `${name}=`;
    });
    found.push(['<', `liquid-${token.name}`, { args, ...prose }]);
    return WORD.test(token.name) ? `lq${found.length}x` : '';
  });
  return [rest.join(''), found];
}

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

const page = unified().use(rehypeParse, { fragment: true });
// The site of `eleventy` has attributes of headings, which remark has not.
const it = MarkdownIt({ html: true }).use(attributes);
const markdown = unified().use(remarkParse).use(remarkGfm)
  .use(remarkRehype, { allowDangerousHtml: true }).use(rehypeRaw);

for await (const line of createInterface({ input: process.stdin })) {
  const { text, liquid, eleventy } = JSON.parse(line);
  let said;
  try {
    const [rest, tags] = liquid ? withoutLiquid(text) : [text, []];
    said = { answer: [...tags, ...nodes(eleventy
      ? page.parse(it.render(rest)) : markdown.runSync(markdown.parse(rest)))] };
  } catch (error) {
    said = { error: String(error.message ?? error).split('\n')[0] };
  }
  console.log(JSON.stringify(said));
}
