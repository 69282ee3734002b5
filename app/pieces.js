// Fetches the pieces of the app: one when the app asks for it, or a little before, when an address shows that it will be
// needed. The build fills in PIECES, every piece's address, and NEEDS, the pieces that each group of pages needs.

/** Which groups of pages an address needs. Where this falls behind the app's routes, pieces only come a little later. */
const GROUPS = [
  [/^\/sign-in$/, ["entrance"]],
  [/^\/invite$/, ["invite"]],
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

const begun = new Map();
const handed = new Set();

function begin(name) {
  if (!begun.has(name)) {
    const answer = fetch(PIECES[name]).then((answer) => {
      if (!answer.ok) throw Object.assign(new Error(`${answer.url}: ${answer.status}`), { status: answer.status });
      return answer;
    });
    answer.catch(() => begun.delete(name));
    begun.set(name, answer);
  }
  return begun.get(name);
}

/** Begins to fetch what the page at `path` needs. */
export function early(path) {
  const groups = GROUPS.find(([pattern]) => pattern.test(path))?.[1] ?? [];
  for (const name of groups.flatMap((group) => NEEDS[group] ?? [])) {
    if (!handed.has(name)) begin(name);
  }
}

/** The answer with one piece, to be read once. */
export async function piece(name) {
  handed.add(name);
  const answer = begin(name);
  begun.delete(name);
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
