// Starts the app. It is a file of its own because the content security policy allows no script inside the page.
import start from "./generated/app.js";

start({ module_or_path: document.querySelector('link[as="fetch"]').href });
