// The package in a host that has nothing of Node's, only what the web has: run by
// `node --experimental-vm-modules`, every global that is not named here missing.
import { readFile } from "node:fs/promises";
import { SourceTextModule, createContext } from "node:vm";

const folder = new URL("./node_modules/fentan/", import.meta.url);
const site = new URL("https://host.example/fentan/");

async function fetchFile(address) {
  const { href } = new URL(address);
  if (!href.startsWith(site.href)) throw new Error(`${href} was asked for`);
  const bytes = await readFile(new URL(href.slice(site.href.length), folder));
  return new Response(bytes, { headers: { "content-type": "application/wasm" } });
}

const context = createContext({ fetch: fetchFile, Request, Response, TextDecoder, TextEncoder, URL });
const modules = new Map();

async function load(specifier, { identifier }) {
  const { href } = new URL(specifier === "fentan" ? "index.js" : specifier, specifier === "fentan" ? site : identifier);
  if (!modules.has(href)) {
    const text = await readFile(new URL(href.slice(site.href.length), folder), "utf8");
    const initializeImportMeta = (meta) => (meta.url = href);
    modules.set(href, new SourceTextModule(text, { context, identifier: href, initializeImportMeta }));
  }
  return modules.get(href);
}

const uses = new SourceTextModule(await readFile(new URL("uses.js", import.meta.url), "utf8"), { context, identifier: site.href });
await uses.link(load);
await uses.evaluate();
