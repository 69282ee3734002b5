// Fetches the pieces of the app: one when the app asks for it, or a little before, when an address shows that it will be
// needed. What the first page needs comes in one file: dozens of small ones would weigh more and come later. The build
// fills in PIECES, every piece's address, and TOGETHER, the file for each sort of first page with the pieces in it.

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

const begun = new Map();
const handed = new Set();

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw Object.assign(new Error(`${answer.url}: ${answer.status}`), { status: answer.status });
  return answer;
}

function remember(piece, answer) {
  answer.catch(() => begun.delete(piece));
  begun.set(piece, answer);
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
  if (begun.size + handed.size === 0) return together(needed);
  for (const [piece] of needed[1]) {
    if (!handed.has(piece) && !begun.has(piece)) remember(piece, fetched(PIECES[piece]));
  }
}

/** The answer with one piece, to be read once. */
export async function piece(number) {
  handed.add(number);
  if (!begun.has(number)) remember(number, fetched(PIECES[number]));
  const answer = begun.get(number);
  begun.delete(number);
  try {
    return await answer;
  } catch (error) {
    // A newer release has replaced the pieces that belong to this page load.
    if (error.status === 404 && performance.now() > YOUNG) {
      location.reload();
      await new Promise(() => {});
    }
    throw error;
  }
}
