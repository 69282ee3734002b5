// Starts the app. It is a file of its own because the content security policy allows no script inside the page.
import start from "./generated/app.js";
import { LANGUAGE, ahead, early, words } from "./pieces.js";

const code = WebAssembly.compileStreaming(fetch(document.querySelector('link[as="fetch"]').href));
ahead(location).catch(() => {});
early(location);

/** How far down the reader was on each page, by address. */
const places = {};
/**
 * Until when Back or Forward leads there, because a page takes its time to be long enough. What the reader does ends it; while
 * it isn't 0, the app shows lists as they were left.
 */
globalThis.cameBack = 0;
addEventListener("scroll", () => {
  if (performance.now() > cameBack) places[location.href] = scrollY;
});
addEventListener("popstate", () => {
  const place = places[location.href];
  cameBack = performance.now() + 1_000;
  requestAnimationFrame(function again() {
    if (performance.now() > cameBack) return;
    if (place >= 0) scrollTo(0, place);
    requestAnimationFrame(again);
  });
});
for (const sign of ["click", "keydown", "pointerdown", "wheel"]) {
  addEventListener(sign, () => (cameBack = 0), true);
}

// The browser takes its time for the first date that it shows. While the app is on its way there is some.
setTimeout(() => new Intl.DateTimeFormat(LANGUAGE, { day: "numeric", month: "short", year: "numeric" }));
await words("screens");
start({ module_or_path: await code });

/** How often it is asked, at most, whether there is a newer release: in milliseconds. */
const OFTEN = 10 * 60_000;
const mine = document.querySelector("script[src]").getAttribute("src");
let asked = performance.now();

// What only somebody needs who installs the app must not come before it.
setTimeout(() => document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href: "/site.webmanifest" })), 5_000);

/** Tells the app, by an event, that there is a newer release than the one that runs. */
async function lookForRelease() {
  if (document.hidden || performance.now() - asked < OFTEN) return;
  asked = performance.now();
  const page = await fetch("/", { cache: "no-cache" }).then((answer) => (answer.ok ? answer.text() : mine), () => mine);
  if (!page.includes(mine)) dispatchEvent(new Event("newrelease"));
}
addEventListener("focus", lookForRelease);
setInterval(lookForRelease, OFTEN);

// A link that is pointed at, or has the focus, is about to be followed; so is one of the menu that a button opens.
for (const sign of ["pointerover", "focusin"]) {
  addEventListener(sign, ({ target }) => {
    const near = target.closest?.("a[href], button[popovertarget]");
    for (const link of near?.popoverTargetElement?.querySelectorAll("a[href]") ?? [near]) {
      if (link?.origin === location.origin) early(link);
    }
  }, { passive: true });
}
