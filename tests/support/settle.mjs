/** Waits until nothing new has come for a moment, for "exactly once": mail leaves after answers have been given. */
export async function settled(list, quiet = 400) {
  let length = -1;
  while (length !== list.length) {
    length = list.length;
    await new Promise((resolve) => setTimeout(resolve, quiet));
  }
}
