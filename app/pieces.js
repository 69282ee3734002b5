// Fetches the pieces of the app: one when the app asks for it, or a little before, when an address shows that it will be
// needed. The build fills in PIECES, every piece's address, NEEDS, the pieces that each group of pages needs, WORDS, the addresses
// of the texts by language and file, and SAYS, the files with texts that a piece shows.

/** Which groups of pages an address needs. Where this falls behind the app's routes, pieces only come a little later. */
const GROUPS = [
  [/^\/(sign-in|invite)$/, ["entrance"]],
  [/^\/my-licences$/, ["learner"]],
  [/^\/dashboard$/, ["dashboard"]],
  [/^\/dashboard\//, ["dashboard", "licences"]],
  [/^\/users\/import(\/|$)/, ["dashboard", "import"]],
  [/^\/users\/sync$/, ["dashboard", "import"]],
  [/^\/users(\/|$)/, ["dashboard", "users"]],
  [/^\/licences(\/|$)/, ["dashboard", "licences"]],
  [/^\/settings(\/|$)/, ["dashboard", "users"]],
  [/^\/desk(\/|$)/, ["desk"]],
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

const begun = new Map();
const handed = new Set();
/** The texts that have come, by file: the app reads them here. */
globalThis.words = {};

function begin(address) {
  if (!begun.has(address)) {
    const answer = fetch(address).then((answer) => {
      if (!answer.ok) throw Object.assign(new Error(`${answer.url}: ${answer.status}`), { status: answer.status });
      return answer;
    });
    answer.catch(() => begun.delete(address));
    begun.set(address, answer);
  }
  return begun.get(address);
}

/** What has begun to come from an address, to be read once. */
async function taken(address) {
  handed.add(address);
  const answer = begin(address);
  begun.delete(address);
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

/** Begins to fetch what the page at `path` needs. */
export function early(path) {
  const groups = GROUPS.find(([pattern]) => pattern.test(path))?.[1] ?? [];
  for (const name of groups.flatMap((group) => NEEDS[group] ?? [])) {
    for (const address of [PIECES[name], ...(SAYS[name] ?? []).map((file) => WORDS[LANGUAGE][file])]) {
      if (!handed.has(address)) begin(address);
    }
  }
}

/** Fetches texts of the reader's language. */
export async function words(file) {
  globalThis.words[file] ??= await (await taken(WORDS[LANGUAGE][file])).text();
}

/** The answer with one piece, to be read once; the texts that it shows are there by then. */
export async function piece(name) {
  const [answer] = await Promise.all([taken(PIECES[name]), ...(SAYS[name] ?? []).map(words)]);
  return answer;
}
