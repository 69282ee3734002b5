// Builds the app into dist/: Rust to Wasm, Wasm made small, script and style bundled, names with a hash of the content.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const ROOT = resolve(import.meta.dirname, "..");
const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");
const DIST = join(ROOT, "dist");
const WORK = join(TARGET, "app-bundle");
const WASM = join(TARGET, "wasm32-unknown-unknown/release/seatwise-app.wasm");

// By name: what a newer wasm-opt adds to "all features" is not what browsers know.
const FEATURES = ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"];

function run(what, command, args, hint, env = {}) {
  console.log(`  app: ${what}`);
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: "inherit", env: { ...process.env, ...env } });
  if (status !== 0) {
    console.error(`\n${what} failed${error ? `: ${error.message}` : ""}. ${hint}`);
    process.exit(1);
  }
}

function hashed(name, extension, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const file = `assets/${name}-${hash}.${extension}`;
  writeFileSync(join(DIST, file), content);
  return `/${file}`;
}

run("1 of 4: Rust to Wasm (the first time about three minutes)", "cargo",
  ["build", "--release", "--locked", "-p", "seatwise-app", "--target", "wasm32-unknown-unknown"],
  "The message above says where. Is the target there? rustup target add wasm32-unknown-unknown",
  // Components behind one type each: smaller from a dozen pages on.
  { RUSTFLAGS: `${process.env.RUSTFLAGS ?? ""} --cfg erase_components`.trim() });

rmSync(WORK, { recursive: true, force: true });
mkdirSync(join(WORK, "generated"), { recursive: true });
run("2 of 4: the bridge between Wasm and the browser", process.env.WASM_BINDGEN_BIN ?? join(ROOT, ".tools/bin/wasm-bindgen"),
  ["--target", "web", "--no-typescript", "--out-name", "app", "--out-dir", join(WORK, "generated"), WASM],
  "Run `make tools`: wasm-bindgen must have the version that Cargo.toml names.");
const bridged = join(WORK, "generated/app_bg.wasm");
const small = join(WORK, "app.wasm");
run("3 of 4: making the Wasm small", process.env.WASM_OPT_BIN ?? join(ROOT, "node_modules/.bin/wasm-opt"),
  ["-Os", ...FEATURES.map((feature) => `--enable-${feature}`), bridged, "-o", small],
  "Run `npm ci`: wasm-opt comes with it.");

console.log("  app: 4 of 4: script, style and page");
rmSync(DIST, { recursive: true, force: true });
mkdirSync(join(DIST, "assets"), { recursive: true });
copyFileSync(join(ROOT, "app/boot.js"), join(WORK, "boot.js"));
const bundle = async (entry, loader) => {
  const { outputFiles } = await build({
    entryPoints: [entry], bundle: true, minify: true, write: false, format: "esm", target: ["chrome123", "firefox121", "safari17.5"],
    // The bridge asks for the Wasm beside itself when it isn't told where it is; it always is.
    define: loader === "js" ? { "import.meta.url": "location.href" } : {}, logLevel: "warning",
  });
  return outputFiles[0].contents;
};
const page = readFileSync(join(ROOT, "app/index.html"), "utf8")
  .replaceAll("{{wasm}}", hashed("app", "wasm", readFileSync(small)))
  .replaceAll("{{script}}", hashed("app", "js", await bundle(join(WORK, "boot.js"), "js")))
  .replaceAll("{{style}}", hashed("app", "css", await bundle(join(ROOT, "style/main.css"), "css")));
writeFileSync(join(DIST, "index.html"), page.replaceAll(/\n\s+/g, "\n"));
cpSync(join(ROOT, "public"), DIST, { recursive: true });

let sum = 0;
for (const file of ["index.html", ...readdirSync(join(DIST, "assets")).map((name) => `assets/${name}`)]) {
  const path = join(DIST, file);
  const wire = brotliCompressSync(readFileSync(path), { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
  sum += wire;
  console.log(`  app: ${file.padEnd(34)} ${(statSync(path).size / 1000).toFixed(1).padStart(8)} kB, ${(wire / 1000).toFixed(1).padStart(6)} kB over the wire`);
}
console.log(`  app: first load ${(sum / 1000).toFixed(1)} kB over the wire`);
