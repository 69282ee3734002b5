// The little that the build changes in a Wasm file itself: which exports it has, what its imports are called, and whether
// it keeps what only tools read. And what it reads there: what functions are called.

const CUSTOM = 0;
const IMPORTS = 2;
const EXPORTS = 7;
const FUNCTION_NAMES = 1;
const [FUNCTION, TABLE, MEMORY, GLOBAL, TAG] = [0, 1, 2, 3, 4];

/**
 * `wasm` without those exports that `keep` says no to, with its imports renamed by `rename(module, name)`, and without
 * custom sections unless `custom`.
 */
export function rewrite(wasm, { keep = () => true, rename = (_module, name) => name, custom = true }) {
  const parts = [wasm.subarray(0, 8)];
  const reader = new Reader(wasm, 8);
  while (reader.at < wasm.length) {
    const start = reader.at;
    const id = reader.byte();
    const end = reader.number() + reader.at;
    const entries = [];
    if (id === EXPORTS || id === IMPORTS) {
      for (let left = reader.number(); left > 0; left -= 1) {
        const entry = id === EXPORTS ? anExport(reader, keep) : anImport(reader, rename);
        if (entry) entries.push(entry);
      }
      const body = Buffer.concat([number(entries.length), ...entries]);
      parts.push(Buffer.of(id), number(body.length), body);
    } else if (custom || id !== CUSTOM) {
      parts.push(wasm.subarray(start, end));
    }
    reader.at = end;
  }
  return Buffer.concat(parts);
}

/** The names of a file's functions, as far as it says them. */
export function functionNames(wasm) {
  const names = [];
  const reader = new Reader(wasm, 8);
  while (reader.at < wasm.length) {
    const id = reader.byte();
    const end = reader.number() + reader.at;
    if (id === CUSTOM && reader.text() === "name") {
      while (reader.at < end) {
        const part = reader.byte();
        const partEnd = reader.number() + reader.at;
        if (part === FUNCTION_NAMES) {
          for (let left = reader.number(); left > 0; left -= 1) {
            reader.number();
            names.push(reader.text());
          }
        }
        reader.at = partEnd;
      }
    }
    reader.at = end;
  }
  return names;
}

function anExport(reader, keep) {
  const start = reader.at;
  const name = reader.text();
  reader.byte();
  reader.number();
  return keep(name) && reader.since(start);
}

/** A Wasm file that has what `wasm` imports as its exports, and imports it itself, from a module called `from`. */
export function handingOn(wasm, from) {
  const reader = new Reader(wasm, 8);
  while (reader.byte() !== IMPORTS) reader.skip(reader.number());
  reader.number();
  const all = Array.from({ length: reader.number() }, () => readImport(reader));
  const section = (id, entries) => {
    const body = Buffer.concat([number(entries.length), ...entries]);
    return Buffer.concat([Buffer.of(id), number(body.length), body]);
  };
  const place = ({ kind }, index) => all.slice(0, index).filter((other) => other.kind === kind).length;
  return Buffer.concat([
    wasm.subarray(0, 8),
    section(IMPORTS, all.map(({ name, type }) => Buffer.concat([text(from), text(name), type]))),
    section(EXPORTS, all.map((one, index) => Buffer.concat([text(one.name), Buffer.of(one.kind), number(place(one, index))]))),
  ]);
}

function anImport(reader, rename) {
  const { module, name, type } = readImport(reader);
  return Buffer.concat([text(module), text(rename(module, name)), type]);
}

/** An import: of which kind and, with that, of which type. */
function readImport(reader) {
  const module = reader.text();
  const name = reader.text();
  const start = reader.at;
  const kind = reader.byte();
  if (kind === FUNCTION) reader.number();
  else if (kind === GLOBAL) reader.skip(2);
  else if (kind === TAG) reader.skip(1).number();
  else if (kind === TABLE || kind === MEMORY) {
    if (kind === TABLE) reader.byte();
    const limited = reader.byte() & 1;
    reader.number();
    if (limited) reader.number();
  } else throw new Error(`An import of the unknown kind ${kind}: ${module} ${name}`);
  return { module, name, kind, type: reader.since(start) };
}

class Reader {
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** An unsigned LEB128 number. */
  number() {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  text() {
    const length = this.number();
    this.at += length;
    return Buffer.from(this.bytes.subarray(this.at - length, this.at)).toString();
  }

  skip(count) {
    this.at += count;
    return this;
  }

  since(start) {
    return this.bytes.subarray(start, this.at);
  }
}

function number(value) {
  const bytes = [];
  do {
    const rest = Math.floor(value / 128);
    bytes.push((value % 128) | (rest > 0 ? 128 : 0));
    value = rest;
  } while (value > 0);
  return Buffer.from(bytes);
}

function text(value) {
  const bytes = Buffer.from(value);
  return Buffer.concat([number(bytes.length), bytes]);
}
