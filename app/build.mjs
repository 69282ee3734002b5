// Builds the app into dist/: Rust to Wasm, Wasm split into pieces and made small, script and style bundled, names with a
// hash of the content.
import { build } from "esbuild";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join, resolve } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { functionNames, handingOn, rewrite } from "./sections.mjs";
import { OPENED, sortOf } from "./sorts.mjs";

const ROOT = resolve(import.meta.dirname, "..");
const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");
const DIST = join(ROOT, "dist");
const WORK = join(TARGET, "app-bundle");
const WASM = join(TARGET, "wasm32-unknown-unknown/release/seatwise-app.wasm");

const BROWSERS = ["chrome123", "firefox121", "safari17.5"];

// By name: what a newer wasm-opt adds to "all features" is not what browsers know.
const FEATURES = ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"];

/** Whether the page for developers is in it, which shows all parts of the interface. What people get is built with FOR=people. */
const GALLERY = process.env.FOR !== "people";

/** What stands among the texts for the style of what comes later: it is fetched as they are. */
const STYLE = "style";

/** What people come to first, and which groups of pages they need for that: see pages/later.rs, sorts.mjs and pieces.js. */
const FIRST = {
  entrance: ["entrance"],
  invite: ["invite"],
  learner: ["learner"],
  dashboard: ["frame", "dashboard"],
  users: ["frame", "users"],
  user: ["frame", "user"],
  import: ["frame", "import"],
  licences: ["frame", "licences"],
  settings: ["frame", "settings"],
  desk: ["desk"],
  help: ["frame", "help"],
};

/** The groups of pages that many open first, and from how many others on what these share comes as one piece. */
const OPENED_FIRST = ["entrance", "invite", "learner", "frame", "dashboard", "users"];
const MANY = 4;

/** The files with the texts of screens that each group of pages shows; all show "screens". The others are found. */
const LATER = [STYLE, "screens-dashboard", "screens-later"];
const SAYS = {
  frame: ["screens-dashboard"], dashboard: ["screens-dashboard"], users: LATER, user: LATER, import: LATER, licences: LATER, settings: LATER, desk: LATER, help: LATER, ...(GALLERY && { gallery: LATER }),
};

function run(command, args, hint, env = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: "inherit", env: { ...process.env, ...env } });
    const fail = (why) => {
      console.error(`\n${command} failed${why}. ${hint}`);
      process.exit(1);
    };
    child.on("error", (error) => fail(`: ${error.message}`));
    child.on("exit", (status) => (status === 0 ? done() : fail("")));
  });
}

function hashed(name, extension, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const file = `assets/${name}-${hash}.${extension}`;
  writeFileSync(join(DIST, file), content);
  return `/${file}`;
}

console.log("  app: 1 of 4: Rust to Wasm (the first time about three minutes)");
await run("cargo",
  // The relocations tell the splitter what needs what.
  ["rustc", "--release", "--locked", "-p", "seatwise-app", "--target", "wasm32-unknown-unknown", ...(GALLERY ? ["--features", "gallery"] : []), "--", "-Clink-args=--emit-relocs"],
  "The message above says where. Is the target there? rustup target add wasm32-unknown-unknown",
  // Components behind one type each: smaller from a dozen pages on.
  { RUSTFLAGS: `${process.env.RUSTFLAGS ?? ""} --cfg erase_components`.trim() });

// Every language's texts, by file.
const TEXTS = join(WORK, "words");
rmSync(WORK, { recursive: true, force: true });
await run("cargo", ["run", "--quiet", "--locked", "-p", "seatwise-domain", "--bin", "words", "--", TEXTS], "The message above says where.");

console.log("  app: 2 of 4: the pieces, and the bridge between Wasm and the browser");
for (const folder of ["split", "generated", "small"]) mkdirSync(join(WORK, folder), { recursive: true });
// Leptos brings streams for server functions. There are none here, but what is exported can't be left out by itself.
const whole = rewrite(readFileSync(WASM), { keep: (name) => !name.includes("intounderlying") });
writeFileSync(join(WORK, "whole.wasm"), whole);
await run(process.env.WASM_SPLIT_BIN ?? join(ROOT, ".tools/bin/wasm-split-cli"),
  ["--target", "web", "--out-name", "app", join(WORK, "whole.wasm"), join(WORK, "split")],
  "Run `make tools`: wasm-split-cli must fit the wasm_split_helpers in Cargo.lock.");
