// Fetches the pieces of the app: one when the app asks for it, or a little before, when an address shows that it will be
// needed. What the first page needs comes in one file: dozens of small ones would weigh more and come later. The build
// fills in PIECES, every piece's address, TOGETHER, the file for each sort of first page with the pieces in it, WORDS, the
// addresses of the texts by language and file, and SAYS, the files with texts that a piece shows.

/** Which sort of page an address is. Where this falls behind the app's routes, pieces only come a little later. */
const SORTS = [
  [/^\/sign-in$/, "entrance"],
  [/^\/invite$/, "invite"],
  [/^\/my-licences$/, "learner"],
  [/^\/dashboard$/, "dashboard"],
  [/^\/dashboard\//, "licences"],
  [/^\/users\/(import|sync)(\/|$)/, "import"],
  [/^\/users(\/|$)/, "users"],
  [/^\/licences(\/|$)/, "licences"],
  [/^\/settings(\/|$)/, "users"],
  [/^\/desk(\/|$)/, "desk"],
];

/** Page loads younger than this are not repeated: what is missing would be missing again. */
const YOUNG = 10_000;

/** The reader's language: the one chosen here before, else the first of the browser's that there is. */
const LANGUAGE = [chosen(), ...navigator.languages].map((tag) => tag?.split("-")[0]).find((tag) => WORDS[tag]) ?? "en";
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
/** The texts that have come, by file: the app reads them here. */
globalThis.words = {};

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw Object.assign(new Error(`${answer.url}: ${answer.status}`), { status: answer.status });
  return answer;
}

function remember(what, answer) {
  answer.catch(() => begun.delete(what));
  begun.set(what, answer);
}

/** Begins to fetch a piece or a file of texts, unless that has been done. */
function begin(what) {
  if (!handed.has(what) && !begun.has(what)) remember(what, fetched(PIECES[what] ?? WORDS[LANGUAGE][what]));
}

/** Begins to fetch several pieces as one file: [piece, length], in their order. */
function together([address, parts]) {
  const whole = fetched(address).then((answer) => answer.arrayBuffer());
  let end = 0;
  for (const [piece, length] of parts) {
    const start = end;
    end += length;
    const cut = (file) => new Response(file.slice(start, start + length), { headers: { "Content-Type": "application/wasm" } });
    remember(piece, whole.then(cut));
  }
}

/** Begins to fetch what the page at `path` needs. */
export function early(path) {
  const needed = TOGETHER[SORTS.find(([pattern]) => pattern.test(path))?.[1]];
  if (!needed) return;
  if (begun.size + handed.size === 0) together(needed);
  for (const [piece] of needed[1]) for (const what of [piece, ...(SAYS[piece] ?? [])]) begin(what);
}

/** What was fetched, to be read once. */
async function taken(what) {
  handed.add(what);
  if (!begun.has(what)) remember(what, fetched(PIECES[what] ?? WORDS[LANGUAGE][what]));
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

/** Fetches texts of the reader's language. */
export async function words(file) {
  globalThis.words[file] ??= await (await taken(file)).text();
}

/** The answer with one piece, to be read once; the texts that it shows are there by then. */
export async function piece(number) {
  const [answer] = await Promise.all([taken(number), ...(SAYS[number] ?? []).map(words)]);
  return answer;
}
