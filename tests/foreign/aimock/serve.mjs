// Answers each wanted segment with accents on its letters, through aimock's own server and with its
// own chaos. Prints the URL; ends when its standard input is closed.
import { LLMock } from "@copilotkit/aimock";

const chaos = JSON.parse(process.argv[2] ?? "{}");
const mock = new LLMock({ port: 0, host: "127.0.0.1", logLevel: "silent", chaos });

// What must come back as it is: code, targets of links, tags. Everything else changes.
const MARK = /`[^`]*`|\]\(u\d+\)|<\/?[xb]\d+\/?>|\[\^[^\]]+\]|\{[^}]*\}|https?:\/\/\S+|:[a-z_]+:/g;
const LINE = /^<(\d+)(?: [a-z0-9-]+)?>(.*)$/gm;
const RANGE = /(\d+)(?:[-–](\d+))?/g;

const LETTERS = { a: "ä", e: "ë", i: "ï", o: "ö", u: "ü", n: "ñ", c: "ç" };

function accented(text) {
  return text.replace(/[aeiounc]/g, (letter) => LETTERS[letter]);
}

function translated(text) {
  let out = "";
  let position = 0;
  for (const match of text.matchAll(MARK)) {
    out += accented(text.slice(position, match.index)) + match[0];
    position = match.index + match[0].length;
  }
  return out + accented(text.slice(position));
}

mock.onMessage(/./s, (request) => {
  const said = request.messages.at(-1).content;
  const text = typeof said === "string" ? said : said.map((part) => part.text).join("");
  const [article, task] = text.split(/<task>/);
  const sources = new Map([...article.matchAll(LINE)].map((m) => [Number(m[1]), m[2]]));
  const wanted = /Translate ([^\n]*?) into /.exec(task)[1];
  const numbers = [];
  for (const [, first, last] of wanted.matchAll(RANGE)) {
    for (let n = Number(first); n <= Number(last ?? first); n++) numbers.push(n);
  }
  const lines = numbers.filter((n) => sources.has(n)).map((n) => `<${n}>${translated(sources.get(n))}`);
  return { content: [...lines, "<end>"].join("\n") };
});

await mock.start();
console.log(mock.url);
process.stdin.resume();
process.stdin.on("end", async () => {
  await mock.stop();
  process.exit(0);
});
