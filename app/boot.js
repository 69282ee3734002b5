// Starts the app. It is a file of its own because the content security policy allows no script inside the page.
import start from "./generated/app.js";
import { early, words } from "./pieces.js";

const code = WebAssembly.compileStreaming(fetch(document.querySelector('link[as="fetch"]').href));
early(location.pathname);
await words("screens");
start({ module_or_path: await code });

// A link that is pointed at, or has the focus, is about to be followed.
for (const sign of ["pointerover", "focusin"]) {
  addEventListener(sign, ({ target }) => {
    const link = target.closest?.("a[href]");
    if (link?.origin === location.origin) early(link.pathname);
  }, { passive: true });
}