await run(process.env.WASM_BINDGEN_BIN ?? join(ROOT, ".tools/bin/wasm-bindgen"),
  ["--target", "web", "--keep-lld-exports", "--no-typescript", "--out-name", "app", "--out-dir", join(WORK, "generated"), join(WORK, "split/app.wasm")],
  "Run `make tools`: wasm-bindgen must have the version that Cargo.toml names.");

// The names of imports are long, and half of each is a hash that nothing compresses.
const glue = join(WORK, "generated/app.js");
const main = join(WORK, "generated/app_bg.wasm");
let script = readFileSync(glue, "utf8");
let renamed = 0;
writeFileSync(main, rewrite(readFileSync(main), {
  rename(module, name) {
    const [before, after, more] = script.split(`\n        ${name}: `);
    if (module !== "./app_bg.js" || after === undefined || more !== undefined) return name;
    const short = `_${(renamed++).toString(36)}`;
    script = `${before}\n        ${short}: ${after}`;
    return short;
  },
}));
writeFileSync(glue, script);

// The splitter's loaders name every file and what it needs, over and over. What they say, said once: see pieces.js.
const loaders = readFileSync(join(WORK, "split/__wasm_split.js"), "utf8");
const fileOf = (text) => /fetch\(new URL\("\.\/([^"]+)\.wasm"/.exec(text)?.[1];
const chunks = Object.fromEntries(Array.from(loaders.matchAll(/const (__chunk_\d+) = ([^[]*), \[\]\)/g), ([, chunk, text]) => [chunk, fileOf(text)]));
const groups = {};
for (const [, group, own, shared] of loaders.matchAll(/export const __wasm_split_load_(\w+) = ([^[]*), \[(.*)\]\)\);/g)) {
  groups[group] = [fileOf(own), ...shared.split(", ").filter(Boolean).map((chunk) => chunks[chunk])];
}
// A group's own piece has the group's number.
const names = [...Object.values(groups).map(([own]) => own), ...Object.values(chunks)];
if (names.length !== loaders.split("fetch(").length - 1 || Object.values(groups).flat().some((name) => !name || !names.includes(name))) {
  console.error("\nThe splitter's loaders don't look as expected. Run `make tools`: wasm-split-cli must have the version that the Makefile names.");
  process.exit(1);
}
// Which group says what: by which functions of words.rs are in its pieces.
const catalogues = Array.from(readFileSync(join(ROOT, "app/src/words.rs"), "utf8").matchAll(/(\w+_texts): \w+ in "([a-z-]+)";/g), ([, name, file]) => ({ name, file }));
for (const { name, file } of catalogues) {
  const says = (piece) => functionNames(readFileSync(join(WORK, `split/${piece}.wasm`))).some((called) => called.includes(`5words${name.length}${name}17h`));
  const where = names.filter(says);
  const readers = Object.keys(groups).filter((group) => groups[group].some((piece) => where.includes(piece)));
  if (readers.length === 0 || says("app")) {
    console.error(`\nThe texts of ${name} must be needed by some groups of pages, and not by all: see words.rs.`);
    process.exit(1);
  }
  for (const group of readers) SAYS[group] = [...(SAYS[group] ?? []), file];
}
writeFileSync(join(WORK, "generated/__wasm_split.js"), `import { initSync } from "./app.js";
import { loader } from "../pieces.js";

${Object.keys(groups).map((group) => `export const __wasm_split_load_${group} = loader("${group}", initSync);`).join("\n")}
`);

