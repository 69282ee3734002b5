// Which sorts of pages there are to be opened first. The build makes one file of the pieces of each, and has it sent ahead.

/** The sort of a page by its address, and which more of the app's groups it needs. Where this falls behind the app's routes, pieces only come a little later. */
const SORTS = [
  [/^\/sign-in(\?|$)/, "entrance"],
  [/^\/invite(\?|$)/, "invite"],
  [/^\/my-licences(\?|$)/, "learner"],
  [/^\/dashboard(\?|$)/, "dashboard"],
  [/^\/dashboard\//, "licences"],
  [/^\/users\/(import|sync)(\/|\?|$)/, "import"],
  [/^\/users\?add=/, "users", "dialogs"],
  [/^\/users(\?|$)/, "users"],
  [/^\/users\//, "user"],
  [/^\/(licences|activity)(\/|\?|$)/, "licences"],
  [/^\/settings(\/|\?|$)/, "settings"],
  [/^\/desk(\/|\?|$)/, "desk"],
  [/^\/help(\/|\?|$)/, "help"],
];

/** Pages whose sort shows already in the path, as the rules for headers know it. */
export const OPENED = ["/sign-in", "/invite", "/my-licences", "/dashboard", "/users", "/users/import", "/licences", "/activity", "/settings", "/desk", "/help"];

/** The sort of the page at an address, and which groups it needs beyond what that sort needs: nothing where it's no page. */
export function sortOf(address) {
  const [, sort, ...more] = SORTS.find(([pattern]) => pattern.test(address)) ?? [];
  return { sort, more };
}
