// Fetches the pieces of the app: when the app asks for them, or a little before, when an address shows that they will be
// needed. What the first page needs comes as one, and so do its texts: dozens of small ones would weigh more and come
// later. The build fills in PIECES and WORDS, the folders with the pieces and with every language's texts, STYLE, the style
// of what comes later, which is fetched among the texts, NEEDS, for each group of pages which pieces it needs (a digit
// each), SAYS, which files with texts it shows, and FIRST, which groups a sort of page needs.
import { sortOf } from "./sorts.mjs";

/** What the app asks the API for on a page that is opened first, as seen from its company. Where this falls behind, it asks later. */
const ASKS = {
  "/dashboard": ["dashboard"],
  "/users": ["members/counts", "members", "groups"],
  "/licences": ["lots"],
  "/my-licences": ["/api/v1/me/licences"],
};

/** Page loads younger than this are not repeated: what is missing would be missing again. */
const YOUNG = 10_000;

/** The reader's language: the one chosen here before, else the first of the browser's that there is. */
export const LANGUAGE = [chosen(), ...navigator.languages].map((tag) => tag?.split("-")[0]).find((tag) => LANGUAGES.includes(tag)) ?? "en";
document.documentElement.lang = LANGUAGE;
document.documentElement.dir = LANGUAGE === "ar" ? "rtl" : "ltr";

function chosen() {
  try {
    return localStorage.getItem("language");
  } catch {
    return undefined;
  }
}

/** What is on its way: pieces by number, texts by file. */
const begun = new Map();
const handed = new Set();
/** What is there to stay: pieces that run, by number, texts, by file. */
const there = new Map();
/** The texts that have come, by file: the app reads them here. */
globalThis.words = {};

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw Object.assign(new Error(`${answer.url}: ${answer.status}`), { status: answer.status });
  return answer;
}

function order(what) {
  const answer = fetched(typeof what === "number" ? `${PIECES}${what}.wasm` : what === "style" ? STYLE : `${WORDS}${LANGUAGE}/${what}.txt`);
  answer.catch(() => begun.delete(what));
  begun.set(what, answer);
}

/** Begins to fetch a piece or a file of texts, unless that has been done. */
function begin(what) {
  if (!handed.has(what) && !begun.has(what)) order(what);
}

/** The numbers of the pieces that some groups of pages need, each once, in order. */
function needed(groups) {
  return Array.from(NEEDS[groups[0]], (_, number) => number).filter((number) => groups.some((group) => NEEDS[group][number] === "1"));
}

/** The numbers of those pieces that come as one, and that one on its way. */
let first = [];
let one;
/** The texts that come as one, by file. */
let said = Promise.resolve({});

/** Begins to fetch all pieces of a sort of page as one, and all its texts. If one doesn't come, each is asked for by itself. */
function together(sort) {
  first = needed(FIRST[sort]);
  one = fetched(`${PIECES}${sort}.wasm`);
  one.catch(() => (first = []));
  said = fetched(`${WORDS}${LANGUAGE}/first/${sort}.json`).then((answer) => answer.json()).catch(() => ({}));
  for (const what of [...first, "screens", ...saidBy(FIRST[sort])]) handed.add(what);
}

/** The files with the texts of some groups of pages. */
function saidBy(groups) {
  return groups.flatMap((group) => SAYS[group] ?? []);
}

/** Begins to fetch what the page at an address needs. */
export function early({ pathname, search }) {
  const { sort, more } = sortOf(pathname + search);
  if (!sort) return;
  if (begun.size + handed.size === 0) together(sort);
  const groups = [...FIRST[sort], ...more];
  for (const what of [...needed(groups), ...saidBy(groups)]) begin(what);
}

/** Answers of the API that are on their way before the app asks, by address. */
const answers = new Map();
/** What the app has asked itself, by address: it may have been faster. */
const asked = new Set();
const ask = globalThis.fetch;

function askNow(address) {
  const answer = ask(address, { headers: { "Accept-Language": LANGUAGE } });
  // The app hears of it, and asks again.
  answer.catch(() => {});
  answers.set(address.href, answer);
  return answer;
}

/** Asks who is signed in, and then for what their page shows, while the app itself is still on its way. */
export async function ahead({ origin, pathname, search }) {
  const answer = await askNow(new URL("/api/v1/session", origin));
  const role = (await answer.clone().json()).session?.identity.role;
  if (search || !role?.company_id || (pathname !== "/my-licences" && !role.manager)) return;
  for (const what of ASKS[pathname] ?? []) {
    const address = new URL(what, `${origin}/api/v1/companies/${role.company_id}/`);
    if (!asked.has(address.href)) askNow(address);
  }
}

/** The app asks as if nothing had been asked before. An answer is taken once, and never when it is old. */
globalThis.fetch = (what, how) => {
  const young = performance.now() < YOUNG;
  const answer = young && what.method === "GET" && answers.get(what.url);
  answers.delete(what.url);
  if (young) asked.add(what.url);
  return answer || ask(what, how);
};

/** The groups of the first page that are there. */
const shown = new Set();

/** What was fetched, to be read once. */
async function taken(what) {
  handed.add(what);
  if (!begun.has(what)) order(what);
  const answer = begun.get(what);
  begun.delete(what);
  try {
    return await answer;
  } catch (error) {
    // A newer release has replaced the files that belong to this page load.
    if (error.status === 404 && performance.now() > YOUNG) {
      location.reload();
      await new Promise(() => {});
    }
    throw error;
  }
}

/** Does something once. What failed may be tried again. */
function once(what, make) {
  if (!there.has(what)) {
    const made = make();
    made.catch(() => there.delete(what));
    there.set(what, made);
  }
  return there.get(what);
}

/** Fetches texts of the reader's language, or what else is fetched like them. */
export function words(file) {
  return once(file, async () => {
    const text = (await said)[file] ?? (await (await taken(file)).text());
    if (file === "style") {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      document.adoptedStyleSheets.push(sheet);
    } else globalThis.words[file] = text;
  });
}

/** Lets a piece run. */
function run(number, shared) {
  // One that was made of several asks for the app by the shorter name.
  const app = { _: shared(), __wasm_split: shared() };
  if (first.includes(number)) return once(one, () => WebAssembly.instantiateStreaming(one, app));
  return once(number, () => WebAssembly.instantiateStreaming(taken(number), app));
}

/**
 * The loader of a group of pages, as the app calls it: with the place of a function in its table, and what to hand to it.
 * What several groups share runs before what is the group's own; the texts are there by then. `shared` gives what the app's
 * Wasm exports.
 */
export function loader(group, shared) {
  const own = Object.keys(NEEDS).indexOf(group);
  const load = async () => {
    const all = needed([group]);
    all.forEach(begin);
    await Promise.all([...all.filter((number) => number !== own).map((number) => run(number, shared)), ...saidBy([group]).map(words)]);
    await run(own, shared);
    // The first page comes in steps, with time between them to draw and to hear what is pressed.
    if (first.includes(own) && !shown.has(group)) {
      shown.add(group);
      await new Promise((done) => setTimeout(done));
    }
    return true;
  };
  const failed = (error) => {
    console.error(error);
    return false;
  };
  return async (callback, data) => {
    const success = await load().catch(failed);
    shared().__indirect_function_table.get(callback)(data, success);
  };
}