console.log("  app: 3 of 4: making the Wasm small");
const enabled = FEATURES.map((feature) => `--enable-${feature}`);
const smallOf = (name) => join(WORK, `small/${name}.wasm`);
async function makeSmall(name, wasm) {
  const bare = join(WORK, `small/${name}.bare.wasm`);
  writeFileSync(bare, wasm);
  await run(process.env.WASM_OPT_BIN ?? join(ROOT, "node_modules/.bin/wasm-opt"),
    ["-Os", "--low-memory-unused", "--zero-filled-memory", ...enabled, bare, "-o", smallOf(name)], "Run `npm ci`: wasm-opt comes with it.");
}
/** Does something with each, as many at a time as there are processors. */
async function forEach(queue, act) {
  await Promise.all(Array.from({ length: availableParallelism() }, async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await act(...next);
  }));
}
await forEach([["app", main], ...names.map((name) => [name, join(WORK, `split/${name}.wasm`)])],
  (name, path) => makeSmall(name, rewrite(readFileSync(path), { custom: false })));

// The splitter makes a file for every set of groups that share something: hundreds. Those that are shared by many become
// one piece, as long as nobody gets more by it who comes to one of the pages that are opened first.
const pieces = Object.keys(groups).map((group) => ({ files: [groups[group][0]], groups: new Set([group]) }));
const alike = new Map();
for (const name of Object.values(chunks)) {
  const readers = Object.keys(groups).filter((group) => groups[group].includes(name));
  const others = readers.filter((group) => !OPENED_FIRST.includes(group));
  const key = [...readers.filter((group) => OPENED_FIRST.includes(group)), ...(others.length < MANY ? others : ["many"])].join();
  if (!alike.has(key)) alike.set(key, { files: [], groups: new Set() });
  alike.get(key).files.push(name);
  for (const group of readers) alike.get(key).groups.add(group);
}
pieces.push(...alike.values());

// All that pieces import is the memory, the table and the stack, each once: they find each other's functions in the table.
const bridge = join(WORK, "small/bridge.wasm");
writeFileSync(bridge, handingOn(readFileSync(smallOf(Object.values(groups)[0][0])), "_"));
async function merge(name, parts) {
  const merged = join(WORK, `small/${name}.merged.wasm`);
  await run(join(ROOT, "node_modules/.bin/wasm-merge"),
    [...enabled, bridge, "__wasm_split", ...parts.flatMap((part) => [smallOf(part), part]), "-o", merged], "Run `npm ci`: wasm-merge comes with it.");
  await makeSmall(name, rewrite(readFileSync(merged), { keep: () => false, custom: false }));
}
await forEach([...pieces.entries()].filter(([, { files }]) => files.length > 1), (number, { files }) => merge(`piece-${number}`, files));
// What a sort of first page needs, as one piece: even dozens would weigh more, and each would have to be started.
await forEach(Object.entries(FIRST), (sort, needs) =>
  merge(`first-${sort}`, pieces.filter((piece) => needs.some((group) => piece.groups.has(group))).flatMap(({ files }) => files)));

console.log("  app: 4 of 4: script, style and page");
rmSync(DIST, { recursive: true, force: true });
mkdirSync(join(DIST, "assets"), { recursive: true });
/** Writes files into a folder that bears a hash of them all: a name each would only make the script longer. */
function folder(name, files) {
  const hash = createHash("sha256");
  for (const [file, content] of files) hash.update(file).update("\0").update(content);
  const into = `/assets/${name}-${hash.digest("hex").slice(0, 12)}/`;
  for (const [file, content] of files) {
    mkdirSync(dirname(join(DIST, into, file)), { recursive: true });
    writeFileSync(join(DIST, into, file), content);
  }
  return into;
}

const folderOfPieces = folder("pieces", [
  ...pieces.map(({ files }, number) => [`${number}.wasm`, readFileSync(smallOf(files.length > 1 ? `piece-${number}` : files[0]))]),
  ...Object.keys(FIRST).map((sort) => [`${sort}.wasm`, readFileSync(smallOf(`first-${sort}`))]),
]);
/** The files with the texts of some groups of pages, each once. */
const saidBy = (groups) => ["screens", ...new Set(groups.flatMap((group) => SAYS[group] ?? []))];
const styled = async (file) => (await build({ entryPoints: [join(ROOT, "style", file)], bundle: true, minify: true, write: false, target: BROWSERS, logLevel: "warning" })).outputFiles[0];
const style = await styled("later.css");
const languages = readdirSync(TEXTS).sort();
const words = folder("words", languages.flatMap((language) => {
  const text = (file) => (file === STYLE ? style.text : readFileSync(join(TEXTS, language, `${file}.txt`), "utf8"));
  return [
    ...readdirSync(join(TEXTS, language)).sort().map((file) => [`${language}/${file}`, readFileSync(join(TEXTS, language, file))]),
    ...Object.entries(FIRST).map(([sort, groups]) => [`${language}/first/${sort}.json`, JSON.stringify(Object.fromEntries(saidBy(groups).map((file) => [file, text(file)])))]),
  ];
}));
const wasm = hashed("app", "wasm", readFileSync(join(WORK, "small/app.wasm")));
const later = hashed("later", "css", style.contents);
for (const file of ["boot.js", "pieces.js", "sorts.mjs"]) copyFileSync(join(ROOT, "app", file), join(WORK, file));
const known = Object.fromEntries(Object.entries({
  PIECES: folderOfPieces,
  WORDS: words,
  STYLE: later,
  LANGUAGES: languages,
  NEEDS: Object.fromEntries(Object.keys(groups).map((group) => [group, pieces.map((piece) => Number(piece.groups.has(group))).join("")])),
  SAYS,
  FIRST,
}).map(([name, value]) => [name, JSON.stringify(value)]));
const bundle = async (entry, loader) => {
  const { outputFiles } = await build({
    entryPoints: [entry], bundle: true, minify: true, write: false, format: "esm", target: BROWSERS,
    // The bridge asks for the Wasm beside itself when it isn't told where it is; it always is.
    // Two pieces may bring the same import; the bridge then names it twice, to the same effect.
    logOverride: { "duplicate-object-key": "silent" },
    define: loader === "js" ? { "import.meta.url": "location.href", ...known } : {}, logLevel: "warning",
  });
  return outputFiles[0].contents;
};
const js = hashed("app", "js", await bundle(join(WORK, "boot.js"), "js"));
const css = hashed("app", "css", await bundle(join(ROOT, "style/main.css"), "css"));
const page = readFileSync(join(ROOT, "app/index.html"), "utf8").replaceAll("{{wasm}}", wasm).replaceAll("{{script}}", js).replaceAll("{{style}}", css);
const icon = `data:image/svg+xml,${encodeURIComponent(readFileSync(join(ROOT, "public/icon.svg"), "utf8").trim())}`;
writeFileSync(join(DIST, "index.html"), page.replace("{{icon}}", icon).replaceAll(/\n\s+/g, "\n"));
cpSync(join(ROOT, "public"), DIST, { recursive: true });
// What a page needs first is announced with its HTML: it comes beside the script that would ask for it.
appendFileSync(join(DIST, "_headers"), OPENED.map((path) =>
  `\n${path}\n  Link: <${folderOfPieces}${sortOf(path).sort}.wasm>; rel=preload; as=fetch; type="application/wasm"; crossorigin\n`).join(""));

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1).padStart(8)} kB`;
const sizes = (file) => {
  const content = readFileSync(join(DIST, file));
  return [content.length, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length];
};
const show = (file) => console.log(`  app: ${file.padEnd(38)} ${sizes(file).map(kilobytes).join(", ")} over the wire`);
for (const file of ["/index.html", js, css, wasm]) show(file);
Object.keys(groups).forEach((group, number) => {
  console.log(`  app: what only ${group} needs`);
  show(`${folderOfPieces}${number}.wasm`);
});
const sum = (files) => files.reduce((total, file) => total + sizes(file)[1], 0);
const first = {};
for (const who of Object.keys(FIRST)) {
  // In the language that takes the most.
  const loads = languages.map((language) => ["/index.html", js, css, wasm, `${folderOfPieces}${who}.wasm`, `${words}${language}/first/${who}.json`]);
  first[who] = loads.sort((a, b) => sum(b) - sum(a))[0];
  console.log(`  app: first load, ${who.padEnd(26)} ${kilobytes(sum(first[who]))} over the wire in ${first[who].length} files`);
}
// For `make bench`.
writeFileSync(join(WORK, "first-load.json"), `${JSON.stringify(first, null, 2)}\n`);
